import pytest

from backsmith.design import canonical, read

from .designs import BOOKSHOP, TOP, good, with_book, with_field, with_resources

EVERYTHING = with_field(
    r"""name: {is: 'string? 1..9 ="a \" b" index sort search', doc: 'A: #b', example: "'"}""",
    r"pattern: string /^[^\/\d.]+ \/.$/ unique",
    """body: 'text ..600 ="a: b #c"'""",
    "slug: slug ..40 =on",
    "email: email? unique",
    "link: url",
    "whole: int -5..5 =0",
    "large: bigint 0..",
    "rough: float -0.5.. =1e-7",
    "exact: decimal 10,4 0.0001..99.5 =0.0001",
    "done: bool =true filter",
    "shelf: Author? set_null",
    "born: date =2026-01-31 index",
    "opens: time =09:30",
    "made_on: date? =now",
    "said: string =now",
    "seen_at: datetime =2026-01-31T09:30:00+02:00 sort",
    "token: uuid unique",
    "keeper: User cascade embed",
    "kind: enum? note,on,essay =on filter",
    "other_kind: {is: 'enum a,b', example: b}",
    "secret: string private immutable deprecated",
    "seen: int? =3 readonly",
) + (
    "    owner: keeper\n"
    "    path: all-books\n"
    "    unique: [[keeper, title], [title, born]]\n"
    "    index: [[born, -title]]\n"
    "    access: {read: [owner, editor], write: owner}\n"
    "    list: {sort: -seen_at, page: 5, max: 50}\n"
    "    deprecated: true\n"
)


CONDITIONS = with_resources(
    "Post:",
    '  fields: {text: string, kind: "enum a1,b-2", on_sale: bool, level: int, who: User}',
    "  owner: who",
    "  access:",
    "    read: [public if kind=b-2, authenticated if on_sale=true, owner]",
    r"""    write: ['owner if text="a \" b"', owner if level=-3]""",
)
SINGLE = with_book("access: {write: editor, create: authenticated}")


@pytest.mark.parametrize(
    "text",
    [
        BOOKSHOP,
        EVERYTHING,
        SINGLE,
        CONDITIONS,
        TOP,
        with_book(),
        f"{TOP}doc: |\n  One.\n\n  \"Two\" \\ '''\n",
    ],
    ids=["bookshop", "everything", "single", "conditions", "nothing", "book", "paragraphs"],
)
def test_a_design_reads_back_from_its_canonical_text(text: str) -> None:
    design = good(text)
    again = read(canonical(design))

    assert again.findings == ()
    assert again.design == design


def test_one_design_has_one_text() -> None:
    assert canonical(good(canonical(good(BOOKSHOP)))) == canonical(good(BOOKSHOP))


def test_operations_with_rules_of_their_own_are_told_one_by_one() -> None:
    line = (
        "    access: {read: [authenticated], create: [authenticated], update: [editor], "
        "delete: [editor]}\n"
    )

    assert line in canonical(good(SINGLE))


def test_spelling_makes_no_difference() -> None:
    spelt = BOOKSHOP.replace("date?", "date optional").replace("sort search", "search   sort")

    assert canonical(good(spelt.replace("read: public", "read: [public]"))) == canonical(
        good(BOOKSHOP)
    )


def test_the_text_is_calm_to_read() -> None:
    assert canonical(good(with_book("owner: author"))) == (
        "backsmith: 1\n"
        "name: shop\n"
        'doc: "The API of shop."\n'
        "roles: [editor]\n"
        "resources:\n"
        "  Book:\n"
        "    path: books\n"
        '    doc: "A book."\n'
        "    fields:\n"
        "      title: string 1..9 sort\n"
        "      author: User restrict\n"
        "    owner: author\n"
        "    access: {read: [owner], write: [owner]}\n"
    )
