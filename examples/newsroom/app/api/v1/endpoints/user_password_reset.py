from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import UserPasswordResets
from app.core.security.guesses import PasswordCompromised
from app.schemas.user_email import MailNotice, UserAddress
from app.schemas.user_password_reset import UserPasswordReset
from app.services.user_desk import MailTokenInvalid

router = APIRouter(prefix="/auth", tags=["auth"], route_class=Route)

IF_KNOWN = "If there is an account with this address, a link to a new password is on its way."


@router.post("/forgot", response_model=MailNotice, status_code=status.HTTP_202_ACCEPTED)
async def forget_user_password(resets: UserPasswordResets, data: UserAddress) -> MailNotice:
    """Have a link mailed that leads to a new password."""
    await resets.ask(data.email)
    return MailNotice(message=IF_KNOWN)


@router.post(
    "/reset",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(MailTokenInvalid, PasswordCompromised),
)
async def reset_user_password(resets: UserPasswordResets, data: UserPasswordReset) -> None:
    """Set a new password with the token from the mail; every session ends."""
    await resets.reset(data)
