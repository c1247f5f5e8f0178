"""The JSON Schema takes what the reader takes, and refuses what a form can show to be wrong."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # has no types
from ruamel.yaml import YAML

from backsmith.design import canonical, read
from backsmith.design.key_docs import DOCS
from backsmith.design.model import Enum, Reference, Scalar
from backsmith.design.schema import schema, schema_text
from backsmith.design.words import ALLOWED, FLAGS, OF_LINKS, ON_DELETE, Kind

from .dictionary import design_of
from .rows import sections

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "examples" / "bookshop" / ".backsmith" / "schema.json"
DESIGNS = [
    *sorted((ROOT / "examples").glob("*.yml")),
    ROOT / "tests" / "render" / "wide.yml",
    ROOT / "tests" / "language" / "everything.yml",
]
TOP = "backsmith: 1\nname: shop\n"
BOOK = f"{TOP}resources:\n  Book:\n    fields:\n      title: string\n"

VALIDATOR = Draft202012Validator(schema())


def complaints(text: str) -> list[str]:
    value: Any = YAML(typ="safe").load(text)
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(value)]


def test_it_is_a_schema_and_every_project_has_it() -> None:
    Draft202012Validator.check_schema(schema())
    assert KEPT.read_text() == schema_text(), "make examples"


@pytest.mark.parametrize("file", DESIGNS, ids=lambda file: file.stem)
def test_good_designs_are_taken(file: Path) -> None:
    text = file.read_text()
    design = read(text).design
    assert design

    assert complaints(text) == []
    assert complaints(canonical(design)) == []


def test_every_design_of_the_table_is_taken() -> None:
    for rows in sections().values():
        for row in rows.values():
            if not row.of_the_file:
                assert complaints(design_of([row])) == []


@pytest.mark.parametrize("kind", ALLOWED, ids=lambda kind: getattr(kind, "value", "named"))
def test_each_word_is_taken_where_the_table_of_words_has_it(kind: Kind) -> None:
    name = kind.value if isinstance(kind, Scalar) else "enum a,b" if kind is Enum else "User"
    words = {*FLAGS, *ON_DELETE}
    taken = {each.value for each in ALLOWED[kind]} & set(FLAGS)
    taken |= set(ON_DELETE) if kind is Reference else set()
    if kind is Reference:
        # A capital is a resource's or an enum's.
        taken |= {each.value for each in ALLOWED[Enum]} & set(FLAGS)
        taken |= {each.value for each in OF_LINKS} & set(FLAGS)

    for word in words:
        found = complaints(BOOK.replace("string", f"{name} {word}"))
        assert bool(found) == (word not in taken), word


@pytest.mark.parametrize(
    "text",
    [
        "name: shop\n",
        "backsmith: 2\nname: shop\n",
        f"{TOP}resurces: {{}}\n",
        f"{TOP}roles: editor\n",
        f"{TOP}resources: {{book: {{fields: {{a: int}}}}}}\n",
        BOOK.replace("fields", "feilds"),
        BOOK.replace("string", "strin"),
        BOOK.replace("string", "string uniqe"),
        BOOK.replace("string", "string 1-9"),
        BOOK.replace("string", "float unique"),
        BOOK.replace("string", "bool[]"),
        BOOK.replace("string", "json many"),
        BOOK.replace("string", "string[] sort"),
        BOOK.replace("string", "string many unique"),
        BOOK.replace("string", "int[] 10,2"),
        BOOK.replace("string", "string /^a"),
        BOOK.replace("string", "{doc: A title.}"),
        BOOK.replace("string", "3"),
        f"{BOOK}    access: {{see: public}}\n",
        f"{BOOK}    access: {{read: Public}}\n",
        f"{BOOK}    list: {{page: 0}}\n",
        f"{BOOK}    only: [list, read]\n",
    ],
)
def test_bad_designs_are_refused(text: str) -> None:
    assert complaints(text)
    assert read(text).findings


def test_every_key_says_what_it_is_for() -> None:
    found = schema()
    parts = {"design": found, **found["$defs"]}

    for part in ("design", "resource", "access", "list", "long"):
        for key, value in parts[part]["properties"].items():
            assert "description" in value, f"{part}.{key} in key_docs.py"
    assert all(doc.endswith(".") for doc in DOCS.values())
