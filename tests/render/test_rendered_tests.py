"""The tests that come with resources, as text."""

import ast
from collections import Counter
from pathlib import PurePosixPath

import pytest

from backsmith.design.model import Design
from backsmith.render import render
from backsmith.render.casting import casting

from .designs import good, wide_design

FOLDERS = ("test_endpoints", "test_services", "test_repositories", "samples")


@pytest.fixture(scope="module")
def wide() -> Design:
    return wide_design()


@pytest.fixture(scope="module")
def modules(wide: Design) -> dict[str, str]:
    return {
        path: data.decode()
        for path, data in render(wide).items()
        if PurePosixPath(path).parent.name in FOLDERS
    }


def test_no_test_hides_another(modules: dict[str, str]) -> None:
    for path, text in modules.items():
        names = Counter(
            node.name
            for node in ast.parse(text).body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        )
        assert not [name for name, count in names.items() if count > 1], path


def test_no_line_is_too_long(modules: dict[str, str]) -> None:
    for path, text in modules.items():
        assert not [line for line in text.splitlines() if len(line) > 100], path


@pytest.mark.parametrize(
    ("access", "person"),
    [
        ("{read: public, write: authenticated}", "alice"),
        ("{read: owner, write: owner}", "alice"),
        ("{read: [owner, editor], write: [owner, editor]}", "alice"),
        ("{read: public, write: [editor, admin]}", "editor"),
        ("{read: public, write: admin}", "admin"),
    ],
)
def test_alice_acts_wherever_she_may(access: str, person: str) -> None:
    design = good(
        "backsmith: 1\nname: shop\nroles: [editor]\nresources:\n"
        f"  Book: {{fields: {{title: string, author: User}}, owner: author, access: {access}}}\n"
    )

    cast = casting(design, design.resource("Book"))

    assert {each.fixture for each in (cast.creator, cast.changer, cast.deleter)} == {person}


def test_who_acts_may_read_what_a_new_row_refers_to(wide: Design) -> None:
    note = casting(wide, wide.resource("Note"))

    # Alice could own a note; but it has to refer to a setup, which takes a role to read.
    assert note.creator.fixture == "editor"


def test_who_has_nothing_to_send_sends_nothing() -> None:
    design = good(
        "backsmith: 1\nname: shop\nresources:\n"
        "  Tag: {fields: {keeper: User cascade}, owner: keeper}\n"
    )

    samples = render(design)["app/tests/samples/tag.py"].decode()

    assert "    return changes\n" in samples
    assert "tag = {" not in samples


def rendered(resources: str, path: str) -> str:
    design = good(f"backsmith: 1\nname: desk\nresources:\n{resources}")
    return render(design)[path].decode()


def test_whose_account_goes_is_nothing_else_to_the_row() -> None:
    text = rendered(
        "  Memo: {fields: {by: User cascade, second: User? set_null}}\n",
        "app/tests/test_repositories/test_memo.py",
    )

    assert "second_id=str(SOMEBODY_NEW.id), by_id=str(ALICE.id))" in text
    assert "by_id=str(SOMEBODY_NEW.id))" in text


def test_a_value_is_left_to_others_where_somebody_may_have_another_row() -> None:
    text = rendered(
        "  Team: {fields: {lead: User one, name: string unique}, owner: lead, soft_delete: true}\n",
        "app/tests/test_endpoints/test_team.py",
    )

    assert "def test_a_deleted_team_leaves_its_place_to_others" in text
    assert "leaves_its_name_to_others" not in text


def test_who_refers_to_what_is_hidden_changes_a_row_below_their_own() -> None:
    text = rendered(
        "  Note: {fields: {author: User cascade}, owner: author, access: {read: [owner, admin]}}\n"
        "  Photo:\n    fields: {note: Note cascade, address: url}\n    owner: note.author\n"
        "    access: {read: [owner, admin], write: owner, delete: admin}\n",
        "app/tests/test_endpoints/test_photo.py",
    )

    refused = "assert_problem(await alice.patch(at(photo), json=hidden), NoteMissing)"
    assert f"    photo = await add_photo(database)\n    {refused}\n" in text
