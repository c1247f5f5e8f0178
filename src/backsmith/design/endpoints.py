"""The endpoints that a design comes to, and who may call each."""

from collections.abc import Iterator
from dataclasses import dataclass

from backsmith.design.access import ADMIN, spelt
from backsmith.design.article import a
from backsmith.design.model import Design, Operation, Resource, Rule, Rules, Who

API = "/api/v1"

EVERYBODY = (Rule(Who.PUBLIC),)
SIGNED_IN = (Rule(Who.AUTHENTICATED),)
OWNERS = (Rule(Who.OWNER),)
ADMINS = (Rule(ADMIN),)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One thing that a client may ask for."""

    method: str
    path: str
    rules: Rules
    """Who may, any of which is enough; of an owner, their own rows."""
    summary: str

    @property
    def who(self) -> str:
        """Who may, in the words of the design."""
        rules = self.rules
        if Rule(Who.PUBLIC) in rules:
            return Who.PUBLIC.value
        if Rule(Who.AUTHENTICATED) in rules:
            # Nobody else of those who are signed in needs to be named; visitors do.
            visitors = (rule for rule in rules if rule.who == Who.PUBLIC)
            rules = (*visitors, Rule(Who.AUTHENTICATED))
        return ", ".join(spelt(rule) for rule in rules)


PEOPLE = (
    Endpoint("POST", f"{API}/users", EVERYBODY, "open an account"),
    Endpoint("GET", f"{API}/users/me", SIGNED_IN, "show the own account"),
    Endpoint("DELETE", f"{API}/users/me", SIGNED_IN, "delete the own account"),
    Endpoint("POST", f"{API}/users/me/deactivate", SIGNED_IN, "close the own account"),
    Endpoint("POST", f"{API}/auth/verify", EVERYBODY, "confirm an address"),
    Endpoint(
        "POST", f"{API}/auth/verification", EVERYBODY, "have the mail that confirms it sent again"
    ),
    Endpoint("POST", f"{API}/auth/email", SIGNED_IN, "ask for another address"),
    Endpoint("POST", f"{API}/auth/email/confirm", EVERYBODY, "change the address"),
    Endpoint("POST", f"{API}/auth/forgot", EVERYBODY, "have a link to a new password mailed"),
    Endpoint("POST", f"{API}/auth/reset", EVERYBODY, "set a new password"),
    Endpoint("POST", f"{API}/auth/login", EVERYBODY, "sign in"),
    Endpoint("POST", f"{API}/auth/refresh", EVERYBODY, "trade a refresh token for a new pair"),
    Endpoint("POST", f"{API}/auth/logout", EVERYBODY, "end a session"),
    Endpoint("POST", f"{API}/auth/logout-everywhere", SIGNED_IN, "sign out everywhere"),
    Endpoint("GET", f"{API}/auth/sessions", SIGNED_IN, "list where one is signed in"),
    Endpoint("DELETE", f"{API}/auth/sessions/{{session_id}}", OWNERS, "sign out elsewhere"),
    Endpoint("POST", f"{API}/auth/password", SIGNED_IN, "change the password"),
    Endpoint(
        "POST", f"{API}/auth/token", EVERYBODY, "sign in from the docs page, outside production"
    ),
)
CHANGE_ME = Endpoint("PATCH", f"{API}/users/me", SIGNED_IN, "change the own account")
"""There is something to change where the design adds fields to people."""
ADMINISTRATION = (
    Endpoint("GET", f"{API}/admin/users", ADMINS, "list all accounts"),
    Endpoint("GET", f"{API}/admin/users/{{user_id}}", ADMINS, "show somebody's account"),
    Endpoint("PATCH", f"{API}/admin/users/{{user_id}}", ADMINS, "change what somebody may do"),
    Endpoint(
        "DELETE", f"{API}/admin/users/{{user_id}}/sessions", ADMINS, "sign somebody out everywhere"
    ),
)
HEALTH = (
    Endpoint("GET", "/health", EVERYBODY, "is the process alive?"),
    Endpoint("GET", "/readiness", EVERYBODY, "should it get requests?"),
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
        Operation.LIST: Endpoint("GET", many, access.read, f"list {names.nouns}{old}"),
        Operation.CREATE: Endpoint("POST", many, _creators(resource), f"create {noun}{old}"),
        Operation.GET: Endpoint("GET", one, access.read, f"show {noun}{old}"),
        Operation.UPDATE: Endpoint("PATCH", one, access.update, f"change {noun}{old}"),
        Operation.DELETE: Endpoint("DELETE", one, access.delete, f"delete {noun}{old}"),
    }
    yield from (each for operation, each in offered.items() if resource.offers(operation))
    if resource.soft_delete:
        what = f"restore a deleted {names.noun}"
        yield Endpoint("POST", f"{one}/restore", ADMINS, what)


def _creators(resource: Resource) -> Rules:
    """Before a row is there it has no owner, unless that is the one of another row."""
    rules = resource.access.create
    if resource.owner_path:
        return rules
    owners = [Rule(Who.AUTHENTICATED, rule.when) for rule in rules if rule.who == Who.OWNER]
    others = [rule for rule in rules if rule.who != Who.OWNER]
    return (*owners, *others)
