from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Analysis, Kudos, OnCallShift, Series, Team
from app.models.series import SeriesEvery
from app.models.team import team_members
from app.tests.people import ADMIN, ALICE, BOB

TEAMS: list[dict[str, Any]] = [
    {"id": UUID("00000000-0000-7000-a001-000000000001"), "name": "First team"},
    {"id": UUID("00000000-0000-7000-a001-000000000002"), "name": "Second team"},
    {"id": UUID("00000000-0000-7000-a001-000000000003"), "name": "Third team"},
]

THANKS: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a002-000000000001"),
        "from_person_id": ALICE.id,
        "to_person_id": BOB.id,
        "for_what": "First for what",
    },
    {
        "id": UUID("00000000-0000-7000-a002-000000000002"),
        "from_person_id": BOB.id,
        "to_person_id": ALICE.id,
        "for_what": "Second for what",
    },
    {
        "id": UUID("00000000-0000-7000-a002-000000000003"),
        "from_person_id": ALICE.id,
        "to_person_id": ADMIN.id,
        "for_what": "Third for what",
    },
]

MEETING_SERIES: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a003-000000000001"),
        "team_id": TEAMS[0]["id"],
        "title": "First series",
        "every": SeriesEvery.SPRINT,
        "starts_at": time(9, 30),
    },
    {
        "id": UUID("00000000-0000-7000-a003-000000000002"),
        "team_id": TEAMS[1]["id"],
        "title": "Second series",
        "every": SeriesEvery.WEEK,
        "starts_at": time(14, 0),
    },
    {
        "id": UUID("00000000-0000-7000-a003-000000000003"),
        "team_id": TEAMS[2]["id"],
        "title": "Third series",
        "every": SeriesEvery.DAY,
        "starts_at": time(18, 15),
    },
]

ANALYSES: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a004-000000000001"),
        "team_id": TEAMS[0]["id"],
        "what_happened": "A few words, to begin with.",
        "happened_on": date(2026, 3, 14),
        "duration_s": 3,
        "is_public": True,
        "raw_data": "words",
        "screenshot": b"C",
        "author_id": ALICE.id,
    },
    {
        "id": UUID("00000000-0000-7000-a004-000000000002"),
        "team_id": TEAMS[1]["id"],
        "what_happened": "Some more, for comparison.",
        "happened_on": date(2025, 11, 2),
        "duration_s": 2,
        "is_public": False,
        "raw_data": ["red", 2.5, {"": True}],
        "screenshot": b"B",
        "author_id": BOB.id,
    },
    {
        "id": UUID("00000000-0000-7000-a004-000000000003"),
        "team_id": TEAMS[2]["id"],
        "what_happened": "And that is all.",
        "happened_on": date(2024, 7, 29),
        "duration_s": 1,
        "is_public": True,
        "raw_data": {"size": 1, "of": None},
        "screenshot": b"A",
        "author_id": ALICE.id,
    },
]

ON_CALL_SHIFTS: list[dict[str, Any]] = [
    {
        "id": UUID("00000000-0000-7000-a005-000000000001"),
        "team_id": TEAMS[0]["id"],
        "person_id": BOB.id,
        "begins_at": datetime.fromisoformat("2026-03-14T09:30:00+00:00"),
        "ends_at": datetime.fromisoformat("2026-03-14T09:30:00+00:00"),
        "swapped_with_id": None,
    },
    {
        "id": UUID("00000000-0000-7000-a005-000000000002"),
        "team_id": TEAMS[1]["id"],
        "person_id": ALICE.id,
        "begins_at": datetime.fromisoformat("2025-11-02T14:00:00+00:00"),
        "ends_at": datetime.fromisoformat("2025-11-02T14:00:00+00:00"),
        "swapped_with_id": UUID("00000000-0000-7000-a005-000000000001"),
    },
    {
        "id": UUID("00000000-0000-7000-a005-000000000003"),
        "team_id": TEAMS[2]["id"],
        "person_id": ADMIN.id,
        "begins_at": datetime.fromisoformat("2024-07-29T18:15:00+00:00"),
        "ends_at": datetime.fromisoformat("2024-07-29T18:15:00+00:00"),
        "swapped_with_id": UUID("00000000-0000-7000-a005-000000000002"),
    },
]

TEAM_MEMBERS: list[dict[str, Any]] = [
    {"team_id": TEAMS[0]["id"], "member_id": BOB.id},
    {"team_id": TEAMS[0]["id"], "member_id": ALICE.id},
    {"team_id": TEAMS[1]["id"], "member_id": ALICE.id},
    {"team_id": TEAMS[2]["id"], "member_id": ADMIN.id},
]


async def add_rows(session: AsyncSession) -> None:
    """Add a few rows of each resource, unless they are there."""
    for model, rows in (
        (Team, TEAMS),
        (Kudos, THANKS),
        (Series, MEETING_SERIES),
        (Analysis, ANALYSES),
        (OnCallShift, ON_CALL_SHIFTS),
    ):
        await session.execute(insert(model).on_conflict_do_nothing(), rows)
        there = select(func.count()).where(model.id.in_([row["id"] for row in rows]))
        if await session.scalar(there) != len(rows):
            # Somebody's own rows are in the way, and what follows may refer to these.
            return
    for table, pairs in ((team_members, TEAM_MEMBERS),):
        await session.execute(insert(table).on_conflict_do_nothing(), pairs)
