"""The tests that come with a resource fail when a guard of its links is taken out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .mutations import Change, Mutation, Workshop, broken, paths_of
from .projects import build, run_tests, servers_of

pytestmark = pytest.mark.mutation

GARDEN = Path(__file__).parent / "garden.yml"
REVISION = "app/db/migrations/versions/????????????_*.py"
BROKEN = "\n" + 12 * " "


def of_plants(guard: str, file: str, old: str, new: str = "") -> Mutation:
    return Mutation(guard, GARDEN, "plant", (Change(file, old, new),))


def of_beds(guard: str, file: str, old: str, new: str = "") -> Mutation:
    return Mutation(guard, GARDEN, "bed", (Change(file, old, new),))


def of_terraces(guard: str, file: str, old: str, new: str = "") -> Mutation:
    return Mutation(guard, GARDEN, "terrace", (Change(f"app/repositories/{file}.py", old, new),))


def key(name: str, gap: str = " ") -> tuple[str, str]:
    """A foreign key of links in the revision, and the same that lets nothing go."""
    head = f'name=op.f("fk_{name}")'
    return f'{head},{gap}ondelete="CASCADE"', head


CHAIR = """\
    op.create_foreign_key(
        op.f("fk_clubs_chair_id"), "clubs", "members", ["chair_id"], ["id"], ondelete="SET NULL"
    )
"""

MUTATIONS = [
    Mutation("what closes a circle", GARDEN, "club", (Change(REVISION, CHAIR, ""),)),
    Mutation(
        "what becomes of a circle when a row of it goes",
        GARDEN,
        "member",
        (Change(REVISION, '["id"], ondelete="SET NULL"\n    )', '["id"]\n    )'),),
    ),
    of_plants(
        "that no row is among its own kind that it points to",
        REVISION,
        '        sa.CheckConstraint(\n            "companion_id <> plant_id", '
        'name=op.f("ck_plant_companions_companion_id")\n        ),\n',
    ),
    of_plants(
        "what is said to who points a row to itself",
        "app/services/plant.py",
        '    constraint = "ck_plant_companions_companion_id"\n',
    ),
    of_plants(
        "that a link goes with what it leads to, of its own kind",
        REVISION,
        *key("plant_companions_companion_id", BROKEN),
    ),
    of_plants(
        "that the links to its own kind go with a row",
        REVISION,
        *key("plant_companions_plant_id", BROKEN),
    ),
    of_beds("that a link goes with what it leads to", REVISION, *key("bed_plants_plant_id")),
    of_beds("that its links go with a row", REVISION, *key("bed_plants_bed_id")),
    of_plants(
        "that what hides is left out of links of its own kind",
        "app/repositories/plant.py",
        "plant_companions.c.plant_id == Plant.id, COMPANION_IS_THERE)",
        "plant_companions.c.plant_id == Plant.id)",
    ),
    of_plants(
        "that nobody points to what hides, of its own kind",
        "app/services/plant.py",
        "            await self._others.check_all(actor, added, CompanionMissing)\n",
        "            pass\n",
    ),
    of_beds(
        "that nobody points to what they may not read, of its own kind",
        "app/services/bed.py",
        "PlantMissing)\n        await self._others.check_all(actor, data.neighbour_ids, "
        "NeighbourMissing)\n",
        "PlantMissing)\n",
    ),
    of_beds(
        "that a link which is there already is no news",
        "app/services/bed.py",
        "added = await self._beds.new_neighbours(bed, data.neighbour_ids)",
        "added = data.neighbour_ids",
    ),
    of_beds(
        "that a link to what hides meanwhile is made once",
        "app/repositories/bed.py",
        "insert(bed_plants).on_conflict_do_nothing()",
        "insert(bed_plants)",
    ),
    of_terraces(
        "that all above in a tree have to be there", "trees", ".union(further.join(way, one_up))"
    ),
    of_terraces(
        "that what stands on a row below keeps one above",
        "terrace",
        'terraces = all_below(Terrace, Terrace.id == terrace.id, "above_id")\n        await',
        "terraces = select(Terrace.id).where(Terrace.id == terrace.id)\n        await",
    ),
    of_terraces(
        "that what rows below need has to be there for one above",
        "terrace",
        "Terrace.id.in_(terraces), LIVE_TERRACES",
        "Terrace.id == terrace.id, LIVE_TERRACES",
    ),
    of_terraces(
        "that those below are found at any depth",
        "trees",
        "everyone = found.union(select(below.id).join(found, one_down))",
        "everyone = found",
    ),
    of_terraces(
        "that what is put below meanwhile is held as well", "hiding", "while more :=", "if more :="
    ),
]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    project = build(GARDEN, tmp_path_factory.mktemp("project"))
    with servers_of(project) as variables:
        yield Workshop({GARDEN: project}, variables)


def test_the_untouched_project_passes(workshop: Workshop) -> None:
    paths = [
        path for stem in ("plant", "bed", "club", "member", "terrace") for path in paths_of(stem)
    ]

    passed, told = run_tests(workshop.projects[GARDEN], workshop.variables, *paths)

    assert passed, told


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.guard)
def test_tests_notice_that_a_guard_is_gone(workshop: Workshop, mutation: Mutation) -> None:
    project = workshop.projects[GARDEN]

    with broken(project, mutation):
        passed, told = run_tests(project, workshop.variables, *paths_of(mutation.stem))

    assert not passed, f"nobody notices that {mutation.guard} is gone"
    assert "error during collection" not in told, told
