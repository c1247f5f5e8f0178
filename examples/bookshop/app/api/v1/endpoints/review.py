from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import Anyone, AskedReviews, Linked, Reviews, SignedIn
from app.db.page import CursorInvalid, Page
from app.models import Review
from app.schemas.review import ReviewCreate, ReviewPage, ReviewRead, ReviewUpdate
from app.services.review import BookMissing, BookTaken, ReviewNotFound

router = APIRouter(prefix="/reviews", tags=["reviews"], route_class=Route)


@router.get("", response_model=ReviewPage, responses=problems(CursorInvalid))
async def list_reviews(
    actor: Anyone, reviews: Reviews, asked: AskedReviews, links: Linked
) -> Page[Review]:
    """List reviews, newest first."""
    return links.paged(await reviews.page(actor, asked))


@router.post(
    "",
    response_model=ReviewRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(BookTaken, BookMissing),
)
async def create_review(
    actor: SignedIn, reviews: Reviews, data: ReviewCreate, links: Linked
) -> Review:
    """Create a review; you become its owner."""
    return links.created(await reviews.create(actor, data))


@router.get("/{review_id}", response_model=ReviewRead, responses=problems(ReviewNotFound))
async def get_review(actor: Anyone, reviews: Reviews, review_id: UUID) -> Review:
    """Show one review."""
    return await reviews.get(actor, review_id)


@router.patch(
    "/{review_id}",
    response_model=ReviewRead,
    responses=problems(ReviewNotFound, BookTaken, BookMissing),
)
async def update_review(
    actor: SignedIn, reviews: Reviews, review_id: UUID, data: ReviewUpdate
) -> Review:
    """Change a review; fields you leave out stay as they are."""
    return await reviews.update(actor, review_id, data)


@router.delete(
    "/{review_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(ReviewNotFound)
)
async def delete_review(actor: SignedIn, reviews: Reviews, review_id: UUID) -> None:
    """Delete a review."""
    await reviews.delete(actor, review_id)
