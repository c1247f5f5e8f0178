from app.schemas.base import Payload
from app.schemas.user import GivenPassword, Password


class UserPasswordChange(Payload):
    """A new password, and the one that it replaces."""

    current_password: GivenPassword
    new_password: Password
