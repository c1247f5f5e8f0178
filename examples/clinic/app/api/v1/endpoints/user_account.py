from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import SignedIn, UserAccounts
from app.services.doctor import DoctorHasAppointments
from app.services.user import UserNotFound
from app.services.user_account import LastAdministrator, UserHasPatients
from app.services.user_desk import LoginTooOld

router = APIRouter(prefix="/users", tags=["users"], route_class=Route)


@router.post(
    "/me/deactivate",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(UserNotFound, LastAdministrator),
)
async def deactivate_me(actor: SignedIn, accounts: UserAccounts) -> None:
    """Close your account, until an administrator opens it again."""
    await accounts.deactivate(actor)


@router.delete(
    "/me",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(
        LoginTooOld, UserNotFound, LastAdministrator, UserHasPatients, DoctorHasAppointments
    ),
)
async def delete_me(actor: SignedIn, accounts: UserAccounts) -> None:
    """Delete your account for ever; sign in a moment before."""
    await accounts.delete(actor)
