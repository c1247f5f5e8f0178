"""`make dev`: everything that the API needs, and the API, until Ctrl-C."""

import asyncio
import os
import sys
import time

from app.core.config import (
    DEVELOPMENT_PAGE,
    Settings,
    SettingsInvalid,
    load_settings,
    read_settings,
)
from dev.api import Api, port_from, url_of
from dev.filling import fill
from dev.mailbox import Mailbox
from dev.migrations import BACKEND, migrate
from dev.report import report
from dev.services import LocalServices
from dev.terminal import complain, one_interrupt, say
from dev.trouble import Trouble


def main() -> int:
    os.chdir(BACKEND)
    os.environ["ENVIRONMENT"] = "development"
    try:
        with one_interrupt():
            run(port_from(os.environ.get("PORT", "8000")), read_settings())
    except KeyboardInterrupt:
        say("\nStopped. Nothing is left running, and the data stays.")
    except SettingsInvalid as error:
        complain(f"Some settings (environment or .env) are not fit to start with:\n{error}")
        return 2
    except Trouble as trouble:
        complain(str(trouble))
        return 1
    return 0


def run(port: int, settings: Settings) -> None:
    say("PostgreSQL and Valkey start ...")
    with LocalServices(
        BACKEND / ".local",
        database_url=settings.database.url.get_secret_value(),
        redis_url=settings.redis.url.get_secret_value(),
    ) as services:
        os.environ["DATABASE_URL"] = services.database_url
        os.environ["REDIS_URL"] = services.redis_url
        if settings.mail.link_base == DEVELOPMENT_PAGE:
            os.environ["MAIL_LINK_BASE"] = f"{url_of(port)}/docs"
        settings = load_settings()
        say("The database is migrated ...")
        migrate()
        people = asyncio.run(fill(settings.database))
        say("The API starts ...")
        api = Api(port)
        try:
            local = settings.tokens.local
            serve(api, services, Mailbox(settings.mail), people=people, local=local)
        finally:
            say("\nStopping ...")
            api.process.stop()


def serve(
    api: Api, services: LocalServices, mailbox: Mailbox, *, people: bool, local: bool
) -> None:
    """Wait until the API is there, say so, and watch over everything."""
    while not api.wait():
        say("The API does not answer yet; what is wrong is above. Once saved, it starts again.")
    say(report(api, services, mailbox, people=people, local=local))
    while True:
        for told in mailbox.news(api.url):
            say(told)
        api.expect_alive()
        services.expect_alive()
        time.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main())
