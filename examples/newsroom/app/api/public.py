"""The routes that are open to everybody; every other asks for an access token first."""

PUBLIC = (
    "confirm_user_email",
    "forget_user_password",
    "get_article",
    "get_comment",
    "get_desk",
    "get_topic",
    "list_articles",
    "list_comments",
    "list_desks",
    "list_topics",
    "login",
    "logout",
    "refresh",
    "reset_user_password",
    "send_user_verification",
    "sign_up",
    "token",
    "verify_user_email",
)
