"""What keeps an attack away, and the test that has to notice when it is gone."""

from dataclasses import dataclass

from tests.render.mutations import Change

ATTACKS = "app/tests/test_attacks"


@dataclass(frozen=True, slots=True)
class Guard:
    """Lines of the backend that are taken out; several, where one stands in for another."""

    keeps: str
    test: str
    changes: tuple[Change, ...]


def guard(keeps: str, test: str, *changes: tuple[str, str, str]) -> Guard:
    """A guard whose changes are a file below `app`, what stands in it, and what is to."""
    return Guard(
        keeps,
        f"{ATTACKS}/{test}",
        tuple(Change(f"app/{file}", old, new) for file, old, new in changes),
    )
