import ast

import pytest

from backsmith.render.code import prose

WORDS = 'Writers keep drafts to themselves, and hand them in; "editors" publish them, don\'t they? '


@pytest.mark.parametrize(
    "text",
    [
        "Short.",
        WORDS.strip(),
        WORDS * 3,
        f"One.\n\n{WORDS * 2}\n\nThree.",
        "x" * 300,
        "a\n b\n  c ",
    ],
    ids=["short", "one line", "long", "paragraphs", "one word", "indented"],
)
def test_prose_is_kept_to_the_letter_on_lines_that_fit(text: str) -> None:
    literal = prose(text)

    assert ast.literal_eval(literal) == text
    assert [line for line in literal.splitlines() if len(line) > 100 and " " in line.strip()] == []
