import pytest

from backsmith.design.model import Access

from .designs import any_of, book, messages, told, with_book


def access(*keys: str) -> Access:
    return book(with_book(*keys)).access


def rules(read: str, write: str) -> Access:
    return Access(any_of(read), any_of(write), any_of(write), any_of(write))


def test_what_nobody_opened_stays_closed() -> None:
    assert access() == rules("authenticated", "admin")
    assert access("owner: author") == rules("owner", "owner")
    assert access("access: {read: public}") == rules("public", "admin")
    assert access("owner: author", "access: {read: public}") == rules("public", "owner")
    assert access("access: {write: editor}") == rules("authenticated", "editor")


def test_a_list_of_callers_is_any_of_them() -> None:
    both = access("owner: author", "access: {read: [owner, editor], write: [owner, editor]}")

    assert both.read == both.create == both.update == both.delete == any_of("owner", "editor")


def test_a_single_operation_wins_over_write() -> None:
    text = ("owner: author", "access: {write: [owner, admin], create: authenticated, read: public}")

    assert access(*text) == Access(
        read=any_of("public"),
        create=any_of("authenticated"),
        update=any_of("owner", "admin"),
        delete=any_of("owner", "admin"),
    )


def test_an_operation_that_is_not_named_stays_closed() -> None:
    assert access("access: {create: authenticated}") == Access(
        read=any_of("authenticated"),
        create=any_of("authenticated"),
        update=any_of("admin"),
        delete=any_of("admin"),
    )
    assert access("owner: author", "access: {read: public, delete: admin}") == Access(
        read=any_of("public"),
        create=any_of("owner"),
        update=any_of("owner"),
        delete=any_of("admin"),
    )


def test_who_creates_a_row_reads_it_as_its_owner() -> None:
    rights = access("owner: author", "access: {create: authenticated}")

    assert (rights.read, rights.create) == (any_of("owner"), any_of("authenticated"))


def test_admin_is_a_role_that_is_always_there() -> None:
    assert access("access: {read: admin, write: [admin]}") == rules("admin", "admin")


@pytest.mark.parametrize(
    ("rule", "column", "message"),
    [
        ("{read: publc}", 20, '"publc" is nobody that this design knows. Did you mean "public"?'),
        ("{read: everyone}", 20, 'Did you mean "public"?'),
        ("{read: edtor}", 20, 'Did you mean "editor"?'),
        ("{wirte: editor}", 14, '"wirte" is not a key of access. Did you mean "write"?'),
        ("{write: public}", 21, "only reading can be public"),
        ("{create: public}", 22, "only reading can be public"),
        ("{creat: editor}", 14, '"creat" is not a key of access. Did you mean "create"?'),
        ("{list: editor}", 14, '"list" is not a key of access. Did you mean "read"?'),
        ("{edit: editor}", 14, '"edit" is not a key of access. Did you mean "update"?'),
        (
            "{write: admin, create: admin, update: admin, delete: admin}",
            14,
            '"write" says nothing here',
        ),
        ("{read: owner}", 20, '"owner" is named, and the resource has none'),
        ("{read: [editor, editor]}", 29, '"editor" is named twice'),
        ("{read: []}", 20, "nobody is named here"),
        ("{read: [[editor]]}", 21, "a caller is one word"),
        ("{read: }", 19, "a caller is one word"),
        ('{read: "editor, admin"}', 20, "Write several callers as a list"),
        ("{read: editor or admin}", 27, '"or admin" follows a caller'),
        ("public", 13, "access says who may read and who may write"),
        ("{read: editor, write: authenticated}", 28, "authenticated may write what only editor"),
        ("{read: admin, write: editor}", 27, "editor may write what only admin may read"),
        ("{read: admin, create: editor}", 27, "editor may create what only admin may read"),
        ("{read: admin, update: editor}", 27, "editor may change what only admin may read"),
        ("{read: admin, delete: editor}", 27, "editor may delete what only admin may read"),
        (
            "{read: admin, write: admin, delete: authenticated}",
            41,
            "authenticated may delete what only admin may read",
        ),
    ],
)
def test_a_rule_that_is_wrong_is_found_in_its_place(rule: str, column: int, message: str) -> None:
    found = [line for line in told(with_book(f"access: {rule}")) if message in line]

    assert found
    assert found[0].startswith(f"shop.yml:7:{column}: ")


def test_who_may_write_may_read_even_where_reading_is_not_spoken_of() -> None:
    text = with_book("owner: author", "access: {write: editor}")

    assert "Add editor to read, which is owner when left out." in messages(text)


@pytest.mark.parametrize(
    ("fields", "owner", "message"),
    [
        ("author: User", "athor", 'the owner "athor" is no field. Did you mean "author"?'),
        ("title: int", "author", "Add one: author: User."),
        ("title: int", "title", 'the owner "title" doesn\'t refer to User'),
        ("author: User?", "author", '"author" is the owner, and may be empty'),
        ("author: User =x", "author", '"=x" is not a word for a reference'),
        ("author: User", "[author]", "the owner is one field"),
        ("author: User", "", "the owner is one field"),
    ],
)
def test_an_owner_is_a_person_who_is_always_there(fields: str, owner: str, message: str) -> None:
    text = with_book(f"owner: {owner}").replace("title: string 1..9 sort, author: User", fields)

    assert message in messages(text)
