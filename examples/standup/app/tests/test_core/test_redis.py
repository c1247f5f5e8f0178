import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pydantic import SecretStr
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.core.redis import open_redis
from app.core.settings import RedisSettings


def redis_at(url: str, **settings: float) -> Redis:
    return open_redis(RedisSettings(url=SecretStr(url), **settings))


async def test_a_command_is_answered(redis_url: str) -> None:
    async with redis_at(redis_url) as redis:
        assert await redis.ping()


@pytest.mark.parametrize("listening", [True, False])
async def test_a_server_that_does_not_answer_costs_a_moment(listening: bool) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if listening:
            server.listen()
        async with redis_at(f"redis://127.0.0.1:{server.getsockname()[1]}") as redis:
            started = time.monotonic()
            with pytest.raises(RedisError):
                await redis.ping()

    assert time.monotonic() - started < 0.3


@pytest.fixture
async def impostor(tmp_path: Path) -> AsyncIterator[tuple[int, Path]]:
    """A server with a certificate of its own making, for another name than it is called by."""
    certificate = self_signed("other.test", tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"+PONG\r\n" * 10)

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    yield server.sockets[0].getsockname()[1], certificate
    server.close()


def self_signed(name: str, folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = folder / "impostor.pem"
    file.write_bytes(pem + certificate.public_bytes(Encoding.PEM))
    return file


@pytest.mark.parametrize("words", ["", "?ssl_cert_reqs=none&ssl_check_hostname=false"])
async def test_a_stranger_is_not_spoken_to_whatever_the_url_says(
    impostor: tuple[int, Path], words: str
) -> None:
    async with redis_at(f"rediss://127.0.0.1:{impostor[0]}/0{words}", timeout=5) as redis:
        with pytest.raises(RedisError, match="self-signed certificate"):
            await redis.ping()


async def test_a_trusted_server_of_another_name_is_not_spoken_to_either(
    impostor: tuple[int, Path],
) -> None:
    port, certificate = impostor
    async with redis_at(
        f"rediss://127.0.0.1:{port}?ssl_ca_certs={certificate}", timeout=5
    ) as redis:
        with pytest.raises(RedisError, match="IP address mismatch"):
            await redis.ping()


def test_what_the_url_says_of_time_does_not_count() -> None:
    redis = redis_at("redis://cache.test/0?socket_timeout=60&socket_connect_timeout=60")

    assert redis.connection_pool.connection_kwargs["socket_timeout"] == 0.1
    assert redis.connection_pool.connection_kwargs["socket_connect_timeout"] == 0.1
