"""Which rows are there, as text."""

from backsmith.render import render

from .designs import good

SHELF = "Shelf: {fields: {name: string}, soft_delete: true}"
FOLDER = """Folder:
    fields: {shelf: Shelf cascade, parent: "Folder? set_null"}
    soft_delete: true
"""


def test_a_row_of_the_same_kind_is_looked_for_by_its_key() -> None:
    design = good(f"backsmith: 1\nname: shelves\nresources:\n  {SHELF}\n  {FOLDER}")

    live = render(design)["app/repositories/live.py"].decode()

    # By another name, as a page would read the whole table for each list of ids otherwise.
    assert (
        """\
FOLDER_PARENT = aliased(Folder)
FOLDER_PARENT_ID = (
    select(FOLDER_PARENT.id)
    .where(
        FOLDER_PARENT.id == Folder.parent_id,
        FOLDER_PARENT.deleted_at.is_(None),
        exists().where(Shelf.id == FOLDER_PARENT.shelf_id, LIVE_SHELVES).correlate(FOLDER_PARENT),
    )
    .correlate(Folder)
    .scalar_subquery()
)
"""
        in live
    )


def test_two_references_of_one_kind_are_looked_for_by_their_names() -> None:
    book = "Book: {fields: {shelf: Shelf as=books, reserve: Shelf? one}}"
    design = good(f"backsmith: 1\nname: shelves\nresources:\n  {SHELF}\n  {book}")

    repository = render(design)["app/repositories/shelf.py"].decode()

    assert "async def has_books_as_shelf(" in repository
    assert "async def has_books_as_reserve(" in repository
