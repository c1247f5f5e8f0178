"""Writes the files about people where a design adds to them: the backend's own, with more in them.

A design that adds nothing has the backend's files as they are.
"""

from backsmith.design.model import Design, Operation, Resource
from backsmith.render import schemas
from backsmith.render.backend import own_text, replaced
from backsmith.render.demo_people import demo_people
from backsmith.render.enums import enum_imports
from backsmith.render.errors import taken_on_change
from backsmith.render.people_model import people_model
from backsmith.render.people_row_tests import people_repository_tests, people_service_tests
from backsmith.render.people_tests import people_endpoint_tests

SIGN_UP = '\n\nclass SignUp(Payload):\n    """An account to be."""\n'
READ = '\n\nclass UserRead(View):\n    """What people see of their own account."""\n'
ROLES = "    roles: list[Role]\n"
ME = """\
    async def me(self, actor: Actor) -> User:
        return existing(await self._users.by_id(actor.id), UserNotFound)
"""
UPDATE_ME = """\

    async def update_me(self, actor: Actor, data: UserUpdate) -> User:
        user = existing(await self._users.lock(EVERY, actor.id), UserNotFound)
        await self._users.change(user, data.model_dump(exclude_unset=True))
        return await self._users.shown(user)
"""


def people(design: Design) -> dict[str, str]:
    """The files that say more of people than the backend's own do, by path."""
    user = design.user
    if user is None:
        return {}
    files = {
        "app/models/user.py": people_model(design, user),
        "app/schemas/user.py": _schemas(user),
        "app/tests/test_endpoints/test_user.py": people_endpoint_tests(design, user),
        "app/tests/test_repositories/test_user.py": people_repository_tests(user),
        "dev/people.py": demo_people(design, user),
    }
    if user.offers(Operation.UPDATE):
        files |= {
            "app/services/user.py": _service(user),
            "app/api/v1/endpoints/user.py": _endpoint(user),
            "app/tests/test_services/test_user.py": people_service_tests(user),
        }
    return files


def _schemas(user: Resource) -> str:
    text = own_text("app/schemas/user.py")
    types = "\n".join([*schemas.marks(user), *schemas.value_types(user)])
    text = replaced(text, SIGN_UP, f"\n{types}\n{SIGN_UP}" if types else SIGN_UP)
    if user.offers(Operation.UPDATE):
        update = schemas.payload(user, "Update", "what to change of your account", user.changeable)
        text = replaced(text, READ, f"\n\n{chr(10).join(update)}\n{READ}")
    told = "".join(f"{schemas.shown(user, field)}\n" for field in user.shown)
    text = replaced(text, ROLES, f"{ROLES}{told}")
    summary = "".join(f"{schemas.shown(user, field, flat=True)}\n" for field in user.shown)
    imports = "\n".join([schemas.IMPORTS.rstrip(), *enum_imports([user])])
    return f"{imports}\n{text}{summary}"


def _service(user: Resource) -> str:
    text = own_text("app/services/user.py")
    head = "\n\nclass UserService:\n"
    errors = "".join(f"\n\n{error.source()}\n" for error in taken_on_change(user))
    text = replaced(text, head, f"{errors}{head}")
    text = replaced(text, ME, f"{ME}{UPDATE_ME}")
    imports = "from app.db.rows import EVERY\nfrom app.schemas.user import UserUpdate\n"
    return f"{imports}{text}"


def _endpoint(user: Resource) -> str:
    errors = taken_on_change(user)
    refusals = ", ".join(
        ["Unauthenticated", "TokenInvalid", "UserNotFound", *(error.name for error in errors)]
    )
    imports = "\n".join(
        [
            "from app.schemas.user import UserUpdate",
            *(f"from app.services.user import {error.name}" for error in errors),
        ]
    )
    return f'''\
{imports}
{own_text("app/api/v1/endpoints/user.py")}

@router.patch("/me", response_model=UserRead, responses=problems({refusals}))
async def update_me(actor: SignedIn, users: Users, data: UserUpdate) -> User:
    """Change the account that you are signed in to; fields you leave out stay as they are."""
    return await users.update_me(actor, data)
'''
