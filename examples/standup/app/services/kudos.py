from uuid import UUID

from app.core.actor import Actor
from app.core.errors import Conflict, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Kudos
from app.repositories.kudos import KudosRepository
from app.schemas.kudos import KudosCreate, KudosQuery
from app.services.base import existing


class KudosNotFound(NotFound):
    code = "KUDOS_NOT_FOUND"
    error = "There is no such kudos."
    detail = "It may be gone, or not be yours to see or change."


class ToPersonMissing(Conflict):
    code = "KUDOS_TO_PERSON_MISSING"
    error = "There is no such to person."
    detail = "Send the id of a user that exists."
    constraint = "fk_thanks_to_person_id"


def readable(actor: Actor) -> Rows:
    """Whoever is signed in reads every kudos."""
    return EVERY


class KudosService:
    """What people may do with thanks."""

    def __init__(self, thanks: KudosRepository) -> None:
        self._thanks = thanks

    async def page(self, actor: Actor, asked: KudosQuery) -> Page[Kudos]:
        return await self._thanks.page(readable(actor), asked)

    async def get(self, actor: Actor, kudos_id: UUID) -> Kudos:
        found = await self._thanks.get(readable(actor), kudos_id)
        return existing(found, KudosNotFound)

    async def create(self, actor: Actor, data: KudosCreate) -> Kudos:
        kudos = Kudos(from_person_id=actor.id, **data.model_dump())
        return await self._thanks.shown(await self._thanks.save(kudos))
