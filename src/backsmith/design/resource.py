"""A resource: its keys, each read by the module that knows it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from backsmith.design.access import AccessDraft, Known, read_access
from backsmith.design.article import a
from backsmith.design.columns import read_index, read_listing, read_unique
from backsmith.design.declared import Declared
from backsmith.design.field import FieldDraft, read_field
from backsmith.design.findings import Findings, Place, did_you_mean, listed, quoted
from backsmith.design.keys import known_keys, read_flag
from backsmith.design.me import check_me
from backsmith.design.model import Reference, Resource
from backsmith.design.names import Names
from backsmith.design.naming import camel, check_field, check_resource, names_of, snake
from backsmith.design.only import check_only, read_only
from backsmith.design.prose import sentence
from backsmith.design.reserved import FIELD_NAME
from backsmith.design.source import Block, Entry, Text
from backsmith.design.visibility import check_visibility
from backsmith.design.words import LATER_RESOURCE_KEYS, RESOURCE_KEYS

MOST_FIELDS = 100
USER = "User"
_ABOUT_FIELDS = frozenset({"owner", "unique", "index", "access", "list"})
"""Keys that name fields, of which nothing can be told where there are none."""

_SYNONYMS = {
    "attributes": "fields",
    "columns": "fields",
    "description": "doc",
    "indexes": "index",
    "order": "list",
    "permissions": "access",
    "plural": "path",
    "properties": "fields",
    "rules": "access",
    "paranoid": "soft_delete",
    "soft": "soft_delete",
    "softdelete": "soft_delete",
    "table": "path",
    "url": "path",
}


@dataclass(frozen=True, slots=True)
class ResourceDraft:
    """A resource as it was read, with the places of its parts for those who look at it further."""

    name: Text
    resource: Resource
    fields: tuple[FieldDraft, ...]
    access: AccessDraft
    said: Mapping[str, Place]
    owner_path: Text | None = None
    """The owner of a row further up, to be looked at with all resources at hand."""


def read_resource(
    entry: Entry, roles: tuple[str, ...], declared: Declared, findings: Findings
) -> ResourceDraft | None:
    """Read what stands under a resource's name."""
    name, block = entry.key, entry.value
    name, fits = _meant(name, findings)
    if block is None:
        return None
    if not isinstance(block, Block):
        place = name.place if isinstance(block, Text) and not block.raw else block.place
        findings.add(
            place,
            f"the resource {quoted(name.value)} has no fields.",
            "Write fields: under it, and a line for each.",
        )
        return None
    block = known_keys(
        block,
        "a resource",
        RESOURCE_KEYS,
        findings,
        synonyms=_SYNONYMS,
        later=LATER_RESOURCE_KEYS,
    )
    fields = read_fields(name, block, declared, findings)
    if not fields:
        block = _without(block, _ABOUT_FIELDS)
    owner, path = _owner(block, fields, findings), _owner_path(block)
    check_visibility(fields, owner, findings)
    read = [draft.field for draft in fields if draft.field]
    only = read_only(block.get("only"), findings)
    check_me(fields, owner, only, findings)
    owned = block.get("owner") is not None
    known = Known(roles, owned, path is not None, fields)
    access = read_access(block.get("access"), known, only, findings)
    names = _names(name, block, findings)
    resource = Resource(
        names=names,
        doc=_doc(block, names, findings),
        fields=tuple(read),
        access=access.access,
        owner=owner,
        owner_path=tuple(path.value.split(".")) if path else (),
        unique=read_unique(block.get("unique"), fields, findings),
        index=read_index(block.get("index"), fields, findings),
        listing=read_listing(block.get("list"), fields, findings),
        soft_delete=_flag(block.get("soft_delete"), findings),
        only=only,
        deprecated=read_flag(block.get("deprecated"), findings),
    )
    said = {each.key.value: each.key.place for each in block.entries}
    check_only(only, fields, said, access.said, findings)
    return ResourceDraft(name, resource, fields, access, said, path) if fits else None


def _meant(name: Text, findings: Findings) -> tuple[Text, bool]:
    """The name that a resource goes on under, and whether others may be told of it.

    What stands under a wrong name is looked at as well, and whoever refers to it by the name
    that it should have isn't told of another mistake.
    """
    if check_resource(name, findings):
        return name, True
    right = camel(name.value)
    return replace(name, value=right or "Thing"), right is not None


def read_fields(
    name: Text, block: Block, declared: Declared, findings: Findings
) -> tuple[FieldDraft, ...]:
    """Read what stands under `fields:`."""
    entry = block.get("fields")
    fields = entry.value if entry else None
    if not isinstance(fields, Block) or not fields.entries:
        if entry is None or fields is not None:
            findings.add(
                entry.key.place if entry else name.place,
                f"{_called(name)} has no fields.",
                "Write fields: and a line for each, as in name: string 1..120.",
            )
        return ()
    if len(fields.entries) > MOST_FIELDS:
        findings.add(
            fields.entries[MOST_FIELDS].key.place,
            f"a resource has at most {MOST_FIELDS} fields; this one has {len(fields.entries)}.",
            "Split it into several resources.",
        )
    drafts = []
    for each in fields.entries[:MOST_FIELDS]:
        draft = read_field(_as_meant(each, fields), name.value, declared, findings)
        check_field(each.key, name.value, draft.field.type if draft.field else None, findings)
        drafts.append(draft)
    return tuple(drafts)


def _as_meant(entry: Entry, fields: Block) -> Entry:
    """A field under the name that it should have, which others call it by."""
    right = snake(entry.key.value)
    if FIELD_NAME.fullmatch(entry.key.value) or right is None or fields.get(right):
        return entry
    return replace(entry, key=replace(entry.key, value=right))


def _without(block: Block, keys: frozenset[str]) -> Block:
    left = tuple(entry for entry in block.entries if entry.key.value not in keys)
    return Block(left, block.place, block.closed)


def _called(name: Text) -> str:
    return f"the block {USER}" if name.value == USER else f"the resource {quoted(name.value)}"


def _owner(block: Block, fields: tuple[FieldDraft, ...], findings: Findings) -> str | None:
    entry = block.get("owner")
    if entry is None or entry.value is None:
        return None
    node = entry.value
    people = [draft.name.value for draft in fields if _refers_to_user(draft)]
    if not isinstance(node, Text) or node.empty:
        findings.add(node.place, "the owner is one field.", "Write owner: author.")
        return None
    if _owner_path(block):
        return None
    draft = next((draft for draft in fields if draft.name.value == node.value), None)
    if draft is None:
        known = f"Fields that refer to User: {listed(people)}." if people else None
        findings.add(
            node.place,
            f"the owner {quoted(node.value)} is no field.{did_you_mean(node.value, people)}",
            known
            or f"Add one: {node.value[:40] if node.value.isidentifier() else 'author'}: User.",
        )
    elif draft.field and not _refers_to_user(draft):
        findings.add(
            node.place,
            f'the owner "{node.value}" doesn\'t refer to User.',
            f"Write {node.value}: User, or name a field that does.",
        )
    elif draft.field and draft.field.optional:
        findings.add(
            draft.type_place,
            f'"{node.value}" is the owner, and may be empty.',
            "A row that belongs to nobody could be reached by nobody: leave out the ?.",
        )
    return node.value


def _owner_path(block: Block) -> Text | None:
    entry = block.get("owner")
    node = entry.value if entry else None
    if isinstance(node, Text) and re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", node.value):
        return node
    return None


def _flag(entry: Entry | None, findings: Findings) -> bool:
    """A key that is true or false."""
    if entry is None or entry.value is None:
        return False
    node, word = entry.value, entry.key.value
    if not isinstance(node, Text) or node.value not in ("true", "false"):
        findings.add(node.place, f"{word} is true or false.", f"Write {word}: true.")
        return False
    return node.value == "true"


def _refers_to_user(draft: FieldDraft) -> bool:
    kind = draft.field.type if draft.field else None
    return isinstance(kind, Reference) and kind.target == USER and not kind.many


def _names(name: Text, block: Block, findings: Findings) -> Names:
    entry = block.get("path")
    path = entry.value if entry else None
    if path is not None and (not isinstance(path, Text) or path.empty):
        findings.add(path.place, "a path is one word.", "Write path: categories.")
        path = None
    return names_of(name, path if isinstance(path, Text) else None, findings)


def _doc(block: Block, names: Names, findings: Findings) -> str:
    entry = block.get("doc")
    doc = sentence(entry.value, "the doc of a resource", findings) if entry else None
    return doc or default_doc(names)


def default_doc(names: Names) -> str:
    """What a resource is called in the documentation when its design doesn't say."""
    return f"A{a(names.noun)[1:]}."
