"""The tests that come with a resource notice when a relation leads back to the wrong rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .mutations import Change, Mutation, Workshop, broken, paths_of, workshop_of
from .projects import run_tests

pytestmark = pytest.mark.mutation

LETTERS = Path(__file__).parent / "letters.yml"
POST, USER = "app/models/post.py", "app/models/user.py"

MUTATIONS = [
    Mutation(
        "the way back by the right reference",
        LETTERS,
        "post",
        (
            Change(
                USER,
                'back_populates="author", foreign_keys="Post.author_id", lazy="raise", '
                'passive_deletes="all"',
                'foreign_keys="Post.reviewer_id", lazy="raise", viewonly=True',
            ),
            Change(POST, 'back_populates="posts", ', ""),
        ),
    ),
    Mutation(
        "that the database alone says what goes along",
        LETTERS,
        "comment",
        (Change(POST, 'lazy="raise", passive_deletes="all"', 'lazy="raise"'),),
    ),
]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    with workshop_of(tmp_path_factory.mktemp("projects"), LETTERS) as workshop:
        yield workshop


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.guard)
def test_tests_notice_that_a_relation_is_wrong(workshop: Workshop, mutation: Mutation) -> None:
    project = workshop.projects[mutation.design]

    with broken(project, mutation):
        *_, repositories = paths_of(mutation.stem)
        passed, told = run_tests(project, workshop.variables, repositories, *paths_of("post")[:1])

    assert not passed, f"nobody notices that {mutation.guard} is gone"
    assert "error during collection" not in told, told
