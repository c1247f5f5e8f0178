"""The endpoints that a design comes to, and who may call each."""

from collections.abc import Iterator
from dataclasses import dataclass

from backsmith.design.access import ADMIN, spelt
from backsmith.design.article import a
from backsmith.design.model import Design, Operation, Resource, Rule, Rules, Who

API = "/api/v1"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One thing that a client may ask for."""

    method: str
    path: str
    who: str
    """In the words of the design, any of which is enough; of an owner, their own rows."""
    summary: str


PEOPLE = (
    Endpoint("POST", f"{API}/users", "public", "open an account"),
    Endpoint("GET", f"{API}/users/me", "authenticated", "show the own account"),
    Endpoint("DELETE", f"{API}/users/me", "authenticated", "delete the own account"),
    Endpoint("POST", f"{API}/users/me/deactivate", "authenticated", "close the own account"),
    Endpoint("POST", f"{API}/auth/verify", "public", "confirm an address"),
    Endpoint(
        "POST", f"{API}/auth/verification", "public", "have the mail that confirms it sent again"
    ),
    Endpoint("POST", f"{API}/auth/email", "authenticated", "ask for another address"),
    Endpoint("POST", f"{API}/auth/email/confirm", "public", "change the address"),
    Endpoint("POST", f"{API}/auth/forgot", "public", "have a link to a new password mailed"),
    Endpoint("POST", f"{API}/auth/reset", "public", "set a new password"),
    Endpoint("POST", f"{API}/auth/login", "public", "sign in"),
    Endpoint("POST", f"{API}/auth/refresh", "public", "trade a refresh token for a new pair"),
    Endpoint("POST", f"{API}/auth/logout", "public", "end a session"),
    Endpoint("POST", f"{API}/auth/logout-everywhere", "authenticated", "sign out everywhere"),
    Endpoint("GET", f"{API}/auth/sessions", "authenticated", "list where one is signed in"),
    Endpoint(
        "DELETE", f"{API}/auth/sessions/{{session_id}}", "authenticated", "sign out elsewhere"
    ),
    Endpoint("POST", f"{API}/auth/password", "authenticated", "change the password"),
    Endpoint(
        "POST", f"{API}/auth/token", "public", "sign in from the docs page, outside production"
    ),
)
CHANGE_ME = Endpoint("PATCH", f"{API}/users/me", "authenticated", "change the own account")
"""There is something to change where the design adds fields to people."""
ADMINISTRATION = (
    Endpoint("GET", f"{API}/admin/users", "admin", "list all accounts"),
    Endpoint("GET", f"{API}/admin/users/{{user_id}}", "admin", "show somebody's account"),
    Endpoint("PATCH", f"{API}/admin/users/{{user_id}}", "admin", "change what somebody may do"),
    Endpoint(
        "DELETE", f"{API}/admin/users/{{user_id}}/sessions", "admin", "sign somebody out everywhere"
    ),
)
HEALTH = (
    Endpoint("GET", "/health", "public", "is the process alive?"),
    Endpoint("GET", "/readiness", "public", "should it get requests?"),
)


def endpoints(design: Design) -> tuple[Endpoint, ...]:
    """Every endpoint: resources as they stand in the design, then people, then health."""
    own = [endpoint for resource in design.resources for endpoint in _of(resource)]
    changed = design.user is not None and design.user.offers(Operation.UPDATE)
    people = [*PEOPLE[:2], *([CHANGE_ME] if changed else []), *PEOPLE[2:]]
    return (*own, *people, *ADMINISTRATION, *HEALTH)


def table(design: Design) -> str:
    """The endpoints, in columns."""
    rows = [("METHOD", "PATH", "WHO", "WHAT")]
    rows += [(each.method, each.path, each.who, each.summary) for each in endpoints(design)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])
        + "\n"
        for row in rows
    )


def _of(resource: Resource) -> Iterator[Endpoint]:
    names, access = resource.names, resource.access
    many = f"{API}/{names.path}"
    one = f"{many}/{{{names.stem}_id}}"
    noun = a(names.noun)
    old = " (deprecated)" if resource.deprecated else ""
    offered = {
        Operation.LIST: Endpoint("GET", many, _who(access.read), f"list {names.nouns}{old}"),
        Operation.CREATE: Endpoint("POST", many, _creators(resource), f"create {noun}{old}"),
        Operation.GET: Endpoint("GET", one, _who(access.read), f"show {noun}{old}"),
        Operation.UPDATE: Endpoint("PATCH", one, _who(access.update), f"change {noun}{old}"),
        Operation.DELETE: Endpoint("DELETE", one, _who(access.delete), f"delete {noun}{old}"),
    }
    yield from (each for operation, each in offered.items() if resource.offers(operation))
    if resource.soft_delete:
        what = f"restore a deleted {names.noun}"
        yield Endpoint("POST", f"{one}/restore", ADMIN, what)


def _creators(resource: Resource) -> str:
    """Before a row is there it has no owner, unless that is the one of another row."""
    rules = resource.access.create
    if resource.owner_path:
        return _who(rules)
    owners = [Rule(Who.AUTHENTICATED, rule.when) for rule in rules if rule.who == Who.OWNER]
    others = [rule for rule in rules if rule.who != Who.OWNER]
    return _who((*owners, *others))


def _who(rules: Rules) -> str:
    for wide in (Who.PUBLIC, Who.AUTHENTICATED):
        if Rule(wide) in rules:
            return wide.value
    return ", ".join(spelt(rule) for rule in rules)
