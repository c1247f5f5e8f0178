import pytest

from backsmith.design import canonical, read
from backsmith.design.model import Access, Condition, Rule

from .designs import good, messages, told, with_resources

DONE, OPEN = Condition("done", True), Condition("done", False)
ADMIN, AUTHENTICATED = Rule("admin"), Rule("authenticated")


def with_access(access: str, done: str = "bool =false readonly") -> str:
    """A design of a Post that says whether it is done, with these rules on line 7."""
    post = ("Post:", f"  fields: {{done: {done}}}", f"  access: {{{access}}}")
    return with_resources(*post)


@pytest.mark.parametrize(
    ("access", "create"),
    [
        ("read: authenticated, write: authenticated if done=false", (AUTHENTICATED,)),
        ("read: authenticated, write: [authenticated if done=true, admin]", (ADMIN,)),
        ("read: [authenticated if done=false, admin], write: admin", (ADMIN,)),
        (
            "read: [authenticated if done=false], write: authenticated if done=false",
            (AUTHENTICATED,),
        ),
    ],
)
def test_a_rule_for_new_rows_asks_for_nothing_that_nobody_sends(
    access: str, create: tuple[Rule, ...]
) -> None:
    assert good(with_access(access)).resource("Post").access.create == create


def test_a_rule_keeps_asking_for_it_once_a_row_is_there() -> None:
    access = good(with_access("read: [admin, authenticated], write: authenticated if done=false"))

    rule = Rule("authenticated", OPEN)
    assert access.resource("Post").access == Access(
        (ADMIN, AUTHENTICATED), (AUTHENTICATED,), (rule,), (rule,)
    )


def test_what_is_sent_once_is_asked_for_in_new_rows() -> None:
    design = good(
        with_access("read: authenticated, write: authenticated if done=true", "bool immutable")
    )

    assert design.resource("Post").access.create == (Rule("authenticated", DONE),)


@pytest.mark.parametrize(
    ("access", "message"),
    [
        (
            "create: authenticated if done=false",
            'shop.yml:7:28: "done" is readonly, and has its default in a new row, so that this '
            "condition always holds when a row is made.\n    Leave out if.",
        ),
        (
            "create: [admin, authenticated if done=true]",
            "so that this condition never holds when a row is made.\n"
            "    Leave out authenticated, or readonly.",
        ),
        (
            "write: authenticated if done=true",
            'shop.yml:7:28: nobody could create a row: "done" is readonly, and has its default in '
            "a new row.\n    Say who creates them, as in create: authenticated; or leave create "
            "out, with only.",
        ),
    ],
)
def test_rules_for_new_rows_ask_for_something_that_can_be(access: str, message: str) -> None:
    found = told(with_access(f"read: public, {access}"))

    assert len(found) == 1
    assert message in found[0]


def test_what_is_missing_in_a_new_row_is_no_value() -> None:
    text = with_access("read: public, write: admin if done=false", "bool? readonly")

    assert '"done" is readonly, and is null in a new row' in messages(text)


def test_rules_for_new_rows_are_told_and_written_as_they_are() -> None:
    design = good(with_access("read: authenticated, write: authenticated if done=false"))

    text = canonical(design)
    assert "create: [authenticated], update: [authenticated if done=false]" in text
    assert read(text).design == design
