from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import Anyone, AskedBooks, Books, Linked, SignedIn
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
from app.models import Book
from app.schemas.book import BookCreate, BookPage, BookRead, BookUpdate
from app.services.book import AuthorMissing, BookNotFound, IsbnTaken

router = APIRouter(prefix="/books", tags=["books"], route_class=Route)


@router.get("", response_model=BookPage, responses=problems(CursorInvalid))
async def list_books(actor: Anyone, books: Books, asked: AskedBooks, links: Linked) -> Page[Book]:
    """List books, newest first."""
    return links.paged(await books.page(actor, asked))


@router.post(
    "",
    response_model=BookRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(Forbidden, IsbnTaken, AuthorMissing),
)
async def create_book(actor: SignedIn, books: Books, data: BookCreate, links: Linked) -> Book:
    """Create a book."""
    return links.created(await books.create(actor, data))


@router.get("/{book_id}", response_model=BookRead, responses=problems(BookNotFound))
async def get_book(actor: Anyone, books: Books, book_id: UUID) -> Book:
    """Show one book."""
    return await books.get(actor, book_id)


@router.patch(
    "/{book_id}",
    response_model=BookRead,
    responses=problems(Forbidden, BookNotFound, IsbnTaken, AuthorMissing),
)
async def update_book(actor: SignedIn, books: Books, book_id: UUID, data: BookUpdate) -> Book:
    """Change a book; fields you leave out stay as they are."""
    return await books.update(actor, book_id, data)


@router.delete(
    "/{book_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(Forbidden, BookNotFound),
)
async def delete_book(actor: SignedIn, books: Books, book_id: UUID) -> None:
    """Delete a book, and its reviews."""
    await books.delete(actor, book_id)
