from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import Anyone, AskedComments, Comments, Linked, SignedIn
from app.db.page import CursorInvalid, Page
from app.models import Comment
from app.schemas.comment import CommentCreate, CommentPage, CommentRead
from app.services.comment import ArticleMissing, CommentNotFound

router = APIRouter(prefix="/comments", tags=["comments"], route_class=Route)


@router.get("", response_model=CommentPage, responses=problems(CursorInvalid))
async def list_comments(
    actor: Anyone, comments: Comments, asked: AskedComments, links: Linked
) -> Page[Comment]:
    """List comments, newest first."""
    return links.paged(await comments.page(actor, asked))


@router.post(
    "",
    response_model=CommentRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(ArticleMissing),
)
async def create_comment(
    actor: SignedIn, comments: Comments, data: CommentCreate, links: Linked
) -> Comment:
    """Create a comment; you become its owner."""
    return links.created(await comments.create(actor, data))


@router.get("/{comment_id}", response_model=CommentRead, responses=problems(CommentNotFound))
async def get_comment(actor: Anyone, comments: Comments, comment_id: UUID) -> Comment:
    """Show one comment."""
    return await comments.get(actor, comment_id)


@router.delete(
    "/{comment_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(CommentNotFound)
)
async def delete_comment(actor: SignedIn, comments: Comments, comment_id: UUID) -> None:
    """Delete a comment."""
    await comments.delete(actor, comment_id)
