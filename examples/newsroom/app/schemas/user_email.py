from typing import Annotated

from pydantic import Field

from app.schemas.base import Payload, View
from app.schemas.types import Email

EXAMPLE_MAIL_TOKEN = "bsm_" + 43 * "x"
MailedToken = Annotated[
    str, Field(pattern=r"^bsm_[A-Za-z0-9_-]{43}$", repr=False, examples=[EXAMPLE_MAIL_TOKEN])
]


class UserAddress(Payload):
    """An address that a mail is asked for."""

    email: Annotated[Email, Field(examples=["carol@example.com"])]


class UserMailToken(Payload):
    """What a link in a mail holds; each works once."""

    token: MailedToken


class MailNotice(View):
    """What is the same whether or not there is an account; the mail says the rest."""

    message: Annotated[str, Field(examples=["Look into your mail."])]
