from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import Anyone, Articles, AskedArticles, Linked, SignedIn
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
from app.models import Article
from app.schemas.article import ArticleCreate, ArticlePage, ArticleRead, ArticleUpdate
from app.services.article import (
    ArticleNotFound,
    ArticleRefused,
    DeskMissing,
    RelatedItself,
    RelatedMissing,
    SlugTaken,
    TopicMissing,
    WireIdTaken,
)

router = APIRouter(prefix="/articles", tags=["articles"], route_class=Route)


@router.get("", response_model=ArticlePage, responses=problems(CursorInvalid))
async def list_articles(
    actor: Anyone, articles: Articles, asked: AskedArticles, links: Linked
) -> Page[Article]:
    """List the articles that you may read, sorted by published at, downwards."""
    return links.paged(await articles.page(actor, asked))


@router.post(
    "",
    response_model=ArticleRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(
        Forbidden, ArticleRefused, WireIdTaken, SlugTaken, DeskMissing, TopicMissing, RelatedMissing
    ),
)
async def create_article(
    actor: SignedIn, articles: Articles, data: ArticleCreate, links: Linked
) -> Article:
    """Create an article; you become its owner."""
    return links.created(await articles.create(actor, data))


@router.get("/{article_id}", response_model=ArticleRead, responses=problems(ArticleNotFound))
async def get_article(actor: Anyone, articles: Articles, article_id: UUID) -> Article:
    """Show one article."""
    return await articles.get(actor, article_id)


@router.patch(
    "/{article_id}",
    response_model=ArticleRead,
    responses=problems(
        ArticleNotFound,
        SlugTaken,
        DeskMissing,
        TopicMissing,
        RelatedMissing,
        RelatedItself,
        ArticleRefused,
    ),
)
async def update_article(
    actor: SignedIn, articles: Articles, article_id: UUID, data: ArticleUpdate
) -> Article:
    """Change an article; fields you leave out stay as they are."""
    return await articles.update(actor, article_id, data)


@router.delete(
    "/{article_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(ArticleNotFound)
)
async def delete_article(actor: SignedIn, articles: Articles, article_id: UUID) -> None:
    """Delete an article, and its comments."""
    await articles.delete(actor, article_id)
