"""Writes the page that says who may do what, which a test of each project holds against it."""

from backsmith.design.endpoints import Endpoint, endpoints
from backsmith.design.model import Design, Rule, Who
from backsmith.render.access_bodies import access_bodies

LET_IN = "-"
HEAD = ("Method", "Path", "Who may", "A visitor", "Others")
PAGE = """\
# Who may do what

Every route, and who may use it. `app/tests/test_attacks/test_access.py` holds this table against
the running application, for a visitor, for people without a role, and for each role alone: change
a rule and its line together.

- *Who may*: anyone of those named is let in. `public` is everybody, `authenticated` whoever is
  signed in, `owner` the person whom the row belongs to; any other word is a role. A condition,
  as in `owner if state=open`, is on the row: as it is, and as it would be written.
- *A visitor* and *Others* get the status that is named; `-` means that they are let in. *Others*
  are people who are signed in and whom *Who may* doesn't name.
- A list holds the rows that its caller may read, and is empty where there are none. A row that
  somebody may not reach answers 404, as one that doesn't exist does.
- Roles, and whether an account is active, count as they are in the database, whatever a token
  says.

{table}
`/api/v1/auth/logout` is open, but takes a token of either kind: without one it answers 401.

## What a body may hold

Whatever else is sent is refused with 422: ids, owners and times are never the client's to say.
In brackets stands what a field refers to. Whoever names a row there that they may not read is
told what they would be told if it didn't exist; `owner` is where the row below has its owner from,
so that people name their own alone.

{bodies}"""


def access_page(design: Design) -> str:
    """The page, with a line for each endpoint of the design."""
    rows = [HEAD, *(_row(endpoint) for endpoint in endpoints(design))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    rows.insert(1, tuple("-" * width for width in widths))
    lines = (
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    table = "".join(f"| {line} |\n" for line in lines)
    return PAGE.replace("{table}", table).replace("{bodies}", access_bodies(design))


def _row(endpoint: Endpoint) -> tuple[str, ...]:
    who = endpoint.who.replace("|", r"\|")
    return endpoint.method, f"`{endpoint.path}`", who, _visitor(endpoint), _others(endpoint)


def _visitor(endpoint: Endpoint) -> str:
    if Rule(Who.PUBLIC) in endpoint.rules:
        return LET_IN
    if any(rule.who == Who.PUBLIC for rule in endpoint.rules):
        return LET_IN if _is_list(endpoint) else "404"
    return "401"


def _others(endpoint: Endpoint) -> str:
    if Rule(Who.PUBLIC) in endpoint.rules or Rule(Who.AUTHENTICATED) in endpoint.rules:
        return LET_IN
    if not any(rule.who in set(Who) for rule in endpoint.rules):
        return _without_role(endpoint)
    if _is_list(endpoint):
        return LET_IN
    if _is_of_a_row(endpoint):
        return "404"
    # What they refer to is no business of theirs, or is, and what they would write is not.
    return "403, 409" if any(rule.who == Who.OWNER for rule in endpoint.rules) else "403"


def _without_role(endpoint: Endpoint) -> str:
    """A role is missing; or it is there, and doesn't reach this row."""
    somewhere = any(rule.when for rule in endpoint.rules) and _is_of_a_row(endpoint)
    return "403, 404" if somewhere else "403"


def _is_list(endpoint: Endpoint) -> bool:
    return endpoint.method == "GET" and not _is_of_a_row(endpoint)


def _is_of_a_row(endpoint: Endpoint) -> bool:
    return "{" in endpoint.path
