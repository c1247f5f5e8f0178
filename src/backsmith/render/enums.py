"""Writes enums: shared ones as modules of their own, others beside the table that holds them."""

from collections.abc import Iterable, Iterator

from backsmith.design.model import Design, Enum, Field, Resource, member_of
from backsmith.design.names import Names
from backsmith.render.code import docstring, quoted
from backsmith.render.english import a, words


def shared_enums(design: Design) -> dict[str, str]:
    """The modules of enums that have a name, by path."""
    return {f"app/models/{_stem(enum)}.py": _module(enum) for enum in design.enums}


def own_enums(resource: Resource) -> Iterator[str]:
    """The classes of the enums that a resource's fields declare."""
    for field, enum in _with_enums(resource):
        if not enum.shared:
            noun = a(resource.names.noun)
            yield _class(enum, f"What the {words(field.name)} of {noun} can be.")


def enum_imports(resources: Iterable[Resource], *, beside: bool = False) -> list[str]:
    """What a module imports to name enums; `beside` the tables, where some are declared."""
    lines = [
        f"from app.models.{_stem(enum) if enum.shared else resource.names.stem} import {enum.name}"
        for resource in resources
        for _, enum in _with_enums(resource)
        if enum.shared or not beside
    ]
    return list(dict.fromkeys(lines))


def _with_enums(resource: Resource) -> Iterator[tuple[Field, Enum]]:
    for field in resource.fields:
        if field.choices:
            yield field, field.choices


def _stem(enum: Enum) -> str:
    return Names(enum.name, "").stem


def _module(enum: Enum) -> str:
    noun = a(Names(enum.name, "").noun)
    return f"from enum import StrEnum\n\n\n{_class(enum, f'What {noun} can be.')}\n"


def _class(enum: Enum, doc: str) -> str:
    members = [f"    {member_of(value)} = {quoted(value)}" for value in enum.values]
    return "\n".join([f"class {enum.name}(StrEnum):", docstring(doc), "", *members])
