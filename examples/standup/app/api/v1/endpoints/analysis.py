from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import Analyses, Anyone, AskedAnalyses, Linked, SignedIn
from app.db.page import CursorInvalid, Page
from app.models import Analysis
from app.schemas.analysis import AnalysisCreate, AnalysisPage, AnalysisRead, AnalysisUpdate
from app.services.analysis import AnalysisNotFound, TeamMissing

router = APIRouter(prefix="/analyses", tags=["analyses"], route_class=Route)


@router.get("", response_model=AnalysisPage, responses=problems(CursorInvalid))
async def list_analyses(
    actor: Anyone, analyses: Analyses, asked: AskedAnalyses, links: Linked
) -> Page[Analysis]:
    """List analyses, newest first."""
    return links.paged(await analyses.page(actor, asked))


@router.post(
    "",
    response_model=AnalysisRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(TeamMissing),
)
async def create_analysis(
    actor: SignedIn, analyses: Analyses, data: AnalysisCreate, links: Linked
) -> Analysis:
    """Create an analysis; you become its owner."""
    return links.created(await analyses.create(actor, data))


@router.get("/{analysis_id}", response_model=AnalysisRead, responses=problems(AnalysisNotFound))
async def get_analysis(actor: Anyone, analyses: Analyses, analysis_id: UUID) -> Analysis:
    """Show one analysis."""
    return await analyses.get(actor, analysis_id)


@router.patch(
    "/{analysis_id}", response_model=AnalysisRead, responses=problems(AnalysisNotFound, TeamMissing)
)
async def update_analysis(
    actor: SignedIn, analyses: Analyses, analysis_id: UUID, data: AnalysisUpdate
) -> Analysis:
    """Change an analysis; fields you leave out stay as they are."""
    return await analyses.update(actor, analysis_id, data)


@router.delete(
    "/{analysis_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(AnalysisNotFound)
)
async def delete_analysis(actor: SignedIn, analyses: Analyses, analysis_id: UUID) -> None:
    """Delete an analysis."""
    await analyses.delete(actor, analysis_id)
