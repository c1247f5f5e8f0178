"""The words of the language: which there are, which type takes which, which come later."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from backsmith.design.model import OWN_BOUNDS, Enum, List, Reference, Scalar

VERSION = "1"

OPTIONAL = "optional"


class Said(StrEnum):
    """What a word says of a field; the value is how a hint shows such a word."""

    OPTIONAL = "optional"
    RANGE = "1..9"
    PRECISION = "10,2"
    VALUES = "draft,review"
    PATTERN = "/^...$/"
    DEFAULT = "=value"
    ME = "=me"
    UNIQUE = "unique"
    INDEX = "index"
    FILTER = "filter"
    SORT = "sort"
    SEARCH = "search"
    PRIVATE = "private"
    READONLY = "readonly"
    IMMUTABLE = "immutable"
    DEPRECATED = "deprecated"
    ON_DELETE = "cascade, restrict, set_null"
    EMBED = "embed"
    ONE = "one"
    AS = "as=posts"


OF_EVERY_TYPE = frozenset({Said.READONLY, Said.IMMUTABLE, Said.DEPRECATED})
"""Words about who sends and who sees a field, whatever it holds."""

FLAGS = {
    word.value: word
    for word in (
        *(Said.UNIQUE, Said.INDEX, Said.FILTER, Said.SORT, Said.SEARCH, Said.EMBED, Said.ONE),
        *(Said.PRIVATE, Said.READONLY, Said.IMMUTABLE, Said.DEPRECATED),
    )
}

ON_DELETE = ("cascade", "restrict", "set_null")

AS = "as="

MANY = ("[]", "many")
"""Said of a type, that a field holds many of its values, or points to many of its rows."""

OF_LINKS = frozenset({Said.RANGE, Said.AS})
"""All that can be said of such a field: its links are always indexed, and can be filtered by."""

_OF_TEXT = "PRIVATE OPTIONAL RANGE DEFAULT UNIQUE INDEX FILTER SORT"
_OF_VALUES = "PRIVATE OPTIONAL DEFAULT UNIQUE INDEX FILTER SORT"

Kind = Scalar | type[Enum] | type[Reference] | type[List]

_WORDS: dict[Kind, str] = {
    Scalar.STRING: f"{_OF_TEXT} PATTERN SEARCH",
    Scalar.TEXT: f"{_OF_TEXT} PATTERN SEARCH",
    Scalar.SLUG: f"{_OF_TEXT} SEARCH",
    Scalar.EMAIL: _OF_TEXT,
    Scalar.URL: _OF_TEXT,
    Scalar.INT: f"{_OF_VALUES} RANGE",
    Scalar.BIGINT: f"{_OF_VALUES} RANGE",
    Scalar.DECIMAL: f"{_OF_VALUES} RANGE PRECISION",
    # Two floats that look the same may differ in the last bit: no `unique`.
    Scalar.FLOAT: "PRIVATE OPTIONAL RANGE DEFAULT INDEX FILTER SORT",
    # Half of the rows have either value: an index of it alone, an order, a uniqueness
    # mean nothing.
    Scalar.BOOL: "PRIVATE OPTIONAL DEFAULT FILTER",
    Scalar.DATE: _OF_VALUES,
    Scalar.TIME: _OF_VALUES,
    Scalar.DATETIME: _OF_VALUES,
    Scalar.UUID: "PRIVATE OPTIONAL DEFAULT UNIQUE INDEX FILTER",
    # Neither is compared with another one: to be found, a row needs a field of another type.
    Scalar.BYTES: "PRIVATE OPTIONAL RANGE",
    Scalar.JSON: "PRIVATE OPTIONAL",
    # Its order would be that of the alphabet, and as many rows as values are soon used up.
    Enum: "PRIVATE OPTIONAL VALUES DEFAULT INDEX FILTER",
    # Always indexed, and can always be filtered by.
    Reference: "OPTIONAL ME UNIQUE ON_DELETE EMBED ONE AS",
}

ALLOWED: Mapping[Kind, frozenset[Said]] = MappingProxyType(
    {
        kind: frozenset(Said[name] for name in names.split()) | OF_EVERY_TYPE
        for kind, names in _WORDS.items()
    }
)
"""The one table: which words a type takes."""


def kind_of(given: Scalar | Enum | Reference | List) -> Kind:
    """What a type is among the keys of that table."""
    return given if isinstance(given, Scalar) else type(given)


OF_LISTS = OF_EVERY_TYPE | {Said.OPTIONAL, Said.RANGE, Said.DEFAULT, Said.FILTER, Said.PRIVATE}
"""What can be said of any list of values; its range is how many there are."""

OF_ITEMS = frozenset({Said.PRECISION, Said.PATTERN, Said.VALUES})
"""What is said of each value of a list, where a field of its own could say it."""

UNLISTED: Mapping[Kind, str] = MappingProxyType(
    {
        Scalar.TEXT: "`string[]` holds lines of text; longer ones are a resource of their own.",
        Scalar.BOOL: "Nobody could tell which is which; name what holds, as in enum[] open,paid.",
        Scalar.BYTES: "Make it a resource of its own, with a field of bytes in each row.",
        Scalar.JSON: "A field of json holds lists by itself; write json.",
    }
)
"""Types that a field has one value of, and what to do instead."""


def allowed_for(given: Scalar | Enum | Reference | List) -> frozenset[Said]:
    """Which words a type takes, alone or as a list."""
    if isinstance(given, List):
        return OF_LISTS | (OF_ITEMS & ALLOWED[kind_of(given.item.type)])
    if isinstance(given, Reference) and given.many:
        return OF_LINKS
    return ALLOWED[kind_of(given)]


TEXTUAL = frozenset({Scalar.STRING, Scalar.TEXT, Scalar.SLUG, Scalar.EMAIL, Scalar.URL})

MEASURED = TEXTUAL | {Scalar.BYTES}
"""Types whose range is one of lengths."""

INCOMPARABLE = frozenset({Scalar.BYTES, Scalar.JSON})
"""Types that no index holds."""

MOMENTS = frozenset({Scalar.DATE, Scalar.TIME, Scalar.DATETIME})
"""Types that a row's making has a value of: `=now`."""

LONGEST_TEXT: Mapping[Scalar, int] = MappingProxyType(
    {
        Scalar.STRING: 10_000,
        Scalar.SLUG: 255,
        **{
            scalar: OWN_BOUNDS[scalar][1] or 0
            for scalar in (Scalar.TEXT, Scalar.EMAIL, Scalar.URL, Scalar.BYTES)
        },
    }
)
"""The most that a range may ask for, in characters or bytes."""

MOST_BYTES = 1_500_000
"""Over all fields of bytes. The body of a request ends at 2 MiB, and base64 takes a third more."""

INDEXED_TEXT = 600
"""Characters. PostgreSQL's index rows end at 2,704 bytes, and a character may take four."""

SEARCHED_TEXT = 120_000
"""Characters over all `search` fields. A tsvector ends at 1 MiB, and a character may take eight."""

DEFAULT_PRECISION = (12, 2)
MOST_DIGITS = 100

LATER_PREFIXES = ("was=",)
LATER_RESOURCE_KEYS = frozenset({"cache", "was"})

TOP_KEYS = ("backsmith", "name", "doc", "roles", "enums", "resources")
RESOURCE_KEYS = (
    *("doc", "fields", "owner", "unique", "index", "access", "list"),
    *("soft_delete", "only", "path", "deprecated"),
)
USER_KEYS = ("fields",)
ACCESS_KEYS = ("read", "write", "create", "update", "delete")
LIST_KEYS = ("sort", "page", "max")
FIELD_KEYS = ("is", "doc", "example")

TYPE_SYNONYMS = {
    "bigdecimal": "decimal",
    "binary": "bytes",
    "blob": "bytes",
    "bytea": "bytes",
    "jsonb": "json",
    "biginteger": "bigint",
    "boolean": "bool",
    "char": "string",
    "clob": "text",
    "currency": "decimal",
    "double": "float",
    "guid": "uuid",
    "int32": "int",
    "int4": "int",
    "int64": "bigint",
    "int8": "bigint",
    "integer": "int",
    "link": "url",
    "long": "bigint",
    "longtext": "text",
    "mail": "email",
    "money": "decimal",
    "number": "int",
    "numeric": "decimal",
    "real": "float",
    "str": "string",
    "timestamp": "datetime",
    "timestamptz": "datetime",
    "uri": "url",
    "varchar": "string",
}

WORD_SYNONYMS = {
    "?": OPTIONAL,
    "create_only": "immutable",
    "filterable": "filter",
    "fulltext": "search",
    "hidden": "private",
    "indexed": "index",
    "nullable": OPTIONAL,
    "null": OPTIONAL,
    "on_delete=cascade": "cascade",
    "obsolete": "deprecated",
    "orderable": "sort",
    "read_only": "readonly",
    "searchable": "search",
    "secret": "private",
    "set-null": "set_null",
    "setnull": "set_null",
    "sortable": "sort",
    "uniq": "unique",
    "write_once": "immutable",
    "write_only": "private",
}
