"""A design as a picture: a box for each resource, a line for each reference, as an SVG."""

from collections.abc import Iterator, Sequence
from html import escape

from backsmith.design.model import Design
from backsmith.render.boxes import (
    HEAD,
    Box,
    Edge,
    Row,
    box_of,
    edges_of,
    row_middle,
)
from backsmith.render.graph import Line, Placed, place
from backsmith.render.picture_style import LEGEND, STYLE

GAP, BETWEEN, MARGIN = 34.0, 120.0, 32.0
TOP, BOTTOM = 78.0, 62.0
EDGE = 14.0
USER = "User"
MOST_TO_PEOPLE = 6
"""With more, almost everything points to people, and their lines would hide the others."""


def picture(design: Design) -> str:
    """The whole picture; the same for the same design, and in need of nothing else."""
    boxes = [box_of(each) for each in (*([design.user] if design.user else []), *design.resources)]
    edges = [edge for resource in design.resources for edge in edges_of(resource)]
    to_people = sum(edge.end == USER for edge in edges)
    if to_people > MOST_TO_PEOPLE:
        edges = [edge for edge in edges if edge.end != USER]
    elif to_people and not design.user:
        boxes.insert(0, Box(USER, "/users", "A person.", ()))
    return "".join(f"{line}\n" for line in _Picture(design, boxes, edges).lines())


class _Picture:
    def __init__(self, design: Design, boxes: Sequence[Box], edges: Sequence[Edge]) -> None:
        self._design = design
        self._boxes = {box.name: box for box in boxes}
        self._edges = edges
        self._ports = self._rough_ports()
        self._placed = self._place()
        self._ports = self._sorted_ports()
        self._placed = self._place()
        self._lefts, self._widths = self._columns()

    def _place(self) -> Placed:
        lines = [
            Line(edge.start, edge.end, row_middle(edge.row), self._ports[number])
            for number, edge in enumerate(self._edges)
        ]
        return place({name: box.height for name, box in self._boxes.items()}, lines, GAP)

    def _rough_ports(self) -> list[float]:
        return [HEAD / 2 for _ in self._edges]

    def _sorted_ports(self) -> list[float]:
        """Lines that end at one side of a box end below each other, in the order they come from."""
        ports = [HEAD / 2 for _ in self._edges]
        sides: dict[tuple[str, bool], list[int]] = {}
        for number, edge in enumerate(self._edges):
            if edge.start != edge.end:
                sides.setdefault((edge.end, self._is_back(edge)), []).append(number)
        for (name, _), numbers in sides.items():
            numbers.sort(key=self._comes_from)
            room = self._boxes[name].height - 24
            step = min(16.0, room / max(len(numbers) - 1, 1))
            first = max(12.0, HEAD / 2 - step * (len(numbers) - 1) / 2)
            for place_, number in enumerate(numbers):
                ports[number] = first + place_ * step
        return ports

    def _comes_from(self, number: int) -> float:
        edge = self._edges[number]
        passes = self._placed.passes.get(number)
        if passes:
            near = max(passes) if self._is_back(edge) else min(passes)
            return passes[near]
        return self._placed.tops[edge.start] + row_middle(edge.row)

    def _is_back(self, edge: Edge) -> bool:
        """Whether it closes a circle, and so points to the right."""
        return self._placed.columns[edge.end] > self._placed.columns[edge.start]

    def _columns(self) -> tuple[list[float], list[float]]:
        columns = self._placed.columns
        count = max(columns.values(), default=-1) + 1
        widths = [0.0] * count
        for name, column in columns.items():
            widths[column] = max(widths[column], self._boxes[name].width)
        lefts, left = [], MARGIN
        for width in widths:
            lefts.append(left)
            left += width + BETWEEN
        return lefts, widths

    def lines(self) -> Iterator[str]:
        tops = self._placed.tops
        right = max((x + w for x, w in zip(self._lefts, self._widths, strict=True)), default=0.0)
        low = max((tops[name] + box.height for name, box in self._boxes.items()), default=0.0)
        low = max([low, *(y for each in self._placed.passes.values() for y in each.values())])
        width, height = max(right + MARGIN + 34, 760.0), TOP + low + BOTTOM
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" '
            f'viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" height="{_n(height)}">'
        )
        yield f'<title id="title">{escape(self._design.name)}</title>'
        yield f'<desc id="desc">{escape(self._described())}</desc>'
        yield f"<style>{STYLE}</style>"
        yield f'<rect class="paper" width="{_n(width)}" height="{_n(height)}"/>'
        yield f'<text class="name" x="{_n(MARGIN)}" y="38">{escape(self._design.name)}</text>'
        doc = _cut(self._design.doc.split("\n")[0], int((width - 2 * MARGIN) / 6.6))
        yield f'<text class="about" x="{_n(MARGIN)}" y="58">{escape(doc)}</text>'
        yield f'<g transform="translate(0 {_n(TOP)})">'
        for number, edge in enumerate(self._edges):
            yield from self._edge(number, edge)
        for name, box in self._boxes.items():
            yield from self._box(name, box)
        yield "</g>"
        at = f"translate({_n(MARGIN)} {_n(height - 24)})"
        yield f'<g class="legend" transform="{at}">{LEGEND}</g>'
        yield "</svg>"

    def _described(self) -> str:
        relations = "; ".join(edge.said for edge in self._edges)
        names = ", ".join(self._boxes) or "none"
        return f"Resources: {names}." + (f" Relations: {relations}." if relations else "")

    def _box(self, name: str, box: Box) -> Iterator[str]:
        column = self._placed.columns[name]
        x, y, width = self._lefts[column], self._placed.tops[name], self._widths[column]
        person = " person" if name == USER else ""
        yield f'<g class="box{person}" transform="translate({_n(x)} {_n(y)})">'
        yield f"<title>{escape(box.doc)}</title>"
        yield f'<rect class="card" width="{_n(width)}" height="{_n(box.height)}" rx="9"/>'
        if box.rows:
            shape = f"M0 {_n(HEAD)}V9a9 9 0 0 1 9-9H{_n(width - 9)}a9 9 0 0 1 9 9V{_n(HEAD)}z"
            yield f'<path class="head" d="{shape}"/>'
        else:
            yield f'<rect class="head" width="{_n(width)}" height="{_n(HEAD)}" rx="9"/>'
        yield f'<text class="type" x="{_n(EDGE)}" y="24">{escape(name)}</text>'
        yield f'<text class="path" x="{_n(width - EDGE)}" y="24">{escape(box.path)}</text>'
        for number, row in enumerate(box.rows):
            yield from _row_lines(row, row_middle(number) + 4.5, width)
        yield f'<rect class="rim" width="{_n(width)}" height="{_n(box.height)}" rx="9"/>'
        yield "</g>"

    def _edge(self, number: int, edge: Edge) -> Iterator[str]:
        fate = "links" if edge.reference.many else edge.reference.on_delete.value
        path, start, end = self._path(number, edge)
        towards = 1.0 if edge.start == edge.end or self._is_back(edge) else -1.0
        yield f'<g class="line {fate}"><title>{escape(edge.said)}</title>'
        yield f'<path class="way" d="{path}"/>'
        yield f'<path class="mark" d="{_start_mark(start, towards, edge)}"/>'
        other = 1.0 if edge.start == edge.end else -towards
        yield _end_mark(end, other, edge)
        yield "</g>"

    def _path(
        self, number: int, edge: Edge
    ) -> tuple[str, tuple[float, float], tuple[float, float]]:
        columns, tops = self._placed.columns, self._placed.tops
        from_, to = columns[edge.start], columns[edge.end]
        back = self._is_back(edge)
        same = edge.start == edge.end
        start_x = self._lefts[from_] + (self._widths[from_] if back or same else 0)
        end_x = self._lefts[to] + (0 if back else self._widths[to])
        start = (start_x, tops[edge.start] + row_middle(edge.row))
        end = (end_x, tops[edge.end] + self._ports[number])
        if same:
            out = 46 + edge.row % 4 * 8
            bends = f"{_p((start_x + out, start[1]))} {_p((end_x + out, end[1]))}"
            return f"M{_p(start)}C{bends} {_p(end)}", start, end
        parts, here = [f"M{_p(start)}"], start
        passes = self._placed.passes.get(number, {})
        for column in sorted(passes, reverse=not back):
            near, far = self._lefts[column], self._lefts[column] + self._widths[column]
            first, second = (near, far) if back else (far, near)
            y = passes[column]
            parts.append(_curve(here, (first, y)))
            parts.append(f"H{_n(second)}")
            here = (second, y)
        parts.append(_curve(here, end))
        return "".join(parts), start, end


def _row_lines(row: Row, y: float, width: float) -> Iterator[str]:
    class_ = "field unique" if row.alone else "field"
    yield f'<text class="{class_}" x="{_n(EDGE)}" y="{_n(y)}">{escape(row.name)}</text>'
    kind = escape(row.kind)
    if row.points:
        kind = f'<tspan class="points">{kind}</tspan>'
    if row.fate:
        kind += f' <tspan class="{row.fate}">{row.fate.replace("_", " ")}</tspan>'
    yield f'<text class="kind" x="{_n(width - EDGE)}" y="{_n(y)}">{kind}</text>'


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    bend = (end[0] - start[0]) / 2
    return f"C{_p((start[0] + bend, start[1]))} {_p((end[0] - bend, end[1]))} {_p(end)}"


def _start_mark(at: tuple[float, float], towards: float, edge: Edge) -> str:
    """Where many rows may point from, a crow's foot; where one, a bar."""
    x, y = at
    if edge.field.unique:
        return f"M{_n(x + towards * 9)} {_n(y - 6)}v12"
    return f"M{_n(x)} {_n(y - 6)}L{_n(x + towards * 12)} {_n(y)}L{_n(x)} {_n(y + 6)}"


def _end_mark(at: tuple[float, float], towards: float, edge: Edge) -> str:
    """Where it points to: to many, a crow's foot; to one at most, a ring; to exactly one, a bar."""
    x, y = at
    if edge.reference.many:
        feet = f"M{_n(x)} {_n(y - 6)}L{_n(x + towards * 12)} {_n(y)}L{_n(x)} {_n(y + 6)}"
        return f'<path class="mark" d="{feet}"/>'
    if edge.field.optional:
        return f'<circle class="ring" cx="{_n(x + towards * 9)}" cy="{_n(y)}" r="4"/>'
    return f'<path class="mark" d="M{_n(x + towards * 9)} {_n(y - 6)}v12"/>'


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _p(point: tuple[float, float]) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(number: float) -> str:
    """A number in as few characters as need be, the same on every machine."""
    return f"{round(number, 1):g}" if abs(number) < 1e5 else str(round(number))
