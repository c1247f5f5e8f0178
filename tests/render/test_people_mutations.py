"""The tests of people, and of what shows them, fail when a guard of a `User:` block is gone."""

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

PEOPLE = Path(__file__).parent / "people.yml"
SCHEMA, SERVICE = "app/schemas/user.py", "app/services/user.py"
REVISION = "app/db/migrations/versions/????????????_*.py"
ONE_S_OWN = "lock(EVERY, actor.id)"
READ = "    roles: list[Role]\n    display_name: str | None\n"
SENT = '    """What to change of your account; what is left out stays as it is."""\n'
SUMMARY = '    """What others may see of a person."""\n\n    id: UUID\n'
PHONE = "Annotated[Phone | None, Field(repr=False)]"
ONCE = '    op.create_unique_constraint(op.f("uq_users_handle"), "users", ["handle"])\n'
NICKNAME = "    nickname: Annotated[Nickname | None, DEPRECATED] = UNCHANGED\n"
DATED = "    nickname: Nickname | None = UNCHANGED\n"


def of_people(guard: str, file: str, old: str, new: str = "") -> Mutation:
    return Mutation(guard, PEOPLE, "user", (Change(file, old, new),))


def of_posts(guard: str, old: str, new: str) -> Mutation:
    return Mutation(guard, PEOPLE, "post", (Change(SCHEMA, old, new),))


MUTATIONS = [
    of_people("whose account it is", SERVICE, ONE_S_OWN, 'by_email("bob@example.com")'),
    of_people("that absent is not null", SERVICE, "model_dump(exclude_unset=True)", "model_dump()"),
    of_people(
        "the token on a change",
        "app/api/public.py",
        '    "sign_up",\n',
        '    "sign_up",\n    "update_me",\n',
    ),
    of_people("what is private, in answers", SCHEMA, READ, f"{READ}    phone: str | None\n"),
    of_people("what is private, in logs", SCHEMA, PHONE, "Phone | None"),
    of_people("what nobody sends", SCHEMA, SENT, f"{SENT}\n    points: int = UNCHANGED\n"),
    of_people("who gives roles", SCHEMA, SENT, f"{SENT}\n    role_names: list[str] = UNCHANGED\n"),
    of_people("the address", SCHEMA, SENT, f"{SENT}\n    email: str = UNCHANGED\n"),
    of_people("what a name has to hold", SCHEMA, "min_length=2, "),
    of_people("that a handle stands once", REVISION, ONCE),
    of_people("what is said of one", SERVICE, '    constraint = "uq_users_handle"\n'),
    of_people("a default", REVISION, 'server_default="en"', 'server_default="de"'),
    of_people("what is deprecated", SCHEMA, NICKNAME, DATED),
    of_people(
        "what the database keeps by itself",
        REVISION,
        "char_length(display_name) BETWEEN 2 AND 80",
        "char_length(display_name) <= 80",
    ),
    of_posts("that addresses are private", SUMMARY, f"{SUMMARY}    email: str\n"),
    of_posts("that roles are private", SUMMARY, f"{SUMMARY}    role_names: list[str]\n"),
    of_posts("what all may see", f"{SUMMARY}    display_name: str | None\n", SUMMARY),
]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    with workshop_of(tmp_path_factory.mktemp("projects"), PEOPLE) as found:
        yield found


def test_the_untouched_project_passes(workshop: Workshop) -> None:
    assert_untouched_passes(workshop, PEOPLE, "user", "post")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.guard)
def test_tests_notice_that_a_guard_is_gone(workshop: Workshop, mutation: Mutation) -> None:
    project = workshop.projects[PEOPLE]

    with broken(project, mutation):
        passed, told = run_tests(project, workshop.variables, *paths_of(mutation.stem))

    assert not passed, f"nobody notices that {mutation.guard} is gone"
    assert "error during collection" not in told, told
