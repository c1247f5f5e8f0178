"""What endpoints ask for is at hand: no request waits for one of a few threads to fetch it."""

from collections.abc import Callable
from inspect import iscoroutinefunction

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from app.api.route import Route, asked_for


def is_async(call: Callable[..., object]) -> bool:
    return iscoroutinefunction(call) or iscoroutinefunction(type(call).__call__)


def test_all_that_a_route_asks_for_is_async(whole_app: FastAPI) -> None:
    routes = [
        route
        for route in iter_route_contexts(whole_app.routes)
        if isinstance(route.original_route, Route)
    ]

    assert routes
    for route in routes:
        for call in asked_for(route.dependant):
            assert is_async(call), f"{route.path}: `async def` for {call}"
