"""Takes the access token out of a request."""

from fastapi import Request

from app.core.security.tokens import TokenInvalid


def bearer_of(request: Request) -> str | None:
    """Give the token of the one `Authorization: Bearer ...`, or None where there is no such header.

    Raises TokenInvalid for anything else in its place.
    """
    given = request.headers.getlist("authorization")
    if not given:
        return None
    scheme, _, token = given[0].partition(" ")
    if len(given) > 1 or scheme.lower() != "bearer":
        raise TokenInvalid
    return token.strip()
