"""What callers see on the wire: a real server, plain sockets, people who do not behave."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from app.tests.test_api.test_middleware.small import small_app, with_api

LIMIT = 100_000


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    settings = with_api(body_limit=LIMIT, body_pause=0.3, deadline=1.0)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(small_app(settings), log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(timeout=10)


class Caller:
    """Somebody with a socket, who says whatever they like."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def say(self, content: bytes) -> None:
        self.writer.write(content)
        await self.writer.drain()

    async def ask(self, method: str, path: str, *headers: str, body: bytes = b"") -> None:
        lines = [f"{method} {path} HTTP/1.1", "Host: test", *headers, "", ""]
        await self.say("\r\n".join(lines).encode() + body)

    async def hear(self) -> tuple[int, dict[str, str], bytes]:
        """Read one answer whose length is declared."""
        async with asyncio.timeout(5):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
            body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        return int(head[0].split()[1]), headers, body

    async def hear_code(self) -> tuple[int, Any]:
        status, _, body = await self.hear()
        return status, json.loads(body).get("code")

    async def is_cut_off(self) -> bool:
        async with asyncio.timeout(5):
            return await self.reader.read() == b""


@pytest.fixture
async def somebody(port: int) -> Any:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    yield Caller(reader, writer)
    writer.close()


async def test_who_sends_too_much_all_the_same_reads_why_it_was_refused(somebody: Caller) -> None:
    size = 20 * LIMIT
    await somebody.ask("POST", "/api/things", f"Content-Length: {size}", body=b"1" * size)

    assert await somebody.hear_code() == (413, "BODY_TOO_LARGE")


async def test_who_declares_no_length_reads_it_too_and_may_go_on(somebody: Caller) -> None:
    part = b"2710\r\n" + b"1" * 10_000 + b"\r\n"
    headers = ("Transfer-Encoding: chunked", "Content-Type: application/json")
    await somebody.ask("POST", "/api/things", *headers, body=part * 20 + b"0\r\n\r\n")

    assert await somebody.hear_code() == (413, "BODY_TOO_LARGE")

    await somebody.ask("GET", "/health")
    assert (await somebody.hear())[0] == 200


async def test_who_asks_before_sending_is_spared_the_sending(somebody: Caller) -> None:
    await somebody.ask("POST", "/nowhere", "Content-Length: 5000000", "Expect: 100-continue")

    assert await somebody.hear_code() == (413, "BODY_TOO_LARGE")
    assert await somebody.is_cut_off()


async def test_who_stops_sending_is_told_and_cut_off(somebody: Caller) -> None:
    headers = ("Content-Length: 10", "Content-Type: application/json")
    await somebody.ask("POST", "/api/things", *headers, body=b"1")

    assert await somebody.hear_code() == (408, "REQUEST_TIMEOUT")
    assert await somebody.is_cut_off()


async def test_who_trickles_after_an_answer_is_cut_off(somebody: Caller) -> None:
    await somebody.ask("POST", "/nowhere", "Content-Length: 1000", body=b"1")

    status, headers, _ = await somebody.hear()

    assert (status, headers["connection"]) == (404, "close")
    assert await somebody.is_cut_off()


async def test_who_gets_half_an_answer_can_tell(somebody: Caller) -> None:
    await somebody.ask("GET", "/api/things/slow/stream")

    async with asyncio.timeout(5):
        heard = await somebody.reader.read()

    assert heard.startswith(b"HTTP/1.1 200 OK")
    assert b"drop" in heard
    assert not heard.endswith(b"0\r\n\r\n")


async def test_a_failure_leaves_the_connection_whole(somebody: Caller) -> None:
    await somebody.ask("GET", "/api/things/broken/now")
    assert await somebody.hear_code() == (500, "INTERNAL_ERROR")

    await somebody.ask("GET", "/api/things/1")
    assert (await somebody.hear())[0] == 200


async def test_what_is_refused_before_its_body_is_read_leaves_the_connection_whole(
    somebody: Caller,
) -> None:
    await somebody.ask("POST", "/nowhere", "Content-Length: 90000", body=b"1" * 90_000)
    assert await somebody.hear_code() == (404, "NO_SUCH_PAGE")

    await somebody.ask("GET", "/api/things/1")
    assert (await somebody.hear())[0] == 200


async def test_many_slow_callers_keep_nobody_waiting(port: int, somebody: Caller) -> None:
    slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(100)]
    head = b"POST /api/things HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
    for _, writer in slow:
        writer.write(head + b"Content-Length: 10\r\n\r\n1")
    started = time.monotonic()
    await somebody.ask("GET", "/health")

    assert (await somebody.hear())[0] == 200
    # One after the other, they would take half a minute.
    assert time.monotonic() - started < 2
    async with asyncio.timeout(15):
        for reader, writer in slow:
            assert (await reader.read()).startswith(b"HTTP/1.1 408 ")
            writer.close()
