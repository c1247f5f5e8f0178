from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import AskedBooks, Books, Linked, SignedIn
from app.db.page import CursorInvalid, Page
from app.models import Book
from app.schemas.book import BookCreate, BookPage, BookRead, BookUpdate
from app.services.book import BookNotFound, IsbnTaken

router = APIRouter(prefix="/books", tags=["books"], route_class=Route)


@router.get("", response_model=BookPage, responses=problems(CursorInvalid))
async def list_books(actor: SignedIn, books: Books, asked: AskedBooks, links: Linked) -> Page[Book]:
    """List the books that you may read, newest first."""
    return links.paged(await books.page(actor, asked))


@router.post(
    "",
    response_model=BookRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(IsbnTaken),
)
async def create_book(actor: SignedIn, books: Books, data: BookCreate, links: Linked) -> Book:
    """Create a book; you become its owner."""
    return links.created(await books.create(actor, data))


@router.get("/{book_id}", response_model=BookRead, responses=problems(BookNotFound))
async def get_book(actor: SignedIn, books: Books, book_id: UUID) -> Book:
    """Show one book."""
    return await books.get(actor, book_id)


@router.patch("/{book_id}", response_model=BookRead, responses=problems(BookNotFound, IsbnTaken))
async def update_book(actor: SignedIn, books: Books, book_id: UUID, data: BookUpdate) -> Book:
    """Change a book; fields you leave out stay as they are."""
    return await books.update(actor, book_id, data)


@router.delete(
    "/{book_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(BookNotFound)
)
async def delete_book(actor: SignedIn, books: Books, book_id: UUID) -> None:
    """Delete a book."""
    await books.delete(actor, book_id)
