"""The language as a JSON Schema, for editors: made from the tables of words, and grown with them.

It knows each word where it may stand. What needs the rest of the design, `check` alone knows.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from backsmith.design.key_docs import DOCS
from backsmith.design.model import Enum, Operation, Reference, Scalar, Who
from backsmith.design.words import (
    ACCESS_KEYS,
    ALLOWED,
    FIELD_KEYS,
    LIST_KEYS,
    OF_ITEMS,
    OF_LINKS,
    OF_LISTS,
    ON_DELETE,
    RESOURCE_KEYS,
    TOP_KEYS,
    UNLISTED,
    USER_KEYS,
    Kind,
    Said,
)

Schema = dict[str, Any]

_NAME = "[A-Z][A-Za-z0-9]*"
_ID = "[A-Za-z][A-Za-z0-9_-]*"
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_SPELLINGS = {
    Said.RANGE: rf"(?:{_NUMBER})?\.\.(?:{_NUMBER})?",
    Said.PRECISION: "[0-9]+,[0-9]+",
    Said.VALUES: rf"{_ID}(?:,{_ID})+",
    Said.PATTERN: r"/(?:\\.|[^\\])*?/",
    Said.DEFAULT: r"""=(?:"(?:\\["\\]|[^"\\])*"|'[^']*'|\S*)""",
    Said.ME: "=me",
    Said.ON_DELETE: "|".join(ON_DELETE),
}
_TEXT: Schema = {"type": "string", "minLength": 1}
_COLUMNS: Schema = {"type": "array", "items": {"type": "string"}, "minItems": 1}


def schema() -> Schema:
    """The schema of a whole design."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A design, in the language of Backsmith",
        **_keys(TOP_KEYS, "design", required=["backsmith", "name"]),
        "$defs": {
            "resource": _keys(RESOURCE_KEYS, "resource"),
            "user": {"description": DOCS["user"], **_keys(USER_KEYS, "user", required=["fields"])},
            "access": _keys(ACCESS_KEYS, "access"),
            "list": _keys(LIST_KEYS, "list"),
            "field": {
                "description": DOCS["field"],
                "anyOf": [
                    {"$ref": "#/$defs/words"},
                    {"$ref": "#/$defs/long"},
                ],
            },
            "long": _keys(FIELD_KEYS, "field", required=["is"]),
            "words": {"type": "string", "pattern": field_pattern(), "description": DOCS["field"]},
        },
    }


def schema_text() -> str:
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def field_pattern() -> str:
    """What a field's text looks like: each type with the words that it takes."""
    return rf"^\s*(?:{'|'.join(form for kind in ALLOWED for form in _forms(kind))})\s*$"


def _forms(kind: Kind) -> Iterator[str]:
    """A type with its words: alone, and as a list where there are such."""
    name, value = f"(?:{_type(kind)})", rf"(?:\s+{_ID}(?=\s|$))?" if kind is Enum else ""
    if kind is Reference:
        named = ALLOWED[kind] | (ALLOWED[Enum] - {Said.VALUES}) | OF_LINKS
        yield rf"{name}(?:\[\])?\??{_words(named, 'many')}"
        return
    yield rf"{name}\??{value}{_words(ALLOWED[kind])}"
    if kind not in UNLISTED:
        words = OF_LISTS | (OF_ITEMS & ALLOWED[kind])
        yield rf"{name}\[\]\??{value}{_words(words)}"
        yield rf"{name}\??(?=.*\smany(?:\s|$)){value}{_words(words, 'many')}"


def _type(kind: Kind) -> str:
    if isinstance(kind, Scalar):
        return kind.value
    # A name of this file is an enum's or a resource's; which, only the whole file can tell.
    return "enum" if kind is Enum else _NAME


def _words(allowed: frozenset[Said], *more: str) -> str:
    words = [*more, *(_spelling(said) for said in Said if said in allowed)]
    return rf"(?:\s+(?:{'|'.join(words)})(?=\s|$))*"


def _spelling(said: Said) -> str:
    """How a word is spelled; behind `as=` any name may stand."""
    head, equals, _ = said.value.partition("=")
    if said in _SPELLINGS:
        return _SPELLINGS[said]
    return rf"{re.escape(head)}=\S+" if equals else re.escape(said.value).replace(", ", "|")


def _keys(keys: Iterable[str], of: str, required: Iterable[str] = ()) -> Schema:
    properties = {key: _described(f"{of}.{key}") for key in keys}
    found: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return found | ({"required": [*required]} if required else {})


def _described(key: str) -> Schema:
    doc = {"description": DOCS[key]} if key in DOCS else {}
    return doc | _VALUES.get(key, {})


def _named(key: str, value: Schema) -> Schema:
    return {
        "type": ["object", "null"],
        "propertyNames": {"pattern": key},
        "additionalProperties": value,
    }


_CALLER = rf"^(?:{'|'.join(Who)}|[a-z][a-z0-9_]*)(?: if .+)?$"
_CALLERS: Schema = {
    "anyOf": [
        {"type": "string", "pattern": _CALLER},
        {"type": "array", "items": {"type": "string", "pattern": _CALLER}, "minItems": 1},
    ]
}
_FLAG: Schema = {"type": "boolean"}
_COUNT: Schema = {"type": "integer", "minimum": 1}
_OPERATION: Schema = {"enum": [*Operation]}
_VALUES: dict[str, Schema] = {
    "design.backsmith": {"enum": [1, "1"]},
    "design.name": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
    "design.doc": _TEXT,
    "design.roles": {"type": ["array", "null"], "items": {"type": "string"}, "uniqueItems": True},
    "design.enums": _named(f"^{_NAME}$", {"type": "array", "items": {"type": "string"}}),
    "design.resources": {
        **_named(f"^{_NAME}$", {"$ref": "#/$defs/resource"}),
        "properties": {"User": {"$ref": "#/$defs/user"}},
    },
    "resource.doc": _TEXT,
    "resource.fields": _named("^[a-z][a-z0-9_]*$", {"$ref": "#/$defs/field"}),
    "user.fields": _named("^[a-z][a-z0-9_]*$", {"$ref": "#/$defs/field"}),
    "resource.owner": {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*$"},
    "resource.unique": {"type": "array", "items": _COLUMNS},
    "resource.index": {"type": "array", "items": _COLUMNS},
    "resource.access": {"$ref": "#/$defs/access"},
    "resource.list": {"$ref": "#/$defs/list"},
    "resource.path": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
    "resource.only": {"anyOf": [_OPERATION, {"type": "array", "items": _OPERATION}]},
    "resource.soft_delete": _FLAG,
    "resource.deprecated": _FLAG,
    **{f"access.{key}": _CALLERS for key in ACCESS_KEYS},
    "list.sort": {"type": "string", "pattern": "^-?[a-z][a-z0-9_]*$"},
    "list.page": _COUNT,
    "list.max": _COUNT,
    "field.is": {"$ref": "#/$defs/words"},
    "field.doc": _TEXT,
    "field.example": {"type": ["string", "number", "boolean"]},
}
