"""Writes what the bodies of requests may hold, for the page that says who may do what."""

import textwrap
from collections.abc import Iterator, Sequence

from backsmith.design.endpoints import API
from backsmith.design.model import Design, Field, Operation, Reference, Resource
from backsmith.design.resource import USER

ME = f"PATCH {API}/users/me"
PEOPLE = {
    f"POST {API}/users": "email, password",
    f"POST {API}/auth/verify": "token",
    f"POST {API}/auth/verification": "email",
    f"POST {API}/auth/email": "email",
    f"POST {API}/auth/email/confirm": "token",
    f"POST {API}/auth/forgot": "email",
    f"POST {API}/auth/reset": "token, password",
    f"POST {API}/auth/login": "email, password",
    f"POST {API}/auth/refresh": "refresh_token",
    f"POST {API}/auth/logout": "refresh_token",
    f"POST {API}/auth/password": "current_password, new_password",
    f"PATCH {API}/admin/users/{{user_id}}": "roles, active",
}
WIDTH = 100


def access_bodies(design: Design) -> str:
    """What each body may hold, an item for each route that reads one."""
    return "".join(
        textwrap.fill(
            f"- `{route}`: {held}",
            WIDTH,
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        + "\n"
        for route, held in _bodies(design)
        if held
    )


def _bodies(design: Design) -> Iterator[tuple[str, str]]:
    for resource in design.resources:
        names = resource.names
        many = f"{API}/{names.path}"
        if resource.offers(Operation.CREATE):
            yield f"POST {many}", _held(design, resource, resource.sent)
        if resource.offers(Operation.UPDATE):
            route = f"PATCH {many}/{{{names.stem}_id}}"
            yield route, _held(design, resource, resource.changeable)
    for route, held in PEOPLE.items():
        yield route, held
        if route.endswith("/users") and design.user and design.user.offers(Operation.UPDATE):
            yield ME, _held(design, design.user, design.user.changeable)


def _held(design: Design, resource: Resource, fields: Sequence[Field]) -> str:
    return ", ".join(_told(design, resource, field) for field in fields)


def _told(design: Design, resource: Resource, field: Field) -> str:
    """A field, what it refers to, and whether that decides whose the row is."""
    if not isinstance(field.type, Reference):
        return field.column
    target = field.type.target
    path = "users" if target == USER else design.resource(target).names.path
    owner = ", owner" if field.name in resource.owner_path[:1] else ""
    return f"{field.column} ({path}{owner})"
