"""What every request passes on its way in, and every answer on its way out."""

from starlette.middleware import Middleware

from app.api.middleware.access_log import AccessLog
from app.api.middleware.body_limit import BodyLimit
from app.api.middleware.cors import Cors
from app.api.middleware.deadline import Deadline
from app.api.middleware.gzip import Gzip
from app.api.middleware.hosts import KnownHosts
from app.api.middleware.https import HttpsOnly
from app.api.middleware.last_resort import LastResort
from app.api.middleware.proxies import TrustedProxies
from app.api.middleware.request_id import RequestId
from app.api.middleware.security_headers import SecurityHeaders
from app.core.config import Settings


def middleware(settings: Settings) -> list[Middleware]:
    """List them outermost first: each sees the answers of all that stand below it."""
    api = settings.api
    return [
        Middleware(SecurityHeaders),
        Middleware(RequestId),
        Middleware(AccessLog),
        Middleware(LastResort),
        Middleware(TrustedProxies, networks=api.proxies),
        Middleware(KnownHosts, hosts=api.hosts),
        Middleware(HttpsOnly, required=settings.https_only),
        Middleware(Cors, origins=api.origins),
        Middleware(Gzip),
        Middleware(BodyLimit, limit=api.body_limit),
        Middleware(Deadline, seconds=api.deadline, pause=api.body_pause),
    ]
