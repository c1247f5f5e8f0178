"""Designs that nobody thought of, made from the tables of words."""

from collections.abc import Callable
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
FIELDS = "title value items at n params field x2 text database note_ed born a_b_c sku rank"
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
"""What is said of people, in turn: what is drawn for resources takes all the room there is."""

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


@st.composite
def designs(draw: st.DrawFn) -> str:
    """The text of a design that is taken; a line of which something is found is left out."""
    names = draw(st.lists(st.sampled_from(NAMES.split()), min_size=6, max_size=12, unique=True))
    head = ["backsmith: 1", "name: random", "roles: [editor]", "enums:", "  Mood: [red, no, a-b]"]
    lines = [*head, "resources:"]
    for name in names:
        lines += [f"  {name}:", *draw(_resource([*names, "User"]))]
    lines += PEOPLE[len(names) % len(PEOPLE)].splitlines()
    return _mended(lines)


@st.composite
def _resource(draw: st.DrawFn, targets: list[str]) -> list[str]:
    fields = draw(st.lists(st.sampled_from(FIELDS.split()), max_size=7, unique=True))
    references = draw(st.lists(st.sampled_from(targets), max_size=3))
    lines = ["    fields:", "      number: int sort", "      name: string ..80 filter"]
    lines += ["      keeper: User cascade"]
    lines += [f"      {field}: {draw(_field())}" for field in fields]
    for number, target in enumerate(references):
        words = draw(st.one_of(_words(Reference), st.sampled_from(LINKS)))
        lines.append(f"      of_{number}: {' '.join([target, *words])}")
    for options in KEYS.values():
        if draw(st.booleans()) and options:
            lines += f"    {draw(st.sampled_from(options))}".split("\n")
    return lines


@st.composite
def _field(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from([kind for kind in ALLOWED if kind is not Reference]))
    if kind in LISTS and draw(st.booleans()):
        return draw(st.sampled_from(LISTS[kind]))
    words = draw(_words(kind))
    if kind is Enum:
        values = draw(st.sampled_from(SAID[Said.VALUES](kind)))
        return " ".join([draw(st.sampled_from(["Mood", f"enum {values}"])), *words])
    return " ".join([str(kind), *words])


@st.composite
def _words(draw: st.DrawFn, kind: Kind) -> list[str]:
    known = sorted(ALLOWED[kind] - {Said.VALUES})
    chosen = draw(st.lists(st.sampled_from(known), max_size=3, unique=True))
    words = [draw(st.sampled_from(_spelt(said, kind))) for said in chosen]
    return [*words, "optional"] if "set_null" in words and "optional" not in words else words


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
    @given(designs())
    def collect(text: str) -> None:
        found.add(text)

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
