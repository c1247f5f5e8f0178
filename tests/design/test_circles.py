"""Resources that refer to each other, all the way round."""

import pytest

from .designs import good, told, with_resources


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ("Player? set_null", "Team"),
        ("Player?", "Team restrict"),
        ("Player? restrict", "Team cascade"),
        ("Player? cascade", "Team restrict"),
        ("Player? set_null one", "Team cascade embed"),
        ("Player? set_null embed", "Team cascade"),
        ("Player? set_null", "Team? set_null"),
        ("Player many", "Team"),
    ],
)
def test_resources_may_refer_to_each_other(there: str, back: str) -> None:
    good(
        with_resources(
            f"Team: {{fields: {{lead: {there}}}}}", f"Player: {{fields: {{team: {back}}}}}"
        )
    )


def test_a_longer_circle_begins_where_a_reference_may_be_empty() -> None:
    good(
        with_resources(
            "Apple: {fields: {boat: Boat}}",
            "Boat: {fields: {cat: Cat? set_null}}",
            "Cat: {fields: {apple: Apple}}",
        )
    )


def test_the_first_row_needs_no_other() -> None:
    lines = told(with_resources("Team: {fields: {lead: Player}}", "Player: {fields: {team: Team}}"))

    assert lines == [
        "shop.yml:6:27: these resources need each other in a circle: Team → Player → Team.\n"
        "    No first row could ever be written; let it be optional: Team?."
    ]


def test_the_first_row_needs_no_other_among_many() -> None:
    (line,) = told(
        with_resources("Team: {fields: {lead: Player}}", "Player: {fields: {teams: Team many 1..}}")
    )

    assert "let it be without any: 0.. or ..20." in line


def test_no_row_takes_others_along_all_the_way_round() -> None:
    lines = told(
        with_resources(
            "Apple: {fields: {boat: Boat cascade}}",
            "Boat: {fields: {cat: Cat cascade}}",
            "Cat: {fields: {apple: Apple? cascade}}",
        )
    )

    assert lines == [
        "shop.yml:7:25: these resources would go with each other in a circle: "
        "Apple → Boat → Cat → Apple.\n"
        "    Whichever row goes would take the others along, all the way round; "
        "write set_null or restrict here."
    ]


def test_rows_that_hide_round_a_circle_are_told_of_once() -> None:
    (line,) = told(
        with_resources(
            "Team: {fields: {lead: Player? cascade}, soft_delete: true}",
            "Player: {fields: {team: Team cascade}}",
        )
    )

    assert "would hide with a player" in line


def test_no_row_shows_itself_inside_of_what_it_shows() -> None:
    lines = told(
        with_resources(
            "Team: {fields: {lead: Player? embed}}", "Player: {fields: {team: Team embed}}"
        )
    )

    assert lines == [
        "shop.yml:6:27: these resources would show each other in a circle: Team → Player → Team.\n"
        "    Leave out embed of one of them; its id is shown."
    ]


def test_an_owner_further_up_is_never_round_a_circle() -> None:
    text = with_resources(
        "Team: {fields: {coach: User, lead: Player?}, owner: coach}",
        "Player: {fields: {team: Team}, owner: team.coach}",
    )

    good(text)
    assert "may be empty" in told(text.replace("team.coach", "team.lead.team.coach"))[0]
