"""Who may read and write a resource; what isn't said stays closed."""

from collections.abc import Mapping
from dataclasses import dataclass

from backsmith.design.findings import Findings, Place, comes_later, did_you_mean, listed, quoted
from backsmith.design.keys import known_keys
from backsmith.design.model import Access, Who
from backsmith.design.source import Block, Entry, Items, Node, Text
from backsmith.design.words import ACCESS_KEYS, LATER_ACCESS_KEYS

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


@dataclass(frozen=True, slots=True)
class AccessDraft:
    """The rules as they were read, and where they stand."""

    access: Access
    said: Mapping[str, Place]


def read_access(
    entry: Entry | None, roles: tuple[str, ...], owned: bool, findings: Findings
) -> AccessDraft:
    """Read a resource's rules, and fill up what is missing with the closest of them."""
    read: tuple[str, ...] = (Who.OWNER,) if owned else (Who.AUTHENTICATED,)
    write: tuple[str, ...] = (Who.OWNER,) if owned else (ADMIN,)
    said: dict[str, Place] = {}
    block = entry.value if entry else None
    if isinstance(block, Block):
        block = known_keys(block, "access", ACCESS_KEYS, findings, later=LATER_ACCESS_KEYS)
        for each in block.entries:
            who = _rule(each, roles, owned, findings)
            if who is None:
                continue
            said[each.key.value] = each.key.place
            if each.key.value == "read":
                read = who
            else:
                write = who
    elif block is not None:
        findings.add(
            block.place, "access says who may read and who may write.", "Write {read: public}."
        )
    access = Access(read, write, write, write)
    if said:
        place = said.get("write") or next(iter(said.values()))
        _check_writers_read(access, "read" in said, place, findings)
    return AccessDraft(access, said)


def _rule(
    entry: Entry, roles: tuple[str, ...], owned: bool, findings: Findings
) -> tuple[str, ...] | None:
    key = entry.key
    people: list[str] = []
    for node in _each(entry.value):
        who = _who(node, roles, owned, findings)
        if who in people and isinstance(node, Text):
            findings.add(node.place, f"{quoted(node.value)} is named twice.", "Leave one out.")
        elif who == Who.PUBLIC and key.value == "write" and isinstance(node, Text):
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


def _check_writers_read(access: Access, said: bool, place: Place, findings: Findings) -> None:
    blind = [who for who in access.create if not may(who, access.read)]
    if blind:
        readers = listed(access.read)
        findings.add(
            place,
            f"{listed(blind)} may write what only {readers} may read.",
            f"Add {listed(blind)} to read{'' if said else f', which is {readers} when left out'}.",
        )


def may(who: str, allowed: tuple[str, ...]) -> bool:
    """Whether everyone of this kind is among those allowed."""
    if who in allowed or Who.PUBLIC in allowed:
        return True
    return who != Who.PUBLIC and Who.AUTHENTICATED in allowed
