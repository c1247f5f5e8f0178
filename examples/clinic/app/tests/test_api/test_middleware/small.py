"""A small application under the whole stack, for requests that the real one has no route for."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Form, Request
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr
from starlette.responses import Response, StreamingResponse

from app.api import health
from app.api.body import read_json
from app.api.errors import add_error_handlers
from app.api.middleware import middleware
from app.core.config import ProductionSettings, Settings, TestSettings
from app.core.settings import ApiSettings

SECRET = "sentinel-of-a-secret"
LONG_TEXT = "words " * 1000

router = APIRouter(prefix="/things")


@router.get("/{number}")
async def read(number: int) -> dict[str, int]:
    return {"number": number}


@router.post("")
async def write(_body: Annotated[Any, Depends(read_json)]) -> dict[str, str]:
    return {"text": LONG_TEXT}


@router.post("/form")
async def write_form(text: Annotated[str, Form()]) -> int:
    return len(text)


@router.post("/unread")
async def leave_unread() -> None:
    return None


@router.get("/long/text")
async def read_long() -> dict[str, str]:
    return {"text": LONG_TEXT}


@router.get("/own/headers")
async def read_with_headers() -> Response:
    policy = "script-src 'self'"
    return Response(headers={"Content-Security-Policy": policy, "Cache-Control": "max-age=5"})


@router.get("/broken/now")
async def break_down() -> None:
    raise RuntimeError(f"password={SECRET}")


@router.get("/slow/answer")
async def answer_late(request: Request) -> None:
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        request.app.state.cancelled = True
        raise


@router.get("/slow/stream")
async def stream_slowly() -> StreamingResponse:
    async def drops() -> AsyncIterator[bytes]:
        while True:
            yield b"drop"
            await asyncio.sleep(0.05)

    return StreamingResponse(drops())


def small_app(settings: Settings | None = None) -> FastAPI:
    app = FastAPI(middleware=middleware(settings or TestSettings()))
    add_error_handlers(app)
    app.include_router(router, prefix="/api")
    app.include_router(health.router)
    return app


def with_api(**changes: Any) -> Settings:
    return TestSettings(api=ApiSettings(**{"hosts": ("test",), **changes}))


def in_production(**changes: Any) -> Settings:
    return ProductionSettings(
        api=ApiSettings(**{"hosts": ("api.test",), **changes}),
        tokens=TestSettings().tokens.model_copy(update={"secret": SecretStr("s" * 32)}),
    )


def caller(app: FastAPI, url: str = "http://test", **more: Any) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(app, **more), base_url=url)
