"""Designs that nobody thought of, made from the tables of words."""

from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from backsmith.design import read
from backsmith.design.model import Enum, Reference, Scalar
from backsmith.design.words import ALLOWED, FLAGS, ON_DELETE, RESOURCE_KEYS, UNLISTED, Kind, Said

NAMES = """
Author Box BookReview Category Chef Day Diary HTTPLog Journey Kiosk Leaf Life Mouse Person Phase
Pitch Potato Quiz Toy X2
"""
FIELDS = """
title value items at n params field x2 text database note_ed born a_b_c sku rank token secret
password
"""
RANGES: dict[Kind, list[str]] = {
    Scalar.INT: ["1..9", "0..", "..9", "-5..5"],
    Scalar.BIGINT: ["1..", "-9007199254740991..0"],
    Scalar.FLOAT: ["0..1.5", "-1.."],
    Scalar.DECIMAL: ["0..", "-1.5..99", "0.01.."],
}
DEFAULTS: dict[Kind, list[str]] = {
    Scalar.STRING: ["=abc", '="two words"', '=""', '="it\'s {so}"'],
    Scalar.TEXT: ["=abc", '="\\"quoted\\""'],
    Scalar.INT: ["=1", "=-3", "=0"],
    Scalar.BIGINT: ["=1", "=9007199254740991"],
    Scalar.FLOAT: ["=0.5", "=1"],
    Scalar.DECIMAL: ["=1.5", "=0"],
    Scalar.BOOL: ["=true", "=false"],
    Scalar.DATE: ["=2026-02-28", "=now"],
    Scalar.TIME: ["=23:59", "=now"],
    Scalar.DATETIME: ["=2026-02-28T10:00:00+02:00", "=now"],
    Scalar.UUID: ["=0198c0de-7a7b-7c0f-8d1e-2f3a4b5c6d7e"],
    Scalar.EMAIL: ["=Ann@example.com"],
    Scalar.URL: ["=https://example.com/a"],
    Scalar.SLUG: ["=a-b"],
    Enum: ["=red", "=no"],
}
SAID: dict[Said, Callable[[Kind], list[str]]] = {
    Said.OPTIONAL: lambda kind: ["optional"],
    Said.RANGE: lambda kind: RANGES.get(kind, ["3..40", "..30", "2.."]),
    Said.PRECISION: lambda kind: ["10,2", "4,4", "6,0", "38,12"],
    Said.PATTERN: lambda kind: ["/^[a-z]+$/", r"/^[A-Z]{2}-\d+$/", "/^(a|bc)*d?$/", r"/^a\/b$/"],
    Said.DEFAULT: lambda kind: DEFAULTS[kind],
    Said.VALUES: lambda kind: ["red,green,no", "red", "one-two,no,THREE,in_4"],
    Said.ME: lambda kind: ["=me"],
    Said.ON_DELETE: lambda kind: [*ON_DELETE],
    Said.AS: lambda kind: ["as=rows_here", "as=mine", "as=yours", "as=theirs", "as=order"],
}
"""What a word may look like behind a type; a flag looks like itself."""

LINKS = [["many"], ["many", "1..3"], ["many", "..2", "as=linked_here"]]
"""What follows a target that a row has many of."""

LISTS: dict[Kind, list[str]] = {
    Scalar.STRING: ["string[] filter", "string many ..3", "string[]? /^[a-z]+$/ filter"],
    Scalar.INT: ["int[] 1.. filter", "int[] =[]"],
    Scalar.BIGINT: ["bigint[] immutable"],
    Scalar.FLOAT: ["float[]? filter deprecated"],
    Scalar.DECIMAL: ["decimal[] 8,3 filter"],
    Scalar.DATE: ["date[] 2..3 filter"],
    Scalar.TIME: ["time[] =[] readonly filter"],
    Scalar.DATETIME: ["datetime[] ..200 filter"],
    Scalar.UUID: ["uuid[] private"],
    Scalar.EMAIL: ["email[] filter =[]"],
    Scalar.URL: ["url[] ..1"],
    Scalar.SLUG: ["slug[] filter", "slug[]? =[]"],
    Enum: ["Mood[] filter", "enum[] red,no 2.. filter", "enum[]? one =[]"],
}
"""What a list of a type may look like."""

PEOPLE = [
    "",
    "  User:\n    fields:\n      nickname: string? 2..40 unique\n      x2: text private =abc",
    "  User:\n    fields:\n      mood: Mood =no\n      at: date =now readonly\n      n: int? index",
    "  User:\n    fields:\n      sku: string? /^[A-Z]{2}$/ private unique\n      kind: enum? a,b",
]
"""What is said of people."""

KEYS: dict[str, list[str]] = {
    "doc": ["doc: 'What is \"kept\", \\slashed and {braced}.'"],
    "path": [],
    "fields": [],
    "owner": [
        "owner: keeper",
        "owner: keeper\n    access: {read: public, write: owner}",
        "owner: keeper\n    access: {read: [owner, editor], write: [owner, editor]}",
        "owner: keeper\n    access: {read: public, write: [editor, owner], delete: admin}",
        "owner: keeper\n    "
        "access: {read: [public if number=1, owner, editor], write: [owner if number=2, editor]}",
    ],
    "unique": ["unique: [[number, name]]", "unique: [[keeper, number], [name, keeper]]"],
    "index": ["index: [[-number, name]]"],
    "access": [
        "access: {read: public, write: admin}",
        "access: {read: authenticated, write: authenticated}",
        "access: {read: [editor, admin], create: editor, update: [editor, admin], delete: admin}",
        "access: {read: public, update: editor if name=open, create: editor, delete: admin}",
    ],
    "deprecated": ["deprecated: true"],
    "soft_delete": ["soft_delete: true"],
    "only": ["only: [list, get, create]", "only: [list, get, update]", "only: [create, get]"],
    "list": ["list: {sort: -number, page: 3, max: 5}", "list: {max: 1000, page: 1}"],
}
"""What may stand in a resource; those without a line need one of their own in each."""


def design_of(rng: Random) -> str:
    """The text of a design that is taken; a line of which something is found is left out."""
    names = rng.sample(NAMES.split(), rng.randint(6, 12))
    head = [
        "backsmith: 1",
        "name: random",
        "roles: [editor, secret]",
        "enums:",
        "  Mood: [red, no, token]",
    ]
    lines = [*head, "resources:"]
    for name in names:
        lines += [f"  {name}:", *_resource(rng, [*names, "User"])]
    lines += rng.choice(PEOPLE).splitlines()
    return _mended(lines)


def _resource(rng: Random, targets: list[str]) -> list[str]:
    fields = rng.sample(FIELDS.split(), rng.randint(0, 7))
    lines = ["    fields:", "      number: int sort", "      name: string ..80 filter"]
    lines += ["      keeper: User cascade"]
    lines += [f"      {field}: {_field(rng)}" for field in fields]
    for number, target in enumerate(rng.choices(targets, k=rng.randint(0, 3))):
        words = rng.choice([_words(rng, Reference), rng.choice(LINKS)])
        lines.append(f"      of_{number}: {' '.join([target, *words])}")
    for options in KEYS.values():
        if options and rng.random() < 0.5:
            lines += f"    {rng.choice(options)}".split("\n")
    return lines


def _field(rng: Random) -> str:
    kind = rng.choice([kind for kind in ALLOWED if kind is not Reference])
    if kind in LISTS and rng.random() < 0.5:
        return rng.choice(LISTS[kind])
    words = _words(rng, kind)
    if kind is Enum:
        return " ".join([rng.choice(["Mood", f"enum {rng.choice(_values())}"]), *words])
    return " ".join([str(kind), *words])


def _words(rng: Random, kind: Kind) -> list[str]:
    known = sorted(ALLOWED[kind] - {Said.VALUES})
    chosen = rng.sample(known, min(rng.randint(0, 3), len(known)))
    words = [rng.choice(_spelt(said, kind)) for said in chosen]
    return [*words, "optional"] if "set_null" in words and "optional" not in words else words


def _values() -> list[str]:
    return SAID[Said.VALUES](Enum)


def _spelt(said: Said, kind: Kind) -> list[str]:
    return [said.value] if said.value in FLAGS else SAID[said](kind)


def _mended(lines: list[str]) -> str:
    while True:
        result = read("\n".join(lines))
        if result.design:
            return "\n".join(lines) + "\n"
        bad = {finding.line for finding in result.findings}
        lines = [line for number, line in enumerate(lines, 1) if number not in bad]


def many_designs(count: int, *, others: bool = False) -> list[str]:
    """So many designs, the richest first: the same each time, or others each time."""
    found: set[str] = set()

    @settings(
        max_examples=count,
        derandomize=not others,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.randoms(use_true_random=True))
    def collect(rng: Random) -> None:
        found.add(design_of(rng))

    collect()
    return sorted(found, key=lambda text: (-len(text), text))


def unknown_words() -> dict[str, Any]:
    """What the tables have and random designs do not know yet."""
    words = {said for allowed in ALLOWED.values() for said in allowed}
    return {
        "words": {said for said in words if said not in SAID and said.value not in FLAGS},
        "lists": set(ALLOWED) - set(UNLISTED) - {Reference} - set(LISTS),
        "keys": set(RESOURCE_KEYS) - set(KEYS),
        "defaults": {kind for kind in ALLOWED if Said.DEFAULT in ALLOWED[kind]} - set(DEFAULTS),
    }
