"""The description of the API tells what is true, whatever a route is made of."""

from typing import Any
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI
from pydantic import Field

from app.api.openapi.document import document_of
from app.api.openapi.operation import HEADERS_OF
from app.api.problem import problems
from app.api.route import Route
from app.api.v1.dependencies import Anyone, Linked, Session, SignedIn
from app.core.about import DESCRIPTION, TITLE
from app.core.config import ProductionSettings, Settings
from app.core.errors import AppError, Unauthenticated
from app.core.settings import ApiSettings
from app.main import create_app
from app.schemas.base import Payload, View

THINGS = "/api/v1/things"


class ThingAsleep(Unauthenticated):
    code = "THING_ASLEEP"
    error = "The thing is asleep."
    detail = "Wake it."


class ThingCreate(Payload):
    colour: str = Field(examples=["green"])
    size: int | None = Field(default=None, ge=3)


class ThingRead(View):
    id: UUID
    colour: str


router = APIRouter(prefix=THINGS, tags=["things"], route_class=Route)


@router.get("")
async def list_things(
    actor: SignedIn, session: Session, links: Linked, kind: str | None = None
) -> None:
    """List the things.

    They are sorted by nothing in particular.
    """


@router.post("", status_code=201, responses=problems(ThingAsleep), response_model=ThingRead)
async def create_thing(actor: SignedIn, session: Session, links: Linked, data: ThingCreate) -> None:
    """Make a thing."""


@router.get("/open")
async def open_thing(actor: Anyone) -> None:
    """Open a thing."""


def document_with_things(settings: Settings) -> dict[str, Any]:
    app = create_app(settings)
    app.include_router(router)
    return document_of(app)


@pytest.fixture(scope="module")
def document(settings: Settings) -> dict[str, Any]:
    """Written once, for every test to read."""
    return document_with_things(settings)


@pytest.fixture
def things(document: dict[str, Any]) -> dict[str, Any]:
    methods: dict[str, Any] = document["paths"][THINGS]
    return methods


def codes(document: dict[str, Any], operation: dict[str, Any], status: str) -> list[str]:
    """Say which errors a status stands for, by their examples."""
    examples = operation["responses"][status]["content"]["application/json"]["examples"]
    shared = document["components"]["examples"]
    assert all(shared[code]["value"]["code"] == code for code in examples)
    return list(examples)


def test_the_api_says_what_it_is_about(document: dict[str, Any]) -> None:
    assert document["info"]["title"] == TITLE
    assert document["info"]["description"] == DESCRIPTION


def test_a_docstring_is_the_summary_and_the_description(things: dict[str, Any]) -> None:
    assert things["get"]["summary"] == "List the things."
    assert things["get"]["description"] == "They are sorted by nothing in particular."
    assert things["post"]["summary"] == "Make a thing."
    assert "description" not in things["post"]


def test_a_function_names_its_operation(things: dict[str, Any]) -> None:
    assert things["get"]["operationId"] == "list_things"


def test_errors_of_the_way_stand_beside_those_of_the_route(
    document: dict[str, Any], things: dict[str, Any]
) -> None:
    create = things["post"]

    assert codes(document, create, "401") == ["THING_ASLEEP", "UNAUTHENTICATED", "TOKEN_INVALID"]
    assert create["responses"]["401"]["description"] == (
        "The thing is asleep. Sign in first. This access token is not valid."
    )
    assert codes(document, create, "400") == ["NOT_JSON", "HOST_UNKNOWN"]
    assert codes(document, create, "422") == [
        "INVALID",
        "NOT_TEXT",
        "IDEMPOTENCY_KEY_REUSED",
        "VALUE_REFUSED",
    ]
    assert codes(document, create, "503") == ["UNAVAILABLE", "TRY_AGAIN", "DEADLINE_EXCEEDED"]
    assert create["responses"].keys() == {
        *("201", "400", "401", "408", "409", "413", "415", "422", "500", "503")
    }


def test_a_read_meets_fewer_errors(things: dict[str, Any], document: dict[str, Any]) -> None:
    assert things["get"]["responses"].keys() == {"200", "400", "401", "422", "500", "503"}
    assert codes(document, things["get"], "503") == ["UNAVAILABLE", "DEADLINE_EXCEEDED"]


def test_health_is_asked_by_anyone_by_any_name(document: dict[str, Any]) -> None:
    health = document["paths"]["/health"]["get"]

    assert "security" not in health
    assert health["responses"].keys() == {"200", "500", "503"}


def test_a_closed_operation_takes_a_token_however_it_was_come_by(things: dict[str, Any]) -> None:
    assert things["get"]["security"] == [{"Password": []}, {"AccessToken": []}]


def test_a_token_is_optional_where_a_public_operation_takes_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("operation", "refusals"):
        monkeypatch.setattr(f"app.api.openapi.{module}.PUBLIC", ("open_thing",))
    document = document_with_things(settings)

    operation = document["paths"][f"{THINGS}/open"]["get"]
    assert operation["security"] == [{"Password": []}, {"AccessToken": []}, {}]
    assert codes(document, operation, "401") == ["TOKEN_INVALID"]


def test_without_the_password_form_there_is_no_word_of_it(settings: Settings) -> None:
    api = ApiSettings(docs=True, password_form=False)
    document = document_with_things(settings.model_copy(update={"api": api}))

    assert document["components"]["securitySchemes"].keys() == {"AccessToken"}
    assert "PasswordForm" not in document["components"]["schemas"]
    assert document["paths"][THINGS]["get"]["security"] == [{"AccessToken": []}]


def test_where_https_is_required_the_refusal_is_documented(settings: Settings) -> None:
    production = ProductionSettings(database=settings.database, redis=settings.redis)
    document = document_with_things(production)

    assert codes(document, document["paths"][THINGS]["get"], "403") == ["HTTPS_REQUIRED"]


def test_answers_say_where_to_go_on(document: dict[str, Any], things: dict[str, Any]) -> None:
    create, page = things["post"]["responses"], things["get"]["responses"]

    assert create["201"]["headers"].keys() == {"X-Request-ID", "Location", "Idempotent-Replayed"}
    assert page["200"]["headers"].keys() == {"X-Request-ID", "Link"}
    assert page["401"]["headers"].keys() == {"X-Request-ID", "WWW-Authenticate"}
    assert page["503"]["headers"].keys() == {"X-Request-ID", "Retry-After"}
    assert document["paths"]["/health"]["get"]["responses"]["200"]["headers"].keys() == {
        "X-Request-ID"
    }


def test_the_headers_of_every_error_are_documented() -> None:
    for error in every(AppError):
        shown = error.headers.keys() - {"Connection"}
        assert shown <= set(HEADERS_OF.get(str(getattr(error, "status", "")), ()))


def every(kind: type[AppError]) -> list[type[AppError]]:
    return [kind, *(error for below in kind.__subclasses__() for error in every(below))]


def test_a_parameter_that_may_be_left_out_is_not_said_to_be_null(things: dict[str, Any]) -> None:
    (kind,) = things["get"]["parameters"]

    assert kind["schema"] == {"type": "string"}
    assert kind["required"] is False


def test_no_parameter_is_filled_in_by_the_docs_page(document: dict[str, Any]) -> None:
    for methods in document["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                assert "examples" not in str(parameter["schema"])


def test_what_is_shown_borrows_its_example_from_what_is_sent(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    assert schemas["ThingCreate"]["examples"] == [{"colour": "green", "size": 3}]
    assert schemas["ThingRead"]["examples"][0]["colour"] == "green"


def test_an_invalid_request_is_told_in_our_words(document: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in str(document)
    assert document["components"]["examples"]["INVALID"]["value"]["errors"]


def test_what_is_documented_does_not_change_what_runs(app: FastAPI) -> None:
    assert document_of(app) == document_of(app)
