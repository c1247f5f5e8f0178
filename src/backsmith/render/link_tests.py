"""Writes the tests of rows that point to many others."""

from collections.abc import Iterator

from backsmith.design.model import Field, Operation
from backsmith.render.capacity import one_each
from backsmith.render.cases import case, mapping
from backsmith.render.casting import (
    ALICE,
    Person,
    can_refer,
    everybody_with_a_role,
    may,
    reaches_all,
)
from backsmith.render.crowds import of_several_people, rows_at_hand
from backsmith.render.english import a
from backsmith.render.link_pools import halves, pool, testable_links
from backsmith.render.links import Links
from backsmith.render.looking import before, unchanged
from backsmith.render.missing_errors import missing_error
from backsmith.render.neighbours import referred, whose
from backsmith.render.reference_tests import blind, sent_again
from backsmith.render.script import Script, slug
from backsmith.render.services import guarded_links
from backsmith.render.values import Json, several, spelt


def refused_links(field: Field) -> Iterator[str]:
    """What is no list of ids, or one too long, too short, or with an id in it twice."""
    column, least, most = field.column, int(field.minimum or 0), int(field.maximum or 0)
    fewest = max(least, 1)
    yield f'("{column}", None)'
    yield f'("{column}", NO_ID)'
    yield f'("{column}", ["not-an-id"] * {fewest})'.replace(" * 1)", ")")
    yield f'("{column}", {_ids(most + 1)})'
    if most > 1:
        yield f'("{column}", [NO_ID] * {max(least, 2)})'
    if least:
        yield f'("{column}", {_ids(least - 1) if least > 1 else "[]"})'


def _ids(count: int) -> str:
    return f"[str(UUID(int=n)) for n in range({count})]"


def link_tests(script: Script) -> Iterator[str]:
    """What a row points to: given, replaced, left alone, asked for; there, and readable."""
    for links in testable_links(script):
        if script.offers(Operation.CREATE):
            yield from _sent(script, links)
        if script.offers(Operation.CREATE, Operation.UPDATE):
            yield _missing(script, links)
            yield from _hidden(script, links)
        if script.offers(Operation.LIST):
            yield _filtered(script, links)


def _linker(script: Script, links: Links) -> Person | None:
    """Somebody who may make these links, and read what they lead to."""
    design, access = script.design, script.resource.access
    for person in (script.hero, ALICE, *everybody_with_a_role(design)):
        writing = [who for who in (access.create, access.update) if who]
        able = all(may(person, who) for who in writing)
        if able and can_refer(design, script.resource, person) and _may_read(script, links, person):
            return person
    return None


def _may_read(script: Script, links: Links, person: Person) -> bool:
    if links.reference.target == "User":
        return True
    target = script.design.resource(links.reference.target)
    if whose(script, links.reference) != script.hero:
        # The other one belongs to somebody else.
        return person == script.hero and reaches_all(person, target.access.read)
    return may(person, target.access.read)


def _sent(script: Script, links: Links) -> Iterator[str]:
    person = _linker(script, links)
    if person is None:
        return
    ids, count = pool(script, links, person)
    first, second = halves(links, count)
    column, who = links.column, person.fixture
    given = f"{column}={first if first != 'ids' else 'ids[::-1]'}"
    sent = script.body(given, owner=person)
    lines = [
        f"ids = {ids}",
        "",
        f"made = await {who}.post({script.paths}, json={sent})",
        "",
        f'assert made.json()["{column}"] == {first}',
    ]
    gets = script.offers(Operation.GET)
    path = "path" if gets else f'f"{{{script.paths}}}/{{made.json()["id"]}}"'
    if gets:
        lines.append('path = made.headers["location"]')
        lines.append(f"assert (await {who}.get(path)).json() == made.json()")
    if script.offers(Operation.UPDATE):
        lines += [
            f'changed = await {who}.patch({path}, json={{"{column}": {second}}})',
            f'assert changed.json()["{column}"] == {second}',
            'assert changed.json()["updated_at"] > made.json()["updated_at"]',
            f"assert (await {who}.patch({path}, json={{}})).json() == changed.json()",
        ]
    if script.offers(Operation.UPDATE) and gets:
        lines.append(f"assert (await {who}.get(path)).json() == changed.json()")
    noun = slug(a(script.resource.names.noun))
    needs = script.needs(person, stored="database" in ids)
    yield case(
        _short(f"{noun}_has_the_{links.field.name}_that_were_sent_last"), needs, "\n".join(lines)
    )


def _missing(script: Script, links: Links) -> str:
    hero, reader, changer = script.hero, script.cast.reader, script.cast.changer
    one, error, column = script.one, missing_error(links.field), links.column
    fewest = max(int(links.field.minimum or 0), 1)
    field = next((each for each in script.plain_fields if len(several(each)) > 1), None)
    changes: dict[str, str] = {}
    if field:
        value: Json = several(field)[-1]
        changes = {field.name: spelt(value)}
    changed = mapping(changes | {column: "nowhere"})
    ids = "[str(uuid4())]" if fewest == 1 else f"[str(uuid4()) for _ in range({fewest})]"
    lines = [f"nowhere = {ids}", ""]
    if script.offers(Operation.CREATE):
        sent = script.body(f"{column}=nowhere")
        lines += [
            f"refused = await {hero.fixture}.post({script.paths}, json={sent})",
            f"assert_problem(refused, {error})",
        ]
    if script.offers(Operation.UPDATE):
        patch = f"await {changer.fixture}.patch(at({one}), json={changed})"
        lines += [
            f"{one} = {script.add()}",
            *before(script, reader),
            f"assert_problem({patch}, {error})",
            *unchanged(script, reader),
        ]
    noun = slug(a(script.resource.names.noun))
    needs = script.needs(hero, reader, changer, stored=True)
    name = _short(f"{noun}_has_no_{links.field.name}_that_do_not_exist")
    return case(name, needs, "\n".join(lines))


def _hidden(script: Script, links: Links) -> Iterator[str]:
    """A row that somebody may not read is as good as missing, among others too."""
    if links not in guarded_links(script.design, script.resource):
        return
    target = script.design.resource(links.reference.target)
    found = blind(script, target)
    fewest = max(int(links.field.minimum or 0), 1)
    if found is None or (one_each(target) and fewest > 1):
        return
    person, owner = found
    hidden = referred(script, links.reference, owner)
    ids = f"[{hidden}]" if fewest == 1 else f"[{hidden} for _ in range({fewest})]"
    lines = [f'hidden = {{"{links.column}": {ids}}}', ""]
    one, error = script.one, missing_error(links.field)
    if script.offers(Operation.CREATE):
        sent = script.body("**hidden", owner=person)
        lines += [
            f"refused = await {person.fixture}.post({script.paths}, json={sent})",
            f"assert_problem(refused, {error})",
        ]
    if may(person, script.resource.access.update):
        own = person if script.resource.owned else None
        lines += [
            f"{one} = {script.add(owner=own)}",
            f"assert_problem(await {person.fixture}.patch(at({one}), json=hidden), {error})",
        ]
    name = f"nobody_links_{slug(a(target.names.noun))}_that_they_may_not_read"
    if links.field.name != target.names.plural:
        name += f"_as_{links.one}"
    yield case(_short(name), script.needs(person, stored=True), "\n".join(lines))
    if may(person, script.resource.access.update):
        again = "\n".join(sent_again(lines[0], script, person))
        kept = f"{slug(a(script.resource.names.noun))}_keeps_the_{links.field.name}_that_it_has"
        yield case(_short(kept), script.needs(person, stored=True), again)


def _filtered(script: Script, links: Links) -> str:
    lister, column = script.lister.fixture, links.column
    ids, count = pool(script, links)
    first, second = "ids[:-1]" if count > 1 else "ids", "ids[1:]"
    several_rows = rows_at_hand(script, 2) > 1 and count > 1
    owners = of_several_people(script)
    lines = [f"ids = {ids}"]
    if several_rows:
        rows = [
            script.add(f"{column}={first}"),
            f"await add_{script.resource.names.stem}(database, BOB, {column}={second})"
            if owners
            else script.add(f"{column}={second}"),
        ]
        lines += [f'rows = {{"one": {rows[0]}, "two": {rows[1]}}}', ""]
    else:
        lines += [f'rows = {{"one": {script.add(f"{column}={first}")}}}', ""]
    asked = [("ids[0]", '{"one"}')]
    if several_rows:
        asked.append(("ids", '{"one", "two"}'))
    asked.append(("str(uuid4())", "set()"))
    for value, names in asked:
        params = f'params={{"{column}": {value}}}'
        lines.append(f"found = await {lister}.get({script.paths}, {params})")
        lines.append(f"assert which(rows, found) == {names}")
    name = f"a_list_can_be_of_any_of_some_{links.field.name}"
    return case(_short(name), [lister, "database"], "\n".join(lines))


def _short(name: str) -> str:
    return name[:80].rstrip("_")
