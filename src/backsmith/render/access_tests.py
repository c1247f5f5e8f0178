"""Writes the tests of who may do what through the API."""

from collections.abc import Iterator

from backsmith.design.model import Who
from backsmith.render.cases import Table, case, loop
from backsmith.render.casting import (
    ALICE,
    BOB,
    OPERATIONS,
    Person,
    allowed,
    can_refer,
    everybody_with_a_role,
    fixtures,
    outsiders,
    public,
    reaches_all,
)
from backsmith.render.english import a, listed, people
from backsmith.render.rights import for_everybody, for_signed_in, needs_role, roles_of
from backsmith.render.script import Script, slug

VERBS = {"read": "reads", "create": "creates", "update": "changes", "delete": "deletes"}


def access_tests(script: Script) -> Iterator[str]:
    """A visitor, a stranger, a role, an owner: what each may do, and what not."""
    yield _visitor_asked(script)
    if public(script.resource):
        yield _visitor_reads(script)
    yield from _signed_in(script)
    yield from _role_required(script)
    yield from _others_rows(script)
    yield from _roles_reach(script)
    if script.resource.owner:
        yield _belongs(script)


def _who(script: Script, operation: str) -> tuple[str, ...]:
    return allowed(script.resource.access, operation)


def _visitor_asked(script: Script) -> str:
    paths = script.paths
    asked = [("POST", paths), ("PATCH", "NOWHERE"), ("DELETE", "NOWHERE")]
    if not public(script.resource):
        asked = [("GET", paths), asked[0], ("GET", "NOWHERE"), *asked[1:]]
    rows = [f'("{method}", {path})' for method, path in asked]
    body = """
        # Before anything else is looked at: this body is not even JSON.
        assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)
    """
    table = Table({"method": "str", "path": "str"}, rows)
    return case("a_visitor_is_asked_to_sign_in", ["visitor"], body, table)


def _visitor_reads(script: Script) -> str:
    body = f"""
        {script.one} = {script.add()}

        assert (await visitor.get(at({script.one}))).status_code == 200
        assert ids_of(await visitor.get({script.paths})) == [str({script.one}.id)]
    """
    return case(f"everybody_reads_{_nouns(script)}", ["visitor", "database"], body)


def _signed_in(script: Script) -> Iterator[str]:
    """What is open to everybody with an account, done by somebody of no importance."""
    operations = [
        each
        for each in OPERATIONS
        if for_signed_in(_who(script, each)) and not for_everybody(_who(script, each))
    ]
    lines = _done(script, BOB, operations)
    if lines:
        name = f"whoever_is_signed_in_{_verbs(operations)}_{_nouns(script)}"
        yield case(name, ["bob", "database"], "\n".join([*_given(script, BOB, operations), *lines]))


def _role_required(script: Script) -> Iterator[str]:
    rules = [_who(script, each) for each in OPERATIONS if needs_role(_who(script, each))]
    for who in dict.fromkeys(rules):
        operations = [each for each in OPERATIONS if _who(script, each) == who]
        yield _only(script, who, operations)


def _only(script: Script, who: tuple[str, ...], operations: list[str]) -> str:
    one, paths, reader = script.one, script.paths, _reader_of_alices(script)
    strangers = [ALICE, *outsiders(script.design, who, BOB)]
    tries = {
        "read": [f"person.get({paths})", f"person.get(at({one}))"],
        "create": [f"person.post({paths}, json=sent)"],
        "update": [f"person.patch(at({one}), json={script.change()})"],
        "delete": [f"person.delete(at({one}))"],
    }
    calls = [call for each in operations for call in tries[each]]
    refused = "\n".join(f"assert_problem(await {call}, Forbidden)" for call in calls)
    lines = [
        f"{one} = {script.add(owner=ALICE)}",
        *([f"sent = {script.body(owner=ALICE)}"] if "create" in operations else []),
        f"before = (await {reader.fixture}.get(at({one}))).json()",
        "",
        loop(fixtures(strangers), refused),
        f'assert (await {reader.fixture}.get({paths})).json()["items"] == [before]',
    ]
    name = f"only_{people(who).lower().replace(' ', '_').replace(',', '')}"
    acts = "_and_".join(_infinitives(operations))
    needs = script.needs(reader, *strangers, stored=True)
    return case(f"{name}_{acts}_{_nouns(script)}", needs, "\n".join(lines))


def _reader_of_alices(script: Script) -> Person:
    reader = script.cast.reader
    return reader if reaches_all(reader, _who(script, "read")) else ALICE


def _others_rows(script: Script) -> Iterator[str]:
    """Somebody else's row is not found, whatever role one has that no rule names."""
    reading = _is_owners(_who(script, "read"))
    writing = [each for each in ("update", "delete") if _is_owners(_who(script, each))]
    if reading:
        yield _invisible(script)
    for who in dict.fromkeys(_who(script, each) for each in writing):
        yield _unchangeable(script, [each for each in writing if _who(script, each) == who])


def _invisible(script: Script) -> str:
    one, paths, owner = script.one, script.paths, script.resource.owner
    strangers = outsiders(script.design, _who(script, "read"), script.hero)
    column = script.resource.field(owner or "").column
    lines = f"""
        assert_problem(await person.get(at({one})), {script.resource.name}NotFound)
        assert ids_of(await person.get({paths})) == []
        assert ids_of(await person.get({paths}, params={{"{column}": str({_mine(script)})}})) == []
    """
    body = f"{one} = {script.add()}\n\n{loop(fixtures(strangers), lines)}"
    noun = slug(a(script.resource.names.noun))
    return case(f"{noun}_is_invisible_to_other_people", [*fixtures(strangers), "database"], body)


def _unchangeable(script: Script, operations: list[str]) -> str:
    one, name = script.one, script.resource.name
    strangers = outsiders(script.design, _who(script, operations[0]), script.hero)
    reader = script.cast.reader
    tries = {
        "update": f"person.patch(at({one}), json={script.change()})",
        "delete": f"person.delete(at({one}))",
    }
    refused = "\n".join(
        f"assert_problem(await {tries[each]}, {name}NotFound)" for each in operations
    )
    body = "\n".join(
        [
            f"{one} = {script.add()}",
            f"before = (await {reader.fixture}.get(at({one}))).json()",
            "",
            loop(fixtures(strangers), refused),
            f"assert (await {reader.fixture}.get(at({one}))).json() == before",
        ]
    )
    acts = listed([VERBS[each] for each in operations], "or").replace(" ", "_")
    noun = slug(a(script.resource.names.noun))
    needs = [*fixtures([reader, *strangers]), "database"]
    return case(f"nobody_{acts}_{noun}_of_somebody_else", needs, body)


def _roles_reach(script: Script) -> Iterator[str]:
    """What a role opens, to everybody who has it."""
    for person in everybody_with_a_role(script.design):
        operations = [
            each
            for each in OPERATIONS
            if person.role in roles_of(_who(script, each)) and not for_signed_in(_who(script, each))
        ]
        lines = _done(script, person, operations)
        if lines:
            noun = a(person.noun).replace(" ", "_")
            name = f"{noun}_{_verbs(operations)}_every_{slug(script.resource.names.noun)}"
            body = "\n".join([*_given(script, person, operations), *lines])
            yield case(name, [person.fixture, "database"], body)


def _given(script: Script, person: Person, operations: list[str]) -> list[str]:
    """A row of alice's, and what this person is to send."""
    lines = [] if operations == ["create"] else [f"{script.one} = {script.add(owner=ALICE)}"]
    if "create" in operations and can_refer(script.design, script.resource, person):
        lines.append(f"sent = {script.body(owner=person)}")
    return [*lines, ""]


def _done(script: Script, person: Person, operations: list[str]) -> list[str]:
    """Each of these operations, done by this person on a row of alice's."""
    one, paths, who = script.one, script.paths, person.fixture
    steps = {
        "read": [
            f"assert (await {who}.get(at({one}))).status_code == 200",
            f"assert str({one}.id) in ids_of(await {who}.get({paths}))",
        ],
        "create": [f"assert (await {who}.post({paths}, json=sent)).status_code == 201"],
        "update": [f"assert (await {who}.patch(at({one}), json={{}})).status_code == 200"],
        "delete": [f"assert (await {who}.delete(at({one}))).status_code == 204"],
    }
    found = [line for each in operations for line in steps[each]]
    if not can_refer(script.design, script.resource, person):
        return [line for line in found if "json=sent" not in line]
    return found


def _belongs(script: Script) -> str:
    paths, hero = script.paths, script.hero.fixture
    owner = script.resource.field(script.resource.owner or "")
    column, embeds = owner.column, owner.reference is not None and owner.reference.embed
    shown = f'["{owner.name}"]["id"]' if embeds else f'["{column}"]'
    noun = slug(a(script.resource.names.noun))
    body = f"""
        theirs = {{"{column}": str(BOB.id)}}

        made = await {hero}.post({paths}, json={script.body()})

        assert made.json(){shown} == str({_mine(script)})
        assert_invalid(await {hero}.post({paths}, json={script.body("**theirs")}), "{column}")
        path = made.headers["location"]
        assert_invalid(await {script.cast.changer.fixture}.patch(path, json=theirs), "{column}")
        assert (await {script.cast.reader.fixture}.get(path)).json(){shown} == str({_mine(script)})
    """
    needs = script.needs(script.hero, script.cast.changer, script.cast.reader)
    return case(f"{noun}_belongs_to_who_made_it", needs, body)


def _mine(script: Script) -> str:
    return f"{script.hero.constant}.id"


def _is_owners(who: tuple[str, ...]) -> bool:
    return Who.OWNER in who and not for_signed_in(who)


def _verbs(operations: list[str]) -> str:
    return listed([VERBS[each] for each in operations]).replace(" ", "_").replace(",", "")


def _infinitives(operations: list[str]) -> list[str]:
    if operations[-3:] == ["create", "update", "delete"]:
        return [*(["read"] if "read" in operations else []), "write"]
    return ["change" if each == "update" else each for each in operations]


def _nouns(script: Script) -> str:
    return slug(script.resource.names.nouns)
