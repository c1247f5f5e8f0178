from sqlalchemy.ext.asyncio import AsyncSession


async def add_rows(session: AsyncSession) -> None:
    """Add a few rows of each resource, unless they are there."""
