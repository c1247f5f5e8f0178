"""Writes the tests of who may do what through the API."""

from collections.abc import Iterator

from backsmith.design.model import Operation, Rule, Rules, Who
from backsmith.render.cases import Table, case, loop
from backsmith.render.casting import (
    ALICE,
    BOB,
    Person,
    allowed,
    can_refer,
    everybody_with_a_role,
    fixtures,
    offered,
    outsiders,
    public,
    reaches_all,
)
from backsmith.render.english import a, listed, people
from backsmith.render.looking import before, unchanged
from backsmith.render.rights import (
    for_everybody,
    for_signed_in,
    for_visitors,
    is_conditional,
    needs_role,
    roles_of,
)
from backsmith.render.script import Script, slug

VERBS = {"read": "reads", "create": "creates", "update": "changes", "delete": "deletes"}


def access_tests(script: Script) -> Iterator[str]:
    """A visitor, a stranger, a role, an owner: what each may do, and what not."""
    yield from _visitor_asked(script)
    if public(script.resource):
        yield _visitor_reads(script)
    yield from _signed_in(script)
    yield from _role_required(script)
    yield from _others_rows(script)
    yield from _roles_reach(script)
    if script.resource.owner and script.offers(Operation.CREATE, Operation.UPDATE):
        yield _belongs(script)


def _who(script: Script, operation: str) -> Rules:
    return allowed(script.resource.access, operation)


def _visitor_asked(script: Script) -> Iterator[str]:
    closed = {
        Operation.LIST: ("GET", script.paths),
        Operation.CREATE: ("POST", script.paths),
        Operation.GET: ("GET", "NOWHERE"),
        Operation.UPDATE: ("PATCH", "NOWHERE"),
        Operation.DELETE: ("DELETE", "NOWHERE"),
    }
    if for_visitors(script.said.access.read):
        del closed[Operation.LIST], closed[Operation.GET]
    asked = [request for operation, request in closed.items() if script.said.offers(operation)]
    if script.resource.soft_delete:
        asked.append(("POST", 'f"{NOWHERE}/restore"'))
    rows = [f'("{method}", {path})' for method, path in asked]
    if not rows:
        return
    body = """
        # Before anything else is looked at: this body is not even JSON.
        assert_problem(await visitor.request(method, path, content="{"), Unauthenticated)
    """
    table = Table({"method": "str", "path": "str"}, rows)
    yield case("a_visitor_is_asked_to_sign_in", ["visitor"], body, table)


def _visitor_reads(script: Script) -> str:
    one = script.one
    lines = [f"{one} = {script.add()}", ""]
    if script.offers(Operation.GET):
        lines.append(f"assert (await visitor.get(at({one}))).status_code == 200")
    if script.offers(Operation.LIST):
        lines.append(f"assert ids_of(await visitor.get({script.paths})) == [str({one}.id)]")
    name = f"everybody_reads_{_nouns(script)}"
    return case(name, ["visitor", "database"], "\n".join(lines))


def _signed_in(script: Script) -> Iterator[str]:
    """What is open to everybody with an account, done by somebody of no importance."""
    operations = [
        each
        for each in offered(script.resource)
        if for_signed_in(_who(script, each)) and not for_everybody(_who(script, each))
    ]
    lines = _done(script, BOB, operations)
    if lines:
        name = f"whoever_is_signed_in_{_verbs(operations)}_{_nouns(script)}"
        yield case(name, ["bob", "database"], "\n".join([*_given(script, BOB, operations), *lines]))


def _role_required(script: Script) -> Iterator[str]:
    there = offered(script.resource)
    rules = [_who(script, each) for each in there if _asks_for_role(script, each)]
    for who in dict.fromkeys(rules):
        operations = [
            each for each in there if _who(script, each) == who and _asks_for_role(script, each)
        ]
        yield _only(script, who, operations)


def _asks_for_role(script: Script, operation: str) -> bool:
    """Whether it is the same for all rows: a role is missing, whatever a row holds."""
    said = allowed(script.said.access, operation)
    return needs_role(said) and not is_conditional(said)


def _only(script: Script, who: Rules, operations: list[str]) -> str:
    one, paths, reader = script.one, script.paths, _reader_of_alices(script)
    strangers = [ALICE, *outsiders(script.design, who, BOB)]
    tries = {
        "read": [
            *([f"person.get({paths})"] if script.offers(Operation.LIST) else []),
            *([f"person.get(at({one}))"] if script.offers(Operation.GET) else []),
        ],
        "create": [f"person.post({paths}, json=sent)"],
        "update": [f"person.patch(at({one}), json={script.change()})"],
        "delete": [f"person.delete(at({one}))"],
    }
    calls = [call for each in operations for call in tries[each]]
    refused = "\n".join(f"assert_problem(await {call}, Forbidden)" for call in calls)
    lines = [
        f"{one} = {script.add(owner=ALICE)}",
        *([f"sent = {script.body(owner=ALICE)}"] if "create" in operations else []),
        *before(script, reader),
        "",
        loop(fixtures(strangers), refused),
        *_alone(script, reader),
    ]
    name = f"only_{people(roles_of(who)).lower().replace(' ', '_').replace(',', '')}"
    acts = "_and_".join(_infinitives(operations))
    needs = script.needs(reader, *strangers, stored=True)
    return case(f"{name}_{acts}_{_nouns(script)}", needs, "\n".join(lines))


def _alone(script: Script, reader: Person) -> list[str]:
    """The row is as it was, and no other is beside it."""
    if script.offers(Operation.LIST) and script.offers(Operation.GET):
        return [f'assert (await {reader.fixture}.get({script.paths})).json()["items"] == [before]']
    return unchanged(script, reader)


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
    lines = []
    if script.offers(Operation.GET):
        lines += [f"assert_problem(await person.get(at({one})), {script.resource.name}NotFound)"]
    if script.offers(Operation.LIST):
        lines.append(f"assert ids_of(await person.get({paths})) == []")
    if script.offers(Operation.LIST) and owner:
        params = f'params={{"{script.resource.field(owner).column}": str({_mine(script)})}}'
        lines.append(f"assert ids_of(await person.get({paths}, {params})) == []")
    body = f"{one} = {script.add()}\n\n{loop(fixtures(strangers), chr(10).join(lines))}"
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
            *before(script, reader),
            "",
            loop(fixtures(strangers), refused),
            *unchanged(script, reader),
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
            for each in offered(script.resource)
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
    lists, gets = script.offers(Operation.LIST), script.offers(Operation.GET)
    steps = {
        "read": [
            *([f"assert (await {who}.get(at({one}))).status_code == 200"] if gets else []),
            *([f"assert str({one}.id) in ids_of(await {who}.get({paths}))"] if lists else []),
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
    mine = f"{shown} == str({_mine(script)})"
    lines = [f'theirs = {{"{column}": str(BOB.id)}}']
    creates, gets = script.offers(Operation.CREATE), script.offers(Operation.GET)
    if creates:
        refused = f"await {hero}.post({paths}, json={script.body('**theirs')})"
        lines += [
            "",
            f"made = await {hero}.post({paths}, json={script.body()})",
            "",
            f"assert made.json(){mine}",
            f'assert_invalid({refused}, "{column}")',
        ]
    else:
        lines += [f"{script.one} = {script.add()}", ""]
    path = f"at({script.one})"
    if creates and script.offers(Operation.GET, Operation.UPDATE):
        path = "path"
        where = 'made.headers["location"]' if gets else f'f"{{{paths}}}/{{made.json()["id"]}}"'
        lines.append(f"path = {where}")
    if script.offers(Operation.UPDATE):
        changer = script.cast.changer.fixture
        lines.append(f'assert_invalid(await {changer}.patch({path}, json=theirs), "{column}")')
    if gets:
        reader = script.cast.reader.fixture
        lines.append(f"assert (await {reader}.get({path})).json(){mine}")
    needs = script.needs(script.hero, script.cast.changer, script.cast.reader, stored=not creates)
    noun = slug(a(script.resource.names.noun))
    name = f"{noun}_belongs_to_who_made_it" if creates else f"nobody_gives_away_{noun}"
    return case(name, needs, "\n".join(lines))


def _mine(script: Script) -> str:
    return f"{script.hero.constant}.id"


def _is_owners(who: Rules) -> bool:
    return Rule(Who.OWNER) in who and not for_signed_in(who)


def _verbs(operations: list[str]) -> str:
    return listed([VERBS[each] for each in operations]).replace(" ", "_").replace(",", "")


def _infinitives(operations: list[str]) -> list[str]:
    if operations[-3:] == ["create", "update", "delete"]:
        return [*(["read"] if "read" in operations else []), "write"]
    return ["change" if each == "update" else each for each in operations]


def _nouns(script: Script) -> str:
    return slug(script.resource.names.nouns)
