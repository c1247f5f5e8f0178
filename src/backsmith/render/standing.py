"""How tests stand to conditions: most of them use rows of one kind, so that rules are plain again.

Each field that a condition is on has one value in all samples, for which as much as possible is
allowed to one and the same person. `settled` is the design as it is for such rows: rules that
hold for them have no condition, and the others are left out. What the conditions do is tested by
`condition_tests` alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import islice, product
from typing import TypeAlias

from backsmith.design.model import Access, Design, Operation, Resource, Rules, Who
from backsmith.render.conditions import conditions_of
from backsmith.render.rights import for_signed_in, roles_of
from backsmith.render.values import several

MOST = 24
"""Kinds of rows that are looked at."""

Held: TypeAlias = str | int | bool | None
"""A value that a condition compares, or none."""

Standing: TypeAlias = Mapping[str, Held]
"""What each field holds that a condition is on."""


@dataclass(frozen=True, slots=True)
class Settled(Resource):
    """A resource as it is for the rows of samples, and what its design said."""

    said: Resource | None = None


def settled(design: Design) -> Design:
    """The design as it is for the rows of samples."""
    resources = tuple(
        _settled(resource) if conditions_of(resource) else resource for resource in design.resources
    )
    return replace(design, resources=resources)


def as_said(resource: Resource) -> Resource:
    """The resource with its conditions, whatever tests make of it."""
    return resource.said if isinstance(resource, Settled) and resource.said else resource


def standing(resource: Resource) -> Standing:
    """What the fields hold in samples that conditions are on."""
    said = as_said(resource)
    return max(
        (each for each in standings(said) if _is_made(said, each)),
        key=lambda each: _openness(settled_access(said.access, each)),
    )


def _is_made(resource: Resource, holding: Standing) -> bool:
    """Whether a row that a client creates can hold this."""
    if not resource.offers(Operation.CREATE):
        return True
    unsent = [field for field in resource.fields if field.readonly]
    return all(holding.get(field.name, field.default) == field.default for field in unsent)


def standings(resource: Resource) -> Iterator[Standing]:
    """The kinds of rows that conditions tell apart: with each value, and with another one."""
    names = list(dict.fromkeys(condition.field for condition in conditions_of(resource)))
    options = [values_of(resource, name) for name in names]
    for values in islice(product(*options), MOST):
        yield dict(zip(names, values, strict=True))


def values_of(resource: Resource, name: str) -> list[Held]:
    """The values of a field that conditions name, and one that none does."""
    field = resource.field(name)
    named = [each.value for each in conditions_of(resource) if each.field == name]
    others = field.enum.values if field.enum else several(field)
    # What nobody sends is, in most rows, what it was at first.
    first = [field.default] if field.readonly else []
    found: list[object] = [*dict.fromkeys([*first, *named])]
    if {*found} <= {*named}:
        found = [*found, *[value for value in others if value not in named][:1]]
    return [value for value in found if isinstance(value, Held)]


def settled_access(access: Access, holding: Standing) -> Access:
    """The rules for rows that hold this."""
    return Access(
        *(
            _plain_rules(getattr(access, operation), holding)
            for operation in ("read", "create", "update", "delete")
        )
    )


def _settled(resource: Resource) -> Settled:
    access = settled_access(resource.access, standing(resource))
    rules = {
        Operation.LIST: access.read,
        Operation.GET: access.read,
        Operation.CREATE: access.create,
        Operation.UPDATE: access.update,
        Operation.DELETE: access.delete,
    }
    values = {each.name: getattr(resource, each.name) for each in fields(Resource)}
    only = tuple(operation for operation in resource.only if rules[operation])
    return Settled(**(values | {"access": access, "only": only, "said": resource}))


def _plain_rules(rules: Rules, holding: Standing) -> Rules:
    kept = [
        replace(rule, when=None)
        for rule in rules
        if rule.when is None or holding[rule.when.field] == rule.when.value
    ]
    return tuple(dict.fromkeys(kept))


def _openness(access: Access) -> tuple[int, int]:
    """How many operations one person may do, and how many there are for anybody."""
    writing = (access.create, access.update, access.delete)
    rules = (access.read, *writing)
    callers = {Who.OWNER, *(role for each in rules for role in roles_of(each))}
    by_one = max(
        sum(for_signed_in(each) or any(rule.who == who for rule in each) for each in rules)
        for who in callers
    )
    return by_one, sum(map(bool, rules))
