from datetime import timedelta

from sqlalchemy import func, select

from app.db.database import Database
from app.models import MailPurpose, MailToken
from app.repositories.mail_token import MailTokenRepository
from app.tests.people import ALICE, BOB

HOUR = timedelta(hours=1)
PAST = timedelta(hours=-1)
VERIFY, RESET = MailPurpose.VERIFY, MailPurpose.RESET


async def test_a_token_is_used_once_and_for_its_purpose_alone(database: Database) -> None:
    async with database.writes() as session:
        tokens = MailTokenRepository(session)
        await tokens.give(ALICE.id, VERIFY, b"a", HOUR, email="new@example.com")

        assert await tokens.use(b"a", RESET) is None
        assert await tokens.use(b"b", VERIFY) is None
        used = await tokens.use(b"a", VERIFY)
        assert used
        assert (used.user_id, used.email) == (ALICE.id, "new@example.com")
        assert await tokens.use(b"a", VERIFY) is None


async def test_a_token_takes_the_place_of_an_older_one_of_its_person_and_purpose(
    database: Database,
) -> None:
    async with database.writes() as session:
        tokens = MailTokenRepository(session)
        await tokens.give(ALICE.id, VERIFY, b"old", HOUR)
        await tokens.give(ALICE.id, RESET, b"other purpose", HOUR)
        await tokens.give(BOB.id, VERIFY, b"other person", HOUR)
        await tokens.give(ALICE.id, VERIFY, b"new", HOUR)

        assert await tokens.use(b"old", VERIFY) is None
        assert await tokens.use(b"other purpose", RESET)
        assert await tokens.use(b"other person", VERIFY)
        assert await tokens.use(b"new", VERIFY)


async def test_an_expired_token_is_worth_nothing_and_deleted_by_the_next(
    database: Database,
) -> None:
    async with database.writes() as session:
        tokens = MailTokenRepository(session)
        await tokens.give(ALICE.id, VERIFY, b"a", PAST)
        await tokens.give(None, VERIFY, b"nobody's", PAST)
        assert await tokens.use(b"a", VERIFY) is None

        await tokens.give(BOB.id, VERIFY, b"b", HOUR)

        assert await session.scalar(select(func.count(MailToken.id))) == 1


async def test_nothing_that_somebody_was_sent_works_any_more(database: Database) -> None:
    async with database.writes() as session:
        tokens = MailTokenRepository(session)
        await tokens.give(ALICE.id, VERIFY, b"a", HOUR)
        await tokens.give(ALICE.id, RESET, b"b", HOUR)
        await tokens.give(BOB.id, VERIFY, b"c", HOUR)

        await tokens.discard(ALICE.id)

        assert await tokens.use(b"a", VERIFY) is None
        assert await tokens.use(b"b", RESET) is None
        assert await tokens.use(b"c", VERIFY)
