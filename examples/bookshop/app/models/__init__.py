from app.models.author import Author
from app.models.book import Book
from app.models.review import Review
from app.models.session import RefreshToken, Session
from app.models.user import User

__all__ = [
    "Author",
    "Book",
    "RefreshToken",
    "Review",
    "Session",
    "User",
]
