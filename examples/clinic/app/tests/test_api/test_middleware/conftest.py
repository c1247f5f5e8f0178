import logging

import pytest

from app.core.logging import configure_logging
from app.core.settings import LogSettings


@pytest.fixture(autouse=True, scope="session")
def logging_as_in_production() -> None:
    configure_logging(LogSettings())
    # The tests' own client would write its lines among the application's.
    logging.getLogger("httpx").setLevel(logging.WARNING)
