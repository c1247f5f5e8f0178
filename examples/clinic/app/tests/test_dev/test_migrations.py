from collections.abc import Callable

import pytest
from alembic import command
from sqlalchemy import URL, make_url

from app.tests.servers import Run
from dev.migrations import migrate
from dev.trouble import Trouble


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda url: url.set(port=1), "Connect call failed"),
        (lambda url: url.set(password="wrong"), "password authentication failed"),
        (lambda url: url.set(database="gone"), 'database "gone" does not exist'),
    ],
)
def test_a_database_that_lets_nobody_in_is_said_in_a_line(
    change: Callable[[URL], URL], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = change(make_url(Run.current().server))
    monkeypatch.setenv("ENVIRONMENT", "test")
    monkeypatch.setenv("DATABASE_URL", url.render_as_string(hide_password=False))

    with pytest.raises(Trouble, match=reason) as trouble:
        migrate()
    assert "Put DATABASE_URL right" in str(trouble.value)
    assert "Traceback" not in str(trouble.value)


def test_a_broken_revision_is_shown_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def upgrade(*_: object) -> None:
        raise ValueError("this revision is broken")

    monkeypatch.setattr(command, "upgrade", upgrade)

    with pytest.raises(Trouble, match=r"test_migrations\.py.*[\s\S]*this revision is broken"):
        migrate()
