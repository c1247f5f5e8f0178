import json
import os
import subprocess
import sys
from pathlib import Path

from backsmith.design import Design, read
from backsmith.design.endpoints import endpoints, table

BACKEND = Path(__file__).parents[2] / "backend"
ROUTES = """
import json
from fastapi.routing import iter_route_contexts
from app.api.public import PUBLIC
from app.main import app_from_environment

found = []
for context in iter_route_contexts(app_from_environment().routes):
    closed = context.path.startswith("/api/") and context.name not in PUBLIC
    found += [(method, context.path, closed) for method in context.methods or ()]
print(json.dumps(found))
"""
URLS = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}
TOP = "backsmith: 1\nname: shop\nroles: [editor, clerk]\nresources:\n  Book:\n    fields:\n"
OWNED = "      title: string\n      reader: User\n    owner: reader\n"


def test_the_backends_own_design_comes_to_the_backends_own_routes() -> None:
    text = (BACKEND / "backsmith.yml").read_text()

    said = {(each.method, each.path, each.who != "public") for each in endpoints(design(text))}

    assert said == routes_of_backend()


def test_public_stands_for_all_and_authenticated_for_all_who_are_signed_in() -> None:
    shop = design(
        TOP + OWNED + "    access: {read: [owner, public], write: [authenticated, clerk]}"
    )

    assert callers(shop) == ["public", "authenticated", "public", "authenticated", "authenticated"]


def test_several_callers_are_named_in_the_order_of_the_design() -> None:
    shop = design(TOP + "      title: string\n    access: {read: [editor, clerk], write: editor}")

    assert callers(shop) == ["editor, clerk", "editor", "editor, clerk", "editor", "editor"]


def test_what_is_left_out_has_no_endpoint() -> None:
    shop = design(TOP + OWNED + "    only: [list, delete]")

    asked = [(each.method, each.path) for each in endpoints(shop) if "/books" in each.path]

    assert asked == [("GET", "/api/v1/books"), ("DELETE", "/api/v1/books/{book_id}")]


def test_each_operation_has_its_own_callers() -> None:
    rules = "{read: [owner, editor], create: clerk, delete: [owner, editor]}"
    shop = design(TOP + OWNED + f"    access: {rules}")

    assert callers(shop) == ["owner, editor", "clerk", "owner, editor", "owner", "owner, editor"]


def test_what_is_deprecated_is_told_to_be() -> None:
    shop = design(TOP + "      title: string\n    deprecated: true")

    assert all(each.summary.endswith(" (deprecated)") for each in endpoints(shop)[:5])
    assert table(shop).count("(deprecated)") == 5


def test_whoever_creates_what_is_owned_becomes_its_owner() -> None:
    shop = design(TOP + OWNED)

    assert callers(shop) == ["owner", "authenticated", "owner", "owner", "owner"]


def test_people_and_health_are_there_without_a_design_of_theirs() -> None:
    paths = [each.path for each in endpoints(design("backsmith: 1\nname: shop\n"))]

    assert "/api/v1/auth/login" in paths
    assert "/health" in paths


def test_the_columns_of_the_table_are_aligned() -> None:
    head, *rows = table(design(TOP + OWNED)).splitlines()

    for row in rows:
        assert row[head.index("PATH") - 1] == " "
        assert row[head.index("PATH")] == "/"
        assert row[head.index("WHO") - 1] == " "
        assert row[head.index("WHAT") - 2 : head.index("WHAT")] == "  "
        assert row[head.index("WHAT")] != " "


def callers(shop: Design) -> list[str]:
    return [each.who for each in endpoints(shop) if each.path.startswith("/api/v1/books")]


def design(text: str) -> Design:
    found = read(text)
    assert found.design, found.findings
    return found.design


def routes_of_backend() -> set[tuple[str, str, bool]]:
    """What it answers to, and whether it asks who calls; without the page that describes it."""
    done = subprocess.run(
        [sys.executable, "-c", ROUTES],
        cwd=BACKEND,
        env={**os.environ, "ENVIRONMENT": "development"} | URLS,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    routes = [(method, path, closed) for method, path, closed in json.loads(done.stdout)]
    return {route for route in routes if not route[1].startswith(("/docs", "/openapi"))}
