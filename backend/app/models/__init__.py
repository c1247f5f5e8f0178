from app.models.book import Book
from app.models.session import RefreshToken, Session
from app.models.user import User

__all__ = [
    "Book",
    "RefreshToken",
    "Session",
    "User",
]
