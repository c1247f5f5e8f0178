"""The words of a field in the order in which they read best: what it is, bounds, use."""

from collections.abc import Sequence

from backsmith.design.tokens import Word
from backsmith.design.words import FLAGS, ON_DELETE

MANY, OPTIONAL = "many", "optional"
_FIRST_FLAGS = ("unique", "index", "search", "filter", "sort")


def worded(words: Sequence[Word]) -> str:
    """The words as one text, with `?` and `[]` behind the type; what says nothing stands last."""
    if not words:
        return ""
    kind, optional = _without(words[0].text, "?")
    kind, many = _without(kind, "[]")
    shape = [word.text for word in words[1:] if word.text in (MANY, OPTIONAL)]
    shape += [OPTIONAL] * optional + [MANY] * many
    if len(set(shape)) < len(shape):
        # Said twice, which is told of the words as they are.
        return " ".join(word.text for word in words)
    marks = "[]" * (MANY in shape) + "?" * (OPTIONAL in shape)
    rest = [word for word in words[1:] if word.text not in shape]
    rest.sort(key=lambda word: _rank(kind, word))
    return " ".join([kind + marks, *(word.text for word in rest)])


def _without(text: str, mark: str) -> tuple[str, bool]:
    return text.removesuffix(mark), text.endswith(mark)


def _rank(kind: str, word: Word) -> int:
    text = word.text
    tests = (
        "," in text and not word.is_pattern and not word.is_default,
        ".." in text and not word.is_pattern and not word.is_default,
        word.is_pattern,
        word.is_default,
        text in ON_DELETE,
        text.startswith("as="),
        *(text == flag for flag in _FIRST_FLAGS),
        *(text == flag for flag in FLAGS),
    )
    if True in tests:
        return tests.index(True)
    # The one value of an enum is a word like no other.
    return 0 if kind.startswith("enum") else len(tests)
