"""A field: a type, followed by words; or the long form, `{is: ..., doc: ..., example: ...}`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from backsmith.design.bounds import bounds_of
from backsmith.design.classify import check_words, classified, read_type, say_twice, unread
from backsmith.design.declared import Declared
from backsmith.design.enums import inline_enum
from backsmith.design.findings import Findings, Place, quoted
from backsmith.design.keys import known_keys
from backsmith.design.links import links_field, reverse_of
from backsmith.design.lists import can_be_many, list_field, many, take_many
from backsmith.design.model import Enum, Field, List, Moment, OnDelete, Reference, Scalar
from backsmith.design.prose import sentence
from backsmith.design.source import Block, Entry, Node, Text
from backsmith.design.tokens import Word, split
from backsmith.design.values import UnfitError, value_of
from backsmith.design.words import (
    FIELD_KEYS,
    INDEXED_TEXT,
    MOMENTS,
    TEXTUAL,
    Said,
)

MOST_WORDS = 30

_SYNONYMS = {"type": "is", "description": "doc"}


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """A field as it was read, with the places of its words for those who look at it further."""

    name: Text
    field: Field | None
    """None where its type couldn't be read; a finding says so."""
    type_place: Place
    said: Mapping[Said, Place]
    has_doc: bool = False


def read_field(entry: Entry, resource: str, declared: Declared, findings: Findings) -> FieldDraft:
    """Read what stands behind a field's name, in a resource of this name."""
    definition, extras = _definition(entry, findings)
    if definition is None:
        return FieldDraft(entry.key, None, entry.key.place, {})
    words = split(definition, findings)
    if len(words) > MOST_WORDS:
        findings.add(words[MOST_WORDS].place, f"a field takes at most {MOST_WORDS} words.")
        words = words[:MOST_WORDS]
    kind, optional = read_type(words[0], declared, findings)
    if kind is None:
        check_words(words, findings)
        return FieldDraft(entry.key, None, words[0].place, {})
    rest = words[1:]
    kind, rest = take_many(kind, rest, findings)
    if isinstance(kind, List) and not can_be_many(kind, words[0], findings):
        check_words([words[0], *rest], findings)
        return FieldDraft(entry.key, None, words[0].place, {})
    said = classified(rest, kind, findings)
    if unread(kind):
        enum = inline_enum(resource, entry.key, said.get(Said.VALUES), findings)
        kind = many(enum) if isinstance(kind, List) else enum
    if optional and Said.OPTIONAL in said:
        say_twice(said[Said.OPTIONAL], findings)
    optional = optional or Said.OPTIONAL in said
    if isinstance(kind, Reference) and kind.many:
        field = links_field(entry.key.value, kind, words[0], said, findings)
    elif isinstance(kind, List):
        field = _seen(list_field(entry.key.value, kind, optional, said, findings), said)
    else:
        field = _field(entry.key.value, kind, optional, said, findings)
    if extras:
        field = _with_extras(field, extras, findings)
    places = {what: word.place for what, word in said.items()}
    return FieldDraft(entry.key, field, words[0].place, places, field.doc is not None)


def _definition(entry: Entry, findings: Findings) -> tuple[Text | None, Block | None]:
    """The text with the type and its words, and the block of the long form if it is one."""
    node: Node = entry.value
    extras = node if isinstance(node, Block) else None
    if extras:
        extras = known_keys(extras, "a field", FIELD_KEYS, findings, synonyms=_SYNONYMS)
        found = extras.get("is")
        if not found:
            findings.add(extras.place, "this field has no type.", "Write {is: string ..120}.")
        node = found.value if found else None
    if node is None:
        return None, None
    if not isinstance(node, Text):
        findings.add(node.place, "a field is a type and words.", "Write name: string 1..200.")
        return None, None
    if node.empty or not node.value.strip():
        findings.add(
            node.place if node.raw else entry.key.place,
            f"the field {quoted(entry.key.value)} has no type.",
            "Write one behind it, as in name: string 1..200.",
        )
        return None, None
    return node, extras


def _field(
    name: str,
    kind: Scalar | Enum | Reference,
    optional: bool,
    said: Mapping[Said, Word],
    findings: Findings,
) -> Field:
    if isinstance(kind, Reference):
        reference = _reference(kind, optional, said, findings)
        once = reference.one or Said.UNIQUE in said
        return _seen(Field(name, reference, optional, unique=once), said)
    field = Field(
        name,
        kind,
        optional,
        unique=Said.UNIQUE in said,
        index=Said.INDEX in said,
        filter=Said.FILTER in said,
        sort=Said.SORT in said,
        search=Said.SEARCH in said,
    )
    field = _seen(field, said)
    if isinstance(kind, Scalar):
        field = _bounded(field, kind, said, findings)
    _check_index(field, said, findings)
    if Said.DEFAULT in said:
        return _with_default(field, said, findings)
    return field


def _seen(field: Field, said: Mapping[Said, Word]) -> Field:
    """The field with what was said of who sends it and who sees it."""
    return replace(
        field,
        private=Said.PRIVATE in said,
        readonly=Said.READONLY in said,
        immutable=Said.IMMUTABLE in said,
        deprecated=Said.DEPRECATED in said,
    )


def _bounded(field: Field, scalar: Scalar, said: Mapping[Said, Word], findings: Findings) -> Field:
    bounds = bounds_of(
        scalar, said.get(Said.RANGE), said.get(Said.PRECISION), said.get(Said.PATTERN), findings
    )
    return replace(
        field,
        minimum=bounds.minimum,
        maximum=bounds.maximum,
        precision=bounds.precision,
        pattern=bounds.pattern,
    )


def _reference(
    kind: Reference, optional: bool, said: Mapping[Said, Word], findings: Findings
) -> Reference:
    on_delete = said.get(Said.ON_DELETE)
    if Said.ONE in said and Said.UNIQUE in said:
        findings.add(
            said[Said.UNIQUE].place, '"one" makes a reference unique already.', "Leave out unique."
        )
    if on_delete and on_delete.text == OnDelete.SET_NULL and not optional:
        findings.add(
            on_delete.place,
            '"set_null" needs a field that may be empty.',
            f"Write {kind.target}? set_null, or cascade, or restrict.",
        )
    return Reference(
        kind.target,
        OnDelete(on_delete.text) if on_delete else OnDelete.RESTRICT,
        Said.EMBED in said,
        Said.ONE in said,
        me=Said.ME in said,
        reverse=reverse_of(said),
    )


def _check_index(field: Field, said: Mapping[Said, Word], findings: Findings) -> None:
    indexed = [
        said[what] for what in (Said.UNIQUE, Said.INDEX, Said.FILTER, Said.SORT) if what in said
    ]
    if field.type in TEXTUAL and indexed and (field.maximum or 0) > INDEXED_TEXT:
        findings.add(
            indexed[0].place,
            f"{quoted(indexed[0].text)} needs an index, and {field.maximum} characters are too "
            "long for one.",
            f"Bound the field: {field.type} ..{INDEXED_TEXT} or less.",
        )
    if Said.UNIQUE in said and Said.INDEX in said:
        findings.add(said[Said.INDEX].place, '"unique" makes an index already.', "Leave out index.")


def _with_default(field: Field, said: Mapping[Said, Word], findings: Findings) -> Field:
    word = said[Said.DEFAULT]
    if Said.UNIQUE in said:
        findings.add(
            word.place,
            "a unique field can't have a default: the second row would be refused.",
            "Leave out the default, or unique.",
        )
    if word.inside is None and not word.default:
        findings.add(word.place, "nothing follows the =.", 'Write =value, or ="" for no text.')
        return field
    if field.type in MOMENTS and word.inside is None and word.default == Moment.NOW:
        return replace(field, default=Moment.NOW)
    try:
        return replace(field, default=value_of(field, word.default))
    except UnfitError as error:
        findings.add(word.place, f"the default {quoted(word.default)} {error.message}.", error.hint)
        return field


def _with_extras(field: Field, extras: Block, findings: Findings) -> Field:
    doc, example = extras.get("doc"), extras.get("example")
    if doc:
        field = replace(field, doc=sentence(doc.value, "the doc of a field", findings))
    if not example or example.value is None:
        return field
    node = example.value
    if not isinstance(node, Text) or node.empty:
        findings.add(node.place, "an example is one value.", "Quote it if it looks otherwise.")
        return field
    try:
        value_of(field.item or field, node.value)
    except UnfitError as error:
        findings.add(node.place, f"the example {quoted(node.value)} {error.message}.", error.hint)
        return field
    if field.item:
        field = replace(field, type=List(replace(field.item, example=node.value)))
    return replace(field, example=node.value)
