from fastapi import APIRouter
from httpx import ASGITransport, AsyncClient

from app.api.errors import MethodNotAllowed
from app.core.config import Settings
from app.tests.answers import assert_problem
from app.tests.apps import running

router = APIRouter(prefix="/things")


@router.get("/{thing_id}")
@router.patch("/{thing_id}")
@router.get("/{thing_id}/parts")
async def things(thing_id: str) -> None: ...


async def test_a_refused_method_is_told_all_that_the_address_answers_to(settings: Settings) -> None:
    async with (
        running(settings, router) as app,
        AsyncClient(transport=ASGITransport(app), base_url="http://test") as visitor,
    ):
        answer = await visitor.delete("/things/1")

    assert_problem(answer, MethodNotAllowed)
    assert answer.headers["Allow"] == "GET, PATCH"
