"""Writes the few files that list all resources: each is the backend's own, with its list replaced.

Nothing is ever put into a file of a project; these are rendered whole, like all others.
"""

import re

from backsmith.design.model import Design, Operation, Resource
from backsmith.render.backend import OWN_STEM, own_text, replaced, title
from backsmith.render.circles import late
from backsmith.render.code import prose, quoted
from backsmith.render.rights import for_visitors
from backsmith.render.services import lookups

EMPTYING = 'EMPTY = f"DO $$ BEGIN {DELETIONS} END $$"\n'
RELEASING = '''\
RELEASES = " ".join(
    f"UPDATE {key.parent.table.name} SET {key.parent.name} = NULL;"
    for table in Entity.metadata.sorted_tables
    for key in table.foreign_keys
    if key.use_alter
)
"""Rows that refer to each other in a circle let go first."""
'''
FIRST_ROLE_NUMBER = 4
"""Alice, Bob and the administrator come before it."""


def registries(design: Design) -> dict[str, str]:
    """The files that know of every resource or role, by path."""
    return {
        "app/core/about.py": about(design),
        "app/core/actor.py": actor(design),
        "app/api/public.py": public(design),
        "app/api/v1/router.py": router(design),
        "app/api/v1/dependencies.py": dependencies(design),
        "app/models/__init__.py": models(design),
        "app/tests/people.py": people(design),
        "app/tests/conftest.py": conftest(design),
    }


def about(design: Design) -> str:
    return (
        '"""What this API is called, and what it is about."""\n\n'
        f"NAME = {quoted(design.name)}\n"
        f"TITLE = {quoted(title(design.name))}\n"
        f"DESCRIPTION = {prose(design.doc)}\n"
        'VERSION = "0.1.0"\n'
    )


def actor(design: Design) -> str:
    own = '    ADMIN = "admin"\n'
    roles = "".join(f"    {role.upper()} = {quoted(role)}\n" for role in design.roles)
    return replaced(own_text("app/core/actor.py"), own, own + roles)


def public(design: Design) -> str:
    own = own_text("app/api/public.py")
    names = re.findall(r'(?m)^    "(\w+)",$', own)
    for resource in design.resources:
        if for_visitors(resource.access.read):
            reading = {
                f"list_{resource.names.plural}": Operation.LIST,
                f"get_{resource.names.stem}": Operation.GET,
            }
            names += [name for name, operation in reading.items() if resource.offers(operation)]
    listed = "".join(f"    {quoted(name)},\n" for name in sorted(names))
    return _with_tuple(own, "PUBLIC", listed)


def router(design: Design) -> str:
    text = own_text("app/api/v1/router.py")
    own = [stem for stem in re.findall(r"(?m)^    (\w+)\.router,$", text) if stem != OWN_STEM]
    stems = sorted([*own, *(each.names.stem for each in design.resources)])
    text = re.sub(
        r"(?m)^(from app\.api\.v1\.endpoints import )(\([^)]*\)|.*)$",
        rf"\g<1>{', '.join(stems)}",
        text,
    )
    tags = "".join(
        f"    {quoted(each.names.path)}: {quoted(each.doc)},\n" for each in design.resources
    )
    text = re.sub(rf'(?m)^    "{OWN_STEM}s": .*\n', lambda _: tags, text)
    return _with_tuple(text, "ROUTERS", "".join(f"    {stem}.router,\n" for stem in stems))


def dependencies(design: Design) -> str:
    text = own_text("app/api/v1/dependencies.py")
    head, _, _ = text.partition(f"\n\nasync def get_{OWN_STEM}s(")
    head = re.sub(rf"(?m)^from app\.\w+\.{OWN_STEM} import .*\n", "", head)
    first = "from app.core.actor import Actor\n"
    imports = [line for each in design.resources for line in _dependency_imports(design, each)]
    head = replaced(head, first, first + "".join(f"{line}\n" for line in imports))
    return head + "".join(_dependency(design, each) for each in design.resources)


def models(design: Design) -> str:
    own = re.findall(
        r"(?m)^from app\.models\.(\w+) import (.*)$", own_text("app/models/__init__.py")
    )
    modules = {each.name: each.names.stem for each in design.resources}
    modules |= {name: stem for stem, names in own if stem != OWN_STEM for name in names.split(", ")}
    lines = [f"from app.models.{stem} import {name}" for name, stem in modules.items()]
    names = [f'    "{name}",' for name in sorted(modules)]
    return "\n".join([*lines, "", "__all__ = [", *names, "]"]) + "\n"


def people(design: Design) -> str:
    text = own_text("app/tests/people.py")
    last = 'ADMIN = Person(3, "admin", (Role.ADMIN,))\n'
    persons = [
        f'{role.upper()} = Person({number}, "{role}", (Role.{role.upper()},))\n'
        for number, role in enumerate(design.roles, FIRST_ROLE_NUMBER)
    ]
    names = ["ALICE", "BOB", "ADMIN", *(role.upper() for role in design.roles)]
    text = replaced(text, last, last + "".join(persons))
    return _with_tuple(text, "EVERYBODY", "".join(f"    {name},\n" for name in names))


def conftest(design: Design) -> str:
    text = own_text("app/tests/conftest.py")
    names = [role.upper() for role in design.roles]
    own = "from app.tests.people import ADMIN, ALICE, BOB, Person\n"
    text = replaced(text, own, own.replace("BOB,", ", ".join(["BOB", *names]) + ","))
    if late(design):
        text = replaced(text, EMPTYING, RELEASING + EMPTYING.replace("{DEL", "{RELEASES} {DEL"))
    return text + "".join(_fixture(role) for role in design.roles)


def _fixture(role: str) -> str:
    return (
        f"\n\n@pytest.fixture\ndef {role}(app: FastAPI) -> AsyncClient:\n"
        f"    return client_of(app, {role.upper()})\n"
    )


def _dependency_imports(design: Design, resource: Resource) -> list[str]:
    name, stem = resource.name, resource.names.stem
    lines = [
        f"from app.repositories.{stem} import {name}Repository",
        *([f"from app.schemas.{stem} import {name}Query"] if _is_listed(resource) else []),
        f"from app.services.{stem} import {name}Service",
    ]
    for target in lookups(design, resource):
        lines += [
            "from app.services.base import Lookup",
            f"from app.services.{target.names.stem} import readable as "
            f"readable_{target.names.plural}",
        ]
    return lines


def _dependency(design: Design, resource: Resource) -> str:
    name, names = resource.name, resource.names
    needed = [f"{name}Repository(session)"]
    needed += [
        f"Lookup({target.name}Repository(session), readable_{target.names.plural})"
        for target in lookups(design, resource)
    ]
    return (
        f"\n\nasync def get_{names.plural}(session: Session) -> {name}Service:\n"
        f"    return {name}Service({', '.join(needed)})\n\n\n"
        f"{names.types} = Annotated[{name}Service, Depends(get_{names.plural})]\n"
        + (
            f"Asked{names.types} = Annotated[{name}Query, Query()]\n"
            if _is_listed(resource)
            else ""
        )
    )


def _is_listed(resource: Resource) -> bool:
    return resource.offers(Operation.LIST)


def _with_tuple(text: str, name: str, lines: str) -> str:
    """Put other lines into a tuple that has one a line."""
    replaced, count = re.subn(
        rf"(?ms)^{name} = \(\n.*?^\)$", lambda _: f"{name} = (\n{lines})", text
    )
    if count != 1:
        raise LookupError(f"the backend has no tuple {name} of its own")
    return replaced
