from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import UserSignUps
from app.schemas.user_email import MailNotice, UserAddress, UserMailToken
from app.services.user_sign_up import MailTokenInvalid

router = APIRouter(prefix="/auth", tags=["auth"], route_class=Route)

SENT_AGAIN = "If this address has yet to be confirmed, another link is on its way to it."


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
