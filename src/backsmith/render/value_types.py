"""What the values of a field are in a schema: a type with a name, and the facts that bound it."""

from collections.abc import Iterable, Iterator

from backsmith.design import regex
from backsmith.design.model import Field, Resource, Scalar
from backsmith.render.code import number, quoted, raw
from backsmith.render.english import camel
from backsmith.render.examples import example
from backsmith.render.models import python_type
from backsmith.render.tables import TEXTS

TYPES = {
    Scalar.STRING: "Text",
    Scalar.TEXT: "Text",
    Scalar.INT: "Whole",
    Scalar.BIGINT: "BigWhole",
    Scalar.FLOAT: "Real",
    Scalar.DECIMAL: "Amount",
    Scalar.BOOL: "bool",
    Scalar.DATE: "Day",
    Scalar.TIME: "Clock",
    Scalar.DATETIME: "Moment",
    Scalar.UUID: "Id",
    Scalar.EMAIL: "Email",
    Scalar.URL: "Url",
    Scalar.SLUG: "Slug",
    Scalar.BYTES: "Base64",
    Scalar.JSON: "AnyJson",
}
TAKEN = {
    *TYPES.values(),
    *("Annotated", "Decimal", "Field", "PageQuery", "PageView", "Payload", "Search", "Several"),
    *("Ids", "StrEnum", "UUID", "UserSummary", "View"),
    "Database",  # of the module of samples, which names the types that no client sends
}
"""Names that the module has already; a field that would take one has its resource's name first."""
EXAMPLE_ID = '"0198c0de-7a7b-7c0f-8d1e-2f3a4b5c6d%02x"'


def type_name(resource: Resource, field: Field) -> str:
    """How the module calls the values of a field."""
    if field.reference:
        return "Id"
    return _free(resource, camel(field.column if field.links else field.name))


def item_type(resource: Resource, field: Field, item: Field) -> str:
    """How the module calls each value of a list: by a name of its own where it has bounds."""
    if not any(_bounds(item)):
        return base_type(item)
    name, many = _free(resource, camel(item.name)), type_name(resource, field)
    others = {type_name(resource, each) for each in resource.fields}
    return f"{many}Item" if name in others else name


def _free(resource: Resource, name: str) -> str:
    """A name that nothing else in the module has."""
    enums = [each.choices.name for each in resource.fields if each.choices]
    if name.endswith("Summary"):
        # What a row is as part of another one is called so.
        name = f"{resource.name}{name}Value"
    elif name in TAKEN or name.startswith(resource.name):
        name = f"{resource.name}{name}"
    while name in enums:
        name = f"{resource.name}{name}"
    return name


def base_type(field: Field) -> str:
    """The kind of value, without a field's own bounds."""
    if field.reference:
        return "Id"
    if field.item:
        return f"list[{base_type(field.item)}]"
    return TYPES[field.type] if isinstance(field.type, Scalar) else python_type(field)


def value_type(resource: Resource, field: Field) -> str:
    """The line that names the values of a field, after one for each value of a list."""
    name = type_name(resource, field)
    if field.links:
        return f"{name} = Annotated[Ids, Field({_link_facts(field)})]"
    if field.item:
        each = item_type(resource, field, field.item)
        facts = ", ".join([*_counts(field), *told(resource, field)])
        many = f"{name} = Annotated[list[{each}], Field({facts})]"
        return "\n".join([*asked_type(resource, field), many])
    return f"{name} = {_annotated(field, told(resource, field))}"


def asked_type(resource: Resource, field: Field) -> Iterator[str]:
    """The line that names what a list of rows is asked for, where that has bounds of its own."""
    if field.item is None:
        yield value_type(resource, field)
    elif any(_bounds(field.item)):
        yield f"{item_type(resource, field, field.item)} = {_annotated(field.item)}"


def _annotated(field: Field, also: Iterable[str] = ()) -> str:
    base, size = base_type(field), _digits(field) or _size(field)
    if field.pattern and field.type is not Scalar.SLUG:
        base = "str"
    base = "bytes" if field.type is Scalar.BYTES and size else base
    facts = ", ".join([*_facts(field), *also])
    parts = [base, *filter(None, [size]), *([f"Field({facts})"] if facts else [])]
    return f"Annotated[{', '.join(parts)}]"


def _bounds(field: Field) -> list[str]:
    """What is said of a value beyond what its type says already."""
    return [_digits(field), _size(field), *_facts(field)]


def _counts(field: Field) -> Iterator[str]:
    if field.minimum:
        yield f"min_length={number(field.minimum)}"
    yield f"max_length={number(field.maximum or 0)}"


def _link_facts(field: Field) -> str:
    facts = [*_counts(field), *([f"description={quoted(field.doc)}"] if field.doc else [])]
    ids = ", ".join(EXAMPLE_ID % number for number in range(int(field.minimum or 1)))
    return ", ".join([*facts, f"examples=[[{ids}]]"])


def _digits(field: Field) -> str:
    if field.precision is None:
        return ""
    most, places = field.precision
    return f"digits({', '.join([str(most), str(places), *_number_facts(field)])})"


def _size(field: Field) -> str:
    """How many bytes there are, where that is another number than usual."""
    if field.type is not Scalar.BYTES or (field.minimum, field.maximum) == field.own_bounds:
        return ""
    return f"sized({field.minimum or 0}, {number(field.maximum or 0)})"


def _facts(field: Field) -> Iterator[str]:
    if field.type in TEXTS:
        yield from _text_facts(field)
    elif field.enum:
        yield "strict=False"
    elif field.type not in (Scalar.BYTES, Scalar.DECIMAL):
        yield from _number_facts(field)


def told(resource: Resource, field: Field) -> Iterator[str]:
    """What the documentation says of a field."""
    if field.doc:
        yield f"description={quoted(field.doc)}"
    yield f"examples=[{example(field, resource.names.noun)}]"


def _text_facts(field: Field) -> Iterator[str]:
    own = field.own_bounds[1] if field.type in (Scalar.SLUG, Scalar.EMAIL, Scalar.URL) else None
    told = regex.read(field.pattern).longest if field.pattern else None
    if field.minimum:
        yield f"min_length={number(field.minimum)}"
    if field.maximum is not None and field.maximum not in (own, told):
        yield f"max_length={number(field.maximum)}"
    if field.pattern and field.type is not Scalar.SLUG:
        yield f"pattern={raw(field.pattern)}"


def _number_facts(field: Field) -> Iterator[str]:
    low, high = field.own_bounds
    if field.minimum is not None and field.minimum != low:
        yield f"ge={number(field.minimum)}"
    if field.maximum is not None and field.maximum != high:
        yield f"le={number(field.maximum)}"
