"""What happens to every request between its route and its endpoint.

Who calls, then the body, then one unit of work around the endpoint and what was answered before.
What a route asks for is found out once, when the app starts; a step that nobody asked for costs
nothing.
"""

import asyncio
import random
from collections.abc import Iterator
from typing import Any

from fastapi import Request, Response, params, status
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError

from app.api.body import read_json
from app.api.caller import caller_of
from app.api.errors import NoSuchPage
from app.api.idempotency import Answer, with_key
from app.api.local import is_local
from app.api.public import PUBLIC
from app.api.query import refuse_repeated, single_parameters
from app.api.v1.dependencies import get_anyone, get_session
from app.db.database import Database
from app.db.faults import Fault, fault_of

ATTEMPTS = 3
READS = {"GET", "HEAD"}


class Route(APIRoute):
    """A route that knows its caller, and answers in one unit of work."""

    def get_route_handler(self) -> Answer:
        endpoint = super().get_route_handler()
        asked = asked_for(self.dependant)
        if creates(self):
            endpoint = with_key(endpoint, self.name)
        if get_session in asked:
            endpoint = in_one_unit(endpoint)
        if self.body_field is not None and not isinstance(self.body_field.field_info, params.Form):
            endpoint = with_json(endpoint)
        if single := single_parameters(self.dependant):
            endpoint = with_single(endpoint, single)
        closed = self.name not in PUBLIC
        if closed or get_anyone in asked:
            endpoint = with_caller(endpoint, required=closed)
        if is_local(self.name, self.tags):
            endpoint = where_people_sign_in(endpoint)
        return endpoint


def creates(route: APIRoute) -> bool:
    """Whether somebody who is signed in gets something new, which a key keeps from being two."""
    closed = route.name not in PUBLIC and get_session in asked_for(route.dependant)
    return closed and route.methods == {"POST"} and route.status_code == status.HTTP_201_CREATED


def where_people_sign_in(endpoint: Answer) -> Answer:
    """Answer as if nothing were there, where people have their tokens from elsewhere alone."""

    async def answer(request: Request) -> Response:
        if not request.app.state.settings.tokens.local:
            raise NoSuchPage
        return await endpoint(request)

    return answer


def with_caller(endpoint: Answer, *, required: bool) -> Answer:
    """Find out who calls before anything else is read.

    A token that is present and bad is refused even where none is needed.
    """

    async def answer(request: Request) -> Response:
        request.state.actor = await caller_of(request, required=required)
        return await endpoint(request)

    return answer


def with_json(endpoint: Answer) -> Answer:
    """Read the body strictly, and hand the endpoint what was read."""

    async def answer(request: Request) -> Response:
        value = await read_json(request)
        return await endpoint(JsonRequest(request, await request.body(), value))

    return answer


def with_single(endpoint: Answer, single: frozenset[str]) -> Answer:
    """Refuse a parameter that was given twice."""

    async def answer(request: Request) -> Response:
        refuse_repeated(request, single)
        return await endpoint(request)

    return answer


def in_one_unit(endpoint: Answer) -> Answer:
    """Commit what the endpoint did before its answer leaves, so that a 2xx is always durable."""

    async def answer(request: Request) -> Response:
        database: Database = request.app.state.database
        if request.method in READS:
            async with database.reads() as request.state.session:
                return await endpoint(request)
        for _ in range(ATTEMPTS - 1):
            try:
                return await attempt(request, database)
            except DBAPIError as error:
                if fault_of(error) is not Fault.RETRYABLE:
                    raise
            await asyncio.sleep(random.uniform(0.005, 0.05))  # noqa: S311 (no secret: spreads retries)
        return await attempt(request, database)

    async def attempt(request: Request, database: Database) -> Response:
        async with database.writes() as request.state.session:
            return await endpoint(request)

    return answer


class JsonRequest(Request):
    """A request whose body has been read, strictly, already."""

    def __init__(self, request: Request, content: bytes, value: Any) -> None:
        super().__init__(request.scope, request.receive)
        self._content = content
        self._value = value

    async def body(self) -> bytes:
        return self._content

    async def json(self) -> Any:
        return self._value


def asked_for(dependant: Dependant) -> frozenset[Any]:
    """Name all that a route asks for, by itself or through what it asks for."""
    return frozenset(each.call for each in _below(dependant))


def _below(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for needed in dependant.dependencies:
        yield from _below(needed)
