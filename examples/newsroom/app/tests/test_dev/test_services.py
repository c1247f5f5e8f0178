import asyncio
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from pydantic import SecretStr
from redis import Redis
from redis.exceptions import AuthenticationError

from app.core.settings import DatabaseSettings
from app.db.database import open_engine
from app.tests.test_dev.places import folder_for_servers, owners_in, running_in, wait_until_empty
from dev import account, leash, place, programs
from dev.account import servers_account
from dev.process import leashed
from dev.services import LocalServices
from dev.trouble import Trouble

BACKEND = Path(__file__).parents[3]
pytestmark = pytest.mark.thorough
RUN = """
import sys, time
from pathlib import Path
from dev import process
from dev.services import LocalServices
if sys.argv[2:]:
    process.LEASH = Path(sys.argv[2])
with LocalServices(Path(sys.argv[1]), durable=False) as services:
    print(services.database_url, flush=True)
    sys.stdin.read()
"""
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")


@pytest.fixture
def folder() -> Iterator[Path]:
    with folder_for_servers() as folder:
        yield folder


def scalar(url: str, query: str) -> object:
    async def fetch() -> object:
        engine = open_engine(
            DatabaseSettings(url=SecretStr(url)), verified=False, isolation_level="AUTOCOMMIT"
        )
        async with engine.connect() as connection:
            found = await connection.exec_driver_sql(query)
            value = found.scalar() if found.returns_rows else None
        await engine.dispose()
        return value

    return asyncio.run(fetch())


def run_servers(
    folder: Path, *arguments: str, before: Sequence[str] = ()
) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*before, sys.executable, "-c", RUN, str(folder), *arguments],
        cwd=BACKEND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@on_linux
def test_servers_keep_their_data_to_themselves_and_through_a_restart(folder: Path) -> None:
    with LocalServices(folder) as first:
        scalar(first.database_url, "CREATE TABLE kept AS SELECT 42 AS answer")
        with Redis.from_url(first.redis_url) as redis:
            redis.set("kept", "42")
        assert len(running_in(folder)) >= 2
        nobody_else_gets_in(first)
        with pytest.raises(Trouble, match=f"in use \\(process {os.getpid()}\\)"):
            LocalServices(folder).__enter__()
    assert not running_in(folder)

    with a_process_number_used_again(first.place), LocalServices(folder) as second:
        assert (second.database_url, second.redis_url) == (first.database_url, first.redis_url)
        assert scalar(second.database_url, "SELECT answer FROM kept") == 42
        with Redis.from_url(second.redis_url) as redis:
            assert redis.get("kept") == b"42"
    assert not running_in(folder)

    (second.place / "postgres" / "password").unlink()
    with pytest.raises(Trouble, match="password of PostgreSQL is gone"):
        LocalServices(folder).__enter__()
    assert not running_in(folder)


@contextmanager
def a_process_number_used_again(place: Path) -> Iterator[None]:
    """Leave PostgreSQL's lock file as a power cut does, when its number is somebody's by now."""
    command = [shutil.which("sleep") or "", "60"]
    with subprocess.Popen(leashed(command, signal.SIGTERM, servers_account())) as somebody:
        (place / "postgres" / "data" / "postmaster.pid").write_text(f"{somebody.pid}\n")
        yield
        somebody.kill()


def nobody_else_gets_in(services: LocalServices) -> None:
    with pytest.raises(Exception, match="password authentication failed"):
        scalar(re.sub(":[^:@]+@", ":guess@", services.database_url), "SELECT 1")
    with (
        Redis.from_url(re.sub(":[^:@]+@", "", services.redis_url)) as redis,
        pytest.raises(AuthenticationError),
    ):
        redis.ping()
    assert scalar(services.database_url, "SHOW listen_addresses") == "127.0.0.1"
    assert scalar(services.database_url, "SHOW unix_socket_directories") == ""
    assert scalar(services.database_url, "SHOW fsync") == "on"
    secrets = list(services.place.glob("*/password"))
    assert [path.stat().st_mode & 0o777 for path in secrets] == [0o600, 0o600]


@on_linux
def test_servers_end_with_their_run_at_the_next_start_or_without_their_data(
    folder: Path, tmp_path: Path
) -> None:
    with run_servers(folder) as run:
        assert run.stdout
        assert run.stdout.readline()
        run.kill()
    wait_until_empty(folder)

    # As on a system that does not tell children of their parent's death.
    no_leash = tmp_path / "leash.py"
    code = Path(leash.__file__).read_text()
    no_leash.write_text(code.replace("prctl(PR_SET_PDEATHSIG, farewell)", "prctl(1, 0)"))
    with run_servers(folder, str(no_leash)) as run:
        assert run.stdout
        url = run.stdout.readline().strip()
        scalar(url, "CREATE TABLE kept AS SELECT 42 AS answer")
        run.kill()
    left = running_in(folder)
    assert len(left) >= 2

    with LocalServices(folder, durable=False) as services:
        assert not running_in(folder) & left
        assert scalar(services.database_url, "SELECT answer FROM kept") == 42
        services.expect_alive()
        shutil.rmtree(services.place)
        with pytest.raises(Trouble, match="data is gone, so Valkey can't go on"):
            services.expect_alive()
        leaving = time.monotonic()
    assert time.monotonic() - leaving < 5
    assert not running_in(folder)


@on_linux
@as_root
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv of util-linux")
def test_an_ordinary_user_starts_servers_as_they_are(folder: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    # Root's Python may lie in root's home: they may read it, as they could if it were theirs.
    reading = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    becoming = [f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]

    with run_servers(folder, before=["setpriv", *becoming, *reading]) as run:
        assert run.stdout
        assert run.stdin
        assert run.stdout.readline()
        owners = owners_in(folder)
        run.stdin.close()
    assert owners == {nobody.pw_uid}
    assert run.returncode == 0
    assert not running_in(folder)


@on_linux
@as_root
def test_root_s_own_folder_is_not_opened_to_the_servers_user(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "ELSEWHERE", folder)
    monkeypatch.setattr(programs, "ELSEWHERE", folder)
    monkeypatch.setattr(account.Account, "can_run", lambda *_: False)
    tmp_path.chmod(0o700)

    with LocalServices(tmp_path / ".local", durable=False) as services:
        assert scalar(services.database_url, "SELECT 1") == 1
        assert services.place.parent == folder
        assert 0 not in owners_in(folder)
        for process in running_in(folder):
            with suppress(FileNotFoundError):  # some end while we look
                assert Path(f"/proc/{process}/exe").readlink().is_relative_to(folder)
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_servers_that_are_given_take_the_place_of_ours(tmp_path: Path) -> None:
    database, redis = "postgresql://db/x", "redis://cache"

    with LocalServices(tmp_path / "local", database_url=database, redis_url=redis) as services:
        assert (services.database_url, services.redis_url) == (database, redis)
        assert services.servers == []
    assert not (tmp_path / "local").exists()
