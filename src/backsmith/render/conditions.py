"""What rules ask of a row, as rows that have a name."""

import re
from collections.abc import Iterator

from backsmith.design.model import Condition, Resource
from backsmith.render.code import literal

_CONSTANTS = """
ADMIN ALICE BOB DAY EARLIEST EVERY EVERYBODY LONG MOMENT NO_ID NOWHERE REAL SORT_KEYS TEXT
TIME_OF_DAY WHOLE
"""
TAKEN = frozenset(_CONSTANTS.split())
"""Constants that the modules have already."""


def conditions_of(resource: Resource) -> list[Condition]:
    """What the rules of a resource ask of its rows, each once."""
    access = resource.access
    rules = (*access.read, *access.create, *access.update, *access.delete)
    return list(dict.fromkeys(rule.when for rule in rules if rule.when))


def names_of_conditions(resource: Resource) -> dict[Condition, str]:
    """What the rows are called that a condition holds for: `PUBLISHED`."""
    names: dict[Condition, str] = {}
    for condition in conditions_of(resource):
        options = [each for each in _options(condition) if each not in TAKEN]
        free = [each for each in options if each not in names.values()]
        last = options[-1]
        names[condition] = free[0] if free else f"{last}_{len(names)}"
    return names


def named_rows(resource: Resource) -> Iterator[str]:
    """The constants that hold these rows."""
    for condition, name in names_of_conditions(resource).items():
        field = resource.field(condition.field)
        column = f"{resource.name}.{field.column}"
        value = literal(field, condition.value)
        is_value = f".is_({value})" if isinstance(condition.value, bool) else f" == {value}"
        yield f"{name}: Rows = {column}{is_value}"


def _options(condition: Condition) -> list[str]:
    field, value = condition.field.upper(), condition.value
    if isinstance(value, bool):
        return [field, f"IS_{field}"] if value else [f"NOT_{field}", f"IS_NOT_{field}"]
    word = re.sub(r"\W+", "_", str(value), flags=re.ASCII).strip("_").upper()
    spelt = f"{field}_{word}".rstrip("_")
    return [word, spelt] if word.isidentifier() and len(word) > 1 else [spelt]
