"""Writes the tests about people where a design adds to them: the backend's own, and a few more."""

from collections.abc import Iterator

from backsmith.design.model import Design, Field, Operation, Resource
from backsmith.render.backend import own_text
from backsmith.render.cases import Table, case, mapping
from backsmith.render.errors import taken_on_change
from backsmith.render.moments import is_now
from backsmith.render.people_row_tests import people_imports
from backsmith.render.service_script import stored
from backsmith.render.tables import uniques
from backsmith.render.values import default_shown, refused, sample, several, spelt

SEEN = '{"id", "email", "email_verified", "roles", "created_at"}'
"""What the backend's own tests say that people see of their account."""


def people_endpoint_tests(design: Design, user: Resource) -> str:
    """The module that holds the tests of the routes about people."""
    told = own_text("app/tests/test_endpoints/test_user.py")
    seen = ", ".join(f'"{each.column}"' for each in user.shown)
    if told.count(SEEN) != 2:
        raise LookupError("the backend does not say what people see of their account")
    told = told.replace(SEEN, f"{SEEN[:-1]}, {seen}}}" if seen else SEEN)
    changed = user.offers(Operation.UPDATE)
    cases = [
        *_at_first(user),
        *(_changing(user) if changed else []),
        *_readonly(user),
        *_deprecated(user),
    ]
    errors = "".join(
        f"from app.services.user import {each.name}\n" for each in taken_on_change(user)
    )
    more = "\n\n\n".join(["# What the design says of people.", *cases])
    return f"{people_imports(user)}{errors}{told}\n\n{more}\n"


def _at_first(user: Resource) -> Iterator[str]:
    first = {each.column: spelt(default_shown(each)) for each in user.shown if not is_now(each)}
    if first:
        body = f"""
            await visitor.post(USERS, json=CAROL)
            await visitor.post(VERIFY, json={{"token": await mailbox.token(CAROL["email"])}})

            me = await signed_in(visitor, CAROL)

            assert me.items() >= {mapping(first)}.items()
        """
        name = "a_new_account_begins_with_what_is_left_out"
        yield case(name, ["visitor", "mailbox"], body)
    body = """
        refused = await visitor.post(USERS, json=CAROL | {field: value})

        assert_invalid(refused, field)
    """
    table = Table(
        {"field": "str", "value": "Any"},
        [f'("{each.column}", {spelt(several(each)[0])})' for each in user.fields],
    )
    yield case("an_account_is_opened_without_the_rest", ["visitor"], body, table)


def _changing(user: Resource) -> Iterator[str]:
    yield from _changed(user)
    yield _others(user)
    yield _refused(user)
    yield from _taken(user)
    yield from _private(user)


def _changed(user: Resource) -> Iterator[str]:
    rows = []
    for field in user.changeable:
        if field.private:
            continue
        values = several(field)
        pairs = [(values[0], values[1])] if len(values) > 1 else []
        pairs += [(values[0], None)] if field.optional else []
        rows += [f'("{field.column}", {spelt(old)}, {spelt(new)})' for old, new in pairs]
    if not rows:
        return
    body = """
        await alice.patch(ME, json={field: old})
        before = (await alice.get(ME)).json()

        changed = await alice.patch(ME, json={field: new})

        assert changed.status_code == 200
        assert before[field] == old
        assert changed.json() == before | {field: new}
        assert (await alice.patch(ME, json={})).json() == changed.json()
        assert (await alice.get(ME)).json() == changed.json()
    """
    table = Table({"field": "str", "old": "Any", "new": "Any"}, rows)
    yield case("people_change_what_they_say_and_no_more", ["alice"], body, table)


def _others(user: Resource) -> str:
    field = next((each for each in user.changeable if not each.private), user.changeable[0])
    sent = f'{{"{field.column}": {spelt(several(field)[-1])}}}'
    kept = f"""
        async with database.reads() as session:
            query = select(User.{field.column}).where(User.id == BOB.id)
            assert await session.scalar(query) {_at_first_stored(field)}"""
    body = f"""
        before = (await bob.get(ME)).json()

        assert (await alice.patch(ME, json={sent})).status_code == 200

        assert (await bob.get(ME)).json() == before{kept if field.private else ""}
        assert_problem(await visitor.patch(ME, json={sent}), Unauthenticated)
    """
    needs = ["alice", "bob", "visitor", "database"]
    return case("people_change_their_own_account_and_nobody_elses", needs, body)


def _at_first_stored(field: Field) -> str:
    value = default_shown(field)
    plain = value is None or isinstance(value, bool)
    return f"is {value}" if plain else f"== {stored(field, value)}"


def _refused(user: Resource) -> str:
    rows = [
        f'("{field.column}", {spelt(value)})'
        for field in user.changeable
        for value in refused(field)
    ]
    rows += [f'("{field.column}", {sample(field)})' for field in user.fields if field.readonly]
    rows += [
        '("id", NO_ID)',
        '("email", "carol@example.com")',
        '("roles", ["admin"])',
        '("role_names", ["admin"])',
        '("active", False)',
        '("email_verified", True)',
        '("password_hash", "-")',
        '("created_at", "2030-01-01T00:00:00Z")',
    ]
    body = """
        before = (await alice.get(ME)).json()

        assert_invalid(await alice.patch(ME, json={field: value}), field)

        assert (await alice.get(ME)).json() == before
    """
    table = Table({"field": "str", "value": "Any"}, rows)
    return case("what_an_account_does_not_hold_is_refused", ["alice"], body, table)


def _taken(user: Resource) -> Iterator[str]:
    errors = {error.constraint: error.name for error in taken_on_change(user)}
    rows = [
        f'("{field.column}", {spelt(several(field)[0])}, {errors[unique.name]})'
        for unique in uniques(user)
        for field in [user.field(unique.fields[0])]
        if unique.name in errors
    ]
    if not rows:
        return
    body = """
        assert (await alice.patch(ME, json={field: value})).status_code == 200

        assert_problem(await bob.patch(ME, json={field: value}), error)

        assert (await alice.patch(ME, json={field: value})).status_code == 200
    """
    table = Table({"field": "str", "value": "Any", "error": "type[AppError]"}, rows)
    text = case("what_stands_once_is_somebodys_alone", ["alice", "bob"], body, table)
    yield text


def _private(user: Resource) -> Iterator[str]:
    rows = [
        f'("{field.column}", {spelt(several(field)[-1])})'
        for field in user.changeable
        if field.private
    ]
    if not rows:
        return
    body = """
        changed = await alice.patch(ME, json={field: value})
        found = await alice.get(ME)

        for shown in (changed.json(), found.json()):
            assert "id" in shown
            assert field not in shown
        assert field not in dict(UserUpdate.model_validate({field: value}).__repr_args__())
        async with database.reads() as session:
            query = select(getattr(User, field)).where(User.id == ALICE.id)
            assert to_jsonable_python(await session.scalar(query)) == value
    """
    table = Table({"field": "str", "value": "Any"}, rows)
    yield case("what_is_private_is_kept_and_never_shown", ["alice", "database"], body, table)


def _readonly(user: Resource) -> Iterator[str]:
    rows = [
        f'("{field.name}", {stored(field, value)}, {spelt(value)})'
        for field in user.fields
        if field.readonly
        for value in [several(field)[-1]]
    ]
    if not rows:
        return
    body = """
        async with database.apart() as session:
            await session.execute(update(User).where(User.id == ALICE.id).values({field: value}))

        assert (await alice.get(ME)).json()[field] == shown
    """
    table = Table({"field": "str", "value": "Any", "shown": "Any"}, rows)
    yield case("what_nobody_sends_is_shown", ["alice", "database"], body, table)


def _deprecated(user: Resource) -> Iterator[str]:
    rows = [
        f'("User{kind}", "{field.column}")'
        for kind, fields in (("Update", user.changeable), ("Read", user.shown))
        for field in fields
        if field.deprecated
    ]
    if not rows:
        return
    body = """
        schemas = whole_app.openapi()["components"]["schemas"]

        assert schemas[schema]["properties"][field]["deprecated"] is True
    """
    table = Table({"schema": "str", "field": "str"}, rows)
    yield case("what_is_deprecated_is_told_to_be", ["whole_app"], body, table, waits=False)
