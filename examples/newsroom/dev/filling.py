"""Something to look at in a developer's database, the same things at each start."""

from app.core.settings import DatabaseSettings
from app.db.database import open_database
from dev.people import add_people
from dev.rows import add_rows


async def fill(settings: DatabaseSettings) -> bool:
    """Add demo people and their rows, unless the database belongs to somebody else."""
    database = open_database(settings, verified=False)
    try:
        async with database.writes() as session:
            added = await add_people(session)
            if added:
                await add_rows(session)
        return added
    finally:
        await database.close()
