from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import SignedIn, Users, UserSignUps
from app.core.errors import Unauthenticated
from app.core.security.guesses import PasswordCompromised
from app.core.security.tokens import TokenInvalid
from app.models import User
from app.schemas.user import SignUp, UserRead
from app.schemas.user_email import MailNotice
from app.services.user import UserNotFound

router = APIRouter(prefix="/users", tags=["users"], route_class=Route)

ON_ITS_WAY = "A mail is on its way to this address. Open its link, and sign in."


@router.post(
    "",
    response_model=MailNotice,
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(PasswordCompromised),
)
async def sign_up(sign_ups: UserSignUps, data: SignUp) -> MailNotice:
    """Open an account; the link in a mail confirms its address."""
    await sign_ups.sign_up(data)
    return MailNotice(message=ON_ITS_WAY)


@router.get(
    "/me",
    response_model=UserRead,
    responses=problems(Unauthenticated, TokenInvalid, UserNotFound),
)
async def get_me(actor: SignedIn, users: Users) -> User:
    """Show the account that you are signed in to."""
    return await users.me(actor)
