"""The cookie that a browser keeps after somebody has signed in with it."""

from fastapi import Request, Response

from app.core.security.trusted_devices import TrustedDevices

NAME = "dev"
SECURE_NAME = f"__Host-{NAME}"
"""A browser takes this name over TLS alone, for every path, and from no neighbouring host."""
YEAR = 365 * 24 * 3600


class DeviceMark:
    """What a device was given, and what it is given now; over plain HTTP, by another name."""

    def __init__(self, request: Request, response: Response, devices: TrustedDevices) -> None:
        self._response = response
        self._devices = devices
        self._secure = request.url.scheme == "https"
        self._name = SECURE_NAME if self._secure else NAME
        self.given = request.cookies.get(self._name)

    def leave(self, identifier: str) -> None:
        """Mark this device as one on which this account was signed in to."""
        self._response.set_cookie(
            self._name,
            self._devices.mark(identifier),
            max_age=YEAR,
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )
