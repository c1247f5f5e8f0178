"""Whom the servers run as."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dev.trouble import Trouble

NOT_AS_ROOT = (
    "PostgreSQL does not run as root, and {reason}.\n"
    "Run this as an ordinary user, or set DATABASE_URL and REDIS_URL to servers of yours."
)


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine who may do nothing much."""

    name: str
    user: int
    group: int

    def own(self, path: Path) -> None:
        os.chown(path, self.user, self.group)

    def can_enter(self, folder: Path) -> bool:
        return self._try('cd -- "$0"', folder)

    def can_run(self, program: Path) -> bool:
        return self._try('test -x "$0"', program)

    def _try(self, test: str, path: Path) -> bool:
        # Asked of the system: modes alone don't tell what access lists and mounts allow.
        try:
            done = subprocess.run(
                ["/bin/sh", "-c", test, str(path)],
                user=self.user,
                group=self.group,
                extra_groups=[],
                cwd="/",
                stderr=subprocess.DEVNULL,
                check=False,
            )
        except OSError as error:
            raise Trouble(NOT_AS_ROOT.format(reason=f"`{self.name}` cannot be used")) from error
        return done.returncode == 0


def servers_account() -> Account | None:
    """Find somebody for the servers to run as, or None where they can run as we do."""
    if os.geteuid() != 0:
        return None
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise Trouble(NOT_AS_ROOT.format(reason="there is no user `nobody`")) from None
    return Account("nobody", nobody.pw_uid, nobody.pw_gid)
