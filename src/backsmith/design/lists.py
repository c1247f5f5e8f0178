"""Fields that hold many values: `string[]`, or `string many`; how many, and each of what kind."""

from collections.abc import Mapping
from dataclasses import replace

from backsmith.design.bounds import bounds_of
from backsmith.design.classify import say_twice
from backsmith.design.counts import counts
from backsmith.design.findings import Findings, quoted
from backsmith.design.model import Empty, Enum, Field, List, Reference, Scalar
from backsmith.design.plurals import one_of
from backsmith.design.tokens import Word
from backsmith.design.words import INDEXED_TEXT, MANY, TEXTUAL, UNLISTED, Said, kind_of

MOST = 1_000
"""Values, as far as a range may go."""

Kind = Scalar | Enum | Reference | List


def take_many(kind: Kind, words: list[Word], findings: Findings) -> tuple[Kind, list[Word]]:
    """The type, whichever way it says that there are many, and the words that are left."""
    said = [word for word in words if word.text in MANY]
    known = isinstance(kind, List) or (isinstance(kind, Reference) and kind.many)
    for again in said if known else said[1:]:
        say_twice(again, findings)
    rest = [word for word in words if word.text not in MANY]
    return (many(kind) if said else kind), rest


def many(kind: Kind) -> Kind:
    """The type of a field that has many of these."""
    if isinstance(kind, Reference):
        return replace(kind, many=True)
    return kind if isinstance(kind, List) else List(Field("", kind))


def can_be_many(kind: List, type_word: Word, findings: Findings) -> bool:
    """Whether there are lists of this type; a finding says what to do where there are none."""
    why_not = UNLISTED.get(kind_of(kind.item.type))
    if why_not:
        message = f"there are no lists of {kind.item.type}."
        findings.add(type_word.place, message, why_not)
    return why_not is None


def list_field(
    name: str, kind: List, optional: bool, said: Mapping[Said, Word], findings: Findings
) -> Field:
    """The field, with what bounds its length and what bounds each of its values."""
    item = _item(name, kind.item.type, said, findings)
    least, most = counts(said.get(Said.RANGE), "values", MOST, findings)
    field = Field(
        name,
        List(item),
        optional,
        minimum=least or None,
        maximum=most,
        filter=Said.FILTER in said,
    )
    _check_index(item, said, findings)
    if Said.DEFAULT in said:
        return _with_default(field, said[Said.DEFAULT], findings)
    return field


def _item(name: str, kind: Kind, said: Mapping[Said, Word], findings: Findings) -> Field:
    item = Field(one_of(name, kind.name if isinstance(kind, Enum) and kind.shared else ""), kind)
    if not isinstance(kind, Scalar):
        return item
    bounds = bounds_of(kind, None, said.get(Said.PRECISION), said.get(Said.PATTERN), findings)
    return replace(
        item,
        minimum=bounds.minimum,
        maximum=bounds.maximum,
        precision=bounds.precision,
        pattern=bounds.pattern,
    )


def _check_index(item: Field, said: Mapping[Said, Word], findings: Findings) -> None:
    longest = int(item.maximum or 0)
    if Said.FILTER in said and item.type in TEXTUAL and longest > INDEXED_TEXT:
        findings.add(
            said[Said.FILTER].place,
            f'"filter" needs an index, and {longest} characters are too long for one.',
            "Leave out filter, or make it a list of shorter ones, as in string[].",
        )


def _with_default(field: Field, word: Word, findings: Findings) -> Field:
    if word.inside is not None or word.default != Empty.LIST:
        findings.add(
            word.place,
            f"the default {quoted(word.default)} is no list.",
            "A list is empty where nobody says otherwise: =[]; or write a `?`.",
        )
        return field
    if field.minimum:
        findings.add(
            word.place,
            f"the default is empty, and there are at least {field.minimum} values.",
            "Leave out the default, or let there be none: 0.. or ..20.",
        )
        return field
    return replace(field, default=Empty.LIST)
