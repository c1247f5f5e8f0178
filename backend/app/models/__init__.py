from app.models.book import Book
from app.models.session import RefreshToken, Session
from app.models.user import User
from app.models.user_identity import UserIdentity

__all__ = [
    "Book",
    "RefreshToken",
    "Session",
    "User",
    "UserIdentity",
]
