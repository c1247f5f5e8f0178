"""Boxes in columns, so that what points stands right of what it points to, and lines cross little.

In four steps, as is usual for layered drawings: break circles, choose columns, choose the order
within each, then move boxes up and down until lines are as straight as they can be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """From one box to another, at heights that are counted from their tops."""

    start: str
    end: str
    start_offset: float
    end_offset: float


@dataclass(slots=True)
class Spot:
    """A box; or the place where a line passes through a column, which has no height."""

    height: float
    column: int
    top: float = 0.0
    line: int | None = None
    left: list[tuple["Spot", float, float]] = field(default_factory=list)
    right: list[tuple["Spot", float, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where all boxes are, by column and top, and where each line passes other columns."""

    columns: Mapping[str, int]
    tops: Mapping[str, float]
    passes: Mapping[int, Mapping[int, float]]


def place(heights: Mapping[str, float], lines: Sequence[Line], gap: float) -> Placed:
    """Place boxes of these heights."""
    joined = {name for line in lines if line.start != line.end for name in (line.start, line.end)}
    columns = _columns([name for name in heights if name in joined], lines)
    boxes = {name: Spot(heights[name], column) for name, column in columns.items()}
    rows: list[list[Spot]] = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    for spot in boxes.values():
        rows[spot.column].append(spot)
    for number, line in enumerate(lines):
        if line.start != line.end:
            _thread(number, line, boxes, rows)
    _order(rows)
    _straighten(rows, gap)
    _lift(rows, gap)
    boxes |= _fill([name for name in heights if name not in joined], heights, rows, gap)
    highest = min((spot.top for row in rows for spot in row), default=0.0)
    passes: dict[int, dict[int, float]] = {}
    for spot in (spot for row in rows for spot in row):
        if spot.line is not None:
            passes.setdefault(spot.line, {})[spot.column] = spot.top - highest
    tops = {name: spot.top - highest for name, spot in boxes.items()}
    return Placed({name: spot.column for name, spot in boxes.items()}, tops, passes)


def _columns(names: Sequence[str], lines: Sequence[Line]) -> dict[str, int]:
    targets: dict[str, list[str]] = {name: [] for name in names}
    for line in lines:
        if line.start != line.end:
            targets[line.start].append(line.end)
    forward = _without_circles(targets)
    columns: dict[str, int] = {}

    def column(name: str) -> int:
        if name not in columns:
            columns[name] = 1 + max((column(each) for each in forward[name]), default=-1)
        return columns[name]

    for name in names:
        column(name)
    pointed = {name: [each for each in names if name in forward[each]] for name in names}
    for name in sorted(names, key=lambda name: -columns[name]):
        # What points nowhere stands beside the first that points to it.
        if not forward[name] and pointed[name]:
            columns[name] = min(columns[each] for each in pointed[name]) - 1
    return columns


def _fill(
    lonely: Sequence[str], heights: Mapping[str, float], rows: list[list[Spot]], gap: float
) -> dict[str, Spot]:
    """Put what no line joins below the others, where there is most room."""
    boxes = sum(1 for row in rows for spot in row if spot.line is None) + len(lonely)
    while len(rows) ** 2 < boxes / 2:
        rows.append([])
    top = min((spot.top for row in rows for spot in row), default=0.0)
    lows = [max((spot.top + spot.height + gap for spot in row), default=top) for row in rows]
    found = {}
    for name in lonely:
        column = lows.index(min(lows))
        found[name] = Spot(heights[name], column, lows[column])
        rows[column].append(found[name])
        lows[column] += heights[name] + gap
    return found


def _without_circles(targets: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The same arrows, but those that would close a circle point the other way."""
    forward: dict[str, list[str]] = {name: [] for name in targets}
    state: dict[str, str] = {}

    def visit(name: str) -> None:
        state[name] = "open"
        for target in targets[name]:
            if state.get(target) == "open":
                forward[target].append(name)
                continue
            forward[name].append(target)
            if target not in state:
                visit(target)
        state[name] = "done"

    for name in targets:
        if name not in state:
            visit(name)
    return forward


def _thread(number: int, line: Line, boxes: Mapping[str, Spot], rows: list[list[Spot]]) -> None:
    """Join two boxes, by a spot in each column between them."""
    start, end = boxes[line.start], boxes[line.end]
    ends = [(start, line.start_offset), (end, line.end_offset)]
    (left, left_at), (right, right_at) = sorted(ends, key=lambda each: each[0].column)
    before, at = left, left_at
    for column in range(left.column + 1, right.column):
        spot = Spot(0.0, column, line=number)
        rows[column].append(spot)
        before.right.append((spot, at, 0.0))
        spot.left.append((before, 0.0, at))
        before, at = spot, 0.0
    before.right.append((right, at, right_at))
    right.left.append((before, right_at, at))


def _order(rows: list[list[Spot]]) -> None:
    """Sort each column by the middle of its neighbours, from both sides in turn."""
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for row in rows if forward else reversed(rows):
            index = {id(spot): number for each in rows for number, spot in enumerate(each)}

            def middle(spot: Spot, forward: bool = forward, index: dict[int, int] = index) -> float:
                near = spot.left if forward else spot.right
                near = near or spot.right or spot.left
                if not near:
                    return float(index[id(spot)])
                return sum(index[id(each)] + at / 1000 for each, _, at in near) / len(near)

            row.sort(key=middle)


def _straighten(rows: list[list[Spot]], gap: float) -> None:
    for row in rows:
        top = 0.0
        for spot in row:
            spot.top, top = top, top + spot.height + gap
    for sweep in range(SWEEPS * 3):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wished = [_wish(spot) for spot in row]
            for spot, top in zip(row, _apart(row, wished, gap), strict=True):
                spot.top = top


def _lift(rows: list[list[Spot]], gap: float) -> None:
    """Move what hangs together up, as far as there is nothing above it."""
    above = {id(spot): before for row in rows for before, spot in pairwise(row)}
    highest = min((spot.top for row in rows for spot in row), default=0.0)
    seen: set[int] = set()
    for spot in sorted((spot for row in rows for spot in row), key=lambda spot: spot.top):
        if id(spot) in seen:
            continue
        together = _together(spot)
        own = {id(each) for each in together}
        seen |= own
        room = [
            each.top - (before.top + before.height + gap)
            for each in together
            if (before := above.get(id(each))) and id(before) not in own
        ]
        move = min([*room, min(each.top for each in together) - highest])
        for each in together:
            each.top -= max(move, 0.0)


def _together(spot: Spot) -> list[Spot]:
    """All that lines join to a box, directly or not."""
    found = [spot]
    seen = {id(spot)}
    for each in found:
        for near, _, _ in (*each.left, *each.right):
            if id(near) not in seen:
                seen.add(id(near))
                found.append(near)
    return found


def _wish(spot: Spot) -> float:
    near = [*spot.left, *spot.right]
    if not near:
        return spot.top
    return sum(each.top + their - own for each, own, their in near) / len(near)


def _apart(row: Sequence[Spot], wished: Sequence[float], gap: float) -> list[float]:
    """Tops as near as possible to those wished, in this order and without touching."""
    offsets, offset = [], 0.0
    for spot in row:
        offsets.append(offset)
        offset += spot.height + gap
    # Whoever would overlap moves together, to the middle of what they wish.
    groups: list[list[float]] = []
    for wish, own in zip(wished, offsets, strict=True):
        groups.append([wish - own])
        while len(groups) > 1 and _mean(groups[-2]) > _mean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    starts = [_mean(group) for group in groups for _ in group]
    return [start + own for start, own in zip(starts, offsets, strict=True)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
