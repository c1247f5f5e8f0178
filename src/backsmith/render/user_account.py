"""Writes what people are told who can't delete their account, for rows that refer to it stay."""

from dataclasses import replace

from backsmith.design.model import Access, Design, Resource
from backsmith.design.names import Names
from backsmith.design.resource import USER
from backsmith.render.backend import own_text, replaced
from backsmith.render.error import Error
from backsmith.render.errors import in_use, in_use_below

SERVICE = "app/services/user_account.py"
ENDPOINT = "app/api/v1/endpoints/user_account.py"
HEAD = "\n\nclass UserAccountService:\n"
DELETING = "problems(LoginTooOld, UserNotFound, LastAdministrator)"
TOLD = ("LoginTooOld", "UserNotFound", "LastAdministrator")
PERSON = Resource(
    names=Names(USER, "users"),
    doc="A person with an account.",
    fields=(),
    access=Access((), (), (), ()),
)


def user_account(design: Design) -> dict[str, str]:
    """The files that say which rows keep their people, by path; the backend's own if none does."""
    own = _own(design)
    below = in_use_below(design, PERSON)
    if not own and not below:
        return {}
    names = [error.name for error in (*own, *(error for _, error in below))]
    imports = [
        *(f"from {_module(SERVICE)} import {error.name}" for error in own),
        *(f"from app.services.{each.names.stem} import {error.name}" for each, error in below),
    ]
    refusals = f"problems({', '.join([*TOLD, *names])})"
    endpoint = replaced(own_text(ENDPOINT), DELETING, refusals)
    files = {ENDPOINT: "\n".join([*imports, endpoint])}
    if own:
        errors = "".join(f"\n\n{error.source()}\n" for error in own)
        service = replaced(own_text(SERVICE), HEAD, f"{errors}{HEAD}")
        files[SERVICE] = f"from app.core.errors import InUse\n{service}"
    return files


def _own(design: Design) -> list[Error]:
    return [
        replace(
            error,
            error=error.error.replace("this user", "your account"),
            detail=error.detail.replace(" first.", " first, or close your account instead."),
        )
        for error in in_use(design, PERSON)
    ]


def _module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")
