from sqlalchemy import select

from app.db.page import MOMENT, TEXT, Page, SortKey, sort_keys
from app.db.rows import Rows, any_of, matching, missing
from app.models import Topic
from app.repositories.base import Repository
from app.schemas.topic import TopicQuery, TopicSort

SORT_KEYS = sort_keys(
    SortKey(TopicSort.CREATED_AT, Topic.created_at, MOMENT),
    SortKey(TopicSort.CREATED_AT_DOWN, Topic.created_at, MOMENT),
    SortKey(TopicSort.NAME, Topic.name, TEXT),
    SortKey(TopicSort.NAME_DOWN, Topic.name, TEXT),
)


class TopicRepository(Repository[Topic]):
    """Every query about topics; each says whose rows it may see."""

    model = Topic
    read = select(Topic)

    async def page(self, rows: Rows, asked: TopicQuery) -> Page[Topic]:
        query = self.read.where(
            rows,
            matching(Topic.search, asked.q),
            any_of(Topic.parent_id, asked.parent_id),
            missing(Topic.parent_id, asked.parent_id_isnull),
        )
        return await self._page(query, SORT_KEYS[asked.sort], asked.limit, asked.cursor)
