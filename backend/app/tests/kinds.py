"""Finds what a route is about, and makes rows of it."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, get_args, get_type_hints

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from app.db.base import Entity
from app.db.database import Database
from app.schemas.base import Payload
from app.tests.people import ALICE, Person

FOR_DEVELOPERS = {"/docs", "/docs/{name}", "/openapi.json"}
"""What settings take away; not a word in it is anybody's own."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A resource, and what makes samples of it."""

    stem: str
    samples: Mapping[str, Any]

    @property
    def model(self) -> type[Entity]:
        found: type[Entity] = self.samples[f"add_{self.stem}"].__annotations__["return"]
        return found

    async def row(self, database: Database, owner: Person = ALICE) -> Entity:
        """Put a row of somebody's into the database."""
        row: Entity = await made(self.samples[f"add_{self.stem}"], database, owner)
        return row

    async def body(self, database: Database, owner: Person = ALICE) -> dict[str, Any]:
        """What somebody would send to create a row of their own."""
        make = next(
            value
            for name, value in self.samples.items()
            if name.startswith(("a_", "an_")) and value.__module__ == self.samples["__name__"]
        )
        body: dict[str, Any] = await made(make, database, owner)
        return body


async def made(make: Callable[..., Any], database: Database, owner: Person) -> Any:
    given = {"database": database, "owner": owner}
    asked = [given[name] for name in inspect.signature(make).parameters if name in given]
    found = make(*asked)
    return await found if inspect.isawaitable(found) else found


def routes_of(app: FastAPI) -> dict[str, Callable[..., Any]]:
    """What answers each method and path."""
    return {
        f"{method} {route.path}": route.endpoint
        for route in iter_route_contexts(app.routes)
        if route.path not in FOR_DEVELOPERS and route.endpoint
        for method in (route.methods or set()) - {"HEAD"}
    }


def kind_of(endpoint: Callable[..., Any]) -> Kind | None:
    """The resource that an endpoint is about, if samples of it are known."""
    stem = endpoint.__module__.rpartition(".")[2]
    module = f"app.tests.samples.{stem}"
    if find_spec(module) is None:
        return None
    samples = vars(import_module(module))
    return Kind(stem, samples) if f"add_{stem}" in samples else None


def body_of(endpoint: Callable[..., Any]) -> type[Payload] | None:
    """What an endpoint reads from JSON, if it does."""
    for hint in get_type_hints(endpoint).values():
        for each in (hint, *get_args(hint)):
            if inspect.isclass(each) and issubclass(each, Payload):
                return each
    return None
