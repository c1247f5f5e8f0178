"""What people may put into a body; of the rest they hear a reason, and never the value."""

import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from httpx import AsyncClient, Response

from app.api.body import MAX_DIGITS, NotJson, NotText, UnsupportedMedia, parse
from app.api.errors import Invalid
from app.api.public import PUBLIC
from app.api.route import Route
from app.core.config import Settings
from app.schemas.base import UNCHANGED, Payload
from app.schemas.types import (
    Amount,
    BigWhole,
    Clock,
    Day,
    Email,
    Id,
    Ids,
    Moment,
    Real,
    Slug,
    Text,
    Url,
    Whole,
)
from app.schemas.user import Password
from app.tests.answers import assert_invalid, assert_problem
from app.tests.apps import running

router = APIRouter(route_class=Route)
JSON = {"Content-Type": "application/json"}
SENTINEL = "one-of-her-secrets"


class Everything(Payload):
    """One of each kind that a resource may have."""

    text: Text | None = None
    whole: Whole | None = None
    big: BigWhole | None = None
    real: Real | None = None
    flag: bool | None = None
    amount: Amount | None = None
    day: Day | None = None
    clock: Clock | None = None
    moment: Moment | None = None
    id: Id | None = None
    ids: Ids | None = None
    email: Email | None = None
    url: Url | None = None
    slug: Slug | None = None
    password: Password = UNCHANGED
    several: list[int] | None = None
    anything: Any = None


@router.post("/everything", name=PUBLIC[0])
async def take_everything(data: Everything) -> Any:
    """Give back what was understood."""
    return data.model_dump(mode="json", exclude_unset=True)


@pytest.fixture(scope="module")
async def whole_app(settings: Settings) -> AsyncIterator[FastAPI]:
    async with running(settings, router) as app:
        yield app


@pytest.fixture
def app(whole_app: FastAPI) -> FastAPI:
    """Nothing here comes near the database, so nobody needs to clean it."""
    return whole_app


async def send(person: AsyncClient, content: bytes | str, **headers: str) -> Response:
    return await person.post("/everything", content=content, headers=headers or JSON)


# What is no JSON at all.


def nested(opening: str, closing: str, depth: int) -> str:
    return '{"anything": ' + opening * depth + "1" + closing * depth + "}"


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "nonsense",
        "{'text': 'x'}",
        '{"text": "x",}',
        '{"text": "x"} {}',
        '{"text": "tab\tinside"}',
        '{"whole": 01}',
        '{"real": NaN}',
        '{"real": Infinity}',
        '{"real": -Infinity}',
        '{"anything": [NaN]}',
        '{"whole": ' + "9" * 5000 + "}",
        '{"whole": ' + "9" * (MAX_DIGITS + 1) + "}",
        '{"text": "a", "text": "b"}',
        '{"anything": {"a": 1, "a": 1}}',
        '{"anything": [{"a": 1, "\\u0061": 2}]}',
        nested("[", "]", 100_000),
        nested('{"a": ', "}", 100_000),
        "[" * 100_000,
        b'{"text": "\xff"}',
        b'{"text": "\xed\xa0\x80"}',
        b'{"\xed\xa0\x80": 1}',
        b'{"text": "\xc0\x80"}',
        b"\xef\xbb\xbf{}",
        '{"text": "x"}'.encode("utf-16"),
        '{"text": "x"}'.encode("utf-16-le"),
        '{"text": "x"}'.encode("utf-32"),
        b"\x00",
        " ",
    ],
    ids=lambda content: repr(content[:24]),
)
async def test_what_is_no_json_is_refused(visitor: AsyncClient, content: bytes | str) -> None:
    assert_problem(await send(visitor, content), NotJson)


def test_json_is_read_to_any_depth_or_refused() -> None:
    # Somewhere here Python gives up, in reading or in the check that follows it.
    for depth in range(700, 1010):
        content = nested("[", "]", depth).replace("1", r'"\u0061"').encode()
        with suppress(NotJson):
            assert parse(content)


@pytest.mark.parametrize(
    "content",
    [
        r'{"text": "\ud800"}',
        r'{"text": "\udc00\ud800"}',
        r'{"\ud800": 1}',
        r'{"anything": [{"a": {"\udfff": 1}}]}',
        r'{"anything": "\ud83d\u0041"}',
    ],
)
async def test_half_a_character_is_refused(visitor: AsyncClient, content: str) -> None:
    assert_problem(await send(visitor, content), NotText)


async def test_a_whole_character_may_be_written_in_halves(visitor: AsyncClient) -> None:
    answer = await send(visitor, r'{"text": "\ud83d\ude00"}')

    assert answer.json() == {"text": "😀"}


# What is JSON, in another wrapping.


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "text/plain; application/json",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/json-patch+json",
        "application/*",
        "json",
        ";",
    ],
)
async def test_json_under_another_name_is_refused(visitor: AsyncClient, kind: str) -> None:
    assert_problem(await send(visitor, "{}", **{"Content-Type": kind}), UnsupportedMedia)


@pytest.mark.parametrize("content", [{"data": {"text": "x"}}, {"files": {"text": b"x"}}])
async def test_a_form_is_refused_where_json_is_asked_for(
    visitor: AsyncClient, content: dict[str, Any]
) -> None:
    assert_problem(await visitor.post("/everything", **content), UnsupportedMedia)


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=utf-8", "Application/JSON ;x=y"]
)
async def test_json_is_taken_by_its_name(visitor: AsyncClient, kind: str) -> None:
    assert (await send(visitor, "{}", **{"Content-Type": kind})).status_code == 200


@pytest.mark.parametrize("headers", [JSON, {"Content-Type": "text/plain"}])
async def test_an_empty_body_is_one_that_is_missing(
    visitor: AsyncClient, headers: dict[str, str]
) -> None:
    answer = await send(visitor, "", **headers)

    assert answer.status_code == Invalid.status
    [problem] = answer.json()["errors"]
    assert (problem["loc"], problem["type"]) == (["body"], "missing")


@pytest.mark.parametrize("content", ["null", "1", '"x"', "[]", "true"])
async def test_a_body_of_another_shape_is_not_valid(visitor: AsyncClient, content: str) -> None:
    assert (await send(visitor, content)).json()["code"] == Invalid.code


# Values that do not hold.

NEVER: dict[str, list[str]] = {
    "text": ['"NUL \\u0000"', "1", "true", "[]", "{}"],
    "whole": ["2147483648", "-2147483649", "1e999", "-1e999", "1.5", '"1"', "true", "9" * 400],
    "big": ["9007199254740992", "9223372036854775808", "1e400", '"1"', "9" * 400],
    "real": ["1e999", "-1e999", '"1"', "true", "9" * 400],
    "flag": ["1", "0", '"true"', '"yes"'],
    "amount": ["9.5", "1", '"1e5"', '"NaN"', '"Infinity"', '"٣"', f'"{"9" * 101}"'],
    "day": ['"0000-01-01"', '"10000-01-01"', '"2030-02-30"', '"2030-1-1"', "0", "1e999", '"now"'],
    "clock": ['"25:00:00"', '"12:00"', '"12:00:00Z"', "3600"],
    "moment": [
        '"0000-01-01T00:00:00Z"',
        '"0001-01-01T00:00:00+23:59"',
        '"9999-12-31T23:59:59-23:59"',
        '"2030-01-01T00:00:00"',
        '"2030-01-01T25:00:00Z"',
        '"2030-01-01T00:00:00+99:99"',
        "1700000000",
        "1e999",
    ],
    "id": ['"1"', "1", "true", f'"{"0" * 33}"'],
    "email": [
        '"nobody"',
        '"Ann <ann@example.com>"',
        '" ann@example.com"',
        '"ann@example.com\\n"',
        '"NUL\\u0000@example.com"',
        f'"{"x" * 250}@example.com"',
        '"a@b@example.com"',
        "1",
    ],
    "url": [
        '"ftp://example.com"',
        '"javascript:alert(1)"',
        '"https://"',
        '"https://[x"',
        '"https://example.com:port"',
        '"https://example.com/NUL\\u0000"',
        '"https://example.com/a b"',
        f'"https://example.com/{"x" * 2048}"',
    ],
    "slug": ['"A"', '"a--b"', '"-a"', '"a\\n"', f'"{"x" * 81}"'],
    "password": ['"short"', f'"{"x" * 257}"', '"NUL \\u0000 and enough letters"'],
    "several": ["1", "{}", '[1, "2"]', "[1e999]"],
    "unheard_of": ["1", "null"],
}


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field in NEVER for value in NEVER[field]]
)
async def test_a_value_that_does_not_hold_is_named(
    visitor: AsyncClient, field: str, value: str
) -> None:
    assert_invalid(await send(visitor, f'{{"{field}": {value}}}'), field)


@pytest.mark.parametrize(("written", "meant"), [("3.0", 3), ("1e2", 100), ("-0.0", 0)])
async def test_a_whole_number_may_have_a_point(
    visitor: AsyncClient, written: str, meant: int
) -> None:
    answer = await send(visitor, f'{{"whole": {written}}}')

    assert answer.json() == {"whole": meant}


async def test_a_value_at_its_bounds_holds(visitor: AsyncClient) -> None:
    sent = {
        "text": "\u0001 and \U0010ffff",
        "whole": -(2**31),
        "big": 2**53 - 1,
        "real": -1.5,
        "flag": False,
        "amount": "9.50",
        "day": "9999-12-30",
        "clock": "23:59:59.999999",
        "moment": "0001-01-02T00:00:00Z",
        "id": "00000000-0000-0000-0000-000000000000",
        "email": "ann@example.com",
        "url": "https://example.com/?q=1#x",
        "slug": "a-1",
        "password": "any 15 letters.",
        "several": [1, 2],
        "anything": {"deep": [None, {}]},
    }

    answer = await visitor.post("/everything", json=sent)

    assert answer.json() == sent


@pytest.mark.parametrize(("sent", "taken"), [("3.0", 3), ("1e2", 100), ("-0.0", 0), ("3", 3)])
async def test_a_number_is_the_same_however_it_is_written(
    visitor: AsyncClient, sent: str, taken: int
) -> None:
    answer = await send(visitor, f'{{"whole": {sent}, "real": {sent}}}')

    assert answer.json() == {"whole": taken, "real": taken}


async def test_an_address_is_the_same_in_capitals(visitor: AsyncClient) -> None:
    answer = await visitor.post("/everything", json={"email": "Ann.Other@EXAMPLE.Com"})

    assert answer.json() == {"email": "ann.other@example.com"}


@pytest.mark.parametrize(
    "value",
    [
        SENTINEL,
        f"{SENTINEL}@",
        f"ann@{SENTINEL}\u0640.com",
        f"({SENTINEL})@example.com",
        f"https://{SENTINEL}:port/",
        f"https://[{SENTINEL}",
        [SENTINEL],
        {SENTINEL: SENTINEL},
    ],
)
async def test_no_answer_repeats_what_was_sent(visitor: AsyncClient, value: Any) -> None:
    fields = {field: value for field in Everything.model_fields if field != "anything"}
    taken = (await visitor.post("/everything", json={"text": value})).is_success
    if taken:
        del fields["text"]

    answer = await visitor.post("/everything", json=fields)

    assert answer.status_code == 422
    assert len(answer.json()["errors"]) >= len(fields) - 3
    assert SENTINEL not in json.dumps(answer.json(), ensure_ascii=False)
