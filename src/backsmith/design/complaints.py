"""What the YAML parser's complaints mean for someone who writes a design."""

from typing import Any

from ruamel.yaml.error import MarkedYAMLError

from backsmith.design.findings import START, Place, UnreadableError

TRAP = "Put it on a line of its own, or quote it."

_MISPLACED = ("this line doesn't fit the ones above it.", "Indent it as far as its neighbours.")

_NEVER_CLOSED = ("end of stream", "stream end", "could not find expected")


def marked(mark: Any) -> Place:
    """The place of a mark, which the parser counts from nought."""
    return Place(mark.line + 1, mark.column + 1)


def unreadable(error: MarkedYAMLError, text: str) -> UnreadableError:
    """The finding that stands for what made the YAML parser give up, at the word that did."""
    problem, context = str(error.problem or ""), str(error.context or "")
    if error.context_mark and any(words in problem for words in _NEVER_CLOSED):
        return UnreadableError(marked(error.context_mark), *_explained(problem, context, ""))
    place = marked(error.problem_mark) if error.problem_mark else START
    lines = text.split("\n")
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    start = max(line.rfind(end, 0, place.column - 1) for end in " {,") + 1
    if not line[:start].strip() and "mapping values" in problem:
        return UnreadableError(Place(place.line, start + 1), *_MISPLACED)
    return UnreadableError(Place(place.line, start + 1), *_explained(problem, context, line))


def _explained(problem: str, context: str, line: str) -> tuple[str, str]:
    if "\\t" in problem:
        return "a tab stands where YAML wants spaces.", "Indent with spaces."
    if "mapping values are not allowed" in problem:
        return "a `: ` inside of a value ends it.", TRAP
    if "flow" in context or "{" in line:
        return "what stands between {...} or [...] can't be read.", TRAP
    if "end of stream" in problem or "while scanning a quoted" in context:
        return "a quote is opened and never closed.", "Close it, or write the value without quotes."
    if "could not find expected ':'" in problem:
        return "a key without its `:`.", "Write `key: value`."
    if "cannot start any token" in problem:
        return "a value can't begin with this character.", "Quote the value."
    if "block" in problem or "block" in context:
        return _MISPLACED
    return "this can't be read as YAML.", "Write `key: value` lines, indented with spaces."
