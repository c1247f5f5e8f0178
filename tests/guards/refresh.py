"""The guards against whoever has stolen a refresh token (SECURITY.md section 3.5)."""

from .guard import Guard, guard

TESTS = "test_refresh_attacks.py"
CHAIN, REPOSITORY = "services/session_refresh.py", "repositories/session.py"
TOKENS = "core/security/tokens.py"
ENDS = (CHAIN, '        await sessions.revoke(session.id, "refresh_reuse")\n', "")
LOCKED = (
    REPOSITORY,
    "return await self._locked(select(Session).where(LIVE, active, Session.id == session_id))",
    "return await self._session.scalar(\n"
    "            select(Session).where(LIVE, active, Session.id == session_id)\n        )",
)
ENDED = (REPOSITORY, "    Session.revoked_at.is_(None)\n    & (", "    (")


def refresh(keeps: str, test: str, *changes: tuple[str, str, str]) -> Guard:
    return guard(keeps, f"{TESTS}::test_{test}", *changes)


GUARDS = [
    refresh(
        "that reuse ends the session", "01_a_used_token_after_the_grace_ends_the_session", ENDS
    ),
    refresh(
        "that only the last token has a grace",
        "02_the_token_before_the_last_has_no_grace",
        (REPOSITORY, ".values(sealed_next=None)", ".values(sealed_next=RefreshToken.sealed_next)"),
        (CHAIN, "if found and found.used_at is None else None", "if found else None"),
    ),
    refresh(
        "that victims are signed out", "03_a_thief_and_their_victim_both_lose_the_session", ENDS
    ),
    refresh(
        "that one token is traded once at a time",
        "04_of_25_who_trade_one_token_at_once_all_get_the_same",
        LOCKED,
    ),
    refresh(
        "that a lost answer is given again",
        "05_who_lost_an_answer_gets_the_same_token_again",
        (CHAIN, "return successor if found and found.used_at is None else None", "return None"),
    ),
    refresh(
        "that a logout is final",
        "06_a_logout_during_a_refresh_always_wins",
        ENDED,
    ),
    refresh(
        "that what has ended gives nothing",
        "07_nothing_is_given_after_a_logout",
        ENDED,
    ),
    refresh(
        "the absolute end of a session",
        "11_use_never_moves_the_end_of_a_session",
        (REPOSITORY, "\n    & (Session.expires_at > func.now())", ""),
        (CHAIN, "min(now + self._idle, session.expires_at)", "now + self._idle"),
    ),
    refresh(
        "the end of a session that nobody uses",
        "12_a_session_that_nobody_uses_ends",
        (REPOSITORY, "    & (Session.idle_expires_at > func.now())\n", ""),
    ),
    refresh(
        "that the stolen stays dead",
        "14_what_was_found_to_be_stolen_stays_dead",
        ENDED,
    ),
    refresh(
        "that tokens are stored as hashes",
        "15_no_token_is_in_the_database_the_log_or_an_address",
        (TOKENS, "return hashlib.sha256(token.encode()).digest()", "return token.encode()"),
    ),
]
