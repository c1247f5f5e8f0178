"""A network between the application and a server of its own, that can fail in each known way."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress

from sqlalchemy import make_url

from dev.server import LOOPBACK, free_port

SSL_REQUEST = bytes.fromhex("00000008 04d2162f")
"""How PostgreSQL is asked for TLS ("Message Formats" in its documentation)."""


def nobody_listens(url: str) -> str:
    """Say where nobody answers at all."""
    return _moved(url, free_port())


class Network:
    """Passes bytes on, until it is told otherwise; in front of a server, it can speak TLS."""

    def __init__(self, url: str, tls: ssl.SSLContext | None) -> None:
        self._there = make_url(url)
        self._tls = tls
        self._writers: list[asyncio.StreamWriter] = []
        self._passing = asyncio.Event()
        self._passing.set()
        self.url = url

    def fall_silent(self) -> None:
        """Swallow everything, and let connections stand."""
        self._passing.clear()

    def speak_again(self) -> None:
        self._passing.set()

    def reset(self) -> None:
        """End every connection without a word."""
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._tls and not await self._agree_on_tls(reader, writer, self._tls):
            return
        there = await asyncio.open_connection(self._there.host, self._there.port)
        self._writers += [writer, there[1]]
        await asyncio.gather(self._carry(reader, there[1]), self._carry(there[0], writer))

    async def _agree_on_tls(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, tls: ssl.SSLContext
    ) -> bool:
        try:
            assert await reader.readexactly(8) == SSL_REQUEST
            writer.write(b"S")
            await writer.start_tls(tls)
        except (OSError, EOFError):
            writer.close()
            return False
        return True

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError), closing(writer):
            while data := await reader.read(65536):
                await self._passing.wait()
                writer.write(data)


@asynccontextmanager
async def network(url: str, tls: ssl.SSLContext | None = None) -> AsyncIterator[Network]:
    """Stand between the application and the server at this URL."""
    between = Network(url, tls)
    server = await asyncio.start_server(between.meet, LOOPBACK, 0)
    between.url = _moved(url, server.sockets[0].getsockname()[1])
    try:
        yield between
    finally:
        between.reset()
        server.close()


def _moved(url: str, port: int) -> str:
    moved = make_url(url).set(host=LOOPBACK, port=port)
    return moved.render_as_string(hide_password=False)
