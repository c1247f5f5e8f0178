"""What a developer reads when everything runs."""

from app.tests.people import EVERYBODY, PASSWORD
from dev.api import Api
from dev.mailbox import Mailbox
from dev.services import LocalServices


def report(
    api: Api, services: LocalServices, mailbox: Mailbox, *, people: bool, local: bool
) -> str:
    """Say where everything is, who can log in, and how to make the first request."""
    lines = [
        "",
        f"  Docs page  {api.url}/docs",
        f"  API        {api.url}/api/v1",
        f"  Database   {services.database_url}",
        f"  Redis      {services.redis_url}",
    ]
    if services.servers:
        lines += [f"  Data       {services.place}"]
    if mailbox.folder:
        lines += [f"  Mail       {mailbox.folder}, and a word of each here"]
    lines += [""]
    if not local:
        lines += ["  Nobody logs in here, since TOKENS_LOCAL is off: tokens come from the issuer."]
    elif people:
        lines += logins(api)
    else:
        lines += ["  No demo people: this database has people of its own."]
    lines += ["", "  Saved code is loaded at once. Ctrl-C stops everything.", ""]
    return "\n".join(lines)


def logins(api: Api) -> list[str]:
    lines = [f'  Who can log in, each with the password "{PASSWORD}":']
    for person in EVERYBODY:
        roles = ", ".join(role.value for role in person.roles)
        lines.append(f"    {person.email:<24}{person.id}  {roles}".rstrip())
    somebody = EVERYBODY[0]
    token = api.access_token(somebody.email, PASSWORD)
    if token is None:
        return [*lines, "", f"  {somebody.email} could not log in; see above why."]
    return [
        *lines,
        "",
        f"  A token of {somebody.email}, for some minutes, in a first request:",
        "",
        f"TOKEN={token}",
        f'curl -H "Authorization: Bearer $TOKEN" {api.url}/api/v1/users/me',
    ]
