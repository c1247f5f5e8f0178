"""The docs page: Swagger UI, served by the application itself, with nothing from elsewhere."""

import html
import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

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
SCRIPT = "text/javascript"
KINDS = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": SCRIPT, "docs.js": SCRIPT}
"""What the page is made of, and what each part is."""
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


async def show_file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in KINDS:
        raise NoSuchPage
    return Response(content_of(name), media_type=KINDS[name], headers=FOR_AN_HOUR)


@cache
def content_of(name: str) -> bytes:
    """Read a file of the page, once."""
    ours = Path(__file__).parent
    theirs = Path(str(files("fastapi_offline"))) / "static"
    return ((theirs if name in SWAGGER_UI else ours) / name).read_bytes()
