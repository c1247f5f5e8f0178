"""What each word of a field says, and what is told of one that says nothing."""

import re

from backsmith.design.article import a
from backsmith.design.complaints import TRAP
from backsmith.design.declared import Declared
from backsmith.design.findings import Findings, comes_later, did_you_mean, listed, nearest, quoted
from backsmith.design.model import Empty, Enum, Field, List, Reference, Scalar
from backsmith.design.tokens import Word
from backsmith.design.words import (
    AS,
    FLAGS,
    LATER_PREFIXES,
    MANY,
    ON_DELETE,
    TYPE_SYNONYMS,
    UNLISTED,
    WORD_SYNONYMS,
    Kind,
    Said,
    allowed_for,
    kind_of,
)

_CAPITAL = re.compile(r"[A-Z][A-Za-z0-9]*")
_GLUED = re.compile(r"([a-z]+)[(:<{,/=]")
_DEFAULT_IS_REQUIRED = frozenset({"required", "not_null", "notnull", "non_null", "mandatory"})
ENUM = "enum"
UNREAD = Enum("", (), shared=False)
"""The type of a field that says its values itself, until they are read."""
Given = Scalar | Enum | Reference | List
_TYPES: dict[Kind, str] = {Reference: "Author", Enum: ENUM}
"""How a type is written in a hint, where that isn't its own name."""
_WHY_NOT: dict[tuple[Said, Kind], str] = {
    (Said.DEFAULT, Reference): "Only a reference to User has one, =me: whoever creates the row.",
    (Said.FILTER, Reference): "Every reference can be filtered by already; leave it out.",
    (Said.PRIVATE, Reference): "Every list can be asked about a reference; leave it out.",
    (Said.INDEX, Reference): "Every reference is indexed already; leave it out.",
    (Said.SORT, Enum): "It would sort by the alphabet; `filter` finds the rows of a value.",
    (Said.SEARCH, Enum): "`filter` finds the rows of a value.",
    (Said.UNIQUE, Enum): "There could be one row a value. Write it beside another field, as in "
    "unique: [[author, status]].",
    (Said.RANGE, Enum): "Its values are all that it holds; leave it out.",
    (Said.PATTERN, Enum): "Its values are all that it holds; leave it out.",
    (Said.FILTER, Scalar.JSON): "To find rows by it, give it a field of its own.",
    (Said.DEFAULT, Scalar.JSON): 'Write "?" for a field that may be left out.',
    (Said.DEFAULT, Scalar.BYTES): 'Write "?" for a field that may be left out.',
    (Said.PATTERN, Scalar.SLUG): "A slug has a pattern of its own: `a-to-z-0-9`.",
    (Said.UNIQUE, Scalar.FLOAT): "Floats that look the same can differ; `decimal` can be unique.",
}


_WHY_NOT_OF_LINKS = {
    Said.EMBED: "They are shown as ids; leave it out.",
    Said.FILTER: "Every reference can be filtered by already; leave it out.",
    Said.INDEX: "Every reference is indexed already; leave it out.",
    Said.ME: "Whoever creates a row is one person: write User =me.",
    Said.ON_DELETE: "A link goes with either of its rows, and takes neither along; leave it out.",
    Said.OPTIONAL: "They are an empty list where there are none; leave it out.",
    Said.ONE: "A field points to one row or to many; leave one of the two out.",
    Said.UNIQUE: "A row is linked to another one once in any case; leave it out.",
}


_WHY_NOT_OF_LISTS = {
    Said.SORT: "Two lists have no order among each other; leave it out.",
    Said.SEARCH: "`filter` finds the rows that hold a value.",
    Said.INDEX: "`filter` finds the rows that hold a value, and makes its index.",
    Said.UNIQUE: "Values that no two rows share are rows of a resource of their own.",
}


def unread(kind: Given) -> bool:
    """Whether a type says its values itself, and they are still to be read."""
    return kind == UNREAD or (isinstance(kind, List) and kind.item.type == UNREAD)


def read_type(word: Word, declared: Declared, findings: Findings) -> tuple[Given | None, bool]:
    """The type that a field begins with, and whether it may be empty.

    The values of an enum that has no name are words of their own, which are read later.
    """
    whole, optional = word.text.removesuffix("?"), word.text.endswith("?")
    name, many = whole.removesuffix("[]"), whole.endswith("[]")
    if many and name.endswith("?"):
        findings.add(
            word.place,
            "the values of a list are never missing.",
            f"For a list that may be missing, write {name.removesuffix('?')}[]?.",
        )
        return None, optional
    if _CAPITAL.fullmatch(name) and not declared.knows(name):
        meant = declared.meant(name, word.place, findings)
        if meant is None:
            return None, optional
        name = meant
    plain = Scalar(name) if name in list(Scalar) else None
    kind = UNREAD if name == ENUM else plain or declared.enums.get(name)
    if kind is not None:
        return (List(Field("", kind)) if many else kind), optional
    if _CAPITAL.fullmatch(name):
        return Reference(name, many=many), optional
    glued = _GLUED.match(name)
    hint = f"Allowed: {listed([*Scalar, ENUM])}, or a resource."
    if glued and (glued[1] in [*Scalar, ENUM] or glued[1] in TYPE_SYNONYMS):
        hint = "Put a space between a type and each of its words: string 1..120, decimal 10,2."
    near = did_you_mean(glued[1] if glued else name, [*Scalar, ENUM], TYPE_SYNONYMS)
    findings.add(word.place, f"{quoted(name)} is not a type.{near}", hint)
    return None, optional


def classified(words: list[Word], given: Given, findings: Findings) -> dict[Said, Word]:
    """Each word under what it says; those that say nothing here are findings."""
    said: dict[Said, Word] = {}
    allowed = allowed_for(given)
    values = _values(words) if unread(given) else None
    if values:
        said[Said.VALUES] = values
    for word in words:
        if word is values:
            continue
        what = _said_of(word, kind_of(given))
        if word.text.startswith(LATER_PREFIXES):
            findings.add(word.place, comes_later(word.text))
        elif what is None or what not in allowed:
            _refuse(word, what, given, findings)
        elif what in said:
            say_twice(word, findings)
        else:
            said[what] = word
    return said


def check_words(words: list[Word], findings: Findings) -> None:
    """Tell the words behind a type that isn't known, of those that say nothing of any field."""
    kind, *rest = words
    if nearest(kind.text, [*Scalar, ENUM], TYPE_SYNONYMS) == ENUM:
        # They may be values.
        return
    for word in rest:
        if word.text.startswith(LATER_PREFIXES):
            findings.add(word.place, comes_later(word.text))
        elif _said(word) is None and word.text not in MANY:
            near = did_you_mean(word.text, [*FLAGS, *ON_DELETE, Said.OPTIONAL], WORD_SYNONYMS)
            findings.add(word.place, f"{quoted(word.text)} is not a word for a field.{near}")


def _values(words: list[Word]) -> Word | None:
    """The word that lists values: one with a comma, or else one that could say nothing else."""
    several = (each for each in words if "," in each.text and not each.is_default)
    single = (each for each in words if _said(each) is None)
    return next(several, None) or next(single, None)


def _said_of(word: Word, kind: Kind) -> Said | None:
    """What a word says of this kind of type: of a string, `=me` is a text like any other."""
    if kind is Reference and word.text == Said.ME:
        return Said.ME
    return _said(word)


def _said(word: Word) -> Said | None:
    text = word.text
    if word.is_pattern:
        return Said.PATTERN
    if word.is_default:
        return Said.DEFAULT
    if text in ON_DELETE:
        return Said.ON_DELETE
    if text == Said.OPTIONAL:
        return Said.OPTIONAL
    if text in FLAGS:
        return FLAGS[text]
    if text.startswith(AS):
        return Said.AS
    if ".." in text:
        return Said.RANGE
    return Said.PRECISION if re.fullmatch(r"[0-9]{1,9},[0-9]{1,9}", text) else None


def _refuse(word: Word, what: Said | None, given: Given, findings: Findings) -> None:
    if isinstance(given, Reference) and given.many:
        _refuse_of_links(word, what, findings)
        return
    kind, listed_ = kind_of(given), isinstance(given, List)
    allowed = [each for each in Said if each in allowed_for(given)]
    short = f"{type_text(given)}?"
    hint = f"Allowed: {', '.join(_shown(allowed, given))}."
    near = ""
    if word.text == "?" and Said.OPTIONAL in allowed:
        hint = f"It touches the type, as in {short}, and is the same word as optional."
    elif what and listed_:
        hint = _WHY_NOT_OF_LISTS.get(what, hint)
    elif what:
        hint = _WHY_NOT.get((what, kind), hint)
    elif word.text.lower() in _DEFAULT_IS_REQUIRED:
        hint = "Every field is required unless it says `?`; leave it out."
    elif word.text.isascii() and word.text.isdigit() and Said.RANGE in allowed:
        near = did_you_mean(word.text, (), {word.text: f"..{word.text}"})
    else:
        choices = [each for said in allowed for each in _spellings(said)]
        near = did_you_mean(word.text, choices, WORD_SYNONYMS)
    if word.source.comment_follows and what is None and not near:
        hint = f"{hint} A ` #` begins a comment: {TRAP.lower()}"
    findings.add(word.place, f"{quoted(word.text)} is not a word for {_noun(given)}.{near}", hint)


def type_text(given: Given) -> str:
    """How a type is written in a hint."""
    if isinstance(given, List):
        return f"{type_text(given.item.type)}[]"
    kind = kind_of(given)
    return _TYPES.get(kind, str(kind))


def _noun(given: Given) -> str:
    if isinstance(given, List):
        return f"a list of {type_text(given.item.type)}"
    return a(given if isinstance(given, Scalar) else type(given).__name__.lower())


def _shown(allowed: list[Said], given: Given) -> list[str]:
    kind = type_text(given)
    shown = [f"{each} (or {kind}?)" if each is Said.OPTIONAL else str(each) for each in allowed]
    if isinstance(given, List):
        return [f"={Empty.LIST}" if each == Said.DEFAULT else each for each in shown]
    if kind_of(given) in UNLISTED:
        return shown
    return [*shown, f"many (or {kind}[])"]


def _refuse_of_links(word: Word, what: Said | None, findings: Findings) -> None:
    hint = "Allowed: how many there may be, as in ..20." if what is None else ""
    message = f"{quoted(word.text)} is not a word for a list of references."
    findings.add(word.place, message, _WHY_NOT_OF_LINKS.get(what, hint) if what else hint)


def _spellings(said: Said) -> tuple[str, ...]:
    return ON_DELETE if said is Said.ON_DELETE else (said.value,)


def say_twice(word: Word, findings: Findings) -> None:
    findings.add(word.place, f"{quoted(word.text)} says again what was said.", "Leave it out.")
