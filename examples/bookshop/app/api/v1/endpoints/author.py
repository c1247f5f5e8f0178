from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import Anyone, AskedAuthors, Authors, Linked, SignedIn
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
from app.models import Author
from app.schemas.author import AuthorCreate, AuthorPage, AuthorRead, AuthorUpdate
from app.services.author import AuthorHasBooks, AuthorNotFound

router = APIRouter(prefix="/authors", tags=["authors"], route_class=Route)


@router.get("", response_model=AuthorPage, responses=problems(CursorInvalid))
async def list_authors(
    actor: Anyone, authors: Authors, asked: AskedAuthors, links: Linked
) -> Page[Author]:
    """List authors, newest first."""
    return links.paged(await authors.page(actor, asked))


@router.post(
    "",
    response_model=AuthorRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(Forbidden),
)
async def create_author(
    actor: SignedIn, authors: Authors, data: AuthorCreate, links: Linked
) -> Author:
    """Create an author."""
    return links.created(await authors.create(actor, data))


@router.get("/{author_id}", response_model=AuthorRead, responses=problems(AuthorNotFound))
async def get_author(actor: Anyone, authors: Authors, author_id: UUID) -> Author:
    """Show one author."""
    return await authors.get(actor, author_id)


@router.patch(
    "/{author_id}", response_model=AuthorRead, responses=problems(Forbidden, AuthorNotFound)
)
async def update_author(
    actor: SignedIn, authors: Authors, author_id: UUID, data: AuthorUpdate
) -> Author:
    """Change an author; fields you leave out stay as they are."""
    return await authors.update(actor, author_id, data)


@router.delete(
    "/{author_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(Forbidden, AuthorNotFound, AuthorHasBooks),
)
async def delete_author(actor: SignedIn, authors: Authors, author_id: UUID) -> None:
    """Delete an author."""
    await authors.delete(actor, author_id)
