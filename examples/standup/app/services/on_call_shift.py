from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import Conflict, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import OnCallShift
from app.repositories.on_call_shift import OnCallShiftRepository
from app.schemas.on_call_shift import OnCallShiftCreate, OnCallShiftQuery, OnCallShiftUpdate
from app.services.base import existing


class OnCallShiftNotFound(NotFound):
    code = "ON_CALL_SHIFT_NOT_FOUND"
    error = "There is no such on call shift."
    detail = "It may be gone, or not be yours to see or change."


class TeamMissing(Conflict):
    code = "ON_CALL_SHIFT_TEAM_MISSING"
    error = "There is no such team."
    detail = "Send the id of a team that exists."
    constraint = "fk_on_call_shifts_team_id"


class PersonMissing(Conflict):
    code = "ON_CALL_SHIFT_PERSON_MISSING"
    error = "There is no such person."
    detail = "Send the id of a user that exists."
    constraint = "fk_on_call_shifts_person_id"


class SwappedWithMissing(Conflict):
    code = "ON_CALL_SHIFT_SWAPPED_WITH_MISSING"
    error = "There is no such on call shift."
    detail = "Send the id of an on call shift that exists as swapped_with_id, or null."
    constraint = "fk_on_call_shifts_swapped_with_id"


class SwappedWithItself(Conflict):
    code = "ON_CALL_SHIFT_SWAPPED_WITH_ITSELF"
    error = "An on call shift can't refer to itself."
    detail = "Send the id of another on call shift as swapped_with_id, or null."
    constraint = "ck_on_call_shifts_swapped_with_id"


def readable(actor: Actor) -> Rows:
    """Whoever is signed in reads every on call shift."""
    return EVERY


def creatable(actor: Actor) -> None:
    """Leads create on call shifts."""
    actor.require(Role.LEAD)


def changeable(actor: Actor) -> Rows:
    """Leads change every on call shift."""
    actor.require(Role.LEAD)
    return EVERY


def deletable(actor: Actor) -> Rows:
    """Leads delete every on call shift."""
    actor.require(Role.LEAD)
    return EVERY


class OnCallShiftService:
    """What people may do with on call shifts."""

    def __init__(self, on_call_shifts: OnCallShiftRepository) -> None:
        self._on_call_shifts = on_call_shifts

    async def page(self, actor: Actor, asked: OnCallShiftQuery) -> Page[OnCallShift]:
        return await self._on_call_shifts.page(readable(actor), asked)

    async def get(self, actor: Actor, on_call_shift_id: UUID) -> OnCallShift:
        found = await self._on_call_shifts.get(readable(actor), on_call_shift_id)
        return existing(found, OnCallShiftNotFound)

    async def create(self, actor: Actor, data: OnCallShiftCreate) -> OnCallShift:
        creatable(actor)
        on_call_shift = OnCallShift(**data.model_dump())
        return await self._on_call_shifts.shown(await self._on_call_shifts.save(on_call_shift))

    async def update(
        self, actor: Actor, on_call_shift_id: UUID, data: OnCallShiftUpdate
    ) -> OnCallShift:
        found = await self._on_call_shifts.lock(changeable(actor), on_call_shift_id)
        on_call_shift = existing(found, OnCallShiftNotFound)
        await self._on_call_shifts.change(on_call_shift, data.model_dump(exclude_unset=True))
        return await self._on_call_shifts.shown(on_call_shift)

    async def delete(self, actor: Actor, on_call_shift_id: UUID) -> None:
        found = await self._on_call_shifts.lock(deletable(actor), on_call_shift_id)
        await self._on_call_shifts.remove(existing(found, OnCallShiftNotFound))
