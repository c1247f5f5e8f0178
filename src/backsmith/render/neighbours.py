"""Whose row a test refers to, where rows of one owner may not stand beside each other."""

from backsmith.design.model import Reference, Resource
from backsmith.render.capacity import brings, one_each
from backsmith.render.casting import (
    ALICE,
    BOB,
    Person,
)
from backsmith.render.script import Script, adding_target


def referred(script: Script, reference: Reference, owner: Person = ALICE) -> str:
    """The id of something to refer to, as JSON."""
    if reference.target == "User":
        return "str(BOB.id)"
    owner = whose(script, reference) if owner == script.hero else owner
    return f"str(({adding_target(script.design, reference, owner)}).id)"


def whose(script: Script, reference: Reference) -> Person:
    """The owner of what a row refers to, which may bring a row of the same kind itself."""
    target = script.design.resource(reference.target)
    return _apart(script, target, script.resource) or script.hero


def beside(script: Script, other: Script) -> Person | None:
    """Whose row of another resource refers to one of this; None if it is as in all its tests."""
    same = None if other.hero == script.hero else script.hero
    return _apart(script, script.resource, other.resource) or same


def _apart(script: Script, target: Resource, resource: Resource) -> Person | None:
    """Somebody else, if nobody can have a row of a resource beside that of a target."""
    if not one_each(resource) or not brings(script.design, target, resource):
        return None
    return BOB if script.hero != BOB else ALICE
