from datetime import date
from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.db.rows import EVERY
from app.models import Analysis
from app.repositories.analysis import AnalysisRepository, owned_by
from app.schemas.analysis import AnalysisCreate, AnalysisUpdate
from app.services.analysis import AnalysisNotFound, AnalysisService, changeable, deletable, readable
from app.tests.people import ADMIN, ALICE, LEAD, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(AnalysisRepository, instance=True)


@pytest.fixture
def analyses(repository: Any) -> AnalysisService:
    return AnalysisService(repository)


@pytest.mark.parametrize("right", [changeable, deletable])
@pytest.mark.parametrize("person", [ALICE, ADMIN])
def test_people_reach_their_own_analyses_alone(right: Any, person: Person) -> None:
    assert right(person.actor).compare(owned_by(person.id))


@pytest.mark.parametrize(
    ("right", "person"),
    [(readable, ALICE), (readable, LEAD), (readable, ADMIN), (changeable, LEAD), (deletable, LEAD)],
)
def test_some_reach_every_analysis(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


async def test_who_creates_an_analysis_owns_it(analyses: AnalysisService, repository: Any) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda analysis: analysis

    analysis = await analyses.create(
        ALICE.actor,
        AnalysisCreate(team_id=uuid4(), what_happened="A", happened_on=date(2030, 1, 1)),
    )

    assert (analysis.author_id, analysis.what_happened) == (ALICE.id, "A")


async def test_only_what_was_sent_is_changed(analyses: AnalysisService, repository: Any) -> None:
    analysis = repository.lock.return_value = Analysis(id=uuid4())

    await analyses.update(ALICE.actor, analysis.id, AnalysisUpdate(duration_s=None))

    repository.change.assert_awaited_once_with(analysis, {"duration_s": None})


async def test_a_row_out_of_reach_is_not_found(analyses: AnalysisService, repository: Any) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(AnalysisNotFound):
        await analyses.get(ALICE.actor, nowhere)
    with pytest.raises(AnalysisNotFound):
        await analyses.update(ALICE.actor, nowhere, AnalysisUpdate())
    with pytest.raises(AnalysisNotFound):
        await analyses.delete(ALICE.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()
