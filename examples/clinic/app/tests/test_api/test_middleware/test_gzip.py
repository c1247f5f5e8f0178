import pytest
from starlette.responses import StreamingResponse

from app.tests.test_api.test_middleware.small import LONG_TEXT, caller, small_app

LONG = "/api/things/long/text"


async def test_a_long_answer_is_compressed_for_who_can_read_that() -> None:
    async with caller(small_app()) as client:
        answer = await client.get(LONG)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert int(answer.headers["Content-Length"]) < 500
    assert answer.json()["text"] == LONG_TEXT


async def test_who_cannot_gets_it_as_it_is_and_caches_are_told() -> None:
    async with caller(small_app()) as client:
        answer = await client.get(LONG, headers={"Accept-Encoding": "identity"})

    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]


async def test_a_short_answer_is_not_worth_it() -> None:
    async with caller(small_app()) as client:
        assert "Content-Encoding" not in (await client.get("/api/things/1")).headers


async def test_what_a_write_answers_is_never_compressed_since_it_may_hold_a_token() -> None:
    async with caller(small_app()) as client:
        answer = await client.post("/api/things", json={})

    assert answer.json()["text"] == LONG_TEXT
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("kind", ["text/event-stream", "image/png"])
async def test_what_is_sent_in_events_or_compressed_already_is_left_alone(kind: str) -> None:
    app = small_app()

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        return StreamingResponse(iter([LONG_TEXT]), media_type=kind)

    async with caller(app) as client:
        assert "Content-Encoding" not in (await client.get("/stream")).headers
