"""Every route is closed, but for a few that are named."""

import re
from collections import Counter
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from httpx import AsyncClient

from app.api.public import PUBLIC
from app.api.route import Route
from app.core.errors import Unauthenticated
from app.tests.answers import assert_problem

BESIDE_THE_API = {"/health", "/readiness", "/docs", "/docs/{name}", "/openapi.json"}
"""What machines and developers ask; the docs only where the settings show them."""


OPEN = {200, 404, 422}


def path_of(route: RouteContext) -> str:
    return route.path or ""


@pytest.fixture
def routes(app: FastAPI) -> list[RouteContext]:
    return [route for route in iter_route_contexts(app.routes) if path_of(route).startswith("/api")]


async def test_a_visitor_meets_closed_doors_but_for_those_that_are_named(
    visitor: AsyncClient, routes: list[RouteContext]
) -> None:
    assert routes
    for route in routes:
        path = re.sub(r"{\w+}", str(uuid4()), path_of(route))
        for method in route.methods or ():
            answer = await visitor.request(method, path)
            if route.name in PUBLIC:
                # It looks at what was sent, which was nothing, or an id of nothing; to log out
                # takes a token of either kind.
                assert answer.status_code in ({401} if route.name == "logout" else OPEN), path
            else:
                assert_problem(answer, Unauthenticated)


def test_each_open_route_exists_once(routes: list[RouteContext]) -> None:
    names = Counter(route.name for route in routes)

    assert {name: names[name] for name in PUBLIC} == dict.fromkeys(PUBLIC, 1)


def test_every_route_of_the_api_knows_its_caller(routes: list[RouteContext]) -> None:
    for route in routes:
        assert isinstance(route.original_route, Route), f"{route.path} needs route_class=Route"


def test_nothing_else_is_open(app: FastAPI, routes: list[RouteContext]) -> None:
    every = {path_of(route) for route in iter_route_contexts(app.routes)}
    of_the_api = {path_of(route) for route in routes}

    assert every - of_the_api <= BESIDE_THE_API
