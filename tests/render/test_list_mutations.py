"""The tests that come with a resource fail when a guard of its lists is taken out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .mutations import Change, Mutation, Workshop, broken, paths_of
from .projects import build, run_tests, servers_of

pytestmark = pytest.mark.mutation

ORCHARD = Path(__file__).parent / "orchard.yml"
MODEL, REPOSITORY, SCHEMA = "app/models/tree.py", "app/repositories/tree.py", "app/schemas/tree.py"
SERVICE, ROWS = "app/services/tree.py", "app/db/rows.py"
REVISION = "app/db/migrations/versions/????????????_*.py"


def of_trees(guard: str, file: str, old: str, new: str = "") -> Mutation:
    return Mutation(guard, ORCHARD, "tree", (Change(file, old, new),))


MUTATIONS = [
    of_trees(
        "the filter by any value of a list", REPOSITORY, "holding_any(Tree.uses, asked.uses),"
    ),
    of_trees(
        "the filter by a list that may be missing",
        REPOSITORY,
        "missing(Tree.harvests, asked.harvests_isnull),",
    ),
    of_trees("that any of several values is enough", ROWS, "column.overlap(", "column.contains("),
    of_trees(
        "how many values there may be", SCHEMA, "min_length=1, max_length=5,", "min_length=1,"
    ),
    of_trees(
        "how many values there have to be", SCHEMA, "min_length=1, max_length=5,", "max_length=5,"
    ),
    of_trees(
        "how long each value may be",
        SCHEMA,
        "Use = Annotated[Text, Field(max_length=255)]",
        "Use = Text",
    ),
    of_trees(
        "what each value looks like", SCHEMA, 'Annotated[str, Field(pattern=r"^[A-Z]{2}$")]', "Text"
    ),
    of_trees(
        "which values an enum has",
        SCHEMA,
        "Annotated[TreeColours, Field(strict=False)]",
        "str",
    ),
    of_trees(
        "that the database counts the values",
        REVISION,
        '"cardinality(uses) BETWEEN 1 AND 5 AND array_position',
        '"array_position',
    ),
    of_trees(
        "that the database holds no value of null",
        REVISION,
        "AND array_position(uses, NULL) IS NULL",
    ),
    of_trees(
        "that the database knows the values of an enum",
        REVISION,
        "AND colours <@ CAST(ARRAY['red', 'green', 'gold'] AS varchar[])",
    ),
    of_trees(
        "that the database looks at each value",
        REVISION,
        'like_regex "^[A-Z]{2}$"',
        'like_regex "."',
    ),
    of_trees(
        "that the database knows each address in small letters",
        REVISION,
        "AND CAST(mails AS text) = lower(CAST(mails AS text))",
    ),
    of_trees(
        "the order of a list",
        SERVICE,
        "Tree(**data.model_dump())",
        'Tree(**{**data.model_dump(), "uses": sorted(data.uses)})',
    ),
    of_trees(
        "that a list is never shown",
        SCHEMA,
        "class TreeRead(View):\n",
        "class TreeRead(View):\n    notes: list[str] = []\n",
    ),
]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    project = build(ORCHARD, tmp_path_factory.mktemp("project"))
    with servers_of(project) as variables:
        yield Workshop({ORCHARD: project}, variables)


def test_the_untouched_project_passes(workshop: Workshop) -> None:
    passed, told = run_tests(workshop.projects[ORCHARD], workshop.variables, *paths_of("tree"))

    assert passed, told


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.guard)
def test_tests_notice_that_a_guard_is_gone(workshop: Workshop, mutation: Mutation) -> None:
    project = workshop.projects[ORCHARD]

    with broken(project, mutation):
        passed, told = run_tests(project, workshop.variables, *paths_of(mutation.stem))

    assert not passed, f"nobody notices that {mutation.guard} is gone"
    assert "error during collection" not in told, told
