"""Which methods an address answers to."""

from fastapi import Request
from fastapi.routing import iter_route_contexts


def methods_at(request: Request) -> str:
    """List the methods of all routes at an address, as the `Allow` header names them.

    The router itself would name those of the first route that it finds there, and no others.
    """
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    there = (
        route.methods or ()
        for route in iter_route_contexts(request.app.routes)
        if route.path_regex.match(path)
    )
    return ", ".join(sorted({method for methods in there for method in methods}))
