from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import Conflict, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Series
from app.repositories.series import SeriesRepository
from app.schemas.series import SeriesCreate, SeriesQuery, SeriesUpdate
from app.services.base import existing


class SeriesNotFound(NotFound):
    code = "SERIES_NOT_FOUND"
    error = "There is no such series."
    detail = "It may be gone, or not be yours to see or change."


class TeamMissing(Conflict):
    code = "SERIES_TEAM_MISSING"
    error = "There is no such team."
    detail = "Send the id of a team that exists."
    constraint = "fk_meeting_series_team_id"


def readable(actor: Actor) -> Rows:
    """Whoever is signed in reads every series."""
    return EVERY


def creatable(actor: Actor) -> None:
    """Leads create meeting series."""
    actor.require(Role.LEAD)


def changeable(actor: Actor) -> Rows:
    """Leads change every series."""
    actor.require(Role.LEAD)
    return EVERY


def deletable(actor: Actor) -> Rows:
    """Leads delete every series."""
    actor.require(Role.LEAD)
    return EVERY


class SeriesService:
    """What people may do with meeting series."""

    def __init__(self, meeting_series: SeriesRepository) -> None:
        self._meeting_series = meeting_series

    async def page(self, actor: Actor, asked: SeriesQuery) -> Page[Series]:
        return await self._meeting_series.page(readable(actor), asked)

    async def get(self, actor: Actor, series_id: UUID) -> Series:
        found = await self._meeting_series.get(readable(actor), series_id)
        return existing(found, SeriesNotFound)

    async def create(self, actor: Actor, data: SeriesCreate) -> Series:
        creatable(actor)
        series = Series(**data.model_dump())
        return await self._meeting_series.shown(await self._meeting_series.save(series))

    async def update(self, actor: Actor, series_id: UUID, data: SeriesUpdate) -> Series:
        found = await self._meeting_series.lock(changeable(actor), series_id)
        series = existing(found, SeriesNotFound)
        await self._meeting_series.change(series, data.model_dump(exclude_unset=True))
        return await self._meeting_series.shown(series)

    async def delete(self, actor: Actor, series_id: UUID) -> None:
        found = await self._meeting_series.lock(deletable(actor), series_id)
        await self._meeting_series.remove(existing(found, SeriesNotFound))
