"""`make check`: whether the API's description is valid, whole, and says what is true."""

import sys

from pydantic import SecretStr

from app.api.openapi.document import document_of
from app.core.config import TestSettings
from app.core.settings import ApiSettings, DatabaseSettings, RedisSettings
from app.main import create_app
from dev.openapi.findings import findings
from dev.terminal import complain

NOWHERE = "postgresql://127.0.0.1/nothing-is-connected"


def main() -> int:
    settings = TestSettings(
        database=DatabaseSettings(url=SecretStr(NOWHERE)),
        redis=RedisSettings(url=SecretStr("redis://127.0.0.1")),
        api=ApiSettings(password_form=True),
    )
    found = findings(document_of(create_app(settings)))
    for finding in found:
        complain(f"{finding.place}: {finding.words}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
