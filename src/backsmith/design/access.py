"""Who may read and write a resource; what isn't said stays closed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from backsmith.design.conditions import read_condition
from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings, Place, did_you_mean, listed, quoted
from backsmith.design.keys import known_keys
from backsmith.design.model import Access, Condition, Operation, Rule, Rules, Who
from backsmith.design.new_rows import anew, check_anew
from backsmith.design.source import Block, Entry, Items, Node, Text
from backsmith.design.words import ACCESS_KEYS

ADMIN = "admin"

_BARE = re.compile(r"[^\s\"'=\\]+")

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


@dataclass(frozen=True, slots=True)
class Known:
    """What rules may speak of: the roles of the design, the resource's owner and its fields."""

    roles: tuple[str, ...]
    owned: bool
    below: bool
    """Whether the owner is the one of another row."""
    fields: tuple[FieldDraft, ...]


@dataclass(frozen=True, slots=True)
class AccessDraft:
    """The rules as they were read, and where they stand."""

    access: Access
    said: Mapping[str, Place]


def read_access(
    entry: Entry | None, known: "Known", only: tuple[Operation, ...], findings: Findings
) -> AccessDraft:
    """Read a resource's rules, and fill up what is missing with the closest of them."""
    rules: dict[str, Rules] = {}
    said: dict[str, Place] = {}
    block = entry.value if entry else None
    if isinstance(block, Block):
        block = known_keys(block, "access", ACCESS_KEYS, findings, synonyms=_KEY_SYNONYMS)
        for each in block.entries:
            found = _rules(each, known, findings)
            if found is not None:
                rules[each.key.value] = found
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
    write = rules.get("write", (Rule(Who.OWNER if known.owned else ADMIN),))
    read = rules.get("read", (Rule(Who.OWNER if known.owned else Who.AUTHENTICATED),))
    readable = Operation.LIST in only or Operation.GET in only
    access = Access(
        read if readable else (),
        *(rules.get(operation, write) if operation in only else () for operation in WRITING),
    )
    if access.create:
        check_anew(access.create, said, known.fields, findings)
        access = replace(access, create=anew(access.create, known.fields))
    if said and readable:
        _check_writers_read(access, said, known, findings)
    return AccessDraft(access, said)


def _rules(entry: Entry, known: Known, findings: Findings) -> Rules | None:
    found: list[Rule] = []
    for node in _each(entry.value):
        rule = _rule(node, known, findings)
        if rule is None or not isinstance(node, Text):
            continue
        if rule in found:
            findings.add(node.place, f"{quoted(node.value)} is named twice.", "Leave one out.")
        elif rule.who == Who.PUBLIC and entry.key.value != "read":
            findings.add(
                node.place, "only reading can be public.", 'Write "authenticated", or a role.'
            )
        elif any(rule.who == each.who and None in (rule.when, each.when) for each in found):
            findings.add(
                node.place,
                f"{quoted(rule.who)} is named with a condition and without one.",
                "Leave out the condition, or the caller without it.",
            )
        else:
            found.append(rule)
    if isinstance(entry.value, Items) and not entry.value.items:
        findings.add(entry.value.place, "nobody is named here.", f"Name a role, as in [{ADMIN}].")
    return tuple(found) or None


def _each(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Items) else (node,)


def _rule(node: Node, known: Known, findings: Findings) -> Rule | None:
    if node is None:
        return None
    if not isinstance(node, Text) or node.empty:
        findings.add(node.place, "a caller is one word.", "Write public, owner, or a role.")
        return None
    word, _, tail = node.value.strip().partition(" ")
    callers = (*(who.value for who in Who), *known.roles, ADMIN)
    if word not in callers:
        hint = f"Allowed: {listed(callers)}."
        if "," in word:
            hint = "Write several callers as a list: [owner, editor]."
        near = did_you_mean(word, callers, _SYNONYMS)
        told = f"{quoted(word)} is nobody that this design knows.{near}"
        findings.add(node.place, told, hint, once=not near)
        return None
    if word == Who.OWNER and not known.owned:
        findings.add(
            node.place,
            '"owner" is named, and the resource has none.',
            "Add owner: with the name of a field that refers to User.",
        )
        return None
    tail = tail.strip()
    if not tail:
        return Rule(word)
    if not tail.startswith("if "):
        findings.add(
            node.at(node.value.index(tail)),
            f"{quoted(tail)} follows a caller.",
            "Write several callers as a list, [owner, editor], and a condition behind one: "
            "owner if status=draft.",
        )
        return None
    when = read_condition(node, tail, known.fields, findings)
    return Rule(word, when) if when else None


def _check_writers_read(
    access: Access, said: Mapping[str, Place], known: Known, findings: Findings
) -> None:
    """Whoever writes a row is shown it, so that they have to be able to read it."""
    told: set[tuple[Rule, ...]] = set()
    for operation in WRITING:
        rules: Rules = getattr(access, operation)
        blind = tuple(rule for rule in rules if not _is_shown(rule, access, operation, known))
        if not blind or blind in told:
            continue
        told.add(blind)
        key = operation if operation in said else "write"
        who, readers = callers(blind), callers(access.read)
        findings.add(
            said.get(key) or next(iter(said.values())),
            f"{who} may {VERBS[key]} what only {readers} may read.",
            f"Add {who} to read{'' if 'read' in said else f', which is {readers} when left out'}.",
        )


def _is_shown(rule: Rule, access: Access, operation: Operation, known: Known) -> bool:
    if may(rule.who, access.read, rule.when):
        return True
    if operation is not Operation.CREATE:
        return False
    # Whoever creates a row that has an owner of its own becomes it.
    read = anew(access.read, known.fields)
    return may(rule.who, read, rule.when) or (not known.below and may(Who.OWNER, read, rule.when))


def callers(rules: Rules) -> str:
    """Rules in a sentence, as the design spells them."""
    return listed(spelt(rule) for rule in rules)


def spelt(rule: Rule) -> str:
    """A rule, as the design spells it."""
    if rule.when is None:
        return str(rule.who)
    value = rule.when.value
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if not _BARE.fullmatch(text):
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        text = f'"{escaped}"'
    return f"{rule.who} if {rule.when.field}={text}"


def may(who: str, rules: Rules, when: Condition | None = None) -> bool:
    """Whether everyone of this kind is let in, to every row or to those of the condition."""
    return any(_is_among(who, rule.who) and rule.when in (None, when) for rule in rules)


def _is_among(who: str, named: str) -> bool:
    if named in (who, Who.PUBLIC):
        return True
    return who != Who.PUBLIC and named == Who.AUTHENTICATED
