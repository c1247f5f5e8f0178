"""The tests that come with a resource fail when one of its guards is taken out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .mutations import Change, Mutation, Workshop, broken, paths_of
from .projects import ROOT, build, run_tests, servers_of

pytestmark = pytest.mark.mutation

DRAFTS = Path(__file__).parent / "drafts.yml"
BOOKSHELF, BOOKSHOP = ROOT / "backend" / "backsmith.yml", ROOT / "examples" / "bookshop.yml"
WIDE = ROOT / "tests" / "render" / "wide.yml"
DESK = ROOT / "tests" / "render" / "desk.yml"
REVISION = "app/db/migrations/versions/*_*s.py"
OWN_REVISION = "app/db/migrations/versions/????????????_*.py"
FOLDERS_NAME = """\
        op.f("uq_folders_name"),
        "folders",
        ["name"],
        unique=True,
"""
ONLY_LIVE = '        postgresql_where=sa.text("deleted_at IS NULL"),\n'


def everybodys(right: str, sentence: str) -> Mutation:
    """Let a right over one's own books be one over all books."""
    service, head = "app/services/book.py", f'"""{sentence}"""\n    return '
    return Mutation(
        f"the owner of what is {right}",
        BOOKSHELF,
        "book",
        (
            Change(service, f"{head}owned_by(actor.id)", f"{head}EVERY"),
            Change(service, "import Rows\n", "import EVERY, Rows\n"),
        ),
    )


def of_drafts(what: str, old: str, new: str) -> Mutation:
    """Take a condition out of the rules of posts."""
    change = Change("app/services/post.py", old, new)
    return Mutation(f"the condition on what {what}", DRAFTS, "post", (change,))


def of_pitches(what: str, old: str, new: str) -> Mutation:
    """Take a condition on what clients don't change out of the rules of pitches."""
    change = Change("app/services/pitch.py", old, new)
    return Mutation(f"the condition on what {what}", DRAFTS, "pitch", (change,))


def unconditional(verb: str) -> tuple[str, str]:
    """Let owners do something with each of their posts."""
    head = f'{verb} every post."""\n    return EVERY if actor.has(Role.EDITOR) else '
    return f"{head}owned_by(actor.id) & DRAFT", f"{head}owned_by(actor.id)"


def kept_to(row: str) -> tuple[str, str]:
    """Look at a post before it is written, and never after."""
    return f"        existing(await self._posts.get(rows, {row}), PostRefused)\n", ""


def seen(guard: str, class_: str, field: str, *changes: Change, of: str = "post") -> Mutation:
    """Let a field into a schema that it is kept out of; the tests of posts notice."""
    schema = f"app/schemas/{of}.py"
    head = f"class {class_}:\n"
    return Mutation(guard, DESK, "post", (Change(schema, head, f"{head}    {field}\n"), *changes))


MUTATIONS = [
    seen(
        "what is private in answers",
        "PostRead(View)",
        "api_key: str",
        Change("app/models/post.py", ", deferred=True, deferred_raiseload=True", ""),
    ),
    seen(
        "what is private in what others embed",
        "SectionSummary(View)",
        "notes: str | None = None",
        Change("app/models/section.py", ", deferred=True, deferred_raiseload=True", ""),
        of="section",
    ),
    seen(
        "what is private in lists",
        "PostQuery(PageQuery)",
        "api_key: Several[ApiKey] | None = None",
    ),
    Mutation(
        "what is private in logs",
        DESK,
        "post",
        (
            Change(
                "app/schemas/post.py",
                "    api_key: Annotated[ApiKey, Field(repr=False)]\n",
                "    api_key: ApiKey\n",
            ),
        ),
    ),
    seen("what is readonly when a row is made", "PostCreate(Payload)", "views: Views = 0"),
    seen("what is readonly later", "PostUpdate(Payload)", "views: Views = UNCHANGED"),
    seen("what is sent once", "PostUpdate(Payload)", "sku: Sku = UNCHANGED"),
    seen("a reference that is sent once", "PostUpdate(Payload)", "section_id: Id = UNCHANGED"),
    Mutation(
        "the mark of what is deprecated",
        DESK,
        "post",
        (
            Change(
                "app/schemas/post.py",
                "    subtitle: Annotated[str | None, DEPRECATED]\n",
                "    subtitle: str | None\n",
            ),
        ),
    ),
    Mutation(
        "the mark of a resource that is deprecated",
        DESK,
        "memo",
        (Change("app/api/v1/endpoints/memo.py", ", deprecated=True", ""),),
    ),
    everybodys("readable", "Owners read their own books."),
    everybodys("changeable", "Owners change their own books."),
    everybodys("deletable", "Owners delete their own books."),
    of_drafts("a visitor reads", "        return PUBLISHED\n", "        return EVERY\n"),
    of_drafts("people read", "return PUBLISHED | owned_by(actor.id)", "return EVERY"),
    of_drafts("is changed", *unconditional("change")),
    of_drafts("is deleted", *unconditional("delete")),
    of_drafts("comes of a change", *kept_to("post_id")),
    of_drafts("is created", *kept_to("post.id")),
    of_pitches("is sent once and read", "        return STORY\n", "        return EVERY\n"),
    of_pitches(
        "is sent once, in a new row",
        "        existing(await self._pitches.get(rows, pitch.id), PitchRefused)\n",
        "",
    ),
    of_pitches(
        "nobody sends, when it is changed",
        "else owned_by(actor.id) & NOT_LOCKED",
        "else owned_by(actor.id)",
    ),
    of_pitches(
        "nobody sends, when it is deleted",
        "rows = owned_by(actor.id) & NOT_LOCKED",
        "rows = owned_by(actor.id)",
    ),
    Mutation(
        "the one query of a list",
        BOOKSHOP,
        "book",
        (
            Change(
                "app/repositories/book.py",
                "joinedload(Book.author, innerjoin=True)",
                "immediateload(Book.author)",
            ),
            Change("app/repositories/book.py", "import joinedload", "import immediateload"),
        ),
    ),
    Mutation(
        "the filter by at least so much",
        BOOKSHOP,
        "book",
        (
            Change(
                "app/repositories/book.py",
                "            at_least(Book.price, asked.price_gte),\n",
                "",
            ),
        ),
    ),
    Mutation(
        "the words that are searched for",
        BOOKSHOP,
        "book",
        (
            Change(
                "app/repositories/book.py",
                "            matching(Book.search, asked.q),\n",
                "",
            ),
        ),
    ),
    Mutation(
        "the order that was asked for",
        BOOKSHOP,
        "book",
        (
            Change(
                "app/repositories/book.py",
                "SortKey(BookSort.TITLE, Book.title, TEXT)",
                "SortKey(BookSort.TITLE, Book.created_at, MOMENT)",
            ),
        ),
    ),
    Mutation(
        "what goes with what it refers to",
        BOOKSHOP,
        "book",
        (
            Change(
                "app/models/review.py",
                'ForeignKey("books.id", ondelete="CASCADE")',
                'ForeignKey("books.id", ondelete="RESTRICT")',
            ),
            Change(
                REVISION,
                'name=op.f("fk_reviews_book_id"), ondelete="CASCADE"',
                'name=op.f("fk_reviews_book_id"), ondelete="RESTRICT"',
            ),
        ),
    ),
    Mutation(
        "what others see of a person",
        WIDE,
        "shop",
        (
            Change(
                "app/schemas/user.py",
                '"""What others may see of a person."""\n\n    id: UUID\n',
                '"""What others may see of a person."""\n\n    id: UUID\n    email: str\n',
            ),
        ),
    ),
    Mutation(
        "what a field has by itself",
        WIDE,
        "setup",
        (
            Change(
                "app/schemas/setup.py",
                "    quantity: Quantity = 0\n",
                "    quantity: Quantity = 1\n",
            ),
        ),
    ),
    Mutation(
        "the refusal of fields that nobody knows",
        BOOKSHOP,
        "book",
        (
            Change(
                "app/schemas/base.py",
                'ConfigDict(extra="forbid", strict=True)',
                "ConfigDict(strict=True)",
            ),
        ),
    ),
    Mutation(
        "the links that a change replaces",
        WIDE,
        "book_review",
        (
            Change(
                "app/services/book_review.py",
                'if "endorser_ids" in data.model_fields_set:',
                "if not data.model_fields_set:",
            ),
        ),
    ),
    Mutation(
        "the filter by links",
        WIDE,
        "book_review",
        (
            Change(
                "app/repositories/book_review.py",
                "            having_endorsers(asked.endorser_ids),\n",
                "",
            ),
        ),
    ),
    Mutation(
        "the rows that a list keeps to",
        BOOKSHELF,
        "book",
        (
            Change("app/repositories/book.py", "            rows,\n", "            EVERY,\n"),
            Change("app/repositories/book.py", "import Rows,", "import EVERY, Rows,"),
        ),
    ),
    Mutation(
        "signing in",
        BOOKSHOP,
        "review",
        (
            Change(
                "app/api/v1/endpoints/review.py",
                "actor: SignedIn, reviews: Reviews, data: ReviewCreate",
                "actor: Anyone, reviews: Reviews, data: ReviewCreate",
            ),
            Change(
                "app/api/public.py",
                '    "get_review",\n',
                '    "get_review",\n    "create_review",\n',
            ),
        ),
    ),
    Mutation(
        "the most that a page holds",
        BOOKSHOP,
        "author",
        (Change("app/schemas/base.py", "Field(ge=1, le=100)", "Field(ge=1)"),),
    ),
    Mutation(
        "what stands once",
        BOOKSHOP,
        "book",
        (
            Change("app/models/book.py", "String(13), unique=True", "String(13)"),
            Change(
                REVISION, '        sa.UniqueConstraint("isbn", name=op.f("uq_books_isbn")),\n', ""
            ),
        ),
    ),
    Mutation(
        "the owner that comes from the token",
        BOOKSHOP,
        "review",
        (
            Change(
                "app/services/review.py",
                "Review(author_id=actor.id, **data.model_dump())",
                "Review(**{'author_id': actor.id} | data.model_dump(exclude_unset=True))",
            ),
            Change(
                "app/schemas/review.py",
                '    """A review to be."""\n',
                '    """A review to be."""\n\n    author_id: Id = UNCHANGED\n',
            ),
        ),
    ),
    Mutation(
        "the role of who creates",
        BOOKSHOP,
        "book",
        (
            Change(
                "app/services/book.py",
                '"""Editors create books."""\n    actor.require(Role.EDITOR)',
                '"""Editors create books."""',
            ),
        ),
    ),
    Mutation(
        "the role of who deletes",
        BOOKSHOP,
        "author",
        (
            Change(
                "app/services/author.py",
                '"""Editors delete every author."""\n    actor.require(Role.EDITOR)\n',
                '"""Editors delete every author."""\n',
            ),
        ),
    ),
    Mutation(
        "the clock",
        WIDE,
        "setup",
        (
            Change(
                "app/schemas/setup.py",
                "default_factory=lambda: datetime.now(UTC), ",
                "default_factory=lambda: datetime(2030, 1, 1, tzinfo=UTC), ",
            ),
        ),
    ),
    Mutation(
        "what an enum can be",
        WIDE,
        "setup",
        (Change("app/schemas/setup.py", "Annotated[SetupRegion,", "Annotated[str,"),),
    ),
    Mutation(
        "the filter by an enum",
        WIDE,
        "setup",
        (
            Change(
                "app/repositories/setup.py",
                "            any_of(Setup.region, asked.region),\n",
                "",
            ),
        ),
    ),
    Mutation(
        "the role of who restores",
        WIDE,
        "folder",
        (
            Change(
                "app/services/folder.py",
                '"""Administrators restore every folder."""\n    actor.require(Role.ADMIN)\n',
                '"""Administrators restore every folder."""\n',
            ),
        ),
    ),
    Mutation(
        "the condition that leaves deleted rows out of answers",
        WIDE,
        "folder",
        (
            Change(
                "app/repositories/folder.py",
                "select(Folder).where(LIVE_FOLDERS)",
                "select(Folder)",
            ),
        ),
    ),
    Mutation(
        "the condition that keeps changes from deleted rows",
        WIDE,
        "folder",
        (
            Change(
                "app/repositories/hiding.py", "lock(rows & self.live, row_id)", "lock(rows, row_id)"
            ),
        ),
    ),
    Mutation(
        "the condition that hides a row with what it belongs to",
        WIDE,
        "sheet",
        (
            Change(
                "app/repositories/live.py",
                "exists().where(Sheet.id == Clipping.sheet_id, LIVE_SHEETS)",
                "exists().where(Sheet.id == Clipping.sheet_id)",
            ),
        ),
    ),
    Mutation(
        "what is unique among live rows alone",
        WIDE,
        "folder",
        (
            Change(
                "app/models/folder.py",
                '"name", unique=True, postgresql_where=text("deleted_at IS NULL")',
                '"name", unique=True',
            ),
            Change(OWN_REVISION, FOLDERS_NAME + ONLY_LIVE, FOLDERS_NAME),
        ),
    ),
    Mutation(
        "what keeps a row that others need from being deleted",
        WIDE,
        "label",
        (
            Change(
                "app/services/label.py",
                "if await self._labels.has_sheets(label):",
                "if False:",
            ),
        ),
    ),
    Mutation(
        "what a restored row needs",
        WIDE,
        "sheet",
        (
            Change(
                "app/services/sheet.py",
                "if not await self._sheets.is_whole(sheet):",
                "if False:",
            ),
        ),
    ),
    Mutation(
        "a reference that is null while its row is deleted",
        WIDE,
        "label",
        (
            Change(
                "app/repositories/sheet.py",
                "with_expression(Sheet.shown_other_label_id, SHEET_OTHER_LABEL_ID)",
                "with_expression(Sheet.shown_other_label_id, Sheet.other_label_id)",
            ),
        ),
    ),
    Mutation(
        "the lock on a row that another will refer to",
        WIDE,
        "label",
        (
            Change(
                "app/repositories/base.py",
                ".order_by(self.model.id).with_for_update(read=True, key_share=True)",
                ".order_by(self.model.id)",
            ),
        ),
    ),
]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    projects = {
        design: build(design, tmp_path_factory.mktemp("project"))
        for design in (BOOKSHELF, BOOKSHOP, WIDE, DRAFTS, DESK)
    }
    with servers_of(projects[BOOKSHELF]) as variables:
        yield Workshop(projects, variables)


@pytest.mark.parametrize(
    ("design", "stems"),
    [
        (BOOKSHELF, ("book",)),
        (BOOKSHOP, ("author", "book", "review")),
        (WIDE, ("setup", "shop", "book_review", "folder", "label", "sheet")),
        (DRAFTS, ("post", "pitch")),
        (DESK, ("section", "post", "memo")),
    ],
)
def test_untouched_projects_pass(workshop: Workshop, design: Path, stems: tuple[str, ...]) -> None:
    paths = [path for stem in stems for path in paths_of(stem)]

    passed, told = run_tests(workshop.projects[design], workshop.variables, *paths)

    assert passed, told


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.guard)
def test_tests_notice_that_a_guard_is_gone(workshop: Workshop, mutation: Mutation) -> None:
    project = workshop.projects[mutation.design]

    with broken(project, mutation):
        endpoints, *_ = paths_of(mutation.stem)
        passed, told = run_tests(project, workshop.variables, endpoints)

    assert not passed, f"nobody notices that {mutation.guard} is gone"
    assert "error during collection" not in told, told
