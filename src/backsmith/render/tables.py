"""What a resource is in the database: read by the writers of models, migrations and errors."""

from dataclasses import dataclass, replace

from backsmith.design.enums import LONGEST_VALUE
from backsmith.design.model import Design, Empty, Field, Key, Reference, Resource, Scalar
from backsmith.design.names import Names, cut
from backsmith.render.code import quoted
from backsmith.render.list_checks import list_conditions
from backsmith.render.moments import is_now, now_in_sql
from backsmith.render.sql import between, sql_text

USER = Names("User", "users")

COLUMN_TYPES = {
    Scalar.TEXT: "Text()",
    Scalar.INT: "Integer()",
    Scalar.BIGINT: "BigInteger()",
    Scalar.FLOAT: "Float()",
    Scalar.BOOL: "Boolean()",
    Scalar.DATE: "Date()",
    Scalar.TIME: "Time()",
    Scalar.DATETIME: "DateTime(timezone=True)",
    Scalar.UUID: "Uuid()",
    Scalar.BYTES: "LargeBinary()",
    # Of an optional field null is no value, and not JSON's.
    Scalar.JSON: "JSONB(none_as_null=True)",
}
CAST = {Scalar.DATE: "date", Scalar.TIME: "time", Scalar.DATETIME: "timestamptz"}
# To asyncpg the first moment of the year 1 is minus infinity: a cursor with it starts elsewhere.
LOWEST = {
    Scalar.INT: "'-2147483648'::integer",
    Scalar.BIGINT: "'-9223372036854775808'::bigint",
    Scalar.FLOAT: "'-1.7976931348623157e+308'::double precision",
    Scalar.DATE: "'0001-01-02'::date",
    Scalar.TIME: "'00:00:00'::time",
    Scalar.DATETIME: "'0001-01-01 00:00:01+00'::timestamptz",
}
NOT_DELETED = "deleted_at IS NULL"
"""The rows that rules and indexes of a softly deleted resource are about."""
TEXTS = {Scalar.STRING, Scalar.TEXT, Scalar.SLUG, Scalar.EMAIL, Scalar.URL}


@dataclass(frozen=True, slots=True)
class Constraint:
    """A rule that the database keeps: what a check asks, or which columns are unique together."""

    name: str
    own: str
    """What the naming convention makes the name of: the word after `ck_<table>_`."""
    conditions: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def long(self) -> bool:
        """Whether PostgreSQL would cut the name that the convention makes."""
        return self.name != self.own


@dataclass(frozen=True, slots=True)
class Index:
    """A way to find rows: names of columns, and SQL where a column alone is not the key."""

    name: str
    parts: tuple[str, ...]
    columns: tuple[str, ...]
    gin: bool = False
    single: bool = False
    """Whether it is of one plain column, so that the column itself can say so."""
    long: bool = False
    """Whether PostgreSQL would cut the name that the convention makes."""
    unique: bool = False
    where: str | None = None
    """The rows that it holds, if not all."""


def target_names(design: Design, reference: Reference) -> Names:
    """How the resource is called that a reference points to."""
    return USER if reference.target == "User" else design.resource(reference.target).names


def column_type(field: Field) -> str:
    """The SQLAlchemy type of a column, as code."""
    if field.type is Scalar.DECIMAL:
        digits, places = field.precision or (0, 0)
        return f"Numeric({digits}, {places})"
    if field.type in TEXTS and field.type is not Scalar.TEXT:
        return f"String({field.maximum})"
    if field.enum:
        return f"String({LONGEST_VALUE})"
    return COLUMN_TYPES[field.type] if isinstance(field.type, Scalar) else "Uuid()"


def server_default(field: Field, library: str = "") -> str | None:
    """A default as SQLAlchemy takes it: plain text, to which it adds quotes, or SQL."""
    value = field.default
    if value is None:
        return None
    if is_now(field):
        return now_in_sql(field, library)
    if value is Empty.LIST:
        return quoted("{}")
    return quoted(str(value).lower() if isinstance(value, bool) else str(value))


def checks(resource: Resource) -> list[Constraint]:
    """What the values of each column must hold by themselves."""
    found = []
    for field in resource.columns:
        if conditions := _conditions(field) + _not_itself(resource, field):
            own = f"ck_{resource.names.plural}_{field.column}"
            found.append(Constraint(cut(own), own, tuple(conditions)))
    return found


def _not_itself(resource: Resource, field: Field) -> list[str]:
    return [f"{field.column} <> id"] if points_to_itself(resource, field) else []


def points_to_itself(resource: Resource, field: Field) -> bool:
    """Whether a row may refer to another one of its kind."""
    return field.reference is not None and field.reference.target == resource.name


def uniques(resource: Resource) -> list[Constraint]:
    """The columns that no two rows share, single ones first."""
    singles = [(field.name,) for field in resource.fields if field.unique]
    found = []
    for fields in (*singles, *resource.unique):
        columns = tuple(resource.field(name).column for name in fields)
        own = f"uq_{resource.names.plural}_{'_'.join(columns)}"
        found.append(Constraint(cut(own), own, fields=fields, columns=columns))
    return found


def foreign_key(resource: Resource, field: Field) -> Constraint:
    own = f"fk_{resource.names.plural}_{field.column}"
    return Constraint(cut(own), own, fields=(field.name,), columns=(field.column,))


def indexes(resource: Resource) -> list[Index]:
    """Every index, none of which is the beginning of another or of a unique constraint."""
    if resource.soft_delete:
        return _indexes_of_live_rows(resource)
    wanted = _listing_indexes(resource)
    led = {index.parts[0] for index in wanted}
    led |= {unique.columns[0] for unique in uniques(resource)}
    for field in resource.fields:
        if (field.index or field.filter or field.reference) and field.column not in led:
            wanted.append(_of_column(resource, field, single=True))
    return sorted(wanted, key=lambda index: index.name)


def _listing_indexes(resource: Resource) -> list[Index]:
    """What lists are sorted and searched by."""
    wanted = [_composite(resource, keys) for keys in resource.index]
    if resource.name != USER.type:  # People have no list.
        wanted.append(_index(resource, ("created_at", "id"), ("created_at", "id")))
    for field in resource.fields:
        if field.sort:
            wanted.append(_index(resource, (field.column, "id"), (sort_key(field), "id")))
    if any(field.search for field in resource.fields):
        wanted.append(_index(resource, ("search",), ("search",), gin=True))
    return wanted


def _indexes_of_live_rows(resource: Resource) -> list[Index]:
    """Lists and rules of uniqueness look at live rows; foreign keys at deleted ones as well."""
    wanted = _listing_indexes(resource)
    wanted += [
        Index(each.name, each.columns, each.columns, unique=True) for each in uniques(resource)
    ]
    led = {index.parts[0] for index in wanted}
    for field in resource.fields:
        if (field.index or field.filter) and not field.reference and field.column not in led:
            wanted.append(_of_column(resource, field))
    live = [replace(index, where=NOT_DELETED) for index in wanted]
    keys = [
        _index(resource, (field.column,), (field.column,), single=True)
        for field in resource.fields
        if field.reference
    ]
    return sorted([*live, *keys], key=lambda index: index.name)


def searched(resource: Resource) -> str:
    """The SQL of the document that a search looks into."""
    parts = [
        f"coalesce({field.column}, '')" if field.optional else field.column
        for field in resource.fields
        if field.search
    ]
    document = " || ' ' || ".join(parts)
    return f"to_tsvector('simple', {document})"


def sort_key(field: Field) -> str:
    """What a list is sorted by: rows without a value count as the lowest."""
    return f"coalesce({field.column}, {lowest(field)})" if field.optional else field.column


def lowest(field: Field) -> str:
    """The SQL of a value that nothing in this column is below; references are not sorted by."""
    if field.type is Scalar.DECIMAL:
        digits, places = field.precision or (0, 0)
        return f"'-{'9' * (digits - places) or 0}{'.' * bool(places)}{'9' * places}'::numeric"
    return LOWEST.get(field.type, "''::varchar") if isinstance(field.type, Scalar) else ""


def _of_column(resource: Resource, field: Field, *, single: bool = False) -> Index:
    """The index of a column alone; that of a list is one of its values."""
    columns, many = (field.column,), field.item is not None
    return _index(resource, columns, columns, gin=many, single=single and not many)


def _index(
    resource: Resource,
    columns: tuple[str, ...],
    parts: tuple[str, ...],
    *,
    gin: bool = False,
    single: bool = False,
) -> Index:
    own = f"ix_{resource.names.plural}_{'_'.join(columns)}"
    name = cut(own)
    return Index(name, parts, columns, gin=gin, single=single, long=name != own)


def _composite(resource: Resource, keys: tuple[Key, ...]) -> Index:
    columns = tuple(resource.field(key.field).column for key in keys)
    parts = tuple(
        f"{column} DESC" if key.descending else column
        for column, key in zip(columns, keys, strict=True)
    )
    return _index(resource, columns, parts)


def _conditions(field: Field) -> "list[str]":
    if field.item:
        return list_conditions(field, field.item)
    if field.type in TEXTS:
        return _text_conditions(field)
    if field.enum:
        return [f"{field.column} IN ({', '.join(map(sql_text, field.enum.values))})"]
    bounds = (field.minimum, field.maximum)
    if field.type is Scalar.BYTES:
        return [between(f"octet_length({field.column})", *bounds)]
    if bounds == (None, None) or (bounds == field.own_bounds and field.type is Scalar.INT):
        return []
    return [between(field.column, *bounds)]


def _text_conditions(field: Field) -> list[str]:
    column = field.column
    found = []
    maximum = field.maximum if field.type is Scalar.TEXT or field.minimum else None
    if field.minimum or maximum:
        found.append(between(f"char_length({column})", field.minimum, maximum))
    if field.pattern:
        found.append(f"{column} ~ {sql_text(field.pattern)}")
    if field.type is Scalar.EMAIL:
        found.append(f"{column} = lower({column})")
    if field.type is Scalar.URL:
        found.append(f"{column} ~ '^https?://'")
    return found
