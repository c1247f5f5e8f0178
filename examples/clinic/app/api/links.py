"""Tells clients where things are: a new row's address, and the next page of a list."""

from typing import TypeVar

from fastapi import Request, Response

from app.db.base import Entity
from app.db.page import Page

M = TypeVar("M", bound=Entity)


class Links:
    """Puts addresses into the headers of the answer at hand."""

    def __init__(self, request: Request, response: Response) -> None:
        self._url = request.url
        self._headers = response.headers

    def created(self, row: M) -> M:
        """Say where a new row is found (RFC 9110 section 10.2.2)."""
        self._headers["Location"] = f"{self._url.path}/{row.id}"
        return row

    def paged(self, page: Page[M]) -> Page[M]:
        """Say where the next page is found (RFC 8288)."""
        if page.next_cursor is not None:
            following = self._url.include_query_params(cursor=page.next_cursor)
            self._headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
        return page
