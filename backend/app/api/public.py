"""The routes that are open to everybody; every other asks for an access token first."""

PUBLIC = (
    "confirm_user_email",
    "forget_user_password",
    "login",
    "logout",
    "refresh",
    "reset_user_password",
    "send_user_verification",
    "sign_up",
    "token",
    "verify_user_email",
)
