from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import SignedIn, Users
from app.core.errors import Unauthenticated
from app.core.security.guesses import PasswordCompromised
from app.core.security.tokens import TokenInvalid
from app.models import User
from app.schemas.user import SignUp, UserRead, UserUpdate
from app.services.user import EmailTaken, UserNotFound

router = APIRouter(prefix="/users", tags=["users"], route_class=Route)


@router.post(
    "",
    response_model=UserRead,
    status_code=status.HTTP_201_CREATED,
    responses=problems(EmailTaken, PasswordCompromised),
)
async def sign_up(users: Users, data: SignUp) -> User:
    """Open an account."""
    return await users.sign_up(data)


@router.get(
    "/me",
    response_model=UserRead,
    responses=problems(Unauthenticated, TokenInvalid, UserNotFound),
)
async def get_me(actor: SignedIn, users: Users) -> User:
    """Show the account that you are signed in to."""
    return await users.me(actor)


@router.patch(
    "/me", response_model=UserRead, responses=problems(Unauthenticated, TokenInvalid, UserNotFound)
)
async def update_me(actor: SignedIn, users: Users, data: UserUpdate) -> User:
    """Change the account that you are signed in to; fields you leave out stay as they are."""
    return await users.update_me(actor, data)
