import pytest

from backsmith.design import canonical, read
from backsmith.design.model import OnDelete, Reference

from .designs import field_of, good, messages, told, with_field, with_resources


def test_resources_that_need_each_other_could_never_begin() -> None:
    lines = told(
        with_resources(
            "Apple: {fields: {boat: Boat}}",
            "Boat: {fields: {cat: Cat}}",
            "Cat: {fields: {apple: Apple}}",
        )
    )

    assert lines == [
        "shop.yml:7:25: these resources need each other in a circle: Apple → Boat → Cat → Apple.\n"
        "    No first row could ever be written; let it be optional: Apple?."
    ]


def test_resources_may_refer_to_what_stands_below_them() -> None:
    good(
        with_resources(
            "Apple: {fields: {cat: Cat, boat: Boat}}",
            "Boat: {fields: {cat: Cat, again: Cat?}}",
            "Cat: {fields: {name: string}}",
        )
    )


def _of_a_hall(owner: str, hall: str) -> str:
    """An exhibit that shows its hall, and belongs to whoever is found in it."""
    return with_resources(
        f"Hall: {{fields: {{keeper: User, painter: User}}, {hall}}}",
        f"Exhibit: {{fields: {{hall: Hall embed, name: string}}, owner: {owner}}}",
    )


def test_whoever_owns_a_row_through_another_is_shown_that_one() -> None:
    good(_of_a_hall("hall.keeper", "owner: keeper"))


@pytest.mark.parametrize(
    ("owner", "hall"),
    [
        ("hall.painter", "owner: keeper"),
        ("hall.keeper", "owner: keeper, access: {read: admin, write: admin}"),
    ],
)
def test_whoever_owns_a_row_is_not_shown_what_belongs_to_others(owner: str, hall: str) -> None:
    assert '"hall" would show a hall to authenticated' in messages(_of_a_hall(owner, hall))


@pytest.mark.parametrize(
    ("reader", "target", "blind"),
    [
        ("public", "authenticated", "public"),
        ("public", "editor", "public"),
        ("authenticated", "editor", "authenticated"),
        ("owner", "owner", "authenticated"),
        ("owner", "editor", "authenticated"),
        ("admin", "editor", "admin"),
        ("[editor, admin]", "editor", "admin"),
    ],
)
def test_what_is_embedded_is_shown_to_nobody_else(reader: str, target: str, blind: str) -> None:
    assert f'"shelf" would show a shelf to {blind}' in messages(_embedding(reader, target))


@pytest.mark.parametrize(
    ("reader", "target"),
    [
        ("public", "public"),
        ("authenticated", "public"),
        ("owner", "authenticated"),
        ("editor", "[editor, admin]"),
        ("editor", "authenticated"),
    ],
)
def test_what_everyone_may_read_may_be_embedded(reader: str, target: str) -> None:
    good(_embedding(reader, target))


def test_people_may_be_embedded_for_only_their_id_is_shown() -> None:
    good(with_resources("Book: {fields: {by: User embed}, access: {read: public}}"))


def _embedding(reader: str, target: str) -> str:
    """A Book that shows its Shelf, and who may read each; whoever reads may write."""
    return with_resources(
        f"Shelf: {{fields: {{keeper: User}}, owner: keeper, access: {_rules(target)}}}",
        f"Book: {{fields: {{by: User, shelf: Shelf embed}}, owner: by, access: {_rules(reader)}}}",
    )


def _rules(readers: str) -> str:
    writers = "owner" if readers in ("public", "authenticated") else readers
    return f"{{read: {readers}, write: {writers}}}"


def test_what_nobody_could_create_is_told() -> None:
    lines = told(
        with_resources(
            "Shelf: {fields: {name: string}, access: {read: editor, write: editor}}",
            "Book: {fields: {by: User, shelf: Shelf}, owner: by, access: {read: public}}",
        )
    )

    assert lines == [
        "shop.yml:6:36: nobody could create a book: it refers to a shelf, which only editor may "
        "read.\n    Let owner read Shelf, or editor write Book."
    ]


@pytest.mark.parametrize("reader", ["authenticated", "owner", "[editor, owner]"])
def test_what_somebody_can_create_is_fine(reader: str) -> None:
    good(
        with_resources(
            f"Shelf: {{fields: {{at: User}}, owner: at, access: {{read: {reader}, write: owner}}}}",
            "Book: {fields: {by: User, shelf: Shelf}, owner: by, access: {read: public}}",
        )
    )


@pytest.mark.parametrize(
    ("resources", "name"),
    [
        (
            [
                "Guest: {fields: {first: string, name: string, first_name: string unique}, "
                "unique: [[first, name]]}"
            ],
            "uq_guests_first_name",
        ),
        (
            ["Guest: {fields: {external: string sort, external_id: string filter}}"],
            "ix_guests_external_id",
        ),
        (
            [
                "Sale: {fields: {items_x: int filter}}",
                "SaleItem: {path: sales-items, fields: {x: int filter}}",
            ],
            "ix_sales_items_x",
        ),
    ],
)
def test_no_two_rules_have_the_same_name_in_the_database(resources: list[str], name: str) -> None:
    assert f'two rules would both be called "{name}"' in messages(with_resources(*resources))


def test_no_two_fields_are_the_same_name_of_a_class() -> None:
    said = messages(with_resources("Place: {fields: {line_1: string, line1: string}}"))

    assert '"line1" and "line_1" would be the same name of a class' in said


@pytest.mark.parametrize("name", ["left", "right", "full", "like", "verbose", "self"])
def test_a_column_is_no_word_that_something_else_reads(name: str) -> None:
    assert f'"{name}"' in messages(with_resources(f"Place: {{fields: {{{name}: int}}}}"))


@pytest.mark.parametrize(
    "resource", ["Datum: {fields: {a: int}}", "Thing: {path: links, fields: {a: int}}"]
)
def test_a_path_is_no_name_that_endpoints_have_for_something_else(resource: str) -> None:
    assert messages(with_resources(resource))


def test_one_of_one_is_unique() -> None:
    field = field_of("Author? set_null one")

    assert field.unique
    assert field.reference == Reference("Author", OnDelete.SET_NULL, one=True)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("Author one unique", "Leave out unique."),
        ("Author unique one", "Leave out unique."),
        ("Author one one", "Leave it out."),
        ("string one", '"one" is not a word for a string'),
    ],
)
def test_one_of_one_is_said_once_and_of_references(words: str, hint: str) -> None:
    lines = told(with_field(f"word: {words}"))

    assert len(lines) == 1
    assert hint in lines[0]


def test_one_of_one_reads_back() -> None:
    design = good(with_field("word: Author one embed"))

    assert "      word: Author restrict embed one\n" in canonical(design)
    assert read(canonical(design)).design == design


def test_a_rule_about_a_field_that_cant_be_read_is_told_of_once() -> None:
    lines = told(
        with_resources("Book: {fields: {day: dat, title: string}, unique: [[day, title]]}")
    )

    assert len(lines) == 1
    assert '"dat" is not a type. Did you mean "date"?' in lines[0]


def test_a_row_may_refer_to_another_of_its_kind() -> None:
    good(with_resources("Topic: {fields: {parent: 'Topic?', twin: 'Topic? set_null one'}}"))


def test_the_first_row_refers_to_no_other_of_its_kind() -> None:
    assert told(with_resources("Topic: {fields: {parent: Topic}}")) == [
        "shop.yml:5:28: every topic would need another one first.\n"
        "    No first row could ever be written; write Topic? instead."
    ]


def test_a_row_shows_no_other_of_its_kind() -> None:
    lines = told(with_resources("Topic: {fields: {parent: 'Topic? embed'}}"))

    assert "a topic can't show another topic inside of it" in lines[0]
