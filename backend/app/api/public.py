"""The routes that are open to everybody; every other asks for an access token first."""

PUBLIC = (
    "login",
    "logout",
    "refresh",
    "sign_up",
    "token",
)
