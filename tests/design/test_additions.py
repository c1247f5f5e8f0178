import pytest

from backsmith.design.additions import Line, NoPlaceError, add_fields, add_resource

from .designs import BOOKSHOP, good

POST = [Line("Post:", 0, "Post"), Line("fields:", 1, "Post"), Line("a: int", 2, "a:int")]
TOP = "backsmith: 1\nname: shop\n"
WIDE = f"""\
# A shop.
{TOP}resources:   # What it is about

    Book:   # the first
        fields:
            title: string

            # what it costs
            price: decimal   # in euros
            # more prices follow

        access: {{read: public,
                 write: admin
                }}
        # no owner yet

# The end.
"""


def test_a_resource_stands_behind_the_last_indented_as_that_is() -> None:
    added = add_resource(WIDE, POST)

    block = "    Post:\n        fields:\n            a: int\n"
    assert added.text == WIDE.replace("no owner yet\n", f"no owner yet\n{block}")
    assert added.first == 18
    assert good(added.text).resource("Post")


def test_fields_stand_behind_the_last_and_what_is_said_of_them() -> None:
    added = add_fields(WIDE, "Book", [Line("pages: int", 0, "pages:int")])

    assert added.text == WIDE.replace("follow\n", "follow\n            pages: int\n")
    assert good(added.text).resource("Book").field("pages")


@pytest.mark.parametrize(
    "text",
    [
        TOP,
        f"{TOP}resources:\n",
        f"{TOP}resources:  # none yet\n",
        f"{TOP}resources:\nroles: [editor]\n",
        f"{TOP}resources:",
        f"{TOP}# The end.",
        f"{TOP}\n\n",
        BOOKSHOP,
        BOOKSHOP.rstrip("\n"),
        f"{TOP}resources:\n  Book:\n    fields:\n      a: int\nroles: [editor]\n",
        f"{BOOKSHOP}\n# The end.\n",
    ],
)
def test_a_resource_finds_its_place(text: str) -> None:
    added = add_resource(text, POST)

    assert good(added.text).resource("Post")
    assert added.text.endswith("\n")
    rest = added.text.split("\n")
    rest[added.first - 1 : added.first - 1 + len(added.lines)] = []
    assert "\n".join(rest).rstrip() == text.rstrip()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{TOP}resources: {{}}\n", "the resources stand in"),
        (f"{TOP}resources: {{Book: {{fields: {{a: int}}}}}}\n", "resources stand in"),
        ("{backsmith: 1, name: shop}\n", "all keys stand in"),
    ],
)
def test_between_braces_there_is_no_place(text: str, words: str) -> None:
    with pytest.raises(NoPlaceError, match=words):
        add_resource(text, POST)


def test_fields_between_braces_are_left_alone() -> None:
    text = f"{TOP}resources:\n  Book:\n    fields: {{a: int}}\n"

    with pytest.raises(NoPlaceError, match="In line 5, the fields of Book stand"):
        add_fields(text, "Book", POST)


def test_fields_of_nothing_have_no_place() -> None:
    with pytest.raises(NoPlaceError, match=r'no resource "Boook"\. Did you mean "Book"\?'):
        add_fields(BOOKSHOP, "Boook", POST)
    with pytest.raises(NoPlaceError, match=r'no resource "Ship"\. It has Author, Book'):
        add_fields(BOOKSHOP, "Ship", POST)
    with pytest.raises(NoPlaceError, match=r'no resource "Ship"\.$'):
        add_fields(TOP, "Ship", POST)
