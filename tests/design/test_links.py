"""Fields that point to many rows."""

import pytest

from backsmith.design import canonical, read
from backsmith.design.model import OnDelete, Reference
from backsmith.design.names import link_columns
from backsmith.design.plurals import one_of

from .designs import field_of, good, messages, told, with_field, with_resources


@pytest.mark.parametrize("words", ["Author[]", "Author many", "Author []"])
def test_both_forms_say_the_same(words: str) -> None:
    field = field_of(words)

    assert field.type == Reference("Author", OnDelete.CASCADE, many=True)
    assert (field.minimum, field.maximum, field.required) == (None, 100, False)
    assert field.reference is None


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("Author[] ..20", (None, 20)),
        ("Author[] 0..20", (None, 20)),
        ("Author many 1..", (1, 100)),
        ("Author[] 2..2", (2, 2)),
    ],
)
def test_a_range_counts_them(words: str, bounds: tuple[int | None, int]) -> None:
    field = field_of(words)

    assert (field.minimum, field.maximum) == bounds
    assert field.required is bool(bounds[0])


def test_no_row_needs_more_people_than_tests_know() -> None:
    assert "tests know three" in messages(with_field("words: User[] 3.."))
    assert field_of("User[] 2..").minimum == 2
    assert field_of("Author[] 3..").minimum == 3


@pytest.mark.parametrize("count", ["..101", "5..2", "..0", ".."])
def test_a_count_is_one_that_can_be(count: str) -> None:
    assert "is no count of references" in messages(with_field(f"words: Author[] {count}"))


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("Author[] cascade", "A link goes with either of its rows"),
        ("Author[] restrict", "A link goes with either of its rows"),
        ("Author[] set_null", "A link goes with either of its rows"),
        ("Author[] embed", "They are shown as ids"),
        ("Author[] filter", "can be filtered by already"),
        ("Author[] index", "is indexed already"),
        ("Author[] unique", "once in any case"),
        ("Author[] one", "to one row or to many"),
        ("Author one many", "to one row or to many"),
        ("Author[] optional", "an empty list where there are none"),
        ("Author[]?", "Leave out the ?: Author[]."),
        ("Author? many", "Leave out the ?: Author[]."),
        ("Author[] many", "Leave it out."),
        ("Author many many", "Leave it out."),
        ("Author[] sort", "is not a word for a list of references"),
        ("Author[] =x", "is not a word for a list of references"),
    ],
)
def test_what_makes_no_sense_of_many_is_refused(words: str, hint: str) -> None:
    lines = told(with_field(f"words: {words}"))

    assert len(lines) == 1
    assert hint in lines[0]


@pytest.mark.parametrize(
    ("name", "target", "one"),
    [
        ("tags", "Tag", "tag"),
        ("categories", "Category", "category"),
        ("houses", "House", "house"),
        ("featured_tags", "Tag", "featured_tag"),
        ("co_authors", "User", "co_author"),
        ("related", "Post", "related"),
        ("children", "Person", "child"),
        ("staff", "User", "staff"),
        ("book_reviews", "BookReview", "book_review"),
        ("companions", "Plant", "companion"),
        ("lens", "Camera", "lens"),
    ],
)
def test_one_of_many_has_a_name(name: str, target: str, one: str) -> None:
    assert one_of(name, target) == one


def test_a_list_is_written_as_ids() -> None:
    assert good(with_field("authors: Author[]")).resource("Book").field("authors").column == (
        "author_ids"
    )


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ("tag: Tag, tags: Tag many", 'one of "tags" and "tag" would both be called "tag"'),
        ("tags: Tag many, tag_ids: string", '"tag_ids" is how "tag" is written in requests'),
        ("tag_ids: Tag many", "Name what it points to: tags."),
        ("tags: Tga many", '"Tga" is no resource of this design. Did you mean "Tag"?'),
    ],
)
def test_names_that_meet_are_told(fields: str, complaint: str) -> None:
    text = with_resources("Tag: {fields: {name: string}}", f"Book: {{fields: {{{fields}}}}}")

    assert complaint in messages(text)


def test_many_people_own_nothing() -> None:
    lines = told(with_resources("Book: {fields: {writers: User many}, owner: writers}"))

    assert '"writers" doesn\'t refer to User' in lines[0]


def test_links_have_a_table_of_their_own() -> None:
    text = with_resources(
        "Tag: {fields: {name: string}}",
        "Book: {fields: {tags: Tag many}}",
        "BookTag: {fields: {name: string}}",
    )

    assert told(text) == [
        'shop.yml:6:19: the links of "tags" would be in the table "book_tags", which BookTag has.\n'
        "    Rename it, or give BookTag a path: of its own."
    ]


def test_links_are_no_columns() -> None:
    text = with_resources(
        "Tag: {fields: {name: string}}",
        "Book: {fields: {title: string, tags: Tag many}, unique: [[title, tags]]}",
    )

    assert '"tags" points to many rows, and is no column' in messages(text)


def test_what_has_to_have_some_needs_them_first() -> None:
    text = with_resources(
        "Team: {fields: {players: Player many 1..}}", "Player: {fields: {team: Team}}"
    )

    assert "need each other in a circle: Team → Player → Team" in messages(text)
    good(text.replace(" 1..", ""))


def test_a_row_may_point_to_many_of_its_kind() -> None:
    design = good(with_resources("Topic: {fields: {related: Topic many ..8, topics: 'Topic[]'}}"))

    assert [each.column for each in design.resource("Topic").links] == ["related_ids", "topic_ids"]


def test_the_first_row_points_to_no_other_of_its_kind() -> None:
    assert told(with_resources("Topic: {fields: {related: Topic many 1..}}")) == [
        "shop.yml:5:29: every topic would need another one first.\n"
        "    No first row could ever be written; let it be without any: 0.. or ..20."
    ]


def test_what_nobody_may_read_nobody_points_to() -> None:
    text = with_resources("Topic: {fields: {related: Topic many}, only: [create, update]}")

    assert "nobody could refer to a topic" in messages(text)


@pytest.mark.parametrize(
    ("one", "columns"),
    [("related", ("post_id", "related_id")), ("post", ("post_id", "other_post_id"))],
)
def test_the_two_columns_of_links_have_two_names(one: str, columns: tuple[str, str]) -> None:
    assert link_columns("post", one) == columns


def test_somebody_has_to_be_able_to_make_the_first_links() -> None:
    text = with_resources(
        "Secret: {fields: {name: string}, access: {read: editor, write: editor}}",
        "Book: {fields: {secrets: Secret many 1..}, access: {read: public, write: admin}}",
    )

    assert "nobody could create a book" in messages(text)
    good(text.replace(" 1..", ""))


def test_a_canonical_list_reads_back() -> None:
    design = good(with_field("authors: Author many 1..9", "others: User[]"))

    text = canonical(design)

    assert "      authors: Author[] 1..9\n" in text
    assert "      others: User[]\n" in text
    assert read(text).design == design
