"""Lines put into the text of a design, which stays as it is around them."""

from collections.abc import Sequence
from dataclasses import dataclass

from backsmith.design.findings import START, Finding, Findings, did_you_mean, listed, quoted
from backsmith.design.source import Block, Node, Text, last_line, load

INDENT = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line to add, how deep below the first, and what somebody typed to have it."""

    text: str
    depth: int
    typed: str


@dataclass(frozen=True, slots=True)
class Added:
    """The text with the lines in it, and where they are."""

    text: str
    first: int
    lines: tuple[str, ...]
    typed: tuple[str, ...]

    def told(self, finding: Finding) -> str:
        """A finding, named after what was typed if that is what it is about."""
        index = finding.line - self.first
        if not 0 <= index < len(self.typed):
            return str(finding)
        hint = f"\n    {finding.hint}" if finding.hint else ""
        return f"{self.typed[index]}: {finding.message}{hint}"


class NoPlaceError(ValueError):
    """There is no place for the lines: why, and what to do."""


def add_resource(text: str, lines: Sequence[Line]) -> Added:
    """Put a resource behind the last one."""
    root = _block(load(text, Findings("")))
    entry = root.get("resources")
    if entry is None:
        _refuse_braces(root, "all keys")
        return _insert(text, len(text.split("\n")), 0, (Line("resources:", 0, ""), *_deeper(lines)))
    if isinstance(entry.value, Block):
        block = entry.value
        _refuse_braces(block, "the resources")
        column = block.place.column - 1
        return _insert(text, _end(text, block), column, lines, _step(block))
    if not isinstance(entry.value, Text) or entry.value.raw:
        raise NoPlaceError("There is no place below resources:, since something follows it.")
    return _insert(text, entry.key.place.line, INDENT, lines)


def add_fields(text: str, resource: str, lines: Sequence[Line]) -> Added:
    """Put fields behind the last one of a resource."""
    root = _block(load(text, Findings("")))
    resources = root.get("resources")
    there = _block(resources.value).get(resource) if resources else None
    if resources is None or there is None:
        raise NoPlaceError(_no_resource(resource, _block(resources.value if resources else None)))
    block = _block(there.value)
    entry = block.get("fields")
    fields = _block(entry.value if entry else None)
    for each, what in (
        (_block(resources.value), "the resources"),
        (block, f"the keys of {resource}"),
        (fields, f"the fields of {resource}"),
    ):
        _refuse_braces(each, what)
    return _insert(text, _end(text, fields), fields.place.column - 1, lines)


def _no_resource(name: str, resources: Block) -> str:
    known = [entry.key.value for entry in resources.entries]
    near = did_you_mean(name, known) or (f" It has {listed(known)}." if known else "")
    return f"The design has no resource {quoted(name)}.{near}"


def _insert(text: str, after: int, column: int, lines: Sequence[Line], step: int = INDENT) -> Added:
    before = text.split("\n")
    while after > 0 and not before[after - 1].strip():
        after -= 1
    added = tuple(" " * (column + step * line.depth) + line.text for line in lines)
    whole = [*before[:after], *added, *before[after:]]
    end = "" if after < len(before) else "\n"
    return Added("\n".join(whole) + end, after + 1, added, tuple(line.typed for line in lines))


def _deeper(lines: Sequence[Line]) -> Sequence[Line]:
    return [Line(line.text, line.depth + 1, line.typed) for line in lines]


def _block(node: Node) -> Block:
    return node if isinstance(node, Block) else Block((), START)


def _refuse_braces(block: Block, what: str) -> None:
    if block.closed:
        raise NoPlaceError(
            f"In line {block.place.line}, {what} stand in {{...}}, where no line can be added. "
            "`backsmith fmt` puts each on a line of its own."
        )


def _step(block: Block) -> int:
    """How far the neighbours indent what is theirs."""
    for each in block.entries:
        if isinstance(each.value, Block) and not each.value.closed:
            return each.value.place.column - each.key.place.column
    return INDENT


def _end(text: str, block: Block) -> int:
    """The last line of a block, with the comments that follow and are indented as far."""
    last = last_line(block)
    for number, line in enumerate(text.split("\n")[last:], start=last + 1):
        if line.lstrip(" ").startswith("#") and line.index("#") >= max(block.place.column - 1, 1):
            last = number
        elif line.strip():
            break
    return last
