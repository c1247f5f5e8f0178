import json
import logging
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import structlog
import uvicorn
from pydantic import BaseModel, SecretStr
from sqlalchemy.exc import DBAPIError

from app.core.context import request_id
from app.core.logging import StandardOutput, configure_logging
from app.core.redaction import LONGEST, redact, redact_text
from app.core.settings import LogSettings

SENTINEL = "s3ntinel-of-a-secret"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzZW50aW5lbCJ9.c2VudGluZWwtc2lnbmF0dXJl"
REFRESH = "bsr_" + "sEntinel" * 5 + "abc"

log = structlog.stdlib.get_logger("app.test")


@pytest.fixture(autouse=True)
def as_json() -> Iterator[None]:
    configure_logging(LogSettings())
    yield
    configure_logging(LogSettings())


@pytest.fixture
def on_a_console() -> None:
    configure_logging(LogSettings(format="console"))


def ours() -> StandardOutput:
    (handler,) = [one for one in logging.getLogger().handlers if isinstance(one, StandardOutput)]
    return handler


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_says_what_when_how_bad_for_which_request_and_by_whom(
    capsys: pytest.CaptureFixture[str],
) -> None:
    token = request_id.set("a-request")
    log.warning("note_sold", price=12.5, note=UUID(int=1), tags=("new", None))
    request_id.reset(token)

    (line,) = lines(capsys)
    assert datetime.fromisoformat(line.pop("ts")).utcoffset() is not None
    assert line == {
        "level": "warning",
        "event": "note_sold",
        "request_id": "a-request",
        "logger": "app.test",
        "price": 12.5,
        "note": "00000000-0000-0000-0000-000000000001",
        "tags": ["new", None],
    }


def test_libraries_and_the_server_speak_in_the_same_stream(
    capsys: pytest.CaptureFixture[str],
) -> None:
    uvicorn.Config("app:none")
    configure_logging(LogSettings())

    logging.getLogger("some.library").warning("%s of %s", 1, 2)
    logging.getLogger("uvicorn.error").info("Started")
    logging.getLogger("uvicorn.access").info("GET /?token=%s", SENTINEL)

    captured = capsys.readouterr()
    said = [json.loads(line) for line in captured.out.splitlines()]
    assert [(line["logger"], line["event"]) for line in said] == [
        ("some.library", "1 of 2"),
        ("uvicorn.error", "Started"),
    ]
    assert captured.err == ""


def test_the_level_counts_for_all_and_configuring_twice_says_nothing_twice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for level in ("debug", "warning"):
        configure_logging(LogSettings.model_validate({"level": level}))
        for logger in (log, logging.getLogger("some.library")):
            logger.debug("debug")
            logger.info("info")
            logger.warning("warning")

    assert [line["event"] for line in lines(capsys)] == [
        *("debug", "info", "warning") * 2,
        *("warning",) * 2,
    ]


def test_an_exception_is_told_in_parts_without_the_values_of_variables(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_argument: str) -> None:
        try:
            raise KeyError("first")
        except KeyError as error:
            raise ValueError("second") from error

    try:
        fail(SENTINEL)
    except ValueError:
        log.exception("failed")
        logging.getLogger("some.library").exception("failed")

    captured = capsys.readouterr().out
    assert SENTINEL not in captured
    for line in captured.splitlines():
        told = json.loads(line)["exception"]
        assert [(one["exc_type"], one["exc_value"]) for one in told] == [
            ("ValueError", "second"),
            ("KeyError", "'first'"),
        ]
        assert told[0]["frames"][-1]["name"] == "fail"


class Form(BaseModel):
    number: int
    password: str


NAMED = [
    "password",
    "new_password",
    "passphrase",
    "refresh_token",
    "Authorization",
    "cookie",
    "Set-Cookie",
    "client_secret",
    "api_key",
    "apikey",
    "X-API-Key",
    "private_key",
    "credentials",
    "dsn",
    "totp",
    "otp",
    "body",
    "query_string",
    "headers",
    "params",
]


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("style", ["json", "console"])
def test_what_is_named_like_a_secret_is_not_logged(
    name: str, style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(LogSettings.model_validate({"format": style}))

    log.info("seen", **{name: SENTINEL})
    log.info("seen", deep=[{"deeper": {name: [SENTINEL]}}])
    log.info("seen", **{name: {"inner": SENTINEL}})

    assert SENTINEL not in capsys.readouterr().out


TEXTS = [
    f"password={SENTINEL}",
    f"password: {SENTINEL} and {SENTINEL}",
    f"{{'password': '{SENTINEL} {SENTINEL}', 'number': 1}}",
    f'{{"new_password": "{SENTINEL}"}}',
    f"Authorization: Bearer {SENTINEL}",
    f"Authorization: Basic {SENTINEL}",
    f"bearer {SENTINEL}",
    f"Cookie: first=1; session={SENTINEL}",
    f"the token is token={SENTINEL}, no more",
    f"client_secret = {SENTINEL}",
    f"postgresql://app:{SENTINEL}@db.test/app",
    f"postgresql+asyncpg://app:{SENTINEL}/with/slash@db.test/app",
    f"rediss://:{SENTINEL}@cache.test:6379/0",
    f"https://api.test/verify?code={SENTINEL}&more=1",
    f"token {JWT}",
    JWT,
    JWT.rsplit(".", 1)[0],
    f"refresh with {REFRESH}",
    f"[parameters: ('{SENTINEL}', 1)]",
    f"[SQL: INSERT INTO users]\n[parameters: ('{SENTINEL}\n',)]\n(Background on this error)",
    f"not null\nDETAIL:  Failing row contains (1, {SENTINEL},\n{SENTINEL}).",
    f"invalid input for query argument $1: '{SENTINEL}' (expected int)",
    f'invalid input syntax for type uuid: "{SENTINEL}"',
]


@pytest.mark.parametrize("style", ["json", "console"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_secret_is_found_in_any_text_and_any_error(
    text: str, style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(LogSettings.model_validate({"format": style}))

    log.info(text)
    log.info("seen", value=text, inner={"values": [text]}, **{text: 1})
    logging.getLogger("some.library").warning("seen %s", text)
    try:
        raise RuntimeError(text)
    except RuntimeError:
        log.exception("failed")

    captured = capsys.readouterr().out
    for secret in (SENTINEL, JWT, JWT.split(".")[1], REFRESH):
        assert secret not in captured
    assert "redacted" in captured


def test_errors_of_validation_and_of_the_database_keep_their_values_to_themselves(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for bad in ({"number": "x", "password": SENTINEL}, {"number": 1, "password": [SENTINEL]}):
        try:
            Form.model_validate(bad)
        except ValueError:
            log.exception("failed")
    cause = Exception(f"duplicate key\nDETAIL:  Key (email)=({SENTINEL}) already exists.")
    try:
        raise DBAPIError("INSERT ...", {"email": SENTINEL}, cause, hide_parameters=True)
    except DBAPIError:
        log.exception("failed")

    captured = capsys.readouterr().out
    assert "INSERT" in captured
    assert SENTINEL not in captured


def test_wrapped_secrets_and_bytes_stay_wrapped() -> None:
    seen = redact({"a": SecretStr(SENTINEL), "b": SENTINEL.encode(), "c": bytearray(b"1")})

    assert SENTINEL not in str(seen)


def test_a_secret_is_not_cut_in_half_and_left() -> None:
    url = f"postgresql://app:{SENTINEL}@db.test/app"

    for filled in range(LONGEST - len(url), LONGEST):
        assert SENTINEL[:4] not in redact_text("x" * filled + " " + url)


def test_an_address_is_masked_but_can_be_told_apart() -> None:
    assert redact_text("to alice@example.org, bob.b+x@mail.test") == (
        "to a***@example.org, b***@mail.test"
    )


@pytest.mark.parametrize(
    "text",
    [
        "/api/v1/notes/{note_id}",
        "invalid token: ".strip(": "),
        "2026-11-22T21:27:07.196+00:00",
        "Application startup complete.",
        "http://127.0.0.1:8000/docs",
    ],
)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert redact_text(text) == text


def test_things_within_things_have_an_end() -> None:
    endless: dict[str, Any] = {}
    endless["again"] = endless

    assert "redacted" in str(redact(endless))


HOSTILE = [
    "a" * 100_000,
    "a@" * 50_000,
    "x://" * 25_000,
    "http://" * 10_000 + "?",
    "password" * 10_000,
    "eyJ" * 30_000,
    "bearer " * 10_000,
    "token=" * 10_000,
    "a.b@c." * 10_000,
    "-a" * 50_000 + "@",
    "DETAIL:" * 10_000,
    "[parameters: " * 8_000,
    "input_value=" * 8_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_no_text_slows_the_log_down_or_fills_it(text: str) -> None:
    started = time.perf_counter()
    shown = redact_text(text)

    assert time.perf_counter() - started < 0.25
    assert len(shown) < 3 * LONGEST


FORGED = 'first\r\n{"event": "forged"}\n2026-11-22 [info] forged\x1b[2J\x85\u2028\u202e'


def test_no_text_becomes_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    log.info(FORGED, value=FORGED, **{FORGED: 1})
    logging.getLogger(FORGED).warning(FORGED)

    assert len(lines(capsys)) == 2


@pytest.mark.usefixtures("on_a_console")
def test_no_text_becomes_a_line_of_its_own_on_a_console(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.info(FORGED, value=FORGED, inner=[FORGED], **{FORGED: 1})
    logging.getLogger(FORGED).warning(FORGED)

    captured = capsys.readouterr().out
    assert len(captured.splitlines()) == 2
    assert not set("\x1b\r\x85\u2028\u202e") & set(captured)


@pytest.mark.usefixtures("on_a_console")
def test_a_traceback_on_a_console_stands_aside_from_the_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    try:
        raise RuntimeError(FORGED)
    except RuntimeError:
        log.exception("failed")

    first, *rest = capsys.readouterr().out.rstrip("\n").split("\n")
    assert "failed" in first
    assert any("RuntimeError: first" in line for line in rest)
    assert all(line.startswith("    ") for line in rest)


@pytest.mark.parametrize("style", ["json", "console"])
def test_half_a_character_is_written_as_what_it_is(
    style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(LogSettings.model_validate({"format": style}))

    ours().emit(logging.makeLogRecord({"msg": "half \ud800", "levelname": "INFO"}))

    assert "half \\ud800" in capsys.readouterr().out


def test_a_line_that_cannot_be_written_is_lost_without_a_word_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Unspeakable:
        def __str__(self) -> str:
            raise ValueError(SENTINEL)

    log.info("seen", password=SENTINEL, value=Unspeakable())
    ours().emit(logging.makeLogRecord({"msg": "%s %s", "args": (SENTINEL,)}))

    captured = capsys.readouterr()
    assert SENTINEL not in captured.out + captured.err
    assert captured.err.count("was lost") == 2
