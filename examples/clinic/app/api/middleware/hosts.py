"""The names that the API answers to."""

import re
from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.health import PATHS
from app.api.middleware.refusal import refuse
from app.core.errors import Malformed

WELL_FORMED = re.compile(r"(?P<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")


class HostUnknown(Malformed):
    code = "HOST_UNKNOWN"
    error = "This server does not answer to that name."
    detail = "Send one `Host` header, with the name that you were given for this API."


class KnownHosts:
    """Refuses requests for other names, so that a forged `Host` never reaches a link or a cache."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app = app
        names = {host.lower() for host in hosts}
        self.everything = "*" in names
        self.exact = frozenset(name for name in names if not name.startswith("*"))
        self.endings = tuple(name[1:] for name in names if name.startswith("*."))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Probes call by address.
        if scope["type"] == "lifespan" or scope["path"] in PATHS or self._known(scope):
            await self.app(scope, receive, send)
        else:
            await refuse(HostUnknown, scope, receive, send)

    def _known(self, scope: Scope) -> bool:
        said = [value for name, value in scope["headers"] if name == b"host"]
        if len(said) != 1:
            return False
        match = WELL_FORMED.fullmatch(said[0].decode("latin-1").lower())
        if match is None:
            return False
        name = match["name"]
        return self.everything or name in self.exact or name.endswith(self.endings)
