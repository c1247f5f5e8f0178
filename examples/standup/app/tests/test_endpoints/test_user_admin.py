from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from sqlalchemy import update

from app.core.errors import Forbidden, Unauthenticated
from app.core.security.tokens import TokenInvalid
from app.db.database import Database
from app.db.page import CursorInvalid
from app.models import User
from app.services.session import LoginFailed
from app.services.user import UserNotFound
from app.services.user_admin import OwnStanding
from app.tests.answers import assert_invalid, assert_problem
from app.tests.lists import walk
from app.tests.people import ADMIN, ALICE, BOB, EVERYBODY, PASSWORD
from app.tests.queries import counted

USERS = "/api/v1/admin/users"
ME = "/api/v1/users/me"
ALICES = f"{USERS}/{ALICE.id}"
LOGIN = "/api/v1/auth/login"
OPERATIONS = [
    ("GET", USERS, None),
    ("GET", ALICES, None),
    ("PATCH", ALICES, {"active": False}),
    ("DELETE", f"{ALICES}/sessions", None),
]
NAMES = ["list", "get", "change", "end sessions"]


async def emails(person: AsyncClient, **asked: Any) -> set[str]:
    return {item["email"] for item in await walk(person, USERS, **asked)}


# Who may.


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS, ids=NAMES)
async def test_only_administrators_may(
    visitor: AsyncClient, bob: AsyncClient, alice: AsyncClient, method: str, path: str, body: Any
) -> None:
    assert_problem(await visitor.request(method, path, json=body), Unauthenticated)
    for person in (alice, bob):
        assert_problem(await person.request(method, path, json=body), Forbidden)

    assert (await alice.get(ME)).status_code == 200


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS[1:], ids=NAMES[1:])
async def test_nobody_is_not_found(admin: AsyncClient, method: str, path: str, body: Any) -> None:
    there_is_none = path.replace(str(ALICE.id), str(uuid4()))

    assert_problem(await admin.request(method, there_is_none, json=body), UserNotFound)


# Listing.


async def test_everybody_is_listed_in_pages(admin: AsyncClient) -> None:
    shown = await walk(admin, USERS, limit=2)

    assert {item["email"] for item in shown} == {person.email for person in EVERYBODY}
    assert len(shown) == len(EVERYBODY)
    assert shown[0].keys() == {
        *("id", "email", "email_verified", "roles", "active"),
        *("created_at", "updated_at"),
    }


@pytest.mark.parametrize("sort", ["created_at", "-created_at"])
async def test_accounts_are_listed_by_age(
    admin: AsyncClient, database: Database, sort: str
) -> None:
    async with database.apart() as session:
        for day, person in enumerate((BOB, ADMIN, ALICE), 1):
            then = datetime(2020, 1, day, tzinfo=UTC)
            await session.execute(update(User).where(User.id == person.id).values(created_at=then))

    listed = [item["email"] for item in await walk(admin, USERS, sort=sort, limit=1)]

    expected = [person.email for person in (BOB, ADMIN, ALICE)]
    found = [email for email in listed if email in expected]
    assert found == (expected if sort == "created_at" else expected[::-1])


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "ALI"}, {ALICE.email}),
        ({"q": "b@example"}, {BOB.email}),
        ({"q": "%"}, set()),
        ({"q": "_"}, {each.email for each in EVERYBODY if "_" in each.email}),
        ({"role": "admin"}, {ADMIN.email}),
        ({"role": "admin", "q": "bob"}, set()),
        ({"active": "false"}, set()),
        ({"active": "true", "q": "bob"}, {BOB.email}),
    ],
    ids=["start", "middle", "percent", "underscore", "role", "both", "inactive", "active"],
)
async def test_accounts_are_found(
    admin: AsyncClient, asked: dict[str, str], found: set[str]
) -> None:
    assert await emails(admin, **asked) == found


@pytest.mark.parametrize(
    ("asked", "field"),
    [({"role": "king"}, "role"), ({"sort": "email"}, "sort"), ({"limit": "0"}, "limit")],
    ids=["role", "sort", "limit"],
)
async def test_what_makes_no_sense_is_refused(
    admin: AsyncClient, asked: dict[str, str], field: str
) -> None:
    assert_invalid(await admin.get(USERS, params=asked), field)


async def test_a_cursor_of_another_list_is_refused(admin: AsyncClient) -> None:
    assert_problem(await admin.get(USERS, params={"cursor": "WyJ4Il0"}), CursorInvalid)


async def test_people_without_an_address_are_listed_too(
    admin: AsyncClient, database: Database
) -> None:
    async with database.apart() as session:
        session.add(User(email=None, role_names=[]))

    assert None in await emails(admin)
    assert None not in await emails(admin, q="e")


async def test_a_list_is_one_query(admin: AsyncClient, database: Database) -> None:
    with counted(database) as statements:
        await admin.get(USERS)

    # One to know who asks.
    assert len(statements) == 2


# Roles.


async def test_a_role_counts_from_the_next_request_on(
    admin: AsyncClient, alice: AsyncClient
) -> None:
    assert_problem(await alice.get(USERS), Forbidden)

    given = await admin.patch(ALICES, json={"roles": ["admin", "admin"]})
    assert (given.status_code, given.json()["roles"]) == (200, ["admin"])
    assert (await alice.get(USERS)).status_code == 200

    taken = await admin.patch(ALICES, json={"roles": []})
    assert taken.json()["roles"] == []
    assert_problem(await alice.get(USERS), Forbidden)


async def test_roles_of_another_version_stay(admin: AsyncClient, database: Database) -> None:
    async with database.apart() as session:
        await session.execute(
            update(User).where(User.id == ALICE.id).values(role_names=["admin", "pilot"])
        )

    assert (await admin.patch(ALICES, json={"roles": []})).json()["roles"] == []

    async with database.reads() as session:
        assert (await session.get_one(User, ALICE.id)).role_names == ["pilot"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"roles": ["king"]}, "roles"),
        ({"roles": None}, "roles"),
        ({"roles": "admin"}, "roles"),
        ({"active": None}, "active"),
        ({"active": "false"}, "active"),
        ({"email": "other@example.com"}, "email"),
        ({"password_hash": "x"}, "password_hash"),
        ({"id": str(BOB.id)}, "id"),
    ],
    ids=["unknown", "null", "text", "no", "word", "email", "hash", "id"],
)
async def test_nothing_else_can_be_changed(
    admin: AsyncClient, body: dict[str, Any], field: str
) -> None:
    before = (await admin.get(ALICES)).json()

    assert_invalid(await admin.patch(ALICES, json=body), field)

    assert (await admin.get(ALICES)).json() == before


async def test_administrators_can_not_change_their_own_standing(admin: AsyncClient) -> None:
    bodies: list[dict[str, Any]] = [{"roles": []}, {"active": False}, {}]
    for body in bodies:
        assert_problem(await admin.patch(f"{USERS}/{ADMIN.id}", json=body), OwnStanding)

    assert (await admin.get(USERS)).status_code == 200


# Who is shut out.


async def test_who_is_deactivated_is_out_at_once_and_can_come_back(
    admin: AsyncClient, alice: AsyncClient, visitor: AsyncClient
) -> None:
    credentials = {"email": ALICE.email, "password": PASSWORD}

    assert (await admin.patch(ALICES, json={"active": False})).json()["active"] is False
    assert_problem(await alice.get(ME), TokenInvalid)
    assert_problem(await visitor.post(LOGIN, json=credentials), LoginFailed)

    assert (await admin.patch(ALICES, json={"active": True})).json()["active"] is True
    # Their old session stays ended.
    assert_problem(await alice.get(ME), TokenInvalid)
    assert (await visitor.post(LOGIN, json=credentials)).status_code == 200


async def test_sessions_can_be_ended_and_nobody_elses_with_them(
    admin: AsyncClient, alice: AsyncClient, bob: AsyncClient
) -> None:
    assert (await admin.delete(f"{ALICES}/sessions")).status_code == 204

    assert_problem(await alice.get(ME), TokenInvalid)
    assert (await bob.get(ME)).status_code == 200
    assert (await admin.delete(f"{ALICES}/sessions")).status_code == 204
