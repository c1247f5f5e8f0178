"""Writes the tests of what must stand once, and of rows that refer to each other."""

from collections.abc import Iterator

from backsmith.design.model import Field, OnDelete, Operation, Reference, Resource
from backsmith.render.capacity import brings, has_owner, is_same, one_each
from backsmith.render.cases import Table, case, mapping
from backsmith.render.casting import (
    ALICE,
    BOB,
    Person,
    can_refer,
    everybody_with_a_role,
    may,
    reaches_all,
)
from backsmith.render.english import a
from backsmith.render.errors import restricts, taken
from backsmith.render.looking import still_there
from backsmith.render.missing_errors import missing_error
from backsmith.render.models import embedded
from backsmith.render.rights import for_signed_in
from backsmith.render.script import Script, adding_target, slug, variable
from backsmith.render.services import guarded
from backsmith.render.tables import Constraint, uniques
from backsmith.render.values import several, spelt


def unique_tests(script: Script) -> Iterator[str]:
    """What no two rows may share, said to whoever creates or changes one."""
    # Where nothing is ever written there are no such errors.
    for constraint, error in zip(uniques(script.resource), taken(script.resource), strict=False):
        unsent = any(script.resource.field(name).readonly for name in constraint.fields)
        if not unsent and not is_covered(script.resource, constraint):
            yield _unique(script, constraint, error.name)


def is_covered(resource: Resource, constraint: Constraint) -> bool:
    """Whether rows that break this rule break a stricter one first."""
    telling = (
        {name for name in other.fields if not is_same(resource.field(name))}
        for other in uniques(resource)
        if other != constraint
    )
    return any(fields < set(constraint.fields) for fields in telling)


def shared(script: Script, constraint: Constraint) -> str:
    """The values that two rows would have in common, besides who made them, as an expression."""
    fields = sent_of(script.resource, constraint)
    absent = [each for each in fields if (each.reference and each.optional) or each.readonly]
    sample = "body" if len(fields) - len(absent) > 1 else f"({script.body()})"
    sample = sample if script.waits or sample == "body" else script.body()
    return mapping({each.column: _same(script, each, absent, sample) for each in fields})


def sent_of(resource: Resource, constraint: Constraint) -> list[Field]:
    """The fields of a rule of uniqueness that aren't set from a token."""
    fields = [resource.field(name) for name in constraint.fields]
    return [field for field in fields if field not in resource.tokened]


def _same(script: Script, field: Field, absent: list[Field], sample: str) -> str:
    if field.reference and field in absent:
        return referred(script, field.reference, script.hero)
    if field.readonly:
        return spelt(several(field)[0])
    return f'{sample}["{field.column}"]'


def referred(script: Script, reference: Reference, owner: Person = ALICE) -> str:
    """The id of something to refer to, as JSON."""
    if reference.target == "User":
        return "str(BOB.id)"
    owner = whose(script, reference) if owner == script.hero else owner
    return f"str(({adding_target(script.design, reference, owner)}).id)"


def whose(script: Script, reference: Reference) -> Person:
    """The owner of what a row refers to, which may bring a row of the same kind itself."""
    target = script.design.resource(reference.target)
    return _apart(script, target, script.resource) or script.hero


def beside(script: Script, other: Script) -> Person | None:
    """Whose row of another resource refers to one of this; None if it is as in all its tests."""
    same = None if other.hero == script.hero else script.hero
    return _apart(script, script.resource, other.resource) or same


def _apart(script: Script, target: Resource, resource: Resource) -> Person | None:
    """Somebody else, if nobody can have a row of a resource beside that of a target."""
    if not one_each(resource) or not brings(script.design, target, resource):
        return None
    return BOB if script.hero != BOB else ALICE


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


def _unique(script: Script, constraint: Constraint, error: str) -> str:
    resource, paths = script.resource, script.paths
    hero, changer = script.hero, script.cast.changer
    fields = sent_of(resource, constraint)
    mine = len(fields) < len(constraint.fields)
    by_hero = script.made_by(hero) if mine else []
    same = shared(script, constraint)
    once = any(each.immutable for each in fields) or (mine and one_each(resource))
    changed = bool(fields) and script.offers(Operation.UPDATE) and not once
    adding = [f"{script.one} = {script.add(*by_hero)}"] if changed else []
    # First, where one person may have several: neighbours differ, however few values there are.
    lines = [] if one_each(resource) else [*adding]
    if ' body["' in same:
        lines.append(f"body = {script.body()}")
    lines += [f"same = {same}"] if fields else []
    changes = ["**same"] if fields else []
    first = script.add(*changes, *by_hero, owner=hero if mine or hero == BOB else BOB)
    lines += [first, ""]
    if script.offers(Operation.CREATE):
        lines += [
            f"refused = await {hero.fixture}.post({paths}, json={script.body(*changes)})",
            f"assert_problem(refused, {error})",
        ]
    if changed:
        changing = f"await {changer.fixture}.patch(at({script.one}), json=same)"
        lines += adding if one_each(resource) else []
        lines.append(f"assert_problem({changing}, {error})")
    needs = [hero, changer]
    refers = [each for each in fields if each.reference and each.reference.target != "User"]
    secret = [
        each
        for each in refers
        if each.reference
        and not for_signed_in(script.design.resource(each.reference.target).access.read)
    ]
    creates = reaches_all if script.said.owner_path else may
    able = creates(BOB, resource.access.create) and can_refer(script.design, resource, BOB)
    if mine and not secret and able:
        sent = script.body(*changes, owner=BOB)
        lines.append(f"assert (await bob.post({paths}, json={sent})).status_code == 201")
        needs.append(BOB)
    name = unique_name(script, constraint)
    return case(name, script.needs(*needs, stored=True), "\n".join(lines))


def unique_name(script: Script, constraint: Constraint) -> str:
    """What a rule of uniqueness says, as the name of its test."""
    resource = script.resource
    fields = sent_of(resource, constraint)
    if len(fields) == len(constraint.fields):
        shared_names = "_and_".join(field.name for field in fields)
        name = f"no_two_{slug(resource.names.nouns)}_share_{shared_names}"
    else:
        made = [each.name for each in resource.tokened if each.name in constraint.fields]
        who = "an_owner" if made == [resource.owner] else f"one_{'_and_'.join(made)}"
        words = [f"{'of' if each.reference else 'with'}_one_{each.name}" for each in fields]
        name = "_".join([f"{who}_has_one_{slug(resource.names.noun)}", *words])
    return name[:80].rstrip("_")


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
