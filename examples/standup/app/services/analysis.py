from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import Conflict, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Analysis
from app.repositories.analysis import IS_PUBLIC, AnalysisRepository, owned_by
from app.schemas.analysis import AnalysisCreate, AnalysisQuery, AnalysisUpdate
from app.services.base import existing


class AnalysisNotFound(NotFound):
    code = "ANALYSIS_NOT_FOUND"
    error = "There is no such analysis."
    detail = "It may be gone, or not be yours to see or change."


class TeamMissing(Conflict):
    code = "ANALYSIS_TEAM_MISSING"
    error = "There is no such team."
    detail = "Send the id of a team that exists."
    constraint = "fk_analyses_team_id"


def readable(actor: Actor | None) -> Rows:
    """Everybody reads analyses that are is public and whoever is signed in reads every analysis."""
    if actor is None:
        return IS_PUBLIC
    return EVERY


def changeable(actor: Actor) -> Rows:
    """Owners change their own analyses, leads any."""
    return EVERY if actor.has(Role.LEAD) else owned_by(actor.id)


def deletable(actor: Actor) -> Rows:
    """Owners delete their own analyses, leads any."""
    return EVERY if actor.has(Role.LEAD) else owned_by(actor.id)


class AnalysisService:
    """What people may do with analyses."""

    def __init__(self, analyses: AnalysisRepository) -> None:
        self._analyses = analyses

    async def page(self, actor: Actor | None, asked: AnalysisQuery) -> Page[Analysis]:
        return await self._analyses.page(readable(actor), asked)

    async def get(self, actor: Actor | None, analysis_id: UUID) -> Analysis:
        found = await self._analyses.get(readable(actor), analysis_id)
        return existing(found, AnalysisNotFound)

    async def create(self, actor: Actor, data: AnalysisCreate) -> Analysis:
        analysis = Analysis(author_id=actor.id, **data.model_dump())
        return await self._analyses.shown(await self._analyses.save(analysis))

    async def update(self, actor: Actor, analysis_id: UUID, data: AnalysisUpdate) -> Analysis:
        found = await self._analyses.lock(changeable(actor), analysis_id)
        analysis = existing(found, AnalysisNotFound)
        await self._analyses.change(analysis, data.model_dump(exclude_unset=True))
        return await self._analyses.shown(analysis)

    async def delete(self, actor: Actor, analysis_id: UUID) -> None:
        found = await self._analyses.lock(deletable(actor), analysis_id)
        await self._analyses.remove(existing(found, AnalysisNotFound))
