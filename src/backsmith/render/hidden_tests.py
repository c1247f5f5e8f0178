"""Writes the tests of rows that hide with another, or that refer to one that hides."""

from collections.abc import Iterator

from backsmith.design.model import Field, OnDelete, Operation, Reference, Resource
from backsmith.render.capacity import brings
from backsmith.render.cases import case
from backsmith.render.casting import ADMIN, Person
from backsmith.render.english import a
from backsmith.render.errors import not_restorable
from backsmith.render.hiding import needs, refs
from backsmith.render.hiding_queries import Use, uses_to_look_for
from backsmith.render.looking import still_there, who_deletes, who_sees
from backsmith.render.missing_errors import missing_error
from backsmith.render.neighbours import beside, referred, whose
from backsmith.render.script import Script, slug
from backsmith.render.tree_tests import held_tests, tree_tests


def hidden_tests(script: Script) -> Iterator[str]:
    """What a deletion that hides a row, or meets hidden rows, means for the rows around it."""
    for resource in script.design.resources:
        other = Script(script.design, resource)
        for field, reference in refs(resource):
            if reference.target == script.resource.name:
                yield from _around(script, other, field, reference)
    yield from _refusals(script)
    yield from held_tests(script)
    for use in uses_to_look_for(script.design, script.resource):
        if belonging := _belonging(script, use.of):
            yield _stays_for(script, use, belonging)
    soft = script.resource.soft_delete
    for each, field, reference in needs(script.design, script.resource) if soft else []:
        own = each == script.resource and reference.on_delete is not OnDelete.RESTRICT
        if not own and (belonging := _belonging(script, each)):
            yield from _needs_below(
                script, Script(script.design, each), belonging, field, reference
            )


def _around(script: Script, other: Script, field: Field, reference: Reference) -> Iterator[str]:
    if reference.on_delete is OnDelete.RESTRICT:
        if other.resource.soft_delete and script.offers(Operation.DELETE):
            yield _does_not_stay(script, other, field)
    elif script.resource.soft_delete:
        if reference.on_delete is OnDelete.CASCADE:
            yield from _follows(script, other, field)
            yield from tree_tests(script, other, field)
        elif other.offers(Operation.LIST) and other.offers(Operation.GET):
            yield _forgets(script, other, field)


def _refusals(script: Script) -> Iterator[str]:
    """A row that hides is as good as missing to whoever refers to it, even while it goes."""
    to_soft = [
        (field, reference, script.design.resource(reference.target))
        for field, reference in script.references
        if reference.target != "User" and script.design.resource(reference.target).soft_delete
    ]
    for field, reference, target in to_soft if _refers(script) else []:
        yield _refused(script, field, reference, target)
    for field, reference, target in to_soft[:1] if script.offers(Operation.CREATE) else []:
        yield _waits(script, field, reference, target)


def _refers(script: Script) -> bool:
    return script.offers(Operation.CREATE) or script.offers(Operation.UPDATE)


def at_other(resource: Resource, row_id: str) -> str:
    """The address of a row of another resource."""
    return f'f"/api/v1/{resource.names.path}/{{{row_id}}}"'


def _refused(script: Script, field: Field, reference: Reference, target: Resource) -> str:
    one, hero, changer = script.one, script.hero, script.cast.changer
    remover = who_deletes(Script(script.design, target), whose(script, reference))
    error = missing_error(field)
    lines = [
        f'deleted = {{"{field.column}": {referred(script, reference, hero)}}}',
        f"there = f\"/api/v1/{target.names.path}/{{deleted['{field.column}']}}\"",
        f"assert (await {remover.fixture}.delete(there)).status_code == 204",
        "",
    ]
    people = [remover]
    if script.offers(Operation.CREATE):
        sent = script.body("**deleted")
        lines.append(f"refused = await {hero.fixture}.post({script.paths}, json={sent})")
        lines.append(f"assert_problem(refused, {error})")
        people.append(hero)
    if script.offers(Operation.UPDATE):
        patched = f"await {changer.fixture}.patch(at({one}), json=deleted)"
        lines += [f"{one} = {script.add()}", f"assert_problem({patched}, {error})"]
        people.append(changer)
    name = f"{_noun(script)}_takes_no_deleted_{field.name}"
    return case(name, script.needs(*people, stored=True), "\n".join(lines))


def _waits(script: Script, field: Field, reference: Reference, target: Resource) -> str:
    hero = script.hero.fixture
    body = f"""
        going = {{"{field.column}": {referred(script, reference, script.hero)}}}
        sent = {script.body("**going")}

        async with database.writes() as session:
            rows = {target.name}Repository(session)
            found = await rows.lock(EVERY, UUID(going["{field.column}"]))
            assert found
            await rows.remove(found)
            creating = asyncio.create_task({hero}.post({script.paths}, json=sent))
            await until_somebody_waits(database)

        assert_problem(await creating, {missing_error(field)})
    """
    name = f"{_noun(script)}_waits_for_a_{field.name}_that_is_being_deleted"
    return case(name, script.needs(script.hero, stored=True), body)


def _follows(script: Script, other: Script, field: Field) -> Iterator[str]:
    one, theirs, deleter = script.one, "theirs", script.cast.deleter
    reader = who_sees(other, _owner(script, other))
    found = f'ids_of(await {reader.fixture}.get("/api/v1/{other.resource.names.path}"))'
    gets, lists = other.offers(Operation.GET), other.offers(Operation.LIST)
    if not gets and not lists:
        return
    got = f"(await {reader.fixture}.get(there)).status_code"
    above = other.resource == script.resource
    back = f"str(theirs.id) in {found}" if above else _among(script, other, found)
    lines = [
        f"{one} = {script.add()}",
        f"{theirs} = {_adding(script, other, field)}",
        *([f"there = {at_other(other.resource, f'{theirs}.id')}"] if gets else []),
        "",
        f"assert (await {deleter.fixture}.delete(at({one}))).status_code == 204",
        *([f"assert {got} == 404"] if gets else []),
        *([f"assert {_but(script, other, found)}"] if lists else []),
        f'assert (await admin.post(f"{{at({one})}}/restore")).status_code == {script.restored}',
        *([f"assert {got} == 200"] if gets else []),
        *([f"assert {back}"] if lists else []),
    ]
    name = f"{_noun(script)}_hides_its_{_others(other, field)}_until_it_is_restored"
    yield case(name, script.needs(deleter, reader, ADMIN, stored=True), "\n".join(lines))


def _forgets(script: Script, other: Script, field: Field) -> str:
    one, theirs, deleter = script.one, "theirs", script.cast.deleter
    reader, column = who_sees(other, _owner(script, other)), field.column
    embed = field.reference is not None and field.reference.embed
    shown = f'["{field.name if embed else column}"]'
    many = f'"/api/v1/{other.resource.names.path}"'
    body = f"""
        {one} = {script.add()}
        {theirs} = {_adding(script, other, field)}
        there = {at_other(other.resource, f"{theirs}.id")}
        mine, empty = {{"{column}": str({one}.id)}}, {{"{column}_isnull": True}}

        assert (await {deleter.fixture}.delete(at({one}))).status_code == 204
        assert (await {reader.fixture}.get(there)).json(){shown} is None
        assert ids_of(await {reader.fixture}.get({many}, params=mine)) == []
        assert {_among(script, other, f"ids_of(await {reader.fixture}.get({many}, params=empty))")}
        assert (await admin.post(f"{{at({one})}}/restore")).status_code == {script.restored}
        found = (await {reader.fixture}.get(there)).json()
        assert found{shown}{'["id"]' if embed else ""} == str({one}.id)
        assert ids_of(await {reader.fixture}.get({many}, params=mine)) == [str({theirs}.id)]
    """
    name = f"{_noun(script)}_is_left_out_of_its_{_others(other, field)}_until_it_is_restored"
    return case(name, script.needs(deleter, reader, ADMIN, stored=True), body)


def _but(script: Script, other: Script, found: str) -> str:
    """That a row is not found; a row that it refers to may have brought another."""
    alone = other == script or not brings(script.design, script.resource, other.resource)
    return f"{found} == []" if alone else f"str(theirs.id) not in {found}"


def _among(script: Script, other: Script, found: str) -> str:
    alone = other == script or not brings(script.design, script.resource, other.resource)
    return f"{found} == [str(theirs.id)]" if alone else f"str(theirs.id) in {found}"


def _does_not_stay(script: Script, other: Script, field: Field) -> str:
    one, theirs, deleter = script.one, "theirs", script.cast.deleter
    remover = who_deletes(other, _owner(script, other))
    body = f"""
        {one} = {script.add()}
        {theirs} = {_adding(script, other, field)}
        there = {at_other(other.resource, f"{theirs}.id")}

        assert (await {remover.fixture}.delete(there)).status_code == 204
        assert (await {deleter.fixture}.delete(at({one}))).status_code == 204
    """
    name = f"{_noun(script)}_does_not_stay_for_deleted_{_others(other, field)}"
    return case(name, script.needs(deleter, remover, stored=True), body)


def _adding(script: Script, other: Script, field: Field) -> str:
    return other.add(f"{field.column}=str({script.one}.id)", owner=beside(script, other))


def _owner(script: Script, other: Script) -> Person:
    return beside(script, other) or script.hero


def _belonging(script: Script, resource: Resource) -> Field | None:
    """The field by which rows of a resource hide with one of this one."""
    fields = [
        field
        for field, reference in refs(resource)
        if reference.target == script.resource.name and reference.on_delete is OnDelete.CASCADE
    ]
    return next(iter(fields), None)


def _stays_for(script: Script, use: Use, belonging: Field) -> str:
    one, cast = script.one, script.cast
    along, by = Script(script.design, use.of), Script(script.design, use.by)
    owner = None if by.hero == script.hero else script.hero
    body = f"""
        {one} = {script.add()}
        theirs = {_adding(script, along, belonging)}
        {by.add(f"{use.field.column}=str(theirs.id)", owner=owner)}

        assert_problem(await {cast.deleter.fixture}.delete(at({one})), {use.error.name})
        {still_there(script, cast.reader)}
    """
    nouns = slug(use.of.names.nouns)
    name = f"{_noun(script)}_stays_while_its_{nouns}_have_{_others(by, use.field)}"
    return case(name, script.needs(cast.deleter, cast.reader, stored=True), body)


def _needs_below(
    script: Script, along: Script, belonging: Field, field: Field, reference: Reference
) -> Iterator[str]:
    """What comes back with a row needs what it refers to as well."""
    target = script.design.resource(reference.target)
    if not target.soft_delete or target == script.resource:
        return
    one, deleter = script.one, script.cast.deleter
    theirs = Script(script.design, target)
    remover = who_deletes(theirs, script.hero)
    given = [f"{belonging.column}=str({one}.id)"]
    if field.optional:
        given.append(f"{field.column}={referred(script, reference, script.hero)}")
    owner = None if along.hero == script.hero else script.hero
    error = not_restorable(script.design, script.resource)[0].name
    body = f"""
        {one} = {script.add()}
        theirs = {along.add(*given, owner=owner)}
        there = {at_other(target, f"theirs.{field.column}")}
        assert (await {deleter.fixture}.delete(at({one}))).status_code == 204
        assert (await {remover.fixture}.delete(there)).status_code == 204

        assert_problem(await admin.post(f"{{at({one})}}/restore"), {error})
        assert (await admin.post(f"{{there}}/restore")).status_code == {theirs.restored}
        assert (await admin.post(f"{{at({one})}}/restore")).status_code == {script.restored}
    """
    nouns = slug(along.resource.names.nouns)
    name = f"{_noun(script)}_comes_back_after_the_{field.name}_of_its_{nouns}"
    yield case(name, script.needs(deleter, remover, ADMIN, stored=True), body)


def _others(other: Script, field: Field) -> str:
    nouns = slug(other.resource.names.nouns)
    same = [each for _, each in other.references if each.target == _target(field)]
    return f"{nouns}_of_{field.name}" if len(same) > 1 else nouns


def _target(field: Field) -> str:
    return field.reference.target if field.reference else ""


def _noun(script: Script) -> str:
    return slug(a(script.resource.names.noun))
