import pytest

from backsmith.design import canonical
from backsmith.design.model import Access, Operation

from .designs import any_of, book, good, messages, told, with_resources
from .designs import with_book as with_sorted_book


def with_book(*keys: str) -> str:
    """A design of a Book, of which nothing is only for lists."""
    return with_sorted_book(*keys).replace(" sort", "")


def test_everything_is_offered_unless_the_design_says_otherwise() -> None:
    assert book(with_book()).only == tuple(Operation)


def test_what_is_left_stands_in_one_order() -> None:
    only = book(with_book("only: [delete, list]")).only

    assert only == (Operation.LIST, Operation.DELETE)


def test_nobody_is_named_for_what_is_left_out() -> None:
    assert book(with_book("only: [list, create]")).access == Access(
        read=any_of("authenticated"), create=any_of("admin"), update=any_of(), delete=any_of()
    )
    assert book(with_book("only: [update]", "access: {update: editor}")).access == Access(
        read=any_of(), create=any_of(), update=any_of("editor"), delete=any_of()
    )


def test_who_writes_needs_no_right_to_read_where_nobody_reads() -> None:
    good(with_book("only: [create]", "access: {create: authenticated}"))


def test_a_design_with_less_reads_back_from_its_canonical_text() -> None:
    design = good(with_book("only: [get, create, delete]", "access: {delete: editor}"))

    assert good(canonical(design)) == design
    assert (
        "    access: {read: [authenticated], create: [admin], delete: [editor]}\n"
        "    only: [get, create, delete]\n"
    ) in canonical(design)


@pytest.mark.parametrize(
    ("only", "column", "message"),
    [
        ("[list, creat]", 18, '"creat" is no operation. Did you mean "create"?'),
        ("[read]", 12, '"read" is no operation. Did you mean "get"?'),
        ("[LIST]", 12, 'Did you mean "list"?'),
        ("[restore]", 12, '"restore" is no operation'),
        ("[list, get, list]", 23, '"list" is named twice'),
        ("[list, [get]]", 18, "an operation is one word"),
        ("[]", 11, "nothing is left"),
        ("list", 11, "only names the operations that are left"),
        ("[list, get, create, update, delete]", 5, "only leaves nothing out"),
    ],
)
def test_what_is_left_is_named_in_the_words_of_the_language(
    only: str, column: int, message: str
) -> None:
    found = [line for line in told(with_book(f"only: {only}")) if message in line]

    assert found
    assert found[0].startswith(f"shop.yml:7:{column}: ")


@pytest.mark.parametrize(
    ("only", "rule", "message"),
    [
        ("[list, get]", "write: editor", "create, update and delete are left out by only"),
        ("[list, get]", "create: editor", "create is left out by only"),
        ("[list, create]", "delete: editor", "delete is left out by only"),
        ("[create]", "read: public", "list and get are left out by only"),
    ],
)
def test_a_rule_for_what_is_left_out_is_a_rule_for_nothing(
    only: str, rule: str, message: str
) -> None:
    text = with_book(f"only: {only}", f"access: {{{rule}}}")

    assert f"this is a rule for nothing: {message}" in messages(text)


def test_words_of_lists_mean_nothing_without_one() -> None:
    text = with_resources(
        "Book:",
        "  fields: {name: string ..9 sort search, pages: int filter}",
        "  list: {page: 5}",
        "  only: [get]",
    )

    lines = [line.partition("\n")[0] for line in told(text)]

    assert lines == [
        'shop.yml:6:31: "sort" is for lists, and only leaves the list out.',
        'shop.yml:6:36: "search" is for lists, and only leaves the list out.',
        'shop.yml:6:55: "filter" is for lists, and only leaves the list out.',
        "shop.yml:7:5: there is no list: only leaves it out.",
    ]


def test_nobody_refers_to_what_nobody_may_read() -> None:
    hidden = "Event: {fields: {name: string}, only: [create]}"

    text = with_resources(hidden, 'Note: {fields: {event: "Event? embed"}}')
    assert "nobody could refer to an event" in messages(text)
    good(with_resources(hidden, "Note: {fields: {event: Event}, only: [list, get]}"))
