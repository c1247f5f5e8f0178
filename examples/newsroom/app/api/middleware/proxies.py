"""Who really calls, when a proxy of ours stands between."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

SECURE = {"http": "https", "ws": "wss"}


class TrustedProxies:
    """Believes `X-Forwarded-For` and `X-Forwarded-Proto` from listed networks, and nobody else.

    Each proxy appends the address that it saw, so the list is walked from its right end, as far
    as addresses are ours: the first that isn't is the client. All further left is hearsay.
    """

    def __init__(self, app: ASGIApp, networks: Sequence[Network]) -> None:
        self.app = app
        self.networks = networks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and self.networks and scope.get("client"):
            self._believe(scope)
        await self.app(scope, receive, send)

    def _believe(self, scope: Scope) -> None:
        peer = address(scope["client"][0])
        if peer is None or not self._ours(peer):
            return
        client = self._client(peer, reversed(_values(scope, b"x-forwarded-for")))
        scope["client"] = (str(client), 0)
        if "https" in _values(scope, b"x-forwarded-proto")[-1:]:
            scope["scheme"] = SECURE.get(scope["scheme"], scope["scheme"])

    def _client(self, peer: Address, hops: Iterable[str]) -> Address:
        client = peer
        for hop in hops:
            if not self._ours(client) or (found := address(hop)) is None:
                break
            client = found
        return client

    def _ours(self, candidate: Address) -> bool:
        return any(candidate in network for network in self.networks)


def address(text: str) -> Address | None:
    """Read an address as proxies write it: with a port or without, IPv6 in brackets or not."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        # A zone may hold any text at all, and means nothing beyond the machine that wrote it.
        return None if found.scope_id else found.ipv4_mapped or found
    return found


def _values(scope: Scope, header: bytes) -> list[str]:
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name == header]
    return [value.strip().lower() for value in ",".join(lines).split(",") if value.strip()]
