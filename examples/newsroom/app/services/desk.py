from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import Conflict, InUse, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Desk
from app.repositories.desk import DeskRepository
from app.schemas.desk import DeskCreate, DeskQuery, DeskUpdate
from app.services.base import existing


class DeskNotFound(NotFound):
    code = "DESK_NOT_FOUND"
    error = "There is no such desk."
    detail = "It may be gone, or not be yours to see or change."


class NameTaken(Conflict):
    code = "DESK_NAME_TAKEN"
    error = "A desk with this name exists."
    detail = "Choose another name."
    constraint = "uq_desks_name"


class LeadMissing(Conflict):
    code = "DESK_LEAD_MISSING"
    error = "There is no such lead."
    detail = "Send the id of a user that exists, or null."
    constraint = "fk_desks_lead_id"


class DeskHasArticles(InUse):
    code = "DESK_HAS_ARTICLES"
    error = "Articles still refer to this desk."
    detail = "Delete or change the articles first."
    constraint = "fk_articles_desk_id"


def readable(actor: Actor | None) -> Rows:
    """Everybody reads every desk."""
    return EVERY


def creatable(actor: Actor) -> None:
    """Administrators create desks."""
    actor.require(Role.ADMIN)


def changeable(actor: Actor) -> Rows:
    """Administrators change every desk."""
    actor.require(Role.ADMIN)
    return EVERY


def deletable(actor: Actor) -> Rows:
    """Administrators delete every desk."""
    actor.require(Role.ADMIN)
    return EVERY


class DeskService:
    """What people may do with desks."""

    def __init__(self, desks: DeskRepository) -> None:
        self._desks = desks

    async def page(self, actor: Actor | None, asked: DeskQuery) -> Page[Desk]:
        return await self._desks.page(readable(actor), asked)

    async def get(self, actor: Actor | None, desk_id: UUID) -> Desk:
        found = await self._desks.get(readable(actor), desk_id)
        return existing(found, DeskNotFound)

    async def create(self, actor: Actor, data: DeskCreate) -> Desk:
        creatable(actor)
        desk = Desk(**data.model_dump())
        return await self._desks.shown(await self._desks.save(desk))

    async def update(self, actor: Actor, desk_id: UUID, data: DeskUpdate) -> Desk:
        found = await self._desks.lock(changeable(actor), desk_id)
        desk = existing(found, DeskNotFound)
        await self._desks.change(desk, data.model_dump(exclude_unset=True))
        return await self._desks.shown(desk)

    async def delete(self, actor: Actor, desk_id: UUID) -> None:
        found = await self._desks.lock(deletable(actor), desk_id)
        await self._desks.remove(existing(found, DeskNotFound))
