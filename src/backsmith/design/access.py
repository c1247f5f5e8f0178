"""Who may read and write a resource; what isn't said stays closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from backsmith.design.findings import Findings, Place, comes_later, did_you_mean, listed, quoted
from backsmith.design.keys import known_keys
from backsmith.design.model import Access, Operation, Who
from backsmith.design.source import Block, Entry, Items, Node, Text
from backsmith.design.words import ACCESS_KEYS

ADMIN = "admin"

_SYNONYMS = {
    "all": "public",
    "anonymous": "public",
    "anyone": "public",
    "everybody": "public",
    "everyone": "public",
    "logged_in": "authenticated",
    "me": "owner",
    "self": "owner",
    "signed_in": "authenticated",
    "user": "authenticated",
    "users": "authenticated",
}


_KEY_SYNONYMS = {
    "add": "create",
    "change": "update",
    "destroy": "delete",
    "edit": "update",
    "get": "read",
    "list": "read",
    "patch": "update",
    "post": "create",
    "remove": "delete",
    "show": "read",
    "view": "read",
}
WRITING = (Operation.CREATE, Operation.UPDATE, Operation.DELETE)
VERBS = {"write": "write", "create": "create", "update": "change", "delete": "delete"}

Callers: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccessDraft:
    """The rules as they were read, and where they stand."""

    access: Access
    said: Mapping[str, Place]


def read_access(
    entry: Entry | None,
    roles: tuple[str, ...],
    owned: bool,
    only: tuple[Operation, ...],
    findings: Findings,
) -> AccessDraft:
    """Read a resource's rules, and fill up what is missing with the closest of them."""
    rules: dict[str, Callers] = {}
    said: dict[str, Place] = {}
    block = entry.value if entry else None
    if isinstance(block, Block):
        block = known_keys(block, "access", ACCESS_KEYS, findings, synonyms=_KEY_SYNONYMS)
        for each in block.entries:
            who = _rule(each, roles, owned, findings)
            if who is not None:
                rules[each.key.value] = who
                said[each.key.value] = each.key.place
    elif block is not None:
        findings.add(
            block.place, "access says who may read and who may write.", "Write {read: public}."
        )
    if "write" in rules and rules.keys() >= set(WRITING):
        findings.add(
            said["write"],
            '"write" says nothing here: create, update and delete have rules of their own.',
            "Leave it out.",
        )
    write: Callers = rules.get("write", (Who.OWNER,) if owned else (ADMIN,))
    read: Callers = rules.get("read", (Who.OWNER,) if owned else (Who.AUTHENTICATED,))
    readable = Operation.LIST in only or Operation.GET in only
    access = Access(
        read if readable else (),
        *(rules.get(operation, write) if operation in only else () for operation in WRITING),
    )
    if said and readable:
        _check_writers_read(access, said, findings)
    return AccessDraft(access, said)


def _rule(entry: Entry, roles: tuple[str, ...], owned: bool, findings: Findings) -> Callers | None:
    key = entry.key
    people: list[str] = []
    for node in _each(entry.value):
        who = _who(node, roles, owned, findings)
        if who in people and isinstance(node, Text):
            findings.add(node.place, f"{quoted(node.value)} is named twice.", "Leave one out.")
        elif who == Who.PUBLIC and key.value != "read" and isinstance(node, Text):
            findings.add(
                node.place, "only reading can be public.", 'Write "authenticated", or a role.'
            )
        elif who:
            people.append(who)
    if isinstance(entry.value, Items) and not entry.value.items:
        findings.add(entry.value.place, "nobody is named here.", f"Name a role, as in [{ADMIN}].")
    return tuple(people) or None


def _each(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Items) else (node,)


def _who(node: Node, roles: tuple[str, ...], owned: bool, findings: Findings) -> str | None:
    if node is None:
        return None
    if not isinstance(node, Text) or node.empty:
        findings.add(node.place, "a caller is one word.", "Write public, owner, or a role.")
        return None
    word, _, tail = node.value.strip().partition(" ")
    known = (*(who.value for who in Who), *roles, ADMIN)
    if word not in known:
        hint = f"Allowed: {listed(known)}."
        if "," in word:
            hint = "Write several callers as a list: [owner, editor]."
        near = did_you_mean(word, known, _SYNONYMS)
        findings.add(node.place, f"{quoted(word)} is nobody that this design knows.{near}", hint)
        return None
    if tail:
        place = node.at(node.value.index(tail))
        if tail.startswith("if "):
            findings.add(place, comes_later("if"))
        else:
            findings.add(
                place,
                f"{quoted(tail)} follows a caller.",
                "Write several callers as a list: [owner, editor].",
            )
        return None
    if word == Who.OWNER and not owned:
        findings.add(
            node.place,
            '"owner" is named, and the resource has none.',
            "Add owner: with the name of a field that refers to User.",
        )
        return None
    return word


def _check_writers_read(access: Access, said: Mapping[str, Place], findings: Findings) -> None:
    """Whoever writes a row is shown it, so that they have to be able to read it."""
    told: set[tuple[str, ...]] = set()
    for operation in WRITING:
        callers: Callers = getattr(access, operation)
        # Whoever creates a row that has an owner becomes it.
        readers = (
            (*access.read, Who.AUTHENTICATED)
            if operation == "create" and Who.OWNER in access.read
            else access.read
        )
        blind = tuple(who for who in callers if not may(who, readers))
        if not blind or blind in told:
            continue
        told.add(blind)
        key = operation if operation in said else "write"
        findings.add(
            said.get(key) or next(iter(said.values())),
            f"{listed(blind)} may {VERBS[key]} what only {listed(access.read)} may read.",
            f"Add {listed(blind)} to read"
            f"{'' if 'read' in said else f', which is {listed(access.read)} when left out'}.",
        )


def may(who: str, allowed: Callers) -> bool:
    """Whether everyone of this kind is among those allowed."""
    if who in allowed or Who.PUBLIC in allowed:
        return True
    return who != Who.PUBLIC and Who.AUTHENTICATED in allowed
