from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db.page import MOMENT, Page, SortKey, sort_keys
from app.db.rows import Rows, any_of
from app.models import Comment
from app.repositories.base import Repository
from app.schemas.comment import CommentQuery, CommentSort

SORT_KEYS = sort_keys(
    SortKey(CommentSort.CREATED_AT, Comment.created_at, MOMENT),
    SortKey(CommentSort.CREATED_AT_DOWN, Comment.created_at, MOMENT),
)


def owned_by(user_id: UUID) -> Rows:
    return Comment.author_id == user_id


class CommentRepository(Repository[Comment]):
    """Every query about comments; each says whose rows it may see."""

    model = Comment
    read = select(Comment).options(joinedload(Comment.author, innerjoin=True))

    async def page(self, rows: Rows, asked: CommentQuery) -> Page[Comment]:
        query = self.read.where(
            rows,
            any_of(Comment.article_id, asked.article_id),
            any_of(Comment.author_id, asked.author_id),
        )
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)
