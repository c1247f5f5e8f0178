import pytest

from backsmith.design import canonical, read
from backsmith.design.endpoints import endpoints

from .designs import book, good, told, with_book, with_resources


@pytest.mark.parametrize(("keys", "softly"), [("soft_delete: true", True), ("doc: A book.", False)])
def test_a_resource_says_that_its_rows_can_come_back(keys: str, softly: bool) -> None:
    assert book(with_book(keys)).soft_delete is softly


def test_false_says_what_is_so_without_it() -> None:
    design = good(with_book("soft_delete: false"))

    assert design == good(with_book())
    assert "soft_delete" not in canonical(design)


def test_it_reads_back_from_its_canonical_form() -> None:
    design = good(with_book("soft_delete: true"))

    assert read(canonical(design)).design == design


@pytest.mark.parametrize("value", ["yes", "deleted_at", "1", "[true]", "{on: true}", "''"])
def test_anything_else_is_refused(value: str) -> None:
    lines = told(with_book(f"soft_delete: {value}"))

    assert lines == ["shop.yml:7:18: soft_delete is true or false.\n    Write soft_delete: true."]


@pytest.mark.parametrize("word", ["softdelete", "paranoid", "soft_deletes"])
def test_the_right_word_is_offered(word: str) -> None:
    assert 'Did you mean "soft_delete"?' in told(with_book(f"{word}: true"))[0]


def test_the_way_back_is_an_endpoint_for_admins_alone() -> None:
    found = endpoints(good(with_book("soft_delete: true", "access: {write: editor}")))

    (back,) = [each for each in found if each.path.endswith("/restore")]
    assert (back.method, back.path, back.who, back.summary) == (
        "POST",
        "/api/v1/books/{book_id}/restore",
        "admin",
        "restore a deleted book",
    )


def test_what_is_never_deleted_is_not_deleted_softly() -> None:
    lines = told(with_book("soft_delete: true", "only: [list, get, create]"))

    assert "nothing is deleted here, softly or not: only leaves delete out." in lines[0]


def test_rows_do_not_hide_with_each_other_round_a_circle() -> None:
    (said,) = told(
        with_resources(
            "Team: {fields: {lead: Player? cascade}, soft_delete: true}",
            "Player: {fields: {team: Team? cascade}}",
        )
    )

    assert "a team would hide with a player, and that with others, round a circle." in said
    assert "Write restrict or set_null instead of cascade" in said


def test_rows_hide_with_those_that_they_are_below_in_a_tree() -> None:
    design = good(with_resources("Topic: {fields: {parent: Topic? cascade}, soft_delete: true}"))

    assert design.resource("Topic").soft_delete
