"""Writes the tests of rows that refer to each other."""

from collections.abc import Iterator

from backsmith.design.model import Field, OnDelete, Operation, Reference, Resource
from backsmith.render.capacity import brings, has_owner
from backsmith.render.cases import Table, case
from backsmith.render.casting import (
    ALICE,
    BOB,
    Person,
    everybody_with_a_role,
    may,
    reaches_all,
)
from backsmith.render.english import a
from backsmith.render.errors import restricts
from backsmith.render.looking import still_there
from backsmith.render.missing_errors import missing_error
from backsmith.render.models import embedded
from backsmith.render.neighbours import beside, referred
from backsmith.render.script import Script, slug, variable
from backsmith.render.services import guarded


def reference_tests(script: Script) -> Iterator[str]:
    """What a row refers to: it has to be there, and readable to whoever refers to it."""
    if script.references and script.offers(Operation.CREATE, Operation.UPDATE):
        yield from _missing(script)
    for field, reference in guarded(script.design, script.resource):
        yield from _hidden(script, field, reference)
    if not script.offers(Operation.LIST, Operation.GET):
        return
    for field, reference in embedded(script.resource):
        yield _embedded(script, field, reference)


def deletion_tests(script: Script) -> Iterator[str]:
    """What becomes of the rows that refer to one that is deleted."""
    if not script.offers(Operation.DELETE):
        return
    for other in script.design.resources:
        for field in other.fields:
            if field.reference and field.reference.target == script.resource.name:
                if script.resource.soft_delete and field.reference.on_delete != OnDelete.RESTRICT:
                    continue
                yield _deletion(script, Script(script.design, other), field, field.reference)


def _missing(script: Script) -> Iterator[str]:
    often = [field for field, _ in script.references if not field.immutable]
    once = [field for field, _ in script.references if field.immutable]
    if often:
        changed = script.offers(Operation.UPDATE)
        yield _nowhere(script, "what_is_referred_to_has_to_exist", often, changed=changed)
    if once:
        yield _nowhere(script, "what_is_referred_to_once_has_to_exist", once, changed=False)


def _nowhere(script: Script, name: str, fields: list[Field], *, changed: bool) -> str:
    one, hero, changer = script.one, script.hero, script.cast.changer
    nowhere = "{column: str(uuid4())}"
    lines = [f"nowhere = {nowhere}", ""]
    if script.offers(Operation.CREATE):
        lines += [
            f"refused = await {hero.fixture}.post({script.paths}, json={script.body('**nowhere')})",
            "assert_problem(refused, error)",
        ]
    if changed:
        lines += [
            f"{one} = {script.add()}",
            f"assert_problem(await {changer.fixture}.patch(at({one}), json=nowhere), error)",
        ]
    rows = [f'("{field.column}", {missing_error(field)})' for field in fields]
    table = Table({"column": "str", "error": "type[AppError]"}, rows)
    needs = script.needs(hero, changer, stored=True)
    return case(name, needs, "\n".join(lines), table)


def _hidden(script: Script, field: Field, reference: Reference) -> Iterator[str]:
    """A row that somebody may not read is as good as missing, when they refer to it."""
    target = script.design.resource(reference.target)
    found = blind(script, target)
    if found is None:
        return
    person, owner = found
    one, error = script.one, missing_error(field)
    lines = [f'hidden = {{"{field.column}": {referred(script, reference, owner)}}}', ""]
    if script.offers(Operation.CREATE):
        lines += [
            f"refused = await {person.fixture}.post({script.paths}, "
            f"json={script.body('**hidden', owner=person)})",
            f"assert_problem(refused, {error})",
        ]
    own = person if script.resource.owned else None
    if may(person, script.resource.access.update) and not field.immutable:
        lines += [
            f"{one} = {script.add(owner=own)}",
            f"assert_problem(await {person.fixture}.patch(at({one}), json=hidden), {error})",
        ]
    name = f"nobody_refers_to_{slug(a(target.names.noun))}_that_they_may_not_read"
    if _refers_twice(script, reference):
        name += f"_as_{field.name}"
    yield case(name, script.needs(person, stored=True), "\n".join(lines))
    leads_to_owner = field.name in script.said.owner_path
    if may(person, script.resource.access.update) and not field.immutable and not leads_to_owner:
        kept = f"{slug(a(script.resource.names.noun))}_keeps_the_{field.name}_that_it_has"
        yield case(
            kept, script.needs(person, stored=True), "\n".join(sent_again(lines[0], script, person))
        )


def sent_again(hidden: str, script: Script, person: Person) -> Iterator[str]:
    """What a row refers to already is no news to anybody, readable or not."""
    own = person if script.resource.owned else None
    yield hidden
    yield f"{script.one} = {script.add('**hidden', owner=own)}"
    yield ""
    changed = f"await {person.fixture}.patch(at({script.one}), json=hidden)"
    yield f"assert ({changed}).status_code == 200"


def _refers_twice(script: Script, reference: Reference) -> bool:
    targets = [each.target for _, each in script.references]
    return targets.count(reference.target) > 1


def blind(script: Script, target: Resource) -> tuple[Person, Person] | None:
    """Somebody who may create a row, and the owner of a row that they may not read."""
    access = script.resource.access
    create = access.create or access.update
    for person in (script.hero, ALICE, *everybody_with_a_role(script.design)):
        if not may(person, create) or reaches_all(person, target.access.read):
            continue
        if not may(person, target.access.read):
            return person, ALICE
        if has_owner(script.design, target):
            return person, BOB if person != BOB else ALICE
    return None


def _embedded(script: Script, field: Field, reference: Reference) -> str:
    one, lister = script.one, script.lister.fixture
    columns, items = ["id"], '*listed.json()["items"]'
    if reference.target != "User" or script.design.user:
        target = script.design.resource(reference.target)
        if brings(script.design, target, script.resource):
            items = f'*(row for row in listed.json()["items"] if row["{field.name}"])'
        columns += [each.column for each in target.shown if not each.links]
    changes = [] if not field.optional else [f"{field.column}={referred(script, reference)}"]
    keys = ", ".join(f'"{column}"' for column in columns)
    gets, lists = script.offers(Operation.GET), script.offers(Operation.LIST)
    asked = {
        "one": (f"await {lister}.get(at({one}))", "one.json()", gets),
        "listed": (f"await {lister}.get({script.paths})", items, lists),
    }
    there = {name: (call, shown) for name, (call, shown, offered) in asked.items() if offered}
    calls = ", ".join(call for call, _ in there.values())
    rows = ", ".join(shown for _, shown in there.values())
    body = f"""
        {one} = {script.add(*changes)}

        {", ".join(there)} = {calls}

        for shown in ({rows}{"" if len(there) > 1 else ","}):
            assert shown["{field.name}"].keys() == {{{keys}}}
            assert shown["{field.name}"]["id"] == str({one}.{field.column})
            assert "{field.column}" not in shown
    """
    noun = slug(a(script.resource.names.noun))
    return case(f"{noun}_shows_its_{field.name}", [lister, "database"], body)


def _deletion(script: Script, other: Script, field: Field, reference: Reference) -> str:
    one, theirs = script.one, variable(script.design, other.resource.names.stem, "other")
    theirs = theirs if theirs != one else "other"
    deleter, reader = script.cast.deleter, script.cast.reader
    setting = [f"{field.column}=str({one}.id)"]
    lines = [f"{one} = {script.add()}"]
    adding = other.add(*setting, owner=beside(script, other))
    if reference.on_delete is OnDelete.RESTRICT:
        several = sum(restricts(each, script.resource) for each in other.resource.fields) > 1
        tail = "".join(part.capitalize() for part in field.name.split("_")) if several else ""
        error = f"{script.resource.name}Has{other.resource.names.types}{'As' if tail else ''}{tail}"
        lines += [
            adding,
            "",
            f"assert_problem(await {deleter.fixture}.delete(at({one})), {error})",
            still_there(script, reader),
        ]
        verb = "stays_while_it_has"
    else:
        lines += [
            f"{theirs} = {adding}",
            "",
            f"assert (await {deleter.fixture}.delete(at({one}))).status_code == 204",
            f"left = await stored(database, {theirs})",
        ]
        if reference.on_delete is OnDelete.CASCADE:
            lines.append("assert left is None")
            verb = "takes_along_its"
        else:
            lines += ["assert left", f"assert left.{field.column} is None"]
            verb = "leaves_behind_its"
    name = f"{slug(a(script.resource.names.noun))}_{verb}_{slug(other.resource.names.nouns)}"
    same = [each for _, each in other.pointers if each.target == reference.target]
    if len(same) > 1:
        name += f"_of_{field.name}"
    return case(name, script.needs(deleter, reader, stored=True), "\n".join(lines))
