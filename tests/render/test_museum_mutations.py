"""Generated tests fail when rows go astray: addresses, owners, values, other rows of one kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .mutations import (
    Change,
    Mutation,
    Workshop,
    assert_untouched_passes,
    broken,
    paths_of,
    workshop_of,
)
from .projects import run_tests

pytestmark = pytest.mark.mutation

MUSEUM = Path(__file__).parent / "museum.yml"
VISITS = "app/api/v1/endpoints/visit.py"
SERVICE, REPOSITORY = "app/services/exhibit.py", "app/repositories/exhibit.py"
SCHEMA, JSON = "app/schemas/exhibit.py", "app/schemas/json.py"
REVISION = "app/db/migrations/versions/????????????_*.py"
OWN = "    return owned_by(actor.id)\n"
LISTED = "    return links.paged(await visits.page(actor, asked))\n"


def more(verb: str, answer: str) -> str:
    """An endpoint for one visit, that the design leaves out."""
    return (
        f'\n\n@router.{verb}("/{{visit_id}}", status_code={answer})\n'
        f"async def {verb}_visit(actor: SignedIn, visit_id: str) -> None:\n"
        '    """Do what nobody asked for."""\n'
    )


def of_visits(guard: str, verb: str, answer: str) -> Mutation:
    change = Change(VISITS, LISTED, f"{LISTED}{more(verb, answer)}")
    return Mutation(guard, MUSEUM, "visit", (change,))


def of_exhibits(guard: str, file: str, old: str, new: str = "") -> Mutation:
    return Mutation(guard, MUSEUM, "exhibit", (Change(file, old, new),))


def everybodys(guard: str, sentence: str) -> Mutation:
    """Let a right over what stands in one's own halls be one over all exhibits."""
    head = f'    """{sentence}"""\n'
    changes = (
        Change(SERVICE, f"{head}{OWN}", f"{head}    return EVERY\n"),
        Change(SERVICE, "import Rows\n", "import EVERY, Rows\n"),
    )
    return Mutation(guard, MUSEUM, "exhibit", changes)


MUTATIONS = [
    of_visits("that nobody deletes", "delete", "status.HTTP_204_NO_CONTENT"),
    of_visits("that nobody changes", "patch", "status.HTTP_204_NO_CONTENT"),
    of_visits("that nobody gets one", "get", "status.HTTP_204_NO_CONTENT"),
    everybodys("whose hall it is, for who reads", "Owners read their own exhibits."),
    everybodys("whose hall it is, for who creates", "Owners create their own exhibits."),
    everybodys("whose hall it is, for who deletes", "Owners delete their own exhibits."),
    of_exhibits(
        "whose hall it comes to",
        SERVICE,
        "        existing(await self._exhibits.get(rows, exhibit_id), ExhibitRefused)\n",
    ),
    of_exhibits(
        "the way to the owner",
        REPOSITORY,
        "select(Hall.id).where(Hall.keeper_id == user_id)",
        "select(Hall.id)",
    ),
    of_exhibits("how many bytes there may be", SCHEMA, "sized(2, 2_000)", "sized(2)"),
    of_exhibits("how many bytes there have to be", SCHEMA, "sized(2, 2_000)", "sized(0, 2_000)"),
    of_exhibits("the form of bytes", SCHEMA, "    picture: Base64\n", "    picture: bytes\n"),
    of_exhibits(
        "that the database counts the bytes",
        REVISION,
        "octet_length(picture) BETWEEN 2 AND 2000",
        "octet_length(picture) <= 2000",
    ),
    of_exhibits("what JSON can be kept", SCHEMA, "Annotated[AnyJson, ", "Annotated[Any, "),
    of_exhibits(
        "how much JSON there may be", JSON, 'raise ValueError("send 64 KiB at most")', "pass"
    ),
    of_exhibits(
        "how deep JSON may be", JSON, 'raise ValueError(f"nest {DEEPEST} levels at most")', "pass"
    ),
    of_exhibits(
        "that numbers come back as they were sent",
        JSON,
        'raise ValueError("write numbers beyond 9007199254740991 as text")',
        "pass",
    ),
    of_exhibits(
        "that no row refers to itself",
        REVISION,
        '        sa.CheckConstraint("whole_id <> id", name=op.f("ck_exhibits_whole_id")),\n',
    ),
    of_exhibits(
        "what is said to who lets a row refer to itself",
        SERVICE,
        '    constraint = "ck_exhibits_whole_id"\n',
    ),
    of_exhibits(
        "that parts stay when the whole goes",
        REVISION,
        'name=op.f("fk_exhibits_whole_id"), ondelete="SET NULL"',
        'name=op.f("fk_exhibits_whole_id"), ondelete="CASCADE"',
    ),
    of_exhibits(
        "that nobody refers to what they may not read, later",
        SERVICE,
        'if "whole_id" in data.model_fields_set and data.whole_id != exhibit.whole_id:',
        "if not data.model_fields_set:",
    ),
    of_exhibits(
        "that one alone refers to a row",
        REVISION,
        '        sa.UniqueConstraint("pedestal_id", name=op.f("uq_exhibits_pedestal_id")),\n',
    ),
    of_exhibits(
        "what is said to the second who refers to a row",
        SERVICE,
        '    constraint = "uq_exhibits_pedestal_id"\n',
    ),
]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    with workshop_of(tmp_path_factory.mktemp("projects"), MUSEUM) as found:
        yield found


def test_the_untouched_project_passes(workshop: Workshop) -> None:
    assert_untouched_passes(workshop, MUSEUM, "hall", "pedestal", "exhibit", "visit")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.guard)
def test_tests_notice_that_a_guard_is_gone(workshop: Workshop, mutation: Mutation) -> None:
    project = workshop.projects[MUSEUM]

    with broken(project, mutation):
        passed, told = run_tests(project, workshop.variables, *paths_of(mutation.stem))

    assert not passed, f"nobody notices that {mutation.guard} is gone"
    assert "error during collection" not in told, told
