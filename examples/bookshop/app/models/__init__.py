from app.models.author import Author
from app.models.book import Book
from app.models.idempotency_key import IdempotencyKey
from app.models.login_lane import LoginLane
from app.models.mail_token import MailPurpose, MailToken
from app.models.review import Review
from app.models.session import RefreshToken, Session
from app.models.user import User
from app.models.user_identity import UserIdentity

__all__ = [
    "Author",
    "Book",
    "IdempotencyKey",
    "LoginLane",
    "MailPurpose",
    "MailToken",
    "RefreshToken",
    "Review",
    "Session",
    "User",
    "UserIdentity",
]
