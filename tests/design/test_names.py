import pytest
from pydantic import BaseModel
from sqlalchemy.orm import DeclarativeBase

from backsmith.design.names import LONGEST, Names, cut
from backsmith.design.plurals import plural, singular
from backsmith.design.reserved import FIELD_NAMES

from .designs import TOP, good, messages, told, with_field, with_resources


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("id", "a column that Backsmith makes itself"),
        ("created_at", "a column that Backsmith makes itself"),
        ("deleted_at", "a column that Backsmith makes itself"),
        ("search", "a column that Backsmith makes itself"),
        ("limit", "a parameter of every list"),
        ("cursor", "a parameter of every list"),
        ("sort", "a parameter of every list"),
        ("q", "a parameter of every list"),
        ("metadata", "an attribute of every SQLAlchemy model"),
        ("registry", "an attribute of every SQLAlchemy model"),
        ("copy", "a method of every Pydantic model"),
        ("json", "a method of every Pydantic model"),
        ("model_year", "begins as Pydantic's own attributes do"),
        ("class", "a word of Python"),
        ("match", "a word of Python"),
        ("format", "a builtin of Python"),
        ("date", "would hide the type of that name"),
        ("order", "a word of SQL"),
        ("xmin", "a word of SQL"),
    ],
)
def test_a_field_cant_have_a_name_that_means_something_else(name: str, reason: str) -> None:
    line = told(with_field(f"{name}: int"))[0]

    assert line.startswith(f'shop.yml:9:7: a field can\'t be called "{name}": that ')
    assert reason in line


@pytest.mark.parametrize("name", ["user", "order", "group", "end"])
def test_a_reference_may_have_a_word_of_sql_for_its_column_has_another_name(name: str) -> None:
    good(with_field(f"{name}: Author"))


@pytest.mark.parametrize("kind", ["string ..20 unique sort", "enum new,used =new filter", "Author"])
def test_a_field_may_be_called_type(kind: str) -> None:
    good(with_field(f"type: {kind}"))


def test_another_name_begins_with_the_resource_at_hand() -> None:
    found = told(with_resources("BlogPost: {fields: {format: int}}"))[0]

    assert "Say more exactly what it is, as in blog_post_format." in found


@pytest.mark.parametrize("name", ["class", "metadata", "limit", "from"])
def test_a_reference_cant_have_a_name_that_its_attribute_would_lose(name: str) -> None:
    assert "a field can't be called" in messages(with_field(f"{name}: Author"))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Title", 'Did you mean "title"?'),
        ("firstName", 'Did you mean "first_name"?'),
        ("first-name", 'Did you mean "first_name"?'),
        ("first name", 'Did you mean "first_name"?'),
        ("_x", 'Did you mean "x"?'),
        ("a__b", 'Did you mean "a_b"?'),
        ("1st", "Use a-z, 0-9 and single underscores"),
        ("größe", "Use a-z, 0-9 and single underscores"),
        ('\'"""\'', "Use a-z, 0-9 and single underscores"),
        ("'{{ x }}'", 'Did you mean "x"?'),
        ("'; drop table users'", "Use a-z, 0-9 and single underscores"),
        ("x" * 49, "48 characters at most"),
    ],
)
def test_fields_are_spelt_in_snake_case(name: str, hint: str) -> None:
    assert hint in messages(with_field(f"{name}: int"))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("author: Author", "author_id: uuid"), 'the column of the reference "author" already'),
        (("author_id: Author",), 'would become "author_id_id"'),
        (("price: int", "price_gte: int"), '"price_gte" is how a list is asked about "price"'),
        (("price: int", "price_lte: int"), '"price_lte" is how a list is asked about "price"'),
        (("born: date?", "born_isnull: bool"), 'how a list is asked about "born"'),
        (("born: date", "born_down: bool"), '"born_down" is how a list is asked about "born"'),
        (("author: Author", "author_id_isnull: bool"), 'how a list is asked about "author_id"'),
        (("tags: int", "tag_ids: int"), '"tag_ids" is how "tag" is written in requests'),
        (("tag: int", "tag_ids: int"), '"tag_ids" is how "tag" is written in requests'),
    ],
)
def test_names_of_fields_dont_meet(lines: tuple[str, ...], message: str) -> None:
    assert message in messages(with_field(*lines))


@pytest.mark.parametrize("model", [BaseModel, DeclarativeBase])
def test_what_every_model_has_is_no_name_for_a_field(model: type) -> None:
    public = {name for name in dir(model) if not name.startswith(("_", "model_"))}

    assert public <= set(FIELD_NAMES)


def test_a_suffix_alone_is_a_name_like_any_other() -> None:
    good(with_field("weight_gte: int", "other_ids: int"))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Session", "a name of the backend itself"),
        ("RefreshToken", "a name of the backend itself"),
        ("UserSession", "a module or a variable of the backend"),
        ("Role", "a name of the backend itself"),
        ("Page", "a name of the backend itself"),
        ("Problem", "a name of the backend itself"),
        ("Settings", "a name of the backend itself"),
        ("Me", "a name of the backend itself"),
        ("Decimal", "a name of the libraries"),
        ("Table", "a name of the libraries"),
        ("Auth", "a name of the backend itself"),
        ("Router", "a name of the backend itself"),
        ("Conftest", "a module or a variable of the backend"),
        ("Class", "a word of Python"),
        ("Property", "a builtin of Python"),
    ],
)
def test_a_resource_cant_have_a_name_that_means_something_else(name: str, reason: str) -> None:
    assert reason in messages(with_resources(f"{name}: {{fields: {{a: int}}}}"))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("book", 'Did you mean "Book"?'),
        ("book_review", 'Did you mean "BookReview"?'),
        ("book-review", 'Did you mean "BookReview"?'),
        ("Book Review", 'Did you mean "BookReview"?'),
        ("'1Book'", "Write one thing, in capitals"),
        ('\'"""\'', "Write one thing, in capitals"),
        ("Bücher", 'Did you mean "BCher"?'),
        ("B" + "o" * 48, "48 characters at most"),
    ],
)
def test_resources_are_spelt_in_capitals(name: str, hint: str) -> None:
    assert hint in messages(with_resources(f"{name}: {{fields: {{a: int}}}}"))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("Series: {fields: {a: int}}",), 'one and many of "Series" are both called "series"'),
        (("Book: {fields: {a: int}, path: book}",), "are both called"),
        (("Book: {fields: {a: int}, path: /books}",), '"/books" can\'t be a path'),
        (("Book: {fields: {a: int}, path: Books}",), '"Books" can\'t be a path'),
        (("Book: {fields: {a: int}, path: [books]}",), "a path is one word"),
        (("Book: {fields: {a: int}, path: users}",), 'the path "users" is taken'),
        (("Book: {fields: {a: int}, path: me}",), 'the path "me" is taken'),
        (("Metric: {fields: {a: int}}",), 'the path "metrics" is taken'),
        (("Book: {fields: {a: int}, path: order}",), 'the path "order" is taken'),
        (
            ("Book: {fields: {a: int}}", "Novel: {fields: {a: int}, path: books}"),
            '"Novel" and "Book" would both use the name "books"',
        ),
        (
            ("Book: {fields: {a: int}}", "Novel: {fields: {a: int}, path: book}"),
            '"Novel" and "Book" would both use the name "book"',
        ),
        (
            ("APIKind: {fields: {a: int}}", "ApiKind: {fields: {a: int}}"),
            '"ApiKind" and "APIKind" would both use the name "api_kind"',
        ),
        (
            ("Book: {fields: {a: int}}", "BookRead: {fields: {a: int}}"),
            '"BookRead" is the name of a class of "Book"',
        ),
        (("SessionService: {fields: {a: int}}",), "is the name of a class of"),
        (("Book: {fields: {a: int}, path: health}",), 'the path "health" is taken'),
        (("Link: {fields: {a: int}}",), 'the path "links" is taken'),
        (("UserRead: {fields: {a: int}}",), '"UserRead" is the name of a class of "User"'),
    ],
)
def test_names_of_resources_dont_meet(lines: tuple[str, ...], message: str) -> None:
    assert message in messages(with_resources(*lines))


def test_a_resource_is_written_once() -> None:
    assert '"Book" is written twice' in messages(
        with_resources("Book: {fields: {a: int}}", "Book: {fields: {b: int}}")
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Book Shop", 'Did you mean "book-shop"?'),
        ("book_shop", 'Did you mean "book-shop"?'),
        ("../etc", 'Did you mean "etc"?'),
        ("'\"; rm -rf /'", 'Did you mean "rm-rf"?'),
        ("x" * 49, "48 characters at most"),
        ("app", "the name of something else already"),
        ("postgres", "the name of something else already"),
    ],
)
def test_a_project_is_spelt_as_a_host_is(name: str, message: str) -> None:
    assert message in messages(f"backsmith: 1\nname: {name}\n")


@pytest.mark.parametrize(
    ("role", "message"),
    [
        ("admin", 'the role "admin" is always there'),
        ("alice", '"alice" can\'t be a role'),
        ("database", '"database" can\'t be a role'),
        ("class", '"class" can\'t be a role'),
        ("owner", "it has a meaning of its own"),
        ("public", "it has a meaning of its own"),
        ("Editor", '"Editor" can\'t be a role'),
        ("two words", '"two words" can\'t be a role'),
    ],
)
def test_a_role_is_a_word_of_its_own(role: str, message: str) -> None:
    assert message in messages(f"backsmith: 1\nname: shop\nroles: [{role}]\n")


def test_norway_is_a_country() -> None:
    design = good(
        f"{TOP.replace('editor', 'no, yes')}resources:\n  Land:\n    fields: {{y: int}}\n"
    )

    assert design.roles == ("no", "yes")
    assert design.resource("Land").field("y").name == "y"


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("book", "books"),
        ("category", "categories"),
        ("day", "days"),
        ("box", "boxes"),
        ("address", "addresses"),
        ("status", "statuses"),
        ("analysis", "analyses"),
        ("person", "people"),
        ("child", "children"),
        ("quiz", "quizzes"),
        ("shelf", "shelves"),
        ("news", "news"),
    ],
)
def test_plurals_follow_the_rules_and_a_short_list(one: str, many: str) -> None:
    assert plural(one) == many


@pytest.mark.parametrize(
    ("noun", "one"),
    [("books", "book"), ("people", "person"), ("boxes", "box"), ("address", None), ("bus", None)],
)
def test_a_plural_is_known_when_it_is_seen(noun: str, one: str | None) -> None:
    assert singular(noun) == one


def test_names_follow_from_a_name() -> None:
    design = good(
        with_resources("BookReview: {fields: {a: int}}", "Staff: {fields: {a: int}, path: crew}")
    )
    review, staff = (resource.names for resource in design.resources)

    assert (review.stem, review.path, review.plural) == (
        "book_review",
        "book-reviews",
        "book_reviews",
    )
    assert (review.types, review.constant) == ("BookReviews", "BOOK_REVIEW")
    assert (staff.stem, staff.plural) == ("staff", "crew")
    assert Names("HTTPServer", "").stem == "http_server"


def test_a_long_name_is_cut_to_one_of_its_own() -> None:
    long = "fk_" + "shopping_cart_item_" * 5
    other = long + "x"

    assert cut("ix_books_title") == "ix_books_title"
    assert cut("x" * LONGEST) == "x" * LONGEST
    assert len(cut(long).encode()) <= LONGEST
    assert cut(long) == cut(long)
    assert cut(long) != cut(other)
    assert cut(long).startswith("fk_shopping_cart_item_")
    assert len(cut("ü" * 60).encode()) <= LONGEST
