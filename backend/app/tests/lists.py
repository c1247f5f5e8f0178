"""How tests read lists."""

from typing import Any

from httpx import AsyncClient, Response


def ids_of(response: Response) -> list[str]:
    """Say which rows a page shows, in order."""
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json()["items"]]


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
