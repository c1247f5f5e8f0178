"""Seeds a defect into a good description, and expects it to be found."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from app.api.openapi.document import document_of
from app.core.config import Settings
from app.main import create_app
from dev.openapi import __main__ as command
from dev.openapi.finding import Finding
from dev.openapi.findings import findings

Document = dict[str, Any]

ME, SIGN_UP = "/api/v1/users/me", "/api/v1/users"
PEOPLE = ("/api/v1/users", "/api/v1/auth")


# Nothing of the application runs here but its description, and following it takes seconds.
pytestmark = [pytest.mark.no_cover, pytest.mark.thorough]


@pytest.fixture(scope="module")
def whole(settings: Settings) -> Document:
    return document_of(create_app(settings))


@pytest.fixture
def document(whole: Document) -> Document:
    """The operations of people, which are enough to seed defects into, and what they refer to."""
    paths = {path: whole["paths"][path] for path in whole["paths"] if path.startswith(PEOPLE)}
    tags = [tag for tag in whole["tags"] if tag["name"] in ("users", "auth")]
    schemas = dict(referred(paths, whole["components"]["schemas"]))
    components = whole["components"] | {"schemas": schemas}
    return deepcopy(whole | {"paths": paths, "tags": tags, "components": components})


def referred(part: Any, schemas: Document) -> Iterator[tuple[str, Document]]:
    """Find the schemas that a part of the document needs, however indirectly."""
    for name in re.findall(r"#/components/schemas/([^']+)'", str(part)):
        yield name, schemas[name]
        yield from referred(schemas[name], schemas)


def me(document: Document) -> Document:
    operation: Document = document["paths"][ME]["get"]
    return operation


def sign_up(document: Document) -> Document:
    operation: Document = document["paths"][SIGN_UP]["post"]
    return operation


def without(status: str) -> Callable[[Document], object]:
    return lambda document: sign_up(document)["responses"].pop(status)


def schema(document: Document, name: str) -> Document:
    found: Document = document["components"]["schemas"][name]
    return found


DEFECTS: dict[str, tuple[Callable[[Document], object], str]] = {
    "invalid": (lambda document: document["info"].pop("title"), "is a required property"),
    "no tag": (lambda document: me(document).pop("tags"), "0 tags"),
    "two tags": (lambda document: me(document).update(tags=["users", "auth"]), "2 tags"),
    "unknown tag": (lambda document: me(document).update(tags=["odd"]), "tag `odd`"),
    "silent tag": (lambda document: document["tags"][0].pop("description"), "its tag"),
    "unused tag": (
        lambda document: document["tags"].append({"name": "odd", "description": "Odd."}),
        "no operation has the tag `odd`",
    ),
    "no summary": (lambda document: me(document).pop("summary"), "no sentence"),
    "a title": (lambda document: me(document).update(summary="Get Me"), "no sentence"),
    "same summary": (
        lambda document: me(document).update(summary=sign_up(document)["summary"]),
        "another operation has the same summary",
    ),
    "no method name": (
        lambda document: me(document).update(operationId="get_me_api_v1-get"),
        "is no name for a client's method",
    ),
    "a word of Python": (lambda document: me(document).update(operationId="del"), "is no name"),
    "no token asked": (lambda document: me(document).pop("security"), "it asks for no token"),
    "optional token": (lambda document: me(document)["security"].append({}), "is optional here"),
    "a token where all may go": (
        lambda document: sign_up(document).update(security=[{"AccessToken": []}]),
        "but PUBLIC names it",
    ),
    "renamed from PUBLIC": (
        lambda document: sign_up(document).update(operationId="join"),
        "there is no operation `sign_up`",
    ),
    "no 401": (lambda document: me(document)["responses"].pop("401"), "401 is not documented"),
    "no 400": (without("400"), "the error 400 is not documented"),
    "no 413": (without("413"), "the error 413 is not documented"),
    "no 415": (without("415"), "the error 415 is not documented"),
    "no 422": (without("422"), "the error 422 is not documented"),
    "no 500": (without("500"), "the error 500 is not documented"),
    "no 503": (without("503"), "the error 503 is not documented"),
    "another error body": (
        lambda document: sign_up(document)["responses"]["422"]["content"][
            "application/json"
        ].update(schema={"$ref": "#/components/schemas/Problem"}),
        "422 is not the one error body",
    ),
    "an error without an example": (
        lambda document: me(document)["responses"]["401"]["content"]["application/json"].pop(
            "examples"
        ),
        "401 is not the one error body with an example",
    ),
    "no example": (lambda document: schema(document, "SignUp").pop("examples"), "has no example"),
    "a wrong example": (
        lambda document: schema(document, "UserRead")["examples"][0].update(id="no id"),
        "'no id' is not a 'uuid'",
    ),
    "a wrong example of a field": (
        lambda document: schema(document, "SignUp")["properties"]["password"].update(
            examples=["short"]
        ),
        "'short' is too short",
    ),
    "a wrong example of an error": (
        lambda document: document["components"]["examples"]["INVALID"]["value"].pop("code"),
        "'code' is a required property",
    ),
}


def test_this_description_is_as_it_should_be(whole: Document) -> None:
    assert findings(whole) == []


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_found(document: Document, defect: str) -> None:
    spoil, words = DEFECTS[defect]

    spoil(document)

    found = findings(document)
    assert any(words in finding.words for finding in found), found


def test_make_check_is_content() -> None:
    assert command.main() == 0


def test_make_check_says_what_it_found_and_where(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "findings", lambda _: [Finding("GET /things", "it is odd")])

    assert command.main() == 1
    assert "GET /things: it is odd" in capsys.readouterr().err
