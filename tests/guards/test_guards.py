"""Each attack that is tried on the backend succeeds once its guard is gone, as its test says."""

import re
from collections.abc import Iterator

import pytest

from tests.render.mutations import Mutation, Workshop, broken, workshop_of
from tests.render.projects import ROOT, run_tests

from . import forged, login, refresh
from .guard import Guard

BOOKSHELF = ROOT / "backend" / "backsmith.yml"
GUARDS = [*refresh.GUARDS, *forged.GUARDS, *login.GUARDS]
EACH = pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.test.split("::test_")[1])
ALL = ("-m", "thorough or not thorough")
SEEN = re.compile(r"^E +(AssertionError|assert |Failed: DID NOT RAISE)", re.MULTILINE)


@EACH
def test_a_guard_stands_where_it_is_said_to(guard: Guard) -> None:
    for change in guard.changes:
        text = (ROOT / "backend" / change.file).read_text(encoding="utf-8")
        assert text.count(change.old) == 1, f"{change.file} doesn't say this once: {change.old}"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    with workshop_of(tmp_path_factory.mktemp("backend"), BOOKSHELF) as found:
        yield found


@pytest.mark.mutation
def test_no_attack_succeeds_while_all_guards_stand(workshop: Workshop) -> None:
    tests = sorted({guard.test for guard in GUARDS})

    passed, told = run_tests(workshop.projects[BOOKSHELF], workshop.variables, *ALL, *tests)

    assert passed, told


@pytest.mark.mutation
@EACH
def test_an_attack_succeeds_once_its_guard_is_gone(workshop: Workshop, guard: Guard) -> None:
    project = workshop.projects[BOOKSHELF]

    with broken(project, Mutation(guard.keeps, BOOKSHELF, "book", guard.changes)):
        passed, told = run_tests(project, workshop.variables, *ALL, guard.test)

    assert not passed, f"nobody notices that this is gone: {guard.keeps}"
    assert f"FAILED {guard.test}" in told, told
    assert SEEN.search(told), told
