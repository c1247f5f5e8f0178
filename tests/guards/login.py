"""The guards against guesses (SECURITY.md section 4.4)."""

from .guard import Guard, guard

SERVICE, LANES = "services/login_lane.py", "core/security/lanes.py"
OF_ACCOUNTS = (SERVICE, "from_here, self._account(identifier)), pair", "from_here), pair")
COUNTED = (SERVICE, "                    await lanes.keep(counted, found.now)\n", "")


def login(keeps: str, test: str, *changes: tuple[str, str, str]) -> Guard:
    return guard(keeps, f"test_login_attacks.py::test_{test}", *changes)


GUARDS = [
    login(
        "that guesses are counted",
        "1_guesses_in_a_row_come_to_an_end",
        COUNTED,
    ),
    login(
        "that guesses wait for each other",
        "2_guesses_at_once_from_everywhere_are_five",
        (SERVICE, "                refusal = _refusal(way, found)\n", ""),
        (SERVICE, "async with self._gate, self._writing()", "async with self._writing()"),
    ),
    login(
        "that a header is no address",
        "3_a_header_is_no_other_address",
        (
            "api/v1/dependencies.py",
            "address(client.host)",
            'address(request.headers.get("x-forwarded-for", client.host))',
        ),
        OF_ACCOUNTS,
    ),
    login(
        "that unknown accounts are counted",
        "4_an_account_that_nobody_has_is_held_up_alike",
        COUNTED,
    ),
    login(
        "that known devices have a lane of their own",
        "6_whoever_is_attacked_gets_in_all_the_same",
        (SERVICE, "if nonce := self._devices.nonce(place.mark, account):", "if nonce := None:"),
    ),
    login(
        "that one account has one spelling",
        "8_another_spelling_is_the_same_account",
        (LANES, ".casefold()", ""),
        ("schemas/types.py", ".normalized.lower()", ".normalized"),
    ),
    login(
        "that this takes no Redis",
        "11_without_redis_there_are_as_few_guesses",
        COUNTED,
    ),
    login(
        "that processes count together",
        "13_two_processes_count_together",
        COUNTED,
    ),
    login(
        "that Retry-After is honest",
        "15_who_waits_as_long_as_told_may_try",
        (SERVICE, "seconds = ceil(wait)", "seconds = ceil(wait / 2)"),
    ),
    login(
        "that what has expired is swept",
        "18_what_is_over_is_swept",
        (SERVICE, "if random.random() < SWEPT:", "if random.random() < -SWEPT:"),
    ),
    login(
        "that a network is one guesser",
        "whoever_has_an_ipv6_address_has_all_of_its_network",
        (LANES, "64 if address", "128 if address"),
        OF_ACCOUNTS,
    ),
    guard(
        "that a login works as much for nobody",
        "test_enumeration.py::test_an_answer_and_its_work_are_the_same_for_everybody",
        (
            "services/session.py",
            "        stored = user.password_hash if user else None\n",
            "        stored = user.password_hash if user else None\n"
            "        if user is None:\n            raise LoginFailed\n",
        ),
    ),
]
