"""Access tokens that a server outside has signed: one issuer's, by one algorithm."""

from dataclasses import dataclass
from typing import Any

import jwt

from app.core.security.jwks import KID
from app.core.security.key_ring import KeyRing
from app.core.security.tokens import LEEWAY, refuse
from app.core.settings import OutsideIssuer

CLAIMS = ["aud", "exp", "iat", "iss", "sub"]
TYPES = (None, "JWT")
"""better-auth says no type; what it keeps in cookies has one of its own, and is no access token."""
EXTENSIONS = {"b64", "crit"}
"""Words that change how the rest has to be read (RFC 7515 section 4.1.11, RFC 7797)."""


@dataclass(frozen=True, slots=True)
class OutsideClaims:
    """Who somebody is at an issuer outside, once the token's signature has been checked."""

    issuer: str
    subject: str
    email: str | None
    email_verified: bool


class OutsideTokens:
    """Reads the access tokens of one issuer (RFC 8725)."""

    def __init__(self, issuer: OutsideIssuer, keys: KeyRing) -> None:
        self._issuer = issuer
        self._keys = keys
        self._longest = issuer.token_minutes * 60

    async def read(self, token: str, header: dict[str, Any]) -> OutsideClaims:
        """Check a token and say whose it is.

        Raises TokenInvalid for any that is not whole, in its time, and meant for us, and
        IssuerUnavailable while there is no key to judge it by.
        """
        key = await self._keys.key(self._kid(header))
        try:
            payload = jwt.decode(
                token,
                key,
                algorithms=[self._issuer.algorithm],
                audience=self._issuer.audience,
                issuer=self._issuer.url,
                leeway=LEEWAY,
                options={"require": CLAIMS},
            )
            return self._claims(payload)
        except (jwt.PyJWTError, TypeError, ValueError) as error:
            # The last two come of claims that are of another type than they should be.
            refuse(type(error).__name__)

    def _kid(self, header: dict[str, Any]) -> str:
        kid = header.get("kid")
        if header.get("alg") != self._issuer.algorithm:
            refuse("algorithm")
        if header.get("typ") not in TYPES:
            refuse("type")
        if EXTENSIONS & header.keys():
            refuse("extension")
        if not isinstance(kid, str) or not KID.fullmatch(kid):
            refuse("kid")
        return kid

    def _claims(self, payload: dict[str, Any]) -> OutsideClaims:
        # Turned round, these would let NaN pass.
        if not 0 < payload["exp"] - payload["iat"] <= self._longest:
            refuse("lifetime")
        subject, email = payload["sub"], payload.get("email")
        if not _is_name(subject):
            refuse("subject")
        # better-auth's own word for it, and that of OpenID Connect.
        verified = payload.get("email_verified", payload.get("emailVerified"))
        return OutsideClaims(
            issuer=self._issuer.url,
            subject=subject,
            email=email if isinstance(email, str) else None,
            email_verified=verified is True,
        )


def _is_name(subject: str) -> bool:
    """Tell whether this can name a person for good: an address may be somebody else's tomorrow."""
    return 0 < len(subject) <= 255 and subject.isprintable() and "@" not in subject
