"""The docs page: Swagger UI, served by the application itself, with nothing from elsewhere."""

import html
import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from app.api.errors import NoSuchPage
from app.api.openapi.document import document_of
from app.core.config import Settings

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
"""What the page may load and do: its own files, no script or style within it, no other place."""

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/docs.js"></script>
</body>
</html>
"""
SWAGGER_UI = ("swagger-ui.css", "swagger-ui-bundle.js")
OURS = ("docs.js",)
FOR_AN_HOUR = {"Cache-Control": "max-age=3600"}


def add_docs(app: FastAPI, settings: Settings) -> None:
    """Serve the docs page and what it shows, where the settings say so."""
    if not settings.api.docs:
        return

    @cache
    def document() -> bytes:
        return json.dumps(document_of(app)).encode()

    async def show_document(_request: Request) -> Response:
        return Response(document(), media_type="application/json")

    app.add_route("/docs", show_page)
    app.add_route("/docs/{name}", show_file)
    app.add_route("/openapi.json", show_document)


async def show_page(request: Request) -> HTMLResponse:
    page = PAGE.format(title=html.escape(request.app.title))
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})


async def show_file(request: Request) -> FileResponse:
    name = request.path_params["name"]
    if name in SWAGGER_UI:
        folder = Path(str(files("fastapi_offline"))) / "static"
    elif name in OURS:
        folder = Path(__file__).parent
    else:
        raise NoSuchPage
    return FileResponse(folder / name, headers=FOR_AN_HOUR)
