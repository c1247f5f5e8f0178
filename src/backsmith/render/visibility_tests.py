"""Writes the tests of who sends a field and who sees it: once, never, or nobody any more."""

from collections.abc import Iterator

from backsmith.design.model import Field, Operation, Scalar
from backsmith.render.cases import Table, case
from backsmith.render.looking import before, unchanged
from backsmith.render.script import Script, slug
from backsmith.render.values import several, spelt


def visibility_tests(script: Script) -> Iterator[str]:
    """What is sent once, what is kept and never shown, and what is deprecated."""
    yield from _immutable(script)
    yield from _private(script)
    yield from _deprecated(script)
    if script.resource.deprecated:
        yield _deprecated_whole(script)


def _immutable(script: Script) -> Iterator[str]:
    rows = [
        f'("{field.column}", {"NO_ID" if field.reference else spelt(several(field)[-1])})'
        for field in script.given
        if field.immutable
    ]
    if not rows:
        return
    one, reader = script.one, script.cast.reader
    lines = [
        f"{one} = {script.add()}",
        *before(script, reader),
        "",
        f"changed = await {script.cast.changer.fixture}.patch(at({one}), json={{field: value}})",
        "",
        "assert_invalid(changed, field)",
        *unchanged(script, reader),
    ]
    table = Table({"field": "str", "value": "Any"}, rows)
    needs = script.needs(script.cast.changer, reader, stored=True)
    yield case("what_is_sent_once_is_not_changed", needs, "\n".join(lines), table)


def _private(script: Script) -> Iterator[str]:
    fields = [field for field in script.given if field.private]
    updates = script.offers(Operation.UPDATE)
    often = [field for field in fields if updates and not field.immutable]
    once = [field for field in fields if field not in often]
    name = "what_is_private_is_kept_and_never_shown"
    if often:
        rows = [f"{_values(field, 0)}, {spelt(several(field)[-1])})" for field in often]
        table = Table({"field": "str", "value": "Any", "new": "Any"}, rows)
        yield _kept(script, name, table, often)
    if once:
        table = Table({"field": "str", "value": "Any"}, [f"{_values(each, -1)})" for each in once])
        yield _kept(script, f"{name}_when_it_is_sent_once" if often else name, table, once)


def _values(field: Field, which: int) -> str:
    return f'("{field.name}", {spelt(several(field)[which])}'


def _kept(script: Script, name: str, table: Table, fields: list[Field]) -> str:
    """A value that is stored, and in no answer; nor in what a log would show of a payload."""
    model, last = script.resource.name, "new" if "new" in table.arguments else "value"
    in_base64 = ', bytes_mode="base64"' if any(f.type is Scalar.BYTES for f in fields) else ""
    shown = ["made.json()"] if script.offers(Operation.CREATE) else []
    shown += ["changed.json()"] if last == "new" else []
    shown += ["found.json()"] if script.offers(Operation.GET) else []
    shown += ['*listed.json()["items"]'] if script.offers(Operation.LIST) else []
    lines = [
        *_asked(script, last),
        "",
        f"for shown in ({', '.join(shown)}{',' if len(shown) == 1 else ''}):",
        '    assert "id" in shown',
        "    assert field not in shown",
        *_told_of(script, last),
        "async with database.reads() as session:",
        f"    kept = await session.scalar(select(getattr({model}, field)))",
        f"assert to_jsonable_python(kept{in_base64}) == {last}",
    ]
    cast = script.cast
    people = [script.hero, cast.reader, script.lister, cast.changer]
    return case(name, script.needs(*people, stored=True), "\n".join(lines), table)


def _asked(script: Script, last: str) -> Iterator[str]:
    """Everything that answers with the row."""
    one, cast, value = script.one, script.cast, "**{field: value}"
    path = f"at({one})"
    if script.offers(Operation.CREATE):
        yield f"sent = {script.body(value)}"
        yield ""
        yield f"made = await {script.hero.fixture}.post({script.paths}, json=sent)"
        if last == "new" or script.offers(Operation.GET):
            yield f"path = f\"{{{script.paths}}}/{{made.json()['id']}}\""
        path = "path"
    else:
        yield f"{one} = {script.add(value)}"
        yield ""
    if last == "new":
        yield f"changed = await {cast.changer.fixture}.patch({path}, json={{field: new}})"
    if script.offers(Operation.GET):
        yield f"found = await {cast.reader.fixture}.get({path})"
    if script.offers(Operation.LIST):
        yield f"listed = await {script.lister.fixture}.get({script.paths})"


def _told_of(script: Script, last: str) -> Iterator[str]:
    """What payloads tell of themselves."""
    payloads = {"Create": "sent"} if script.offers(Operation.CREATE) else {}
    payloads |= {"Update": "{field: new}"} if last == "new" else {}
    for kind, values in payloads.items():
        payload = f"{script.resource.name}{kind}.model_validate({values})"
        yield f"assert field not in dict({payload}.__repr_args__())"


def _deprecated(script: Script) -> Iterator[str]:
    resource = script.resource
    places = {
        "Create": resource.sent if script.offers(Operation.CREATE) else (),
        "Update": resource.changeable if script.offers(Operation.UPDATE) else (),
        "Read": resource.shown if set(resource.only) != {Operation.DELETE} else (),
    }
    rows = [
        f'("{resource.name}{kind}", "{_told_as(field, kind)}")'
        for kind, fields in places.items()
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


def _told_as(field: Field, kind: str) -> str:
    embeds = field.reference is not None and field.reference.embed
    return field.name if kind == "Read" and embeds else field.column


def _deprecated_whole(script: Script) -> str:
    paths = script.paths
    body = f"""
        operations = [
            operation
            for path, own in whole_app.openapi()["paths"].items()
            if path == {paths} or path.startswith(f"{{{paths}}}/")
            for operation in own.values()
        ]

        assert operations
        assert all(operation.get("deprecated") for operation in operations)
    """
    name = f"every_operation_on_{slug(script.resource.names.nouns)}_is_deprecated"
    return case(name, ["whole_app"], body, waits=False)
