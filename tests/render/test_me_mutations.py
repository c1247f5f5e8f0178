"""The tests that come with a resource notice when somebody else is said to have made a row."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .mutations import (
    Change,
    Mutation,
    Workshop,
    assert_noticed,
    assert_untouched_passes,
    workshop_of,
)

pytestmark = pytest.mark.mutation

LETTERS = Path(__file__).parent / "letters.yml"
SCHEMA, SERVICE = "app/schemas/comment.py", "app/services/comment.py"
GIVEN = "Comment(author_id=actor.id, **data.model_dump())"
CHANGED = "data.model_dump(exclude_unset=True)"


def of_comments(guard: str, *changes: Change) -> Mutation:
    return Mutation(guard, LETTERS, "comment", changes)


def of_footers(guard: str, old: str, new: str) -> Mutation:
    return Mutation(guard, LETTERS, "footer", (Change("app/services/footer.py", old, new),))


MUTATIONS = [
    of_comments(
        "whom a token names",
        Change(
            SCHEMA,
            "class CommentCreate(Payload):\n",
            "class CommentCreate(Payload):\n    author_id: Id\n",
        ),
        Change(SERVICE, GIVEN, "Comment(**data.model_dump())"),
    ),
    of_comments(
        "the refusal of another name in a new row",
        Change(
            SCHEMA,
            "class CommentCreate(Payload):\n",
            "class CommentCreate(Payload):\n    author_id: Id | None = None\n",
        ),
        Change(
            SERVICE, GIVEN, 'Comment(author_id=actor.id, **data.model_dump(exclude={"author_id"}))'
        ),
    ),
    of_comments(
        "the refusal of another name in a change",
        Change(
            SCHEMA,
            "class CommentUpdate(Payload):\n",
            "class CommentUpdate(Payload):\n    author_id: Id = UNCHANGED\n",
        ),
    ),
    of_comments(
        "who made a row, when somebody changes it",
        Change(SERVICE, CHANGED, f'{{**{CHANGED}, "author_id": actor.id}}'),
    ),
    of_footers(
        "that who creates a row below another's doesn't learn what stands there",
        "        if not (\n            actor.has(Role.EDITOR)\n",
        "        if False and not (\n            actor.has(Role.EDITOR)\n",
    ),
    of_footers(
        "that who moves a row below another's doesn't learn what stands there",
        'if "post_id" in data.model_fields_set and not (',
        "if False and not (",
    ),
]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    with workshop_of(tmp_path_factory.mktemp("projects"), LETTERS) as workshop:
        yield workshop


def test_untouched_projects_pass(workshop: Workshop) -> None:
    assert_untouched_passes(workshop, LETTERS, "post", "comment", "footer")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.guard)
def test_tests_notice_that_a_guard_is_gone(workshop: Workshop, mutation: Mutation) -> None:
    assert_noticed(workshop, mutation)
