import pytest

from backsmith.design.model import Key, Listing

from .designs import book, messages, told, with_book, with_field


def test_fields_can_be_unique_together() -> None:
    assert book(with_book("unique: [[author, title]]")).unique == (("author", "title"),)


def test_fields_can_be_indexed_together_downwards() -> None:
    assert book(with_book("index: [[author, -title]]")).index == (
        (Key("author"), Key("title", descending=True)),
    )


def test_a_list_has_an_order_and_a_length() -> None:
    assert book(with_book()).listing == Listing(None, 20, 100)
    assert book(with_book("list: {sort: -title, page: 5, max: 50}")).listing == Listing(
        Key("title", descending=True), 5, 50
    )
    assert book(with_book("list: {page: 200}")).listing == Listing(None, 200, 200)


@pytest.mark.parametrize(
    ("key", "column", "message"),
    [
        ("unique: [author, title]", 13, "unique is a list of lists of fields"),
        ("unique: author", 13, "unique is a list of lists of fields"),
        ("unique: [[author]]", 14, "unique takes 2 to 8 fields together"),
        ("unique: [[author, titel]]", 23, '"titel" is no field. Did you mean "title"?'),
        ("unique: [[author_id, title]]", 15, '"author_id" is no field. Did you mean "author"?'),
        ("unique: [[author, -title]]", 23, '"-title" is no field'),
        ("unique: [[author, author]]", 23, '"author" stands here twice'),
        ("unique: [[author, [title]]]", 23, "a field's name belongs here"),
        ("unique: [[author, title], [title, author]]", 31, "stand together already"),
        (f"unique: [{'[author, title], ' * 21}]", 13, "unique has more than 20 lists"),
        ("index: [[title]]", 13, "index takes 2 to 8 fields together"),
        ("index: [[author, created]]", 22, '"created" is no field'),
        ("list: title", 11, "list says how a list is sorted"),
        ("list: {srot: title}", 12, '"srot" is not a key of list. Did you mean "sort"?'),
        ("list: {sort: titel}", 18, 'sorted by "titel", which is no field. Did you mean "title"?'),
        ("list: {sort: author}", 18, 'sorted by "author", which has no `sort`'),
        ("list: {sort: -created_at}", 18, "newest first is how every list is sorted"),
        ("list: {sort: [title]}", 18, "a list is sorted by one field"),
        ("list: {page: 0}", 18, '"0" is no number of rows'),
        ("list: {page: many}", 18, '"many" is no number of rows'),
        ("list: {page: 1_0}", 18, '"1_0" is no number of rows'),
        ("list: {max: 1001}", 17, '"1001" is no number of rows'),
        ("list: {page: [1]}", 18, "this is no number of rows"),
        ("list: {page: 50, max: 20}", 18, "longer than the most that a list gives, 20"),
    ],
)
def test_a_key_that_is_wrong_is_found_in_its_place(key: str, column: int, message: str) -> None:
    found = [line for line in told(with_book(key)) if message in line]

    assert found
    assert found[0].startswith(f"shop.yml:7:{column}: ")


def test_what_is_indexed_together_fits_into_an_index() -> None:
    text = with_field("one: string ..400", "two: string ..201") + "    index: [[one, two]]\n"

    assert "these fields hold 601 characters together" in messages(text)


def test_floats_are_not_unique_with_others_either() -> None:
    text = with_field("one: float", "two: int") + "    unique: [[one, two]]\n"

    assert "floats that look the same can differ" in messages(text)
