"""How a test of rules is put together: the service, what it is sent, the mocks that it has."""

from backsmith.design.model import Field, Scalar
from backsmith.render.cases import Table, case
from backsmith.render.code import literal
from backsmith.render.script import Script
from backsmith.render.tables import TEXTS
from backsmith.render.values import Json, several, spelt


def service_name(script: Script) -> str:
    """The fixture that holds the service."""
    return script.many if script.many != "rows" else "service"


def asking(script: Script, name: str, body: str, *tables: Table, lookup: bool = False) -> str:
    text = case(name, ["service", "repository", *(["lookup"] if lookup else [])], body, *tables)
    kind = f"{script.resource.name}Service"
    text = text.replace("(service: AsyncClient", f"({service_name(script)}: {kind}", 1)
    return text.replace("lookup: AsyncClient", "lookup: Any", 1)


def payload(script: Script, **besides: str) -> str:
    """What somebody sends, with no more in it than there must be."""
    fields = [each for each in script.given if each.required]
    shown = telling(script)
    if shown and shown[0] not in [each.column for each in fields]:
        fields.append(script.resource.field(shown[0]))
    given = {each.column: _given(each) for each in fields}
    given |= besides
    values = ", ".join(f"{column}={value}" for column, value in given.items())
    return f"{script.resource.name}Create({values})"


def _given(field: Field) -> str:
    if field.links:
        return f"[{', '.join(['uuid4()'] * int(field.minimum or 0))}]"
    return "uuid4()" if field.reference else stored(field, several(field)[0])


def telling(script: Script) -> tuple[str, str] | None:
    """A field that shows that what was sent has arrived: its name, and a value of it."""
    fields = [each for each in script.free_fields if each.type in TEXTS] or script.free_fields
    field = next(iter(fields), None)
    if field is None:
        return None
    value = several(field)[0]
    return field.name, stored(field, value)


def stored(field: Field, value: Json) -> str:
    """A value as a column holds it, as an expression."""
    if field.item and isinstance(value, list):
        return f"[{', '.join(stored(field.item, each) for each in value)}]"
    if isinstance(value, list | dict):
        return spelt(value)
    if field.enum and value is not None:
        return literal(field, str(value))
    if field.type in TEXTS or isinstance(value, bool | int | float) or value is None:
        return spelt(value)
    if field.type is Scalar.DATETIME:
        return f'datetime.fromisoformat("{str(value).replace("Z", "+00:00")}")'
    return literal(field, value)
