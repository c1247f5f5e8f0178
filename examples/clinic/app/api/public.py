"""The routes that are open to everybody; every other asks for an access token first."""

PUBLIC = (
    "get_doctor",
    "list_doctors",
    "login",
    "logout",
    "refresh",
    "send_user_verification",
    "sign_up",
    "token",
    "verify_user_email",
)
