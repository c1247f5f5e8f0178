from app.models.article import Article
from app.models.comment import Comment
from app.models.desk import Desk
from app.models.idempotency_key import IdempotencyKey
from app.models.login_lane import LoginLane
from app.models.mail_token import MailPurpose, MailToken
from app.models.session import RefreshToken, Session
from app.models.topic import Topic
from app.models.user import User
from app.models.user_identity import UserIdentity

__all__ = [
    "Article",
    "Comment",
    "Desk",
    "IdempotencyKey",
    "LoginLane",
    "MailPurpose",
    "MailToken",
    "RefreshToken",
    "Session",
    "Topic",
    "User",
    "UserIdentity",
]
