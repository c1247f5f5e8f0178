"""Keys that name fields: composite `unique` and `index`, and the order of a list."""

from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings, Place, did_you_mean, listed, quoted
from backsmith.design.keys import known_keys
from backsmith.design.model import Key, Listing, Scalar
from backsmith.design.source import Block, Entry, Items, Node, Text
from backsmith.design.words import INCOMPARABLE, INDEXED_TEXT, LIST_KEYS, TEXTUAL, Said

MOST_TOGETHER = 8
MOST_LISTS = 20
MOST_ROWS = 1_000

_LIST_SYNONYMS = {
    "limit": "max",
    "maximum": "max",
    "order": "sort",
    "page_size": "page",
    "size": "page",
}

Fields = tuple[FieldDraft, ...]


def read_unique(
    entry: Entry | None, fields: Fields, findings: Findings
) -> tuple[tuple[str, ...], ...]:
    """`unique: [[author, slug]]`: fields whose values together stand once."""
    found = _lists(entry, fields, "unique", findings)
    return tuple(tuple(key.field for key in keys) for keys in found)


def read_index(
    entry: Entry | None, fields: Fields, findings: Findings
) -> tuple[tuple[Key, ...], ...]:
    """`index: [[status, -published_at]]`: fields that are asked for together."""
    return _lists(entry, fields, "index", findings)


def read_listing(entry: Entry | None, fields: Fields, findings: Findings) -> Listing:
    """`list: {sort: -price, page: 20, max: 100}`."""
    plain = Listing()
    if entry is None or entry.value is None:
        return plain
    block = entry.value
    if not isinstance(block, Block):
        findings.add(
            block.place, "list says how a list is sorted.", "Write {sort: -price, page: 20}."
        )
        return plain
    block = known_keys(block, "list", LIST_KEYS, findings, synonyms=_LIST_SYNONYMS)
    page, page_place = _count(block.get("page"), plain.page, findings)
    most, most_place = _count(block.get("max"), max(plain.max, page), findings)
    if page > most and (page_place or most_place):
        findings.add(
            page_place or most_place or entry.key.place,
            f"a page of {page} is longer than the most that a list gives, {most}.",
            f"Write page: {most}, or a larger max.",
        )
    return Listing(_order(block.get("sort"), fields, findings), page, most)


def _count(entry: Entry | None, otherwise: int, findings: Findings) -> tuple[int, Place | None]:
    if entry is None or entry.value is None:
        return otherwise, None
    node = entry.value
    text = node.value if isinstance(node, Text) else ""
    digits = text.isascii() and text.isdigit() and len(text) < 6 and not text.startswith("0")
    if not digits or int(text) > MOST_ROWS:
        findings.add(
            node.place,
            f"{quoted(text)} is no number of rows." if text else "this is no number of rows.",
            f"Write a plain number from 1 to {MOST_ROWS}.",
        )
        return otherwise, None
    return int(text), node.place


def _order(entry: Entry | None, fields: Fields, findings: Findings) -> Key | None:
    if entry is None or entry.value is None:
        return None
    node = entry.value
    if not isinstance(node, Text) or node.empty:
        findings.add(node.place, "a list is sorted by one field.", "Write sort: -price.")
        return None
    name = node.value.removeprefix("-")
    if node.value == "-created_at":
        findings.add(node.place, "newest first is how every list is sorted.", "Leave it out.")
        return None
    sortable = [draft.name.value for draft in fields if Said.SORT in draft.said]
    if name in sortable or any(draft.name.value == name and not draft.field for draft in fields):
        return Key(name, name != node.value)
    if any(draft.name.value == name for draft in fields):
        message = f'the list is sorted by "{name}", which has no `sort`.'
        hint = f"Add the word sort to {name}."
    else:
        message = f"the list is sorted by {quoted(name)}, which is no field."
        message += did_you_mean(name, sortable)
        hint = f"Fields with `sort`: {listed(sortable)}." if sortable else "Add `sort` to a field."
    findings.add(node.place, message, hint)
    return None


def _lists(
    entry: Entry | None, fields: Fields, what: str, findings: Findings
) -> tuple[tuple[Key, ...], ...]:
    if entry is None or entry.value is None:
        return ()
    node = entry.value
    if not isinstance(node, Items) or not all(
        isinstance(item, Items) or item is None for item in node.items
    ):
        findings.add(
            node.place,
            f"{what} is a list of lists of fields.",
            f"Write {what}: [[author, slug]]; of one field alone, `{what}` is a word of the field.",
        )
        return ()
    if len(node.items) > MOST_LISTS:
        findings.add(node.place, f"{what} has more than {MOST_LISTS} lists.", "Leave some out.")
        return ()
    found: list[tuple[Key, ...]] = []
    for item in node.items:
        if not isinstance(item, Items):
            continue
        keys = _keys(item, fields, what, findings)
        if keys and _same(keys, what) in [_same(each, what) for each in found]:
            findings.add(item.place, "these fields stand together already.", "Leave one list out.")
        elif keys:
            found.append(keys)
    return tuple(found)


def _same(keys: tuple[Key, ...], what: str) -> object:
    return {key.field for key in keys} if what == "unique" else keys


def _keys(item: Items, fields: Fields, what: str, findings: Findings) -> tuple[Key, ...] | None:
    if not 2 <= len(item.items) <= MOST_TOGETHER:
        findings.add(
            item.place,
            f"{what} takes 2 to {MOST_TOGETHER} fields together.",
            f"Of one field alone, `{what}` is a word of the field.",
        )
        return None
    keys: list[Key] = []
    for node in item.items:
        key = _key(node, fields, what, findings)
        if key is None:
            continue
        if any(key.field == each.field for each in keys) and node is not None:
            findings.add(node.place, f'"{key.field}" stands here twice.', "Leave one out.")
        keys.append(key)
    if len(keys) < len(item.items):
        return None
    _check_length(item, keys, fields, findings)
    return tuple(keys)


def _key(node: Node, fields: Fields, what: str, findings: Findings) -> Key | None:
    if not isinstance(node, Text):
        if node is not None:
            findings.add(node.place, "a field's name belongs here.", "Write [[author, slug]].")
        return None
    name = node.value.removeprefix("-") if what == "index" else node.value
    draft = next((draft for draft in fields if draft.name.value == name), None)
    if draft is None:
        names = [draft.name.value for draft in fields]
        near = did_you_mean(name, names, {f"{each}_id": each for each in names})
        hint = f"Fields: {listed(names)}." if names else None
        findings.add(node.place, f"{quoted(name)} is no field.{near}", hint)
        return None
    if draft.field and draft.field.links:
        findings.add(
            node.place,
            f'"{name}" points to many rows, and is no column.',
            "Leave it out: links are indexed by themselves.",
        )
    if draft.field and draft.field.item:
        findings.add(
            node.place,
            f'"{name}" is a list, whose values are indexed by `filter`.',
            "Leave it out.",
        )
    if draft.field and draft.field.type in INCOMPARABLE:
        findings.add(
            node.place, f'no index holds the {draft.field.type} "{name}".', "Leave it out."
        )
    if draft.field and draft.field.type is Scalar.FLOAT and what == "unique":
        findings.add(
            node.place, "floats that look the same can differ.", "Use a decimal, or leave it out."
        )
    return Key(name, name != node.value)


def _check_length(item: Items, keys: list[Key], fields: Fields, findings: Findings) -> None:
    named = {key.field for key in keys}
    lengths = [
        int(draft.field.maximum or 0)
        for draft in fields
        if draft.field and draft.name.value in named and draft.field.type in TEXTUAL
    ]
    if sum(lengths) > INDEXED_TEXT:
        findings.add(
            item.place,
            f"these fields hold {sum(lengths)} characters together, too many for an index.",
            f"Bound their lengths to {INDEXED_TEXT} together.",
        )
