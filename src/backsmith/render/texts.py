"""Texts to test a field with: within its length, and matching its pattern if it has one."""

from collections.abc import Iterator
from dataclasses import replace

from backsmith.design import regex
from backsmith.design.model import Field, Scalar
from backsmith.design.pattern import Chars, Choice, Node, Pattern, Repeat, Sequence
from backsmith.render.code import number, quoted
from backsmith.render.english import capital, words

MOST_DIGITS = 10
LITERALS = 24


def letters(field: Field) -> list[str]:
    """Up to three texts that fit, in the order of the alphabet."""
    low, high = _lengths(field)
    if field.pattern and field.type is not Scalar.SLUG:
        return sorted(set(matching(field, 3)))
    match field.type:
        case Scalar.EMAIL:
            return [_address(letter, low, high) for letter in "abc"]
        case Scalar.URL:
            return [_page(letter, low, high) for letter in "abc"]
        case Scalar.SLUG:
            return [letter * max(1, low) for letter in "abc"]
    return [letter * max(1, low) for letter in "ABC"]


def fitting(field: Field, text: str, at: int) -> str:
    """This text if it has the right length, or else one of those that do."""
    low, high = _lengths(field)
    return text if low <= len(text) <= high else letters(field)[at]


def matching(field: Field, count: int) -> list[str]:
    """Texts that match a field's pattern and fit its length; fewer where there are no more."""
    low, high = _lengths(field)
    pattern = _stretched(regex.read(field.pattern or "^$"), low)
    found: dict[str, None] = {}
    starts = [0, *(base**power for power in range(1, 12) for base in (10, 26, 36, 62))]
    for start in starts:
        for each in range(start, start + count * 4):
            text = pattern.sample(each)
            if low <= len(text) <= high and pattern.matches(text):
                found[text] = None
            if len(found) == count:
                return list(found)
    return list(found)


def misfits(field: Field) -> Iterator[str | int]:
    """Texts that are too short or too long, don't match, or hold what can't be stored."""
    low, high = _lengths(field)
    yield 1
    if field.minimum:
        yield "x" * (low - 1)
    if field.maximum is not None:
        yield "x" * (high + 1)
    yield "NUL \0"
    if field.type is Scalar.EMAIL:
        yield "nobody"
    elif field.type is Scalar.URL:
        yield "ftp://example.com/"
    elif field.pattern:
        pattern = regex.read(field.pattern)
        strangers = ("?", "Not this", "", "x", "1", "\n" * max(1, low))
        yield from [text for text in strangers if not pattern.matches(text)][:1]


def numbered_text(field: Field) -> tuple[str, int | None]:
    """An expression of `n` that differs from number to number, and for how many (None: all)."""
    low, high = _lengths(field)
    if field.pattern and field.type is not Scalar.SLUG:
        return _numbered_match(field)
    match field.type:
        case Scalar.EMAIL:
            return _between("carol", _ending(low, "@example.com", high), low, high)
        case Scalar.URL:
            return _between("https://example.com/" if high > 30 else "http://a.io/", "", low, high)
        case Scalar.SLUG:
            return _labelled(f"{field.name.replace('_', '-')}-", low, high)
    return _labelled(f"{capital(words(field.name))} ", low, high)


def _labelled(label: str, low: int, high: int) -> tuple[str, int | None]:
    """A label and a number; where there is little room, the number alone."""
    return _between(label if len(label) + 6 <= high else "", "", low, high)


def _between(before: str, after: str, low: int, high: int) -> tuple[str, int | None]:
    room = high - len(before) - len(after)
    pad = max(low - len(before) - len(after), 0)
    width = f":0{pad}" if pad > 1 else ""
    if room >= 6:
        return f'f"{before}{{n{width}}}{after}"', None
    return f'f"{before}{{n % {number(10**room)}{width}}}{after}"', 10**room


def _ending(low: int, usual: str, high: int) -> str:
    """The domain of an address; as long as it takes, since what is before it holds 64 at most."""
    if high < len(usual) + 11:
        return "@a.io"
    missing = max(low - 60 - len(usual), 0)
    labels = ".".join("d" * min(60, missing - at) for at in range(0, missing, 61))
    return f"@{labels}.{usual[1:]}" if labels else usual


def _address(letter: str, low: int, high: int) -> str:
    ending = _ending(low, "@example.com", high)
    return letter * max(1, low - len(ending)) + ending


def _page(letter: str, low: int, high: int) -> str:
    start = "https://example.com/" if high > 30 else "http://a.io/"
    return start + letter * max(1, low - len(start))


def _lengths(field: Field) -> tuple[int, int]:
    return int(field.minimum or 0), int(field.maximum or 0)


def _numbered_match(field: Field) -> tuple[str, int | None]:
    """Put digits where the pattern takes any of them, or else pick one of some that match."""
    pattern = regex.read(field.pattern or "^$")
    for base in matching(field, 3):
        for width in range(min(len(base), MOST_DIGITS), 1, -1):
            for at in range(len(base) - width, -1, -1):
                before, after = base[:at], base[at + width :]
                if "{" in before + after or "}" in before + after:
                    continue
                tries = [digit * width for digit in "0123456789"] + ["0123456789"[:width]]
                if all(pattern.matches(before + each + after) for each in tries):
                    some = "n" if width >= 6 else f"n % {number(10**width)}"
                    text = quoted(f"{before}{{{some}:0{width}}}{after}")
                    return f"f{text}", None if width >= 6 else 10**width
    return one_of(matching(field, LITERALS))


def one_of(texts: list[str] | tuple[str, ...]) -> tuple[str, int]:
    """Pick one of some texts by number."""
    texts = texts[:LITERALS]
    if len(texts) == 1:
        return quoted(texts[0]), 1
    return f"({', '.join(quoted(text) for text in texts)})[n % {len(texts)}]", len(texts)


def _stretched(pattern: Pattern, low: int) -> Pattern:
    """The same pattern, with its endless repeats repeated often enough for the length."""
    if pattern.shortest >= low:
        return pattern
    for least in range(1, 256):
        node = _repeated(pattern.node, least)
        if replace(pattern, node=node).shortest >= low:
            return replace(pattern, node=_repeated(pattern.node, least))
    return pattern


def _repeated(node: Node, least: int) -> Node:
    match node:
        case Chars():
            return node
        case Repeat():
            most = least if node.high is None else min(least, node.high)
            return replace(node, node=_repeated(node.node, 1), low=max(node.low, most))
        case Sequence():
            return Sequence(tuple(_repeated(each, least) for each in node.nodes))
        case Choice():
            return Choice(tuple(_repeated(each, least) for each in node.options))
