from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import Conflict, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.models import Comment
from app.repositories.comment import CommentRepository, owned_by
from app.schemas.comment import CommentCreate, CommentQuery
from app.services.base import Lookup, existing


class CommentNotFound(NotFound):
    code = "COMMENT_NOT_FOUND"
    error = "There is no such comment."
    detail = "It may be gone, or not be yours to see or change."


class ArticleMissing(Conflict):
    code = "COMMENT_ARTICLE_MISSING"
    error = "There is no such article."
    detail = "Send the id of an article that exists."
    constraint = "fk_comments_article_id"


def readable(actor: Actor | None) -> Rows:
    """Everybody reads every comment."""
    return EVERY


def deletable(actor: Actor) -> Rows:
    """Owners delete their own comments, editors any."""
    return EVERY if actor.has(Role.EDITOR) else owned_by(actor.id)


class CommentService:
    """What people may do with comments."""

    def __init__(self, comments: CommentRepository, articles: Lookup) -> None:
        self._comments = comments
        self._articles = articles

    async def page(self, actor: Actor | None, asked: CommentQuery) -> Page[Comment]:
        return await self._comments.page(readable(actor), asked)

    async def get(self, actor: Actor | None, comment_id: UUID) -> Comment:
        found = await self._comments.get(readable(actor), comment_id)
        return existing(found, CommentNotFound)

    async def create(self, actor: Actor, data: CommentCreate) -> Comment:
        await self._articles.check(actor, data.article_id, ArticleMissing)
        comment = Comment(author_id=actor.id, **data.model_dump())
        return await self._comments.shown(await self._comments.save(comment))

    async def delete(self, actor: Actor, comment_id: UUID) -> None:
        found = await self._comments.lock(deletable(actor), comment_id)
        await self._comments.remove(existing(found, CommentNotFound))
