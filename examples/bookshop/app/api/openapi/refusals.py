"""What may be answered in an endpoint's stead."""

from collections.abc import Iterator

from fastapi import params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute, RouteContext

from app.api.body import NotJson, NotText, UnsupportedMedia
from app.api.errors import Busy, Invalid, Unreadable, ValueRefused
from app.api.health import PATHS
from app.api.middleware.body_limit import BodyTooLarge
from app.api.middleware.deadline import DeadlineExceeded, RequestTimeout
from app.api.middleware.hosts import HostUnknown
from app.api.middleware.https import HttpsRequired
from app.api.middleware.last_resort import Unexpected
from app.api.public import PUBLIC
from app.api.route import READS, Route, asked_for, creates
from app.api.v1.dependencies import get_anyone, get_session
from app.core.config import Settings
from app.core.errors import AppError, Unauthenticated, Unavailable
from app.core.security.key_ring import IssuerUnavailable
from app.core.security.tokens import TokenInvalid
from app.services.idempotency import IdempotencyKeyReused, RequestInFlight
from app.services.user_identity import AccountLinkRequired


def refusals(route: RouteContext, settings: Settings) -> Iterator[type[AppError]]:
    """List the errors that the way to a route's endpoint, and back, may end with."""
    if takes_values(route):
        yield Invalid
    if route.body_field is not None:
        yield from _of_the_body(route)
    if isinstance(route.original_route, Route):
        yield from _of_the_pipeline(route, settings)
    if route.path_format not in PATHS:
        yield HostUnknown
        if settings.https_only:
            yield HttpsRequired
    yield from (DeadlineExceeded, Unexpected)


def takes_values(route: RouteContext) -> bool:
    return route.body_field is not None or bool(get_flat_params(route.dependant))


def _of_the_body(route: RouteContext) -> Iterator[type[AppError]]:
    if isinstance(route.body_field.field_info, params.Form):
        yield Unreadable
    else:
        yield from (NotJson, NotText, UnsupportedMedia)
    yield from (BodyTooLarge, RequestTimeout)


def _of_the_pipeline(route: RouteContext, settings: Settings) -> Iterator[type[AppError]]:
    yield Unavailable
    asked, closed = asked_for(route.dependant), route.name not in PUBLIC
    if closed:
        yield Unauthenticated
    if closed or get_anyone in asked:
        yield TokenInvalid
        if settings.issuer.every:
            yield from (IssuerUnavailable, AccountLinkRequired)
    if isinstance(route.original_route, APIRoute) and creates(route.original_route):
        yield from (RequestInFlight, IdempotencyKeyReused)
    if get_session in asked:
        if takes_values(route):
            yield ValueRefused
        if not READS.issuperset(route.methods or ()):
            yield Busy
