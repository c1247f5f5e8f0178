"""Writes the queries of rows that belong to rows of their own kind, as folders do."""

from textwrap import indent

from backsmith.design.model import Design
from backsmith.render.hiding import hides, tree_keys
from backsmith.render.hiding_queries import hiding_queries

HEAD = '''\
"""Rows that belong to rows of their own kind, and those to others, at any depth."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, exists, inspect, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.db.base import Entity
from app.db.rows import Rows

M = TypeVar("M", bound=Entity)
'''
UP = '''

def all_the_way_up(row: type[M], holds: Callable[[type[M]], Rows], *keys: str) -> Rows:
    """Say that something holds for a row, and for every one that it belongs to."""
    model: Any = inspect(row).mapper.class_
    start, above = aliased(model), aliased(model)
    first = select(start.id, *_columns(start, keys), holds(start).label("holds"))
    way = first.where(start.id == row.id).correlate(row).cte(recursive=True, nesting=True)
    further = select(above.id, *_columns(above, keys), holds(above).label("holds"))
    one_up = or_(*(above.id == way.c[key] for key in keys))
    return ~exists().where(~way.union(further.join(way, one_up)).c.holds)
'''
DOWN = '''

def all_below(model: type[M], rows: Rows, *keys: str) -> Select[UUID]:
    """The ids of rows, and of every one that belongs to them."""
    found = select(model.id).where(rows).cte(recursive=True)
    below = aliased(model)
    one_down = or_(*(key == found.c.id for key in _columns(below, keys)))
    everyone = found.union(select(below.id).join(found, one_down))
    return select(model.id).where(model.id.in_(select(everyone.c.id)))
'''
TAIL = """

def _columns(row: type[Entity], keys: Sequence[str]) -> list[InstrumentedAttribute[UUID]]:
    return [getattr(row, key) for key in keys]
"""
IN_LEVELS = """\
for rows in hiding:
    await self._session.execute(rows.with_for_update())
"""
IN_TREES = """\
for rows in hiding:
    frozen: set[UUID] = set()
    # Whoever was waited for may have put another row below one of these.
    while more := {*await self._session.scalars(rows.with_for_update())} - frozen:
        frozen |= more
"""


def trees(design: Design) -> dict[str, str]:
    """The module, by its path, if rows hide with others of their kind."""
    up = any(tree_keys(each) and hides(design, each) for each in design.resources)
    down = looks_below(design)
    if not up and not down:
        return {}
    text = f"{HEAD}{UP if up else ''}{DOWN if down else ''}{TAIL}"
    return {"app/repositories/trees.py": text}


def looks_below(design: Design) -> bool:
    """Whether any repository asks for all rows that hide along in a tree."""
    return any(
        "all_below(" in line for each in design.resources for line in hiding_queries(design, each)
    )


def frozen(design: Design) -> str:
    """The statements that hold rows which hide along."""
    return indent(IN_TREES if looks_below(design) else IN_LEVELS, " " * 8)
