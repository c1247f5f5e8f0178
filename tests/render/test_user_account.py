"""What people are told who can't delete their account, because rows that refer to it stay."""

from backsmith.design import read
from backsmith.render import render

SERVICE = "app/services/user_account.py"
ENDPOINT = "app/api/v1/endpoints/user_account.py"
DESIGN = """\
backsmith: 1
name: shop
resources:
  Letter:
    fields:
      title: string
      writer: User {fate}
    access: {{read: authenticated}}
"""


def files(fate: str) -> tuple[str, str]:
    design = read(DESIGN.format(fate=fate)).design
    assert design
    rendered = render(design)
    return rendered[SERVICE].decode(), rendered[ENDPOINT].decode()


def test_a_row_that_stays_is_named_as_the_reason() -> None:
    service, endpoint = files("restrict")

    assert 'constraint = "fk_letters_writer_id"' in service
    assert "Letters still refer to your account." in service
    assert "UserNotFound, LastAdministrator, UserHasLetters" in endpoint


def test_rows_that_go_along_keep_nobody() -> None:
    for text in files("cascade"):
        assert "Letter" not in text
