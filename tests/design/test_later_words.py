import pytest

from .designs import told, with_book, with_field


def later(word: str) -> str:
    return f'"{word}" comes with a later version of Backsmith; leave it out for now.'


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ("string was=title", "was=title"),
    ],
)
def test_a_word_of_a_field_that_comes_later_is_refused_by_name(words: str, word: str) -> None:
    assert later(word) in "\n".join(told(with_field(f"word: {words}")))


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("cache: 30s", "cache"),
        ("was: Novel", "was"),
    ],
)
def test_a_key_of_a_resource_that_comes_later_is_refused_by_name(key: str, word: str) -> None:
    assert any(later(word) in line for line in told(with_book(key)))
