"""Where somebody signs in from."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address


@dataclass(frozen=True, slots=True)
class LoginPlace:
    """An address, and a device as its owner would recognise it; each may be unknown."""

    address: IPv4Address | IPv6Address | None = None
    device: str | None = None
    mark: str | None = None
    """What this device was given when somebody signed in on it before."""
