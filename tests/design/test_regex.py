import re

import pytest

from backsmith.design.regex import PatternError, read


@pytest.mark.parametrize(
    ("source", "text", "shortest", "longest"),
    [
        ("^97[89][0-9]{10}$", "^97[89][0-9]{10}$", 13, 13),
        (r"^[A-Z]{3}-\d{4}$", "^[A-Z]{3}-[0-9]{4}$", 8, 8),
        (r"^\w+$", "^[A-Za-z0-9_]+$", 1, None),
        (r"^[\w.]{2,5}$", "^[A-Za-z0-9_.]{2,5}$", 2, 5),
        (r"^(a|bc)?x*$", "^(a|bc)?x*$", 0, None),
        (r"^(?:ab){2}$", "^(?:ab){2}$", 4, 4),
        (r"^[a-z]+(-[a-z]+)*$", "^[a-z]+(-[a-z]+)*$", 1, None),
        (r"^([a-z]{1,63}\.){1,9}$", r"^([a-z]{1,63}\.){1,9}$", 2, 576),
        (r"^\.\/\-$", r"^\./\-$", 3, 3),
        (r"^.{3}$", r"^[^\n\x00]{3}$", 3, 3),
        (r"^[^,]+$", r"^[^,\x00]+$", 1, None),
        (r"^[^,\x00]+$", r"^[^,\x00]+$", 1, None),
        (r"^[a\-z]$", r"^[a\-z]$", 1, 1),
        (r"^[a-]$", "^[a-]$", 1, 1),
        ("^ä$", "^ä$", 1, 1),
        ("^$", "^$", 0, 0),
    ],
)
def test_a_pattern_is_written_so_that_all_three_read_it_alike(
    source: str, text: str, shortest: int, longest: int | None
) -> None:
    pattern = read(source)

    assert (pattern.text, pattern.shortest, pattern.longest) == (text, shortest, longest)
    assert read(pattern.text).text == pattern.text


@pytest.mark.parametrize(
    ("source", "offset", "message"),
    [
        ("[a-z]+", 0, "where it begins and ends"),
        ("^[a-z]+", 0, "where it begins and ends"),
        (r"^a\$", 0, "where it begins and ends"),
        ("^a|b$", 2, "would belong to one side"),
        ("^a^b$", 2, "stands inside of the pattern"),
        ("^a$b$", 2, "stands inside of the pattern"),
        ("^(?=a)$", 2, "look-around"),
        ("^(?!a)$", 2, "look-around"),
        ("^(?<=a)$", 2, "look-around"),
        ("^(?P<n>a)$", 2, "look-around"),
        ("^(?i)a$", 2, "look-around"),
        (r"^(a)\1$", 4, r"\1 is read differently"),
        (r"^\bx$", 1, r"\b is read differently"),
        (r"^\s$", 1, r"\s is read differently"),
        (r"^\D$", 1, r"\D is read differently"),
        (r"^\p{L}$", 1, r"\p is read differently"),
        (r"^[\s]$", 2, r"\s is read differently"),
        ("^[[:alpha:]]$", 2, "[ in [...] is read differently"),
        ("^[a&&b]$", 3, "&& in [...] is read differently"),
        ("^[+--]$", 3, "-- in [...] is read differently"),
        ("^[a-[]$", 4, "[ in [...] is read differently"),
        ("^[]$", 2, "matches nothing"),
        ("^[z-a]$", 3, "runs backwards"),
        (r"^[a-\d]$", 3, "runs backwards"),
        ("^[a$", 1, "a [ is never closed"),
        ("^[a-$", 1, "a [ is never closed"),
        ("^(a$", 3, "a ( is never closed"),
        ("^a)$", 2, "closes nothing"),
        ("^a]$", 2, "a bare ]"),
        ("^a}$", 2, "a bare }"),
        ("^*a$", 1, "repeats nothing"),
        ("^a*?$", 3, "a repeat of a repeat"),
        ("^a*+$", 3, "a repeat of a repeat"),
        ("^a{2}{3}$", 5, "a repeat of a repeat"),
        ("^a{x}$", 2, "counts how often"),
        ("^a{2$", 2, "counts how often"),
        ("^a{,3}$", 2, "counts how often"),
        ("^a{256}$", 2, "can't be counted"),
        ("^a{3,2}$", 2, "can't be counted"),
        ("^(a+)+$", 1, "a repeat in a repeat"),
        ("^(a|a)*$", 1, "a repeat in a repeat"),
        ("^(a|ab)*$", 1, "a repeat in a repeat"),
        ("^(a?)*$", 1, "a repeat in a repeat"),
        ("^(-[-a]+)*$", 1, "a repeat in a repeat"),
        ("^(.{1,60},){30}$", 1, "a repeat in a repeat"),
        ("^((a{200}){200})$", 0, "unfolds to too many characters"),
        ("^" + "(" * 6 + ")" * 6 + "$", 6, "nested more than 5 deep"),
        ("^" + "a" * 200 + "$", 0, "at most 200 characters"),
    ],
)
def test_what_they_would_read_differently_is_refused(
    source: str, offset: int, message: str
) -> None:
    with pytest.raises(PatternError) as caught:
        read(source)

    assert message in caught.value.message
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    "source",
    [
        "^97[89][0-9]{10}$",
        "^(a|bc)?x*y{2,3}$",
        "^[^a-y]+$",
        "^[a-z]+(-[a-z]+)*$",
        r"^.\.[A-Z]?$",
    ],
)
def test_samples_match_their_pattern_and_differ(source: str) -> None:
    pattern = read(source)
    samples = [pattern.sample(number) for number in range(9)]

    assert all(re.fullmatch(source, sample) and pattern.matches(sample) for sample in samples)
    assert len(set(samples)) > 1


def test_samples_of_a_unique_field_are_as_many_as_are_asked_for() -> None:
    pattern = read("^97[89][0-9]{10}$")

    assert len({pattern.sample(number) for number in range(500)}) == 500


@pytest.mark.parametrize(
    ("source", "text", "matches"),
    [
        ("^[a-z]+$", "abc", True),
        ("^[a-z]+$", "abC", False),
        ("^(ab|c){2}$", "abc", True),
        ("^(ab|c){2}$", "ab", False),
        ("^a{2,3}$", "aaaa", False),
        ("^.$", "\x00", False),
        ("^[^a]$", "\x00", False),
        ("^a?$", "", True),
    ],
)
def test_a_pattern_matches_the_whole_text(source: str, text: str, matches: bool) -> None:
    assert read(source).matches(text) is matches


def test_no_pattern_takes_for_ever_to_match() -> None:
    assert not read("^" + "a*" * 90 + "b$").matches("a" * 500)
