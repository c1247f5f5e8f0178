"""Access tokens (RFC 9068, RFC 8725) and the opaque tokens that renew them."""

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn
from uuid import UUID, uuid4

import jwt
import structlog

from app.core.errors import Unauthenticated
from app.core.security.compact import look_at
from app.core.settings import TokenSettings

log = structlog.get_logger(__name__)

ALGORITHM = "HS256"
HEADER = {"alg": ALGORITHM, "typ": "at+jwt"}
CLAIMS = ["aud", "auth_time", "exp", "iat", "iss", "jti", "sid", "sub"]
LEEWAY = timedelta(seconds=30)
REFRESH_PREFIX = "bsr_"
"""Lets scanners find a refresh token that somebody committed by mistake."""
REFRESH_FORM = re.compile(r"bsr_[A-Za-z0-9_-]{43}")
MAIL_PREFIX = "bsm_"


class TokenInvalid(Unauthenticated):
    code = "TOKEN_INVALID"
    error = "This access token is not valid."
    detail = "It may have expired, or its session may have ended. Refresh it, or sign in again."
    headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'}  # noqa: RUF012 (RFC 6750 section 3)


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says, once its signature has been checked."""

    user: UUID
    session: UUID


class HeaderForeign(ValueError):
    """It was signed by nobody that we know, or in a way that is not ours."""


class LifetimeForeign(ValueError):
    """It lives longer than any that we give."""


class AccessTokens:
    """Signs access tokens with one key, and reads what that key or the one before it signed."""

    def __init__(self, settings: TokenSettings) -> None:
        secret = settings.secret.get_secret_value()
        previous = settings.previous_secret.get_secret_value()
        self._kid = kid_of(secret)
        self._keys = {kid_of(key): key for key in (previous, secret) if key}
        self._issuer = settings.issuer
        self._audience = settings.audience
        self.lifetime = timedelta(minutes=settings.access_minutes)

    def issue(self, claims: Claims, *, auth_time: datetime) -> str:
        now = datetime.now(UTC)
        payload = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": str(claims.user),
            "sid": str(claims.session),
            "jti": uuid4().hex,
            "iat": now,
            "exp": now + self.lifetime,
            "auth_time": int(auth_time.timestamp()),
        }
        headers = HEADER | {"kid": self._kid}
        return jwt.encode(payload, self._keys[self._kid], ALGORITHM, headers=headers)

    def read(self, token: str) -> Claims:
        """Check a token and say whose it is.

        Raises TokenInvalid for any other than one of ours, whole and in its time.
        """
        try:
            payload = jwt.decode(
                token,
                self._key(look_at(token).header),
                algorithms=[ALGORITHM],
                audience=self._audience,
                issuer=self._issuer,
                leeway=LEEWAY,
                options={"require": CLAIMS, "strict_aud": True},
            )
            return self._claims(payload)
        except (jwt.InvalidTokenError, AttributeError, TypeError, ValueError) as error:
            # The last three come of what is made, or of claims that are typed, otherwise than ours.
            refuse(type(error).__name__)

    def _key(self, header: dict[str, Any]) -> str:
        kid = header.get("kid")
        # Our own header has these words and no other: no `crit`, `b64`, `jku` can sneak in.
        if header != HEADER | {"kid": kid} or kid not in self._keys:
            raise HeaderForeign
        return self._keys[kid]

    def _claims(self, payload: dict[str, Any]) -> Claims:
        times = [payload.get(claim, 0) for claim in ("iat", "exp", "nbf", "auth_time")]
        if any(type(time) is not int for time in times):
            raise TypeError
        if not 0 < payload["exp"] - payload["iat"] <= self.lifetime.total_seconds():
            raise LifetimeForeign
        return Claims(user=UUID(payload["sub"]), session=UUID(payload["sid"]))


def kid_of(secret: str) -> str:
    """Name a key, so that its tokens are found to be its own; the name tells nothing of it."""
    return urlsafe_b64encode(hmac.digest(secret.encode(), b"kid", "sha256")[:12]).decode()


def refuse(reason: str) -> NoReturn:
    log.info("token_refused", reason=reason)
    raise TokenInvalid


def new_refresh_token() -> str:
    """Make a token of 256 random bits (ASVS 7.2.3 asks for 128)."""
    return REFRESH_PREFIX + secrets.token_urlsafe(32)


def is_refresh_token(text: str) -> bool:
    """Whether a text has the form of such a token, whoever made it."""
    return REFRESH_FORM.fullmatch(text) is not None


def new_mail_token() -> str:
    """Make a token that proves, to us alone, that somebody reads the mail to an address."""
    return MAIL_PREFIX + secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """Hash an opaque token as it is stored: a stolen database can't be used to sign in."""
    return hashlib.sha256(token.encode()).digest()
