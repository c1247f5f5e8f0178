"""One design of every type and every word, on a real server; its schema is kept as a text.

`make golden` writes that text anew.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from backsmith.design import canonical, read
from backsmith.design.model import Design, Field, OnDelete, Reference, Scalar
from backsmith.design.words import (
    ALLOWED,
    DEFAULT_PRECISION,
    OF_LISTS,
    UNLISTED,
    Kind,
    Said,
    kind_of,
)
from tests.render.projects import build, complaint

from .databases import Database

HERE = Path(__file__).parent
EVERYTHING, SCHEMA = HERE / "everything.yml", HERE / "everything.schema.txt"

SHOWN: dict[Said, Callable[[Field], object]] = {
    Said.OPTIONAL: lambda field: field.optional,
    Said.RANGE: lambda field: (field.minimum, field.maximum) != field.own_bounds,
    Said.PRECISION: lambda field: field.precision,
    Said.VALUES: lambda field: field.enum and not field.enum.shared,
    Said.PATTERN: lambda field: field.pattern,
    Said.DEFAULT: lambda field: field.default is not None,
    Said.ME: lambda field: field.is_me,
    Said.UNIQUE: lambda field: field.unique,
    Said.INDEX: lambda field: field.index,
    Said.FILTER: lambda field: field.filter,
    Said.SORT: lambda field: field.sort,
    Said.SEARCH: lambda field: field.search,
    Said.PRIVATE: lambda field: field.private,
    Said.READONLY: lambda field: field.readonly,
    Said.IMMUTABLE: lambda field: field.immutable,
    Said.DEPRECATED: lambda field: field.deprecated,
    Said.ON_DELETE: lambda field: field.reference,
    Said.EMBED: lambda field: field.reference and field.reference.embed,
    Said.ONE: lambda field: field.reference and field.reference.one,
    Said.AS: lambda field: field.reference and field.reference.reverse,
}
"""How it shows in a field that this was said of it."""


@pytest.fixture(scope="module")
def everything() -> Design:
    found = read(EVERYTHING.read_text(encoding="utf-8"), EVERYTHING.name)
    assert [str(finding) for finding in found.findings] == []
    assert found.design
    return found.design


@pytest.fixture(scope="module")
def database(server: Database) -> Database:
    return server.new("everything_test")


def name_of(kind: Kind) -> str:
    return kind.value if isinstance(kind, Scalar) else kind.__name__.lower()


@pytest.mark.parametrize("kind", ALLOWED, ids=name_of)
def test_everything_holds_each_word_with_each_type_that_takes_it(
    everything: Design, kind: Kind
) -> None:
    fields = [
        field
        for resource in everything.resources
        for field in resource.fields
        if kind_of(field.type) == kind
    ]

    missing = {said for said in ALLOWED[kind] if not any(map(SHOWN[said], fields))}

    assert missing == set(), f"everything.yml has no {name_of(kind)} with these words"


def test_everything_holds_each_type_by_itself(everything: Design) -> None:
    kinds = {kind_of(field.type) for field in everything.resource("Bare").fields}

    assert kinds == set(ALLOWED) - {Reference}


def test_everything_holds_lists_of_each_type_and_with_each_word(everything: Design) -> None:
    items = [field.item for field in everything.resource("Listed").fields if field.item]
    fields = [field for field in everything.resource("Listed").fields if field.item]

    assert {kind_of(item.type) for item in items} == set(ALLOWED) - set(UNLISTED) - {Reference}
    assert {said for said in OF_LISTS if not any(map(SHOWN[said], fields))} == set()
    assert any(item.pattern and item.type is Scalar.STRING for item in items)
    assert any(item.precision != DEFAULT_PRECISION for item in items if item.precision)


@pytest.mark.parametrize("target", ["Hub", "User"])
@pytest.mark.parametrize("optional", [True, False], ids=["maybe", "needed"])
@pytest.mark.parametrize("on_delete", OnDelete)
def test_everything_holds_each_relation_with_each_on_delete(
    everything: Design, target: str, optional: bool, on_delete: OnDelete
) -> None:
    relations = {
        (field.reference.target, field.optional, field.reference.on_delete)
        for resource in everything.resources
        for field in resource.fields
        if field.reference
    }

    possible = optional or on_delete is not OnDelete.SET_NULL
    assert ((target, optional, on_delete) in relations) == possible


def test_everything_reads_back_from_its_canonical_form(everything: Design) -> None:
    assert read(canonical(everything)).design == everything


def test_its_tables_stay_as_they_were_read(
    everything: Design, database: Database, tmp_path: Path
) -> None:
    project = build(EVERYTHING, tmp_path)
    for verb in ("check", "format"):
        options = ["--check"] if verb == "format" else []
        assert complaint(project, "ruff", verb, "-q", *options) == ""

    database.migrate(project, "up", "check")
    schema = database.dump()
    if "GOLDEN" in os.environ:
        SCHEMA.write_text(schema, encoding="utf-8")

    assert schema.splitlines() == SCHEMA.read_text(encoding="utf-8").splitlines(), "make golden"

    database.migrate(project, "down")
    assert database.dump() == ""
    database.migrate(project, "up", "check")
    assert database.dump() == schema
