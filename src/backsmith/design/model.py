"""A design, typed: what the reader makes of a file and what the writers read.

Texts of people (`doc`, `example`, a default of a string) hold printable characters only, and
docs are on one line, but for the paragraphs of the design's own. Quotes, backslashes, braces
and ends of docstrings may stand in them: a writer puts each through `repr` or its like, and
never between quotes of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from backsmith.design.names import Names
from backsmith.design.plurals import one_of


class Scalar(StrEnum):
    """The types a field can have by itself."""

    STRING = "string"
    TEXT = "text"
    INT = "int"
    BIGINT = "bigint"
    FLOAT = "float"
    DECIMAL = "decimal"
    BOOL = "bool"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    UUID = "uuid"
    EMAIL = "email"
    URL = "url"
    SLUG = "slug"
    BYTES = "bytes"
    JSON = "json"


class OnDelete(StrEnum):
    """What becomes of a row when the row it refers to goes."""

    CASCADE = "cascade"
    RESTRICT = "restrict"
    SET_NULL = "set_null"


class Operation(StrEnum):
    """What can be done with the rows of a resource."""

    LIST = "list"
    GET = "get"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class Who(StrEnum):
    """Callers that every design knows; a role is named by a plain string."""

    PUBLIC = "public"
    AUTHENTICATED = "authenticated"
    OWNER = "owner"


class Moment(StrEnum):
    """A default that is known only when a row is made."""

    NOW = "now"


class Empty(StrEnum):
    """A default that holds nothing."""

    LIST = "[]"


Value: TypeAlias = str | int | float | Decimal | bool
"""A default. Dates, times, UUIDs, addresses and URLs are text, as ISO and their RFCs write them."""

Bounds: TypeAlias = tuple[int | None, int | None]

OWN_BOUNDS: Mapping[Scalar, Bounds] = MappingProxyType(
    {
        Scalar.STRING: (None, 255),
        Scalar.TEXT: (None, 100_000),
        Scalar.SLUG: (None, 80),
        Scalar.EMAIL: (None, 254),
        Scalar.URL: (None, 2_048),
        Scalar.BYTES: (None, 1_048_576),
        Scalar.INT: (-(2**31), 2**31 - 1),
        Scalar.BIGINT: (-(2**53) + 1, 2**53 - 1),
    }
)
"""Bounds that a type has without being given any: of length for text, of value for numbers."""

NO_BOUNDS: Bounds = (None, None)
MOST_LINKS = 100
MOST_ITEMS = 100
"""As many values as a list holds without being given a range."""

SLUG_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that points to a row of another resource, or to a person (`User`); or to many."""

    target: str
    on_delete: OnDelete = OnDelete.RESTRICT
    embed: bool = False
    one: bool = False
    """Whether no two rows point to the same one, which `Field.unique` says too."""
    many: bool = False
    me: bool = False
    """Whether it is the person who creates the row, as their token says."""
    reverse: str | None = None
    """What the rows that point here are called on what they point to."""


@dataclass(frozen=True, slots=True)
class Enum:
    """A field that holds one of a few words."""

    name: str
    """The class: `Status` of a shared one, `BookStatus` of one that a field of Book declares."""
    values: tuple[str, ...]
    shared: bool

    def member(self, value: str) -> str:
        """The value in code: `Status.IN_REVIEW`."""
        return f"{self.name}.{member_of(value)}"


def member_of(value: str) -> str:
    """How a value of an enum is called in its class."""
    return value.upper().replace("-", "_")


@dataclass(frozen=True, slots=True)
class List:
    """A field that holds several values of a type, in their order."""

    item: "Field"
    """Any one of them, as a field of its own would be: its type, and what bounds it."""


@dataclass(frozen=True, slots=True)
class Field:
    """What a resource says of its rows under one name, in the words of the design.

    `minimum` and `maximum` bound the length of text, the value of numbers, and the count of
    links or of a list's values; both are always set where the type has bounds of its own, so
    that a writer never asks twice.
    A decimal without a range is bounded by its `precision` alone, which is always set.
    A pattern begins with ^, ends with $, never matches NUL, and means the same to Python,
    PostgreSQL and Pydantic; a slug's is `SLUG_PATTERN`.
    """

    name: str
    type: Scalar | Enum | Reference | List
    optional: bool = False
    default: Value | Moment | Empty | None = None
    minimum: int | Decimal | None = None
    maximum: int | Decimal | None = None
    precision: tuple[int, int] | None = None
    pattern: str | None = None
    unique: bool = False
    index: bool = False
    filter: bool = False
    sort: bool = False
    search: bool = False
    private: bool = False
    readonly: bool = False
    immutable: bool = False
    deprecated: bool = False
    doc: str | None = None
    example: str | None = None

    @property
    def reference(self) -> Reference | None:
        """Where this points to, if it is one row; what has many is no column."""
        return self.type if isinstance(self.type, Reference) and not self.type.many else None

    @property
    def links(self) -> Reference | None:
        """Where this points to, if it may be many rows, which a table of its own holds."""
        return self.type if isinstance(self.type, Reference) and self.type.many else None

    @property
    def is_me(self) -> bool:
        """Whether it is whoever creates the row."""
        return isinstance(self.type, Reference) and self.type.me

    @property
    def enum(self) -> Enum | None:
        return self.type if isinstance(self.type, Enum) else None

    @property
    def item(self) -> "Field | None":
        """What each value of a list is like, if this is a list."""
        return self.type.item if isinstance(self.type, List) else None

    @property
    def choices(self) -> Enum | None:
        """The enum that its value is of, or each of its values."""
        return self.item.enum if self.item else self.enum

    @property
    def column(self) -> str:
        """The name in tables, schemas and JSON: `author` is `author_id`, `tags` are `tag_ids`."""
        if self.links:
            return f"{one_of(self.name, self.links.target)}_ids"
        return f"{self.name}_id" if self.reference else self.name

    @property
    def required(self) -> bool:
        """Whether a client has to send it."""
        if self.links:
            return bool(self.minimum)
        return not self.optional and self.default is None

    @property
    def own_bounds(self) -> Bounds:
        """What the type would be bounded by if the design said nothing."""
        if self.links:
            return None, MOST_LINKS
        if self.item:
            return None, MOST_ITEMS
        return OWN_BOUNDS.get(self.type, NO_BOUNDS) if isinstance(self.type, Scalar) else NO_BOUNDS


@dataclass(frozen=True, slots=True)
class Key:
    """A field in a composite index or an order, and its direction."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field of a row has to be for a rule to speak of it."""

    field: str
    value: Value


@dataclass(frozen=True, slots=True)
class Rule:
    """Somebody who may do something, with every row or with those that a condition holds for."""

    who: str
    """A `Who` value, or a role."""
    when: Condition | None = None


Rules: TypeAlias = tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """Who may do what, by rules any of which is enough.

    Nobody is named for an operation that the resource doesn't offer.
    """

    read: Rules
    create: Rules
    update: Rules
    delete: Rules


@dataclass(frozen=True, slots=True)
class Listing:
    """How a list is sorted when nothing is asked, and how long its pages are.

    `sort` of None means newest first.
    """

    sort: Key | None = None
    page: int = 20
    max: int = 100


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that the API is about."""

    names: Names
    doc: str
    fields: tuple[Field, ...]
    access: Access
    owner: str | None = None
    owner_path: tuple[str, ...] = ()
    """The way to an owner further up: references, and the field of the last that is a person."""
    unique: tuple[tuple[str, ...], ...] = ()
    index: tuple[tuple[Key, ...], ...] = ()
    listing: Listing = Listing()
    soft_delete: bool = False
    only: tuple[Operation, ...] = tuple(Operation)
    deprecated: bool = False

    @property
    def name(self) -> str:
        return self.names.type

    def offers(self, *operations: Operation) -> bool:
        """Whether any of these can be done with its rows."""
        return any(operation in self.only for operation in operations)

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields that the resource's own table holds."""
        return tuple(field for field in self.fields if not field.links)

    @property
    def links(self) -> tuple[Field, ...]:
        """The fields that point to many rows each."""
        return tuple(field for field in self.fields if field.links)

    @property
    def tokened(self) -> tuple[Field, ...]:
        """What is set from the token of whoever creates a row, and never sent."""
        return tuple(field for field in self.fields if field.is_me or field.name == self.owner)

    @property
    def owned(self) -> bool:
        """Whether its rows belong to people, themselves or through what they refer to."""
        return bool(self.owner or self.owner_path)

    @property
    def sent(self) -> tuple[Field, ...]:
        """What a client may send to create a row."""
        return tuple(
            field for field in self.fields if field not in self.tokened and not field.readonly
        )

    @property
    def changeable(self) -> tuple[Field, ...]:
        """What a client may send to change a row."""
        return tuple(field for field in self.sent if not field.immutable)

    @property
    def shown(self) -> tuple[Field, ...]:
        """What answers hold."""
        return tuple(field for field in self.fields if not field.private)

    def field(self, name: str) -> Field:
        """The field of this name, which is known to be there."""
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class Design:
    """A whole API, as a team describes it."""

    name: str
    doc: str
    roles: tuple[str, ...]
    """The roles of this design besides `admin`, which is always there."""
    resources: tuple[Resource, ...]
    enums: tuple[Enum, ...] = ()
    """Those that have a name of their own, as several resources may use them."""
    user: Resource | None = None
    """What people have beyond what all projects give them, where the design says so.

    Each caller reads and changes the one row that is their own account.
    """

    def resource(self, name: str) -> Resource:
        every = (*self.resources, self.user) if self.user else self.resources
        return next(resource for resource in every if resource.name == name)
