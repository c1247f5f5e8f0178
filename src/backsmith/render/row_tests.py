"""Writes the tests of one row through the API: created, shown, changed, deleted."""

from collections.abc import Iterator

from backsmith.design.model import Empty, Field, Operation
from backsmith.render.cases import Table, case, mapping
from backsmith.render.clock_tests import clock_tests
from backsmith.render.link_tests import refused_links
from backsmith.render.models import embedded
from backsmith.render.moments import is_now
from backsmith.render.script import Script, slug
from backsmith.render.values import default_shown, refused, sample, several, spelt

METHODS = {
    Operation.LIST: "GET",
    Operation.CREATE: "POST",
    Operation.GET: "GET",
    Operation.UPDATE: "PATCH",
    Operation.DELETE: "DELETE",
}


def row_tests(script: Script) -> Iterator[str]:
    """The life of a row, and the values that it refuses."""
    if script.offers(Operation.CREATE):
        yield _created(script)
        yield from _left_out(script)
        yield from clock_tests(script)
        yield from _taken_away(script)
        yield from _required(script)
    if script.offers(Operation.CREATE, Operation.UPDATE):
        yield _refused(script)
    if script.offers(Operation.UPDATE):
        yield from _changed(script)
        yield _unchanged(script)
    if script.offers(Operation.DELETE):
        yield _deleted(script)
    yield from _unknown(script)
    yield from _left_away(script)


def _created(script: Script) -> str:
    hero, reader = script.hero.fixture, script.cast.reader.fixture
    given = [field for field, _ in embedded(script.resource) if field in script.given]
    shown = [
        f'assert made.json()["{field.name}"]["id"] == sent.pop("{field.column}")'
        for field in given
        if not field.optional
    ]
    lines = [
        f"sent = {script.body()}",
        "",
        f"made = await {hero}.post({script.paths}, json=sent)",
        "",
        "assert made.status_code == 201",
        *(f'del sent["{field.column}"]' for field in script.given if field.private),
        *shown,
        "assert made.json().items() >= sent.items()",
    ]
    name = f"a_new_{slug(script.resource.names.noun)}_holds_what_was_sent"
    if not script.offers(Operation.GET):
        lines.append('assert "location" not in made.headers')
    if script.offers(Operation.GET):
        name = f"a_new_{slug(script.resource.names.noun)}_is_found_where_the_answer_says"
        lines += [
            f'found = await {reader}.get(made.headers["location"])',
            "assert found.status_code == 200",
            "assert found.json() == made.json()",
        ]
    return case(name, script.needs(script.hero, script.cast.reader), "\n".join(lines))


def _left_out(script: Script) -> Iterator[str]:
    unsent = [each for each in script.resource.fields if each.readonly]
    left = [each for each in script.given if not each.required and each not in script.fixed_fields]
    fields = [each for each in (*left, *unsent) if not each.private and not is_now(each)]
    if not fields:
        return
    missing = mapping({_shown_name(each): _left(each) for each in fields})
    empty = any(each.links or each.default is Empty.LIST for each in fields)
    kind = ": dict[str, Any]" if empty else ""
    body = f"""
        missing{kind} = {missing}
        sent = {{key: value for key, value in ({script.body()}).items() if key not in missing}}

        made = await {script.hero.fixture}.post({script.paths}, json=sent)

        assert made.status_code == 201
        assert made.json().items() >= missing.items()
    """
    if not script.waits:
        body = body.replace(f"({script.body()})", script.body())
    defaults = any(not each.optional for each in fields)
    name = "has_its_default_or_is_null" if defaults else "is_null"
    yield case(f"what_is_left_out_{name}", script.needs(script.hero), body)


def _left(field: Field) -> str:
    return "[]" if field.links else spelt(default_shown(field))


def _taken_away(script: Script) -> Iterator[str]:
    """Absent is not null, in a new row neither."""
    fields = [each for each in script.given if each.optional and each.default is not None]
    if not fields:
        return
    sent = script.body("**{field: None}")
    body = f"""
        made = await {script.hero.fixture}.post({script.paths}, json={sent})

        assert made.status_code == 201
        assert made.json()[field] is None
    """
    table = Table({"field": "str"}, [f'"{each.column}"' for each in fields])
    yield case("null_takes_a_default_away", script.needs(script.hero), body, table)


def _shown_name(field: Field) -> str:
    return field.name if field.reference and field.reference.embed else field.column


def _required(script: Script) -> Iterator[str]:
    fields = [each for each in script.given if each.required]
    if not fields:
        return
    body = f"""
        sent = {script.body()}
        del sent[field]

        assert_invalid(await {script.hero.fixture}.post({script.paths}, json=sent), field)
    """
    table = Table({"field": "str"}, [f'"{each.column}"' for each in fields])
    yield case("what_is_required_is_asked_for", script.needs(script.hero), body, table)


def _refused(script: Script) -> str:
    one, hero, changer = script.one, script.hero.fixture, script.cast.changer.fixture
    rows = [
        f'("{field.column}", {spelt(value)})'
        for field in script.plain_fields
        for value in refused(field)
    ]
    for field, _ in script.references:
        rows += [f'("{field.column}", None)'] if not field.optional else []
        rows.append(f'("{field.column}", "not-an-id")')
    rows += [row for field in script.resource.links for row in refused_links(field)]
    for field in script.resource.fields:
        if field.readonly or field.is_me:
            rows.append(f'("{field.column}", {"NO_ID" if field.reference else sample(field)})')
    rows += [
        '("id", NO_ID)',
        '("created_at", "2030-01-01T00:00:00Z")',
        '("unheard_of", 1)',
    ]
    sent = script.body("**{field: value}")
    lines = []
    if script.offers(Operation.CREATE):
        lines.append(f"assert_invalid(await {hero}.post({script.paths}, json={sent}), field)")
    if script.offers(Operation.UPDATE):
        patch = f"await {changer}.patch(at({one}), json={{field: value}})"
        lines = [f"{one} = {script.add()}", "", *lines, f"assert_invalid({patch}, field)"]
    body = "\n".join(lines)
    table = Table({"field": "str", "value": "Any"}, rows)
    needs = script.needs(script.hero, script.cast.changer, stored=True)
    return case("a_value_that_does_not_hold_is_refused", needs, body, table)


def _changed(script: Script) -> Iterator[str]:
    rows = []
    for field in script.free_fields:
        if field.private or field.immutable:
            continue
        values = several(field)
        pairs = [(values[0], values[1])] if len(values) > 1 else []
        pairs += [(values[0], None)] if field.optional else []
        rows += [f'("{field.name}", {spelt(old)}, {spelt(new)})' for old, new in pairs]
    if not rows:
        return
    one, changer = script.one, script.cast.changer.fixture
    shown = f"{script.cast.reader.fixture}.get(at({one}))"
    if not script.offers(Operation.GET):
        shown = f"{changer}.patch(at({one}), json={{}})"
    body = f"""
        {one} = {script.add("**{field: old}")}
        before = (await {shown}).json()

        changed = await {changer}.patch(at({one}), json={{field: new}})

        assert changed.status_code == 200
        after = changed.json()
        assert after == before | {{field: new, "updated_at": after["updated_at"]}}
        assert after["updated_at"] > before["updated_at"]
        assert (await {shown}).json() == after
    """
    table = Table({"field": "str", "old": "Any", "new": "Any"}, rows)
    needs = script.needs(script.cast.changer, script.cast.reader, stored=True)
    yield case("a_change_leaves_the_rest_as_it_was", needs, body, table)


def _unchanged(script: Script) -> str:
    one, changer, reader = script.one, script.cast.changer.fixture, script.cast.reader.fixture
    patched = f"await {changer}.patch(at({one}), json={{}})"
    lines = [f"{one} = {script.add()}"]
    if script.offers(Operation.GET):
        lines += [
            f"before = (await {reader}.get(at({one}))).json()",
            "",
            f"assert ({patched}).json() == before",
        ]
    else:
        lines += [
            "",
            f"assert ({patched}).status_code == 200",
            f"left = await stored(database, {one})",
            "assert left",
            f"assert left.updated_at == {one}.updated_at",
        ]
    needs = script.needs(script.cast.changer, script.cast.reader, stored=True)
    return case("a_change_of_nothing_changes_nothing", needs, "\n".join(lines))


def _deleted(script: Script) -> str:
    one, missing = script.one, f"{script.resource.name}NotFound"
    cast = script.cast
    gone = [
        *script.calls(cast.reader, get=f"get(at({one}))"),
        *script.calls(cast.changer, update=f"patch(at({one}), json={{}})"),
        *script.calls(cast.deleter, delete=f"delete(at({one}))"),
    ]
    lines = [
        f"{one} = {script.add()}",
        "",
        f"assert (await {cast.deleter.fixture}.delete(at({one}))).status_code == 204",
        *(f"assert_problem({call}, {missing})" for call in gone),
    ]
    noun = slug(script.resource.names.noun)
    needs = script.needs(cast.deleter, cast.reader, cast.changer, stored=True)
    return case(f"a_deleted_{noun}_is_gone", needs, "\n".join(lines))


def _unknown(script: Script) -> Iterator[str]:
    cast, stem = script.cast, script.resource.names.stem
    asked = [
        *((cast.reader, call) for call in script.calls(cast.reader, get="get({})")),
        *(
            (cast.changer, call)
            for call in script.calls(cast.changer, update="patch({}, json={{}})")
        ),
        *((cast.deleter, call) for call in script.calls(cast.deleter, delete="delete({})")),
    ]
    if not asked:
        return
    person, call = asked[0]
    misspelt = f'f"{{{script.paths}}}/not-an-id"'
    lines = [
        f"assert_problem({call.format('NOWHERE')}, {script.resource.name}NotFound)",
        f'assert_invalid({call.format(misspelt)}, "{stem}_id")',
    ]
    yield case("an_id_that_nothing_has_is_not_found", [person.fixture], "\n".join(lines))


def _left_away(script: Script) -> Iterator[str]:
    """What the design leaves out: another method on the same path makes it 405 and not 404."""
    among = (Operation.LIST, Operation.CREATE)
    beneath = (Operation.GET, Operation.UPDATE, Operation.DELETE)
    rows = [
        f'("{METHODS[each]}", {path}, {405 if script.said.offers(*same) else 404})'
        for path, same in ((script.paths, among), ("NOWHERE", beneath))
        for each in same
        if not script.said.offers(each)
    ]
    if not rows:
        return
    person = script.hero.fixture
    body = f"assert (await {person}.request(method, path, json={{}})).status_code == answer"
    table = Table({"method": "str", "path": "str", "answer": "int"}, rows)
    yield case("nothing_else_can_be_asked_for", [person], body, table)
