from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import undefer

from app.core.actor import Role
from app.core.directory import StandingChanged
from app.db.after_commit import tell
from app.db.page import MOMENT, Page, SortKey, sort_keys
from app.db.rows import EVERY, holding_any
from app.models import User, UserIdentity
from app.repositories.base import Repository
from app.schemas.user_admin import UserAdminQuery, UserAdminSort

SORT_KEYS = sort_keys(
    SortKey(UserAdminSort.CREATED_AT, User.created_at, MOMENT),
    SortKey(UserAdminSort.CREATED_AT_DOWN, User.created_at, MOMENT),
)


class UserRepository(Repository[User]):
    """Every query about people."""

    model = User
    read = select(User)

    async def by_id(self, user_id: UUID) -> User | None:
        return await self._first(self.read.where(User.id == user_id))

    async def with_hash(self, user_id: UUID) -> User | None:
        """Find somebody with the hash of their password, to compare."""
        query = self.read.where(User.id == user_id).options(undefer(User.password_hash))
        return await self._first(query)

    async def by_email(self, email: str) -> User | None:
        """Find who signs in with this address, with the hash to compare."""
        query = self.read.where(User.email == email).options(undefer(User.password_hash))
        return await self._first(query)

    async def hold(self, user_id: UUID, password_hash: str) -> bool:
        """Keep somebody's right to sign in as it is for a moment, if it still is so."""
        query = select(User.id).where(
            User.id == user_id, User.active, User.password_hash == password_hash
        )
        return await self._session.scalar(query.with_for_update(key_share=True)) is not None

    async def open_account(self, email: str, password_hash: str) -> UUID | None:
        """Open an account whose address is to be confirmed, or begin it anew if it never was.

        None says that somebody has it already: then nothing changes, in the same one statement.
        """
        query = (
            insert(User)
            .values(email=email, password_hash=password_hash)
            .on_conflict_do_update(
                index_elements=["email"],
                set_={"password_hash": password_hash, "updated_at": func.now()},
                # Without a password it is somebody's who signs in elsewhere, and stays theirs.
                where=User.email_verified_at.is_(None) & User.password_hash.is_not(None),
            )
            .returning(User.id)
        )
        user_id: UUID | None = await self._session.scalar(query)
        return user_id

    async def open_elsewhere(self, email: str | None) -> UUID | None:
        """Open an account for somebody who signs in elsewhere, with an address that was shown to
        be theirs; None says that somebody has it already."""
        query = (
            insert(User)
            .values(email=email, email_verified_at=func.now() if email else None)
            .on_conflict_do_nothing(index_elements=["email"])
            .returning(User.id)
        )
        user_id: UUID | None = await self._session.scalar(query)
        return user_id

    async def lock_by_email(self, email: str) -> User | None:
        """Find who signs in with this address, and keep it theirs until we are done."""
        query = self.read.where(User.email == email, User.password_hash.is_not(None))
        return await self._first(query.with_for_update(key_share=True))

    async def verify(self, user_id: UUID) -> None:
        """Note that somebody's address is theirs, since now or since before."""
        await self._session.execute(
            update(User)
            .where(User.id == user_id, User.email_verified_at.is_(None))
            .values(email_verified_at=func.now())
        )

    async def page(self, asked: UserAdminQuery) -> Page[User]:
        query = self.read.where(
            EVERY if asked.q is None else User.email.contains(asked.q.lower(), autoescape=True),
            holding_any(User.role_names, asked.role),
            EVERY if asked.active is None else User.active.is_(asked.active),
        )
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)

    async def lock_several(self, user_ids: Collection[UUID]) -> dict[UUID, User]:
        """Lock accounts, always in the same order, so that no two wait for each other."""
        query = self.read.where(User.id.in_(user_ids)).order_by(User.id).with_for_update()
        found = await self._session.scalars(query, execution_options={"populate_existing": True})
        return {user.id: user for user in found}

    async def lock_administrators(self) -> Sequence[User]:
        """Lock those who look after people's accounts, always in the same order."""
        query = self.read.where(User.active, holding_any(User.role_names, [Role.ADMIN]))
        return (await self._session.scalars(query.order_by(User.id).with_for_update())).all()

    async def move(self, user_id: UUID, email: str) -> None:
        """Give somebody an address that they showed to be theirs.

        Whoever opened an account with it, and never showed that, has it no more.
        """
        squatters = update(User).where(User.email == email, User.email_verified_at.is_(None))
        await self._session.execute(squatters.where(User.id != user_id).values(email=None))
        await self._session.execute(
            update(User).where(User.id == user_id).values(email=email, email_verified_at=func.now())
        )

    async def replace_hash(self, user_id: UUID, password_hash: str) -> None:
        await self._session.execute(
            update(User).where(User.id == user_id).values(password_hash=password_hash)
        )

    async def change(self, row: User, values: Mapping[str, Any]) -> User:
        """Change an account; who it is to every process is known anew."""
        if not values.keys().isdisjoint({"role_names", "active"}):
            tell(self._session, StandingChanged(row.id))
        return await super().change(row, values)

    async def remove(self, row: User) -> None:
        """Delete an account; who it was elsewhere is remembered, so that no token makes it anew."""
        await self._session.execute(
            update(UserIdentity)
            .where(UserIdentity.user_id == row.id)
            .values(user_id=None, ended_at=func.now())
        )
        tell(self._session, StandingChanged(row.id))
        await super().remove(row)
