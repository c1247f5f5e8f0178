from app.schemas.base import Payload
from app.schemas.user import Password
from app.schemas.user_email import MailedToken


class UserPasswordReset(Payload):
    """A new password, and the token from the mail that allows it."""

    token: MailedToken
    password: Password
