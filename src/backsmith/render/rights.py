"""Who may reach which rows of a resource: one small function a right."""

from collections.abc import Iterator

from backsmith.design.access import ADMIN
from backsmith.design.model import Operation, Resource, Who
from backsmith.render.code import docstring
from backsmith.render.english import may, people


def roles_of(who: tuple[str, ...]) -> list[str]:
    return [name for name in who if name not in set(Who)]


def for_everybody(who: tuple[str, ...]) -> bool:
    return Who.PUBLIC in who


def for_signed_in(who: tuple[str, ...]) -> bool:
    """Whether everybody who is signed in has this right over every row."""
    return Who.PUBLIC in who or Who.AUTHENTICATED in who


def needs_role(who: tuple[str, ...]) -> bool:
    """Whether a caller without a role is refused before any row is looked for."""
    return not for_signed_in(who) and Who.OWNER not in who


def is_guarded(resource: Resource) -> bool:
    """Whether somebody without a role may create nothing."""
    return resource.offers(Operation.CREATE) and needs_role(resource.access.create)


def actor_type(who: tuple[str, ...]) -> str:
    return "Actor | None" if for_everybody(who) else "Actor"


def rights(resource: Resource) -> Iterator[str]:
    """The functions that say what a caller may reach."""
    access = resource.access
    if resource.offers(Operation.LIST, Operation.GET):
        yield _right(resource, "readable", "read", access.read)
    if is_guarded(resource):
        yield _creatable(resource)
    if resource.offers(Operation.UPDATE):
        yield _right(resource, "changeable", "change", access.update)
    if resource.offers(Operation.DELETE):
        yield _right(resource, "deletable", "delete", access.delete)
    if resource.soft_delete:
        yield _right(resource, "restorable", "restore", (ADMIN,))


def _right(resource: Resource, name: str, verb: str, who: tuple[str, ...]) -> str:
    lines = [
        f"def {name}(actor: {actor_type(who)}) -> Rows:",
        docstring(may(verb, resource, who)),
        *(f"    {line}" for line in _body(who)),
    ]
    return "\n".join(lines)


def _body(who: tuple[str, ...]) -> list[str]:
    roles = ", ".join(f"Role.{role.upper()}" for role in roles_of(who))
    if for_signed_in(who):
        return ["return EVERY"]
    if Who.OWNER not in who:
        return [f"actor.require({roles})", "return EVERY"]
    if roles:
        return [f"return EVERY if actor.has({roles}) else owned_by(actor.id)"]
    return ["return owned_by(actor.id)"]


def _creatable(resource: Resource) -> str:
    who = resource.access.create
    roles = ", ".join(f"Role.{role.upper()}" for role in roles_of(who))
    lines = [
        "def creatable(actor: Actor) -> None:",
        docstring(f"{people(roles_of(who))} create {resource.names.nouns}."),
        f"    actor.require({roles})",
    ]
    return "\n".join(lines)
