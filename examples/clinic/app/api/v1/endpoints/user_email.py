from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import Anyone, SignedIn, UserEmailChanges, UserSignUps
from app.schemas.user_email import MailNotice, UserAddress, UserMailToken
from app.services.user import UserNotFound
from app.services.user_desk import LoginTooOld, MailTokenInvalid
from app.services.user_email_change import EmailTaken

router = APIRouter(prefix="/auth", tags=["auth"], route_class=Route)

SENT_AGAIN = "If this address has yet to be confirmed, another link is on its way to it."
CHANGE_SENT = "A mail is on its way to this address. Its link makes it yours here."


@router.post(
    "/verify", status_code=status.HTTP_204_NO_CONTENT, responses=problems(MailTokenInvalid)
)
async def verify_user_email(sign_ups: UserSignUps, data: UserMailToken) -> None:
    """Confirm your address with the token from the mail."""
    await sign_ups.verify(data.token)


@router.post("/verification", response_model=MailNotice, status_code=status.HTTP_202_ACCEPTED)
async def send_user_verification(sign_ups: UserSignUps, data: UserAddress) -> MailNotice:
    """Have the mail that confirms an address sent again."""
    await sign_ups.send_again(data.email)
    return MailNotice(message=SENT_AGAIN)


@router.post(
    "/email",
    response_model=MailNotice,
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(LoginTooOld, UserNotFound),
)
async def change_user_email(
    actor: SignedIn, changes: UserEmailChanges, data: UserAddress
) -> MailNotice:
    """Ask for another address; sign in a moment before."""
    await changes.ask(actor, data.email)
    return MailNotice(message=CHANGE_SENT)


@router.post(
    "/email/confirm",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(MailTokenInvalid, UserNotFound, EmailTaken),
)
async def confirm_user_email(actor: Anyone, changes: UserEmailChanges, data: UserMailToken) -> None:
    """Change your address with the token from the mail; your other sessions end."""
    await changes.confirm(actor, data.token)
