"""Writes the tests of what is now when it is left out."""

from collections.abc import Iterator

from backsmith.design.model import Scalar
from backsmith.render.cases import Table, case
from backsmith.render.moments import is_now
from backsmith.render.script import Script

CLOCKS = {
    Scalar.DATE: (
        "began = datetime.now(UTC).date()",
        "assert began <= date.fromisoformat(made.json()[field]) <= datetime.now(UTC).date()",
    ),
    Scalar.TIME: (
        "began = datetime.now(UTC).replace(tzinfo=None)",
        "shown = datetime.combine(began, time.fromisoformat(made.json()[field]))\n"
        "            assert (shown - began) % timedelta(days=1) < timedelta(minutes=1)",
    ),
    Scalar.DATETIME: (
        "began = datetime.now(UTC)",
        "assert began <= datetime.fromisoformat(made.json()[field]) <= datetime.now(UTC)",
    ),
}
"""What a test notes before a row is made, and what it says of the value afterwards."""


def clock_tests(script: Script) -> Iterator[str]:
    """What a row holds where `=now` was left out: days and hours may end meanwhile."""
    for kind, (before, lines) in CLOCKS.items():
        fields = [each for each in script.given if is_now(each) and each.type is kind]
        if not fields:
            continue
        body = f"""
            sent = {script.body()}
            del sent[field]
            {before}

            made = await {script.hero.fixture}.post({script.paths}, json=sent)

            assert made.status_code == 201
            {lines}
        """
        table = Table({"field": "str"}, [f'"{each.column}"' for each in fields])
        name = f"a_{kind}_that_is_left_out_is_now"
        yield case(name, script.needs(script.hero), body, table)
