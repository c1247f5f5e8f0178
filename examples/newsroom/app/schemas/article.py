from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.models.article import ArticleLanguage
from app.models.stage import Stage
from app.schemas.base import UNCHANGED, PageQuery, PageView, Payload, Search, Several, View
from app.schemas.desk import DeskSummary
from app.schemas.types import Id, Ids, Moment, Slug, Text
from app.schemas.user import UserSummary

Title = Annotated[Text, Field(min_length=3, max_length=200, examples=["First article"])]
ArticleSlug = Annotated[Slug, Field(examples=["slug"])]
Body = Annotated[
    Text, Field(min_length=1, max_length=50_000, examples=["A few words, to begin with."])
]
ArticleStage = Annotated[Stage, Field(strict=False, examples=["draft"])]
Language = Annotated[ArticleLanguage, Field(strict=False, examples=["de"])]
PublishedAt = Annotated[Moment, Field(examples=["2030-12-31T18:30:00Z"])]
TopicIds = Annotated[Ids, Field(max_length=8, examples=[["0198c0de-7a7b-7c0f-8d1e-2f3a4b5c6d00"]])]
RelatedIds = Annotated[
    Ids, Field(max_length=5, examples=[["0198c0de-7a7b-7c0f-8d1e-2f3a4b5c6d00"]])
]
Keyword = Annotated[Text, Field(max_length=255)]
Keywords = Annotated[list[Keyword], Field(max_length=10, examples=[["Keyword"]])]
WireId = Annotated[Text, Field(max_length=40, examples=["Wire id"])]
Tip = Annotated[Text, Field(max_length=4_000, examples=["A few words, to begin with."])]


class ArticleCreate(Payload):
    """An article to be."""

    title: Title
    slug: ArticleSlug
    body: Body
    stage: ArticleStage = Stage.DRAFT
    language: Language = ArticleLanguage.EN
    published_at: PublishedAt | None = None
    desk_id: Id
    topic_ids: TopicIds = Field(default_factory=list)
    related_ids: RelatedIds = Field(default_factory=list)
    keywords: Keywords = Field(default_factory=list)
    wire_id: WireId | None = None
    tip: Annotated[Tip | None, Field(repr=False)] = None


class ArticleUpdate(Payload):
    """What to change of an article; what is left out stays as it is."""

    title: Title = UNCHANGED
    slug: ArticleSlug = UNCHANGED
    body: Body = UNCHANGED
    stage: ArticleStage = UNCHANGED
    language: Language = UNCHANGED
    published_at: PublishedAt | None = UNCHANGED
    desk_id: Id = UNCHANGED
    topic_ids: TopicIds = UNCHANGED
    related_ids: RelatedIds = UNCHANGED
    keywords: Keywords = UNCHANGED
    tip: Annotated[Tip | None, Field(repr=False)] = UNCHANGED


class ArticleRead(View):
    """An article, as people see it."""

    id: UUID
    title: str
    slug: str
    body: str
    stage: Stage
    language: ArticleLanguage
    published_at: datetime | None
    author: UserSummary
    desk: DeskSummary
    topic_ids: list[UUID]
    related_ids: list[UUID]
    keywords: list[str]
    wire_id: str | None
    created_at: datetime
    updated_at: datetime


class ArticlePage(PageView[ArticleRead]):
    """One page of articles."""


class ArticleSort(StrEnum):
    """What a list of articles can be sorted by; `-` is for downwards."""

    CREATED_AT = "created_at"
    CREATED_AT_DOWN = "-created_at"
    TITLE = "title"
    TITLE_DOWN = "-title"
    PUBLISHED_AT = "published_at"
    PUBLISHED_AT_DOWN = "-published_at"


class ArticleQuery(PageQuery):
    """What a list of articles may be asked."""

    q: Search | None = None
    sort: ArticleSort = ArticleSort.PUBLISHED_AT_DOWN
    stage: Several[ArticleStage] | None = None
    language: Several[Language] | None = None
    published_at: Several[PublishedAt] | None = None
    published_at_gte: PublishedAt | None = None
    published_at_lte: PublishedAt | None = None
    published_at_isnull: bool | None = None
    author_id: Several[Id] | None = None
    desk_id: Several[Id] | None = None
    topic_ids: Several[Id] | None = None
    related_ids: Several[Id] | None = None
    keywords: Several[Keyword] | None = None
