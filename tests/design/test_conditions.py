import pytest

from backsmith.design import read
from backsmith.design.endpoints import table
from backsmith.design.model import Condition, Rule

from .designs import good, messages, told, with_resources

FIELDS = (
    'status: "enum draft,published =draft", open_now: bool, level: "int 1..9", kind: string ..20, '
    "code: slug unique, born: date, author: User, shelf: Shelf"
)


def with_rules(*rules: str) -> str:
    """A design of a Post, with these rules from line 10 on."""
    lines = (f"    {rule}" for rule in rules)
    shelf = "Shelf: {fields: {name: string}}"
    post = ("Post:", f"  fields: {{{FIELDS}}}", "  owner: author", "  access:", *lines)
    return with_resources(shelf, *post)


@pytest.mark.parametrize(
    ("rule", "condition"),
    [
        ("status=published", Condition("status", "published")),
        ("open_now=true", Condition("open_now", True)),
        ("open_now=false", Condition("open_now", False)),
        ("level=3", Condition("level", 3)),
        ("kind=plain", Condition("kind", "plain")),
        ('kind="on sale"', Condition("kind", "on sale")),
        ("kind='on sale'", Condition("kind", "on sale")),
    ],
)
def test_a_condition_is_a_field_and_a_value_of_it(rule: str, condition: Condition) -> None:
    design = good(with_rules(f"read: [public if {rule}, owner]"))

    assert design.resource("Post").access.read == (Rule("public", condition), Rule("owner"))


@pytest.mark.parametrize(
    ("rule", "column", "message"),
    [
        ("public if", 21, '"if" follows a caller'),
        ("public if status", 21, '"if status" is no condition'),
        ("public if status=", 21, '"if status=" is no condition'),
        ("public if status==draft", 21, "is no condition"),
        ("public if status!=draft", 24, '"status!" is no field'),
        ("public if status=draft and level=3", 21, "is no condition"),
        ("public when status=draft", 21, "follows a caller"),
        ("public if stauts=draft", 24, '"stauts" is no field. Did you mean "status"?'),
        ("public if status=drft", 31, 'the value "drft" is none of the enum\'s values'),
        ("public if level=10", 30, 'the value "10" is out of the field\'s range'),
        ("public if level=many", 30, 'the value "many" is no whole number'),
        ("public if open_now=yes", 33, 'the value "yes" is neither true nor false'),
        ("public if kind=on sale", 21, "is no condition"),
        ("public if born=2026-01-31", 24, '"born" can\'t be compared'),
        ("public if code=one", 24, '"code" can\'t be compared'),
        ("public if author=me", 24, '"author" can\'t be compared'),
        ("public if shelf=one", 24, '"shelf" can\'t be compared'),
        ("publc if status=draft", 14, 'Did you mean "public"?'),
    ],
)
def test_a_condition_that_is_wrong_is_found_in_its_place(
    rule: str, column: int, message: str
) -> None:
    found = [line for line in told(with_rules(f"read: [{rule}, owner]")) if message in line]

    assert found
    assert found[0].startswith(f"shop.yml:10:{column}: ")


def test_a_caller_with_a_condition_and_without_is_one_too_many() -> None:
    rules = with_rules("read: [owner, owner if level=3]")

    assert '"owner" is named with a condition and without one' in messages(rules)
    good(with_rules("read: [owner]", "update: [owner if level=3, owner if level=4]"))


def test_only_reading_is_public_whatever_is_asked() -> None:
    assert "only reading can be public" in messages(with_rules("create: public if level=3"))


@pytest.mark.parametrize(
    ("read_by", "write", "blind"),
    [
        ("owner if level=3", "owner", "owner may write what only owner if level=3 may read"),
        ("owner, editor if level=3", "editor if level=4", "editor if level=4 may write"),
        ("owner, editor if level=3", "editor", "editor may write"),
        ("public if level=3, owner", "authenticated if level=4", "authenticated if level=4 may"),
    ],
)
def test_who_writes_a_row_reads_the_same_rows(read_by: str, write: str, blind: str) -> None:
    assert blind in messages(with_rules(f"read: [{read_by}]", f"update: [{write}]")).replace(
        "may change", "may write"
    )


def test_a_condition_may_let_writers_see_what_they_write() -> None:
    good(with_rules("read: [public if level=3, owner]", "update: authenticated if level=3"))
    good(with_rules("read: [owner if level=3]", "write: [owner if level=3]"))


def test_what_only_some_rows_show_is_not_embedded() -> None:
    text = with_resources(
        "Post: {fields: {done: bool}, access: {read: [public if done=true, admin]}}",
        "Note: {fields: {post: Post embed}, access: {read: authenticated}}",
    )

    assert "to authenticated, but only public if done=true and admin may read one" in messages(text)


def test_what_some_may_read_may_be_referred_to() -> None:
    good(
        with_resources(
            "Post: {fields: {done: bool}, access: {read: [public if done=true, admin]}}",
            "Note: {fields: {post: Post}, access: {create: authenticated}}",
        )
    )


def test_conditions_are_told_with_the_endpoints() -> None:
    result = read(with_rules("read: [public if level=3, owner]", "create: owner if level=3"))

    assert result.design
    assert "public if level=3, owner  " in table(result.design)
    assert "authenticated if level=3  " in table(result.design)
