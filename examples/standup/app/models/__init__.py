from app.models.analysis import Analysis
from app.models.idempotency_key import IdempotencyKey
from app.models.kudos import Kudos
from app.models.login_lane import LoginLane
from app.models.mail_token import MailPurpose, MailToken
from app.models.on_call_shift import OnCallShift
from app.models.series import Series
from app.models.session import RefreshToken, Session
from app.models.team import Team
from app.models.user import User
from app.models.user_identity import UserIdentity

__all__ = [
    "Analysis",
    "IdempotencyKey",
    "Kudos",
    "LoginLane",
    "MailPurpose",
    "MailToken",
    "OnCallShift",
    "RefreshToken",
    "Series",
    "Session",
    "Team",
    "User",
    "UserIdentity",
]
