"""What a picture shows: a box a resource, a row a field, an edge a reference."""

from collections.abc import Iterator
from dataclasses import dataclass

from backsmith.design.model import Enum, Field, OnDelete, Reference, Resource

HEAD, ROW, FOOT = 38.0, 22.0, 10.0
LETTER, SMALL = 7.3, 6.7
LEAST_WIDTH, LONGEST_TYPE = 190.0, 30


@dataclass(frozen=True, slots=True)
class Row:
    """A field: its name, its type, and what becomes of it when what it points to goes."""

    name: str
    kind: str
    points: bool
    fate: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A resource, with a row for each field."""

    name: str
    path: str
    doc: str
    rows: tuple["Row", ...]

    @property
    def height(self) -> float:
        return HEAD + ROW * len(self.rows) + (FOOT if self.rows else 0)

    @property
    def width(self) -> float:
        head = len(self.name) * 8.6 + len(self.path) * SMALL + 44
        rows = [len(row.name + row.kind + row.fate) * LETTER + 56 for row in self.rows]
        return max(LEAST_WIDTH, head, *rows)


@dataclass(frozen=True, slots=True)
class Edge:
    """A reference: the box and row that it starts from, and the box that it points to."""

    start: str
    row: int
    end: str
    field: Field
    reference: Reference

    @property
    def said(self) -> str:
        """The reference in a sentence."""
        many = self.reference.many
        count = "many to many" if many else "one to one" if self.field.unique else "many to one"
        fate = "" if many else f", {self.reference.on_delete.value} on delete"
        back = f", {self.reference.reverse} on it" if self.reference.reverse else ""
        return f"{self.start}.{self.field.name} to {self.end}: {count}{fate}{back}"


def box_of(resource: Resource) -> Box:
    rows = tuple(map(_row, resource.fields))
    return Box(resource.name, f"/{resource.names.path}", resource.doc, rows)


def _row(field: Field) -> Row:
    fate = field.reference.on_delete if field.reference else OnDelete.RESTRICT
    said = "" if fate is OnDelete.RESTRICT else fate.value
    return Row(field.name, kind_of(field), isinstance(field.type, Reference), said, field.unique)


def edges_of(resource: Resource) -> Iterator[Edge]:
    for row, field in enumerate(resource.fields):
        if isinstance(field.type, Reference):
            yield Edge(resource.name, row, field.type.target, field, field.type)


def kind_of(field: Field) -> str:
    """A field's type as its row shows it: `string`, `Author?`, `Tag[]`, `draft | published`."""
    kind = (field.item or field).type
    if isinstance(kind, Reference):
        name = f"{kind.target}[]" if kind.many else kind.target
    elif isinstance(kind, Enum):
        name = kind.name if kind.shared else " | ".join(kind.values)
    else:
        name = str(kind)
    if field.item:
        name = f"({name})[]" if " " in name else f"{name}[]"
    if len(name) > LONGEST_TYPE:
        name = f"{name[: LONGEST_TYPE - 1].rstrip(' |')} …"
    return f"{name}?" if field.optional else name


def row_middle(row: int) -> float:
    """How far below the top of a box the middle of a row is."""
    return HEAD + FOOT / 2 + ROW * row + ROW / 2
