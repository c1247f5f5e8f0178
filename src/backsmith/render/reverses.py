"""Writes relations that lead both ways: the rows that refer to one, under the name of `as=`.

They are for queries written by hand; no route shows them. None loads by surprise, and none is
looked at when a row goes: what becomes of those that refer to it is the database's to do.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from backsmith.design.model import Design, Field, Reference, Resource
from backsmith.design.resource import USER
from backsmith.render.backend import own_text, replaced
from backsmith.render.links import Links, links_of
from backsmith.render.tables import target_names

PEOPLE = "app/models/user.py"
CHECKED_ONLY = "from typing import TYPE_CHECKING"
ENTITY = "from app.db.base import Entity\n"
ROLES = "\n    @property\n    def roles(self)"


@dataclass(frozen=True, slots=True)
class Reverse:
    """The rows of a resource that refer to another one, as that one calls them."""

    resource: Resource
    field: Field
    name: str
    links: Links | None = None

    def declared(self, design: Design, target: str) -> str:
        """The relation, as the class of the target declares it."""
        kind = self.resource.name
        several = not (self.field.reference and self.field.reference.one)
        annotation = f'list["{kind}"]' if several else f'"{kind} | None"'
        options = [*self._joined(design, target), 'lazy="raise"']
        options += ["viewonly=True"] if self.links else ['passive_deletes="all"']
        return f"    {self.name}: Mapped[{annotation}] = relationship({', '.join(options)})"

    def _joined(self, design: Design, target: str) -> Iterator[str]:
        """How SQLAlchemy is to find them, where there is more than one way."""
        kind = self.resource.name
        if self.links:
            table = self.links.table
            yield f'secondary="{table}"'
            if kind == target:
                yield f'primaryjoin="{kind}.id == {table}.c.{self.links.there}"'
                yield f'secondaryjoin="{kind}.id == {table}.c.{self.links.here}"'
            return
        yield f'back_populates="{self.field.name}"'
        if ways(design, kind, target) > 1:
            yield f'foreign_keys="{kind}.{self.field.column}"'


def reverses(design: Design, target: str) -> list[Reverse]:
    """All that a resource, or a person, calls rows that refer to it."""
    found = []
    for resource in design.resources:
        links = {each.field.name: each for each in links_of(design, resource)}
        for field in resource.fields:
            kind = field.type
            if isinstance(kind, Reference) and kind.target == target and kind.reverse:
                found.append(Reverse(resource, field, kind.reverse, links.get(field.name)))
    return found


def two_way(resource: Resource) -> list[tuple[Field, Reference]]:
    """The references that what they point to has a name for."""
    pairs = [(field, field.reference) for field in resource.fields]
    return [(field, reference) for field, reference in pairs if reference and reference.reverse]


def forward(design: Design, resource: Resource, field: Field, reference: Reference) -> str:
    """The relation to what a field points to, which knows the way back."""
    kind = f"{reference.target} | None" if field.optional else reference.target
    annotation = kind if reference.embed else f'"{kind}"'
    options = [f'back_populates="{reference.reverse}"', 'lazy="raise"']
    if ways(design, resource.name, reference.target) > 1:
        options.append(f"foreign_keys={field.column}")
    if reference.target == resource.name:
        options.append(f'remote_side="{resource.name}.id"')
    return f"    {field.name}: Mapped[{annotation}] = relationship({', '.join(options)})"


def reverse_imports(design: Design, resource: Resource) -> list[str]:
    """What annotations name, and nothing at work needs: so that models may refer in circles."""
    targets = {
        reference.target: target_names(design, reference).stem
        for _, reference in two_way(resource)
        if not reference.embed
    }
    targets |= _kinds(design, resource.name)
    pairs = [field.reference for field in resource.fields]
    loaded = {reference.target for reference in pairs if reference and reference.embed}
    return _for_checks(
        {
            name: stem
            for name, stem in targets.items()
            if name != resource.name and name not in loaded
        }
    )


def declared_reverses(design: Design, target: str) -> list[str]:
    return [each.declared(design, target) for each in reverses(design, target)]


def people_reversed(design: Design, written: dict[str, str]) -> dict[str, str]:
    """The model of people with what they call rows that refer to them, if they do."""
    lines = declared_reverses(design, USER)
    if not lines:
        return {}
    text = written.get(PEOPLE) or own_text(PEOPLE)
    checked = "".join(f"{line}\n" for line in _for_checks(_kinds(design, USER)))
    text = replaced(text, ENTITY, f"{ENTITY}from sqlalchemy.orm import relationship\n{checked}")
    relations = "".join(f"{line}\n" for line in lines)
    return {PEOPLE: replaced(text, ROLES, f"\n{relations}{ROLES}")}


def _kinds(design: Design, target: str) -> dict[str, str]:
    found = [each.resource for each in reverses(design, target)]
    return {resource.name: resource.names.stem for resource in found}


def _for_checks(stems: dict[str, str]) -> list[str]:
    if not stems:
        return []
    lines = [f"    from app.models.{stem} import {name}" for name, stem in stems.items()]
    return [CHECKED_ONLY, "if TYPE_CHECKING:", *lines]


def ways(design: Design, one: str, other: str) -> int:
    """How many references there are between two resources, whichever of them has each."""
    return sum(
        field.reference is not None
        and (each.name, field.reference.target) in ((one, other), (other, one))
        for each in design.resources
        for field in each.fields
    )
