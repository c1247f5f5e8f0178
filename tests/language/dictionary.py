"""The one design that all rows of the table are tried in, and what is looked up in its API."""

from collections.abc import Iterable, Mapping
from textwrap import indent
from typing import Any

from .rows import Row

TOP = """\
backsmith: 1
name: dictionary
doc: All words of the language, each in a resource of its own.
roles: [editor]
enums:
  Mood: [good, bad, no]
"""
USES = "  Journey: {fields: {mood: Mood, return_mood: Mood =no}}\n"
"""A resource for what stands at the top, and is nothing until it is used."""


def design_of(rows: Iterable[Row]) -> str:
    """The design of all resources that these rows bring."""
    designs = "".join(indent(row.design, "  ") for row in rows if not row.of_the_file)
    whole = f"{TOP}resources:\n{USES}{designs}"
    assert all(f"\n{row.design}" in f"\n{whole}" for row in rows if row.of_the_file)
    return whole


def found_in(document: Mapping[str, Any], where: str) -> Any:
    """What OpenAPI says there: `POST /books`, `GET /books?sort`, `BookRead.title`, or `info`."""
    schemas = document["components"]["schemas"]
    method, _, path = where.partition(" ")
    if path:
        path, _, parameter = path.partition("?")
        operation = document["paths"][f"/api/v1{path}"][method.lower()]
        return _parameters(operation).get(parameter) if parameter else operation
    name, _, field = where.partition(".")
    if name == "tags":
        return {tag["name"]: tag for tag in document["tags"]}
    if name not in schemas:
        return document.get(name)
    return schemas[name]["properties"].get(field) if field else schemas[name]


def _parameters(operation: Mapping[str, Any]) -> dict[str, Any]:
    return {each["name"]: each for each in operation.get("parameters", [])}
