"""How tests read lists."""

from collections.abc import Mapping, Sequence
from typing import Any

from httpx import AsyncClient, Response

from app.db.base import Entity


def ids_of(response: Response) -> list[str]:
    """Say which rows a page shows, in order."""
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json()["items"]]


def which(rows: Mapping[str, Entity], response: Response) -> set[str]:
    """Say which of these rows a page shows, by the names that the test gives them."""
    names = {str(row.id): name for name, row in rows.items()}
    return {names[row_id] for row_id in ids_of(response)}


def in_order(rows: Sequence[Entity], sort: str) -> list[str]:
    """Say in which order a list shows these rows: missing values lowest, equal ones by id."""
    field = sort.removeprefix("-")

    def key(row: Entity) -> tuple[Any, ...]:
        value = getattr(row, field)
        return value is not None, value, row.id

    return [str(row.id) for row in sorted(rows, key=key, reverse=sort.startswith("-"))]


async def walk(person: AsyncClient, path: str, **params: Any) -> list[dict[str, Any]]:
    """Read a list to its end, page by page, as its `Link` headers lead."""
    items: list[dict[str, Any]] = []
    page = await person.get(path, params=params)
    while True:
        assert page.status_code == 200, page.text
        items += page.json()["items"]
        if "next" not in page.links:
            assert page.json()["next_cursor"] is None
            return items
        page = await person.get(page.links["next"]["url"])
