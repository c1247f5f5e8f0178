from typing import Any
from unittest.mock import create_autospec
from uuid import uuid4

import pytest

from app.core.errors import Forbidden
from app.db.rows import EVERY
from app.models import Team
from app.repositories.team import TeamRepository
from app.schemas.team import TeamCreate, TeamUpdate
from app.services.team import TeamNotFound, TeamService, changeable, creatable, deletable, readable
from app.tests.people import ADMIN, ALICE, LEAD, Person


@pytest.fixture
def repository() -> Any:
    return create_autospec(TeamRepository, instance=True)


@pytest.fixture
def teams(repository: Any) -> TeamService:
    return TeamService(repository)


@pytest.mark.parametrize(
    ("right", "person"),
    [(readable, ALICE), (readable, LEAD), (readable, ADMIN), (changeable, LEAD), (deletable, LEAD)],
)
def test_some_reach_every_team(right: Any, person: Person) -> None:
    assert right(person.actor).compare(EVERY)


@pytest.mark.parametrize("right", [creatable, changeable, deletable])
@pytest.mark.parametrize("person", [ALICE, ADMIN])
def test_without_the_role_nobody_gets_that_far(right: Any, person: Person) -> None:
    with pytest.raises(Forbidden):
        right(person.actor)


async def test_a_new_team_holds_what_was_sent(teams: TeamService, repository: Any) -> None:
    repository.save.side_effect = repository.shown.side_effect = lambda team: team

    team = await teams.create(LEAD.actor, TeamCreate(name="A"))

    assert team.name == "A"


async def test_only_what_was_sent_is_changed(teams: TeamService, repository: Any) -> None:
    team = repository.lock.return_value = Team(id=uuid4())

    await teams.update(LEAD.actor, team.id, TeamUpdate(name="A"))

    repository.change.assert_awaited_once_with(team, {"name": "A"})


async def test_a_row_out_of_reach_is_not_found(teams: TeamService, repository: Any) -> None:
    repository.get.return_value = repository.lock.return_value = None
    nowhere = uuid4()

    with pytest.raises(TeamNotFound):
        await teams.get(LEAD.actor, nowhere)
    with pytest.raises(TeamNotFound):
        await teams.update(LEAD.actor, nowhere, TeamUpdate())
    with pytest.raises(TeamNotFound):
        await teams.delete(LEAD.actor, nowhere)

    repository.change.assert_not_awaited()
    repository.remove.assert_not_awaited()


async def test_nothing_is_read_or_written_for_somebody_without_the_role(
    teams: TeamService, repository: Any
) -> None:
    with pytest.raises(Forbidden):
        await teams.create(ALICE.actor, TeamCreate(name="A"))
    with pytest.raises(Forbidden):
        await teams.update(ALICE.actor, uuid4(), TeamUpdate())
    with pytest.raises(Forbidden):
        await teams.delete(ALICE.actor, uuid4())

    assert repository.mock_calls == []


async def test_members_that_were_not_sent_stay(teams: TeamService, repository: Any) -> None:
    ids = [uuid4()]
    team = repository.lock.return_value = Team(id=uuid4())

    await teams.update(LEAD.actor, team.id, TeamUpdate())
    repository.replace_members.assert_not_awaited()

    await teams.update(LEAD.actor, team.id, TeamUpdate(member_ids=ids))
    repository.replace_members.assert_awaited_once_with(team, ids)
