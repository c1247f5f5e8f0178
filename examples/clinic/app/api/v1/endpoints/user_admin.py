from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import AskedUsers, Linked, SignedIn, UserAdmin
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
from app.models import User
from app.schemas.user_admin import UserAdminPage, UserAdminRead, UserAdminUpdate
from app.services.user import UserNotFound
from app.services.user_admin import OwnStanding

router = APIRouter(prefix="/admin/users", tags=["admin"], route_class=Route)


@router.get("", response_model=UserAdminPage, responses=problems(Forbidden, CursorInvalid))
async def list_users(
    actor: SignedIn, users: UserAdmin, asked: AskedUsers, links: Linked
) -> Page[User]:
    """List all accounts, newest first; for administrators."""
    return links.paged(await users.page(actor, asked))


@router.get("/{user_id}", response_model=UserAdminRead, responses=problems(Forbidden, UserNotFound))
async def get_user(actor: SignedIn, users: UserAdmin, user_id: UUID) -> User:
    """Show somebody's account; for administrators."""
    return await users.get(actor, user_id)


@router.patch(
    "/{user_id}",
    response_model=UserAdminRead,
    responses=problems(Forbidden, UserNotFound, OwnStanding),
)
async def update_user(
    actor: SignedIn, users: UserAdmin, user_id: UUID, data: UserAdminUpdate
) -> User:
    """Change what somebody may do; for administrators.

    Roles count from the next request on. Whoever is deactivated is signed out everywhere, and
    can't sign in until they are active again.
    """
    return await users.update(actor, user_id, data)


@router.delete(
    "/{user_id}/sessions",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(Forbidden, UserNotFound),
)
async def end_user_sessions(actor: SignedIn, users: UserAdmin, user_id: UUID) -> None:
    """Sign somebody out everywhere; for administrators."""
    await users.end_sessions(actor, user_id)
