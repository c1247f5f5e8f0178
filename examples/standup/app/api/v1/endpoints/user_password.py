from fastapi import APIRouter

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import FromWhere, SignedIn, UserPasswords
from app.core.security.guesses import PasswordCompromised
from app.schemas.session import TokenPair
from app.schemas.user_password import UserPasswordChange
from app.services.login_lane import LoginDelayed
from app.services.user import UserNotFound
from app.services.user_password import PasswordWrong

router = APIRouter(prefix="/auth", tags=["auth"], route_class=Route)


@router.post(
    "/password",
    response_model=TokenPair,
    responses=problems(UserNotFound, PasswordWrong, PasswordCompromised, LoginDelayed),
)
async def change_user_password(
    actor: SignedIn, passwords: UserPasswords, place: FromWhere, data: UserPasswordChange
) -> TokenPair:
    """Change your password; every session ends, and a new one begins here."""
    return await passwords.change(actor, data, place)
