"""Text in, a design or findings out: the file's top level, and the order of reading."""

from dataclasses import dataclass, replace

from backsmith.design.assumptions import Assumption, assumed
from backsmith.design.checks import check_together
from backsmith.design.declared import Declared
from backsmith.design.enum_checks import check_enums
from backsmith.design.enums import read_enums
from backsmith.design.findings import (
    START,
    Finding,
    Findings,
    UnreadableError,
    quoted,
)
from backsmith.design.keys import known_keys
from backsmith.design.model import Design
from backsmith.design.naming import camel, check_project, check_role
from backsmith.design.people import read_user
from backsmith.design.prose import paragraphs
from backsmith.design.resource import USER, ResourceDraft, read_resource
from backsmith.design.source import Block, Entry, Items, Node, Text, load
from backsmith.design.words import TOP_KEYS, VERSION

MOST_RESOURCES = 200
MOST_ROLES = 50

_SYNONYMS = {
    "description": "doc",
    "entities": "resources",
    "models": "resources",
    "title": "name",
    "version": "backsmith",
}


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a file: a design, or what is wrong with it; and what it left open."""

    design: Design | None
    findings: tuple[Finding, ...]
    assumptions: tuple[Assumption, ...] = ()


def read(text: str | bytes, file: str = "backsmith.yml") -> Read:
    """Read a design. Never raises, whatever the text is."""
    findings = Findings(file)
    try:
        return _read(load(text, findings), findings)
    except UnreadableError as error:
        findings.end(error)
        return Read(None, findings.in_order())


def _read(root: Node, findings: Findings) -> Read:
    if not isinstance(root, Block):
        if root is None and findings:
            return Read(None, findings.in_order())
        place = root.place if root else START
        findings.add(
            place,
            "this is no design." if root else "the file is empty.",
            "Begin with backsmith: 1, name: and resources:, each on a line of its own.",
        )
        return Read(None, findings.in_order())
    root = _meant(root, findings)
    _check_version(root, findings)
    name = _name(root, findings)
    entry = root.get("doc")
    doc = paragraphs(entry.value, "the doc of a design", findings) if entry else None
    roles = _roles(root.get("roles"), findings)
    named = read_enums(root.get("enums"), findings)
    enums = {name: draft.enum for name, draft in named.items()}
    resources = root.get("resources")
    declared = Declared(_names_in(resources), enums)
    drafts = _resources(resources, roles, declared, findings)
    user = _user(resources, declared, findings)
    check_together(drafts, user, findings)
    check_enums(named, [*drafts, *([user] if user else [])], findings)
    if findings:
        return Read(None, findings.in_order())
    design = Design(
        name=name,
        doc=doc or f"The API of {name}.",
        roles=roles,
        resources=tuple(draft.resource for draft in drafts),
        enums=tuple(enums.values()),
        user=user.resource if user else None,
    )
    return Read(design, (), assumed(findings.file, root, drafts, user))


def _meant(root: Block, findings: Findings) -> Block:
    """The top level as it was most likely meant: a resource that isn't indented is one."""
    astray = [
        entry
        for entry in root.entries
        if entry.key.value[:1].isupper() and isinstance(entry.value, Block)
    ]
    for entry in astray:
        findings.add(
            entry.key.place,
            f"{quoted(entry.key.value)} is not a key of a design.",
            "Indent it under resources:, with whatever it adds to people."
            if entry.key.value == USER
            else "If it is a resource, indent it under resources:.",
        )
    apart = {entry.key.value for entry in astray}
    rest = Block(tuple(entry for entry in root.entries if entry.key.value not in apart), root.place)
    known = known_keys(rest, "a design", TOP_KEYS, findings, synonyms=_SYNONYMS)
    return _with_resources(known, astray) if astray else known


def _with_resources(root: Block, astray: list[Entry]) -> Block:
    said = root.get("resources")
    if said is None:
        key = replace(astray[0].key, value="resources")
        block = Block(tuple(astray), key.place)
        return Block((*root.entries, Entry(key, block)), root.place)
    if not isinstance(said.value, Block):
        return root
    names = {entry.key.value for entry in said.value.entries}
    added = [entry for entry in astray if entry.key.value not in names]
    block = Block((*said.value.entries, *added), said.value.place)
    others = [entry for entry in root.entries if entry is not said]
    return Block((*others, Entry(said.key, block)), root.place)


def _check_version(root: Block, findings: Findings) -> None:
    entry = root.get("backsmith")
    if entry is None:
        findings.add(
            root.place,
            "the design doesn't say in which version of the language it is written.",
            f"Begin with backsmith: {VERSION}",
        )
    elif entry.value and (not isinstance(entry.value, Text) or entry.value.value != VERSION):
        findings.add(
            entry.value.place,
            "this Backsmith reads version 1 of the language.",
            f"Write backsmith: {VERSION}",
        )


def _name(root: Block, findings: Findings) -> str:
    entry = root.get("name")
    if entry is None:
        findings.add(root.place, "the design has no name.", "Add one, as in name: bookshop.")
        return ""
    node = entry.value
    if isinstance(node, Text) and not node.empty:
        check_project(node, findings)
        return node.value
    if node is not None:
        place = node.place if not isinstance(node, Text) or node.raw else entry.key.place
        findings.add(place, "a name is one word.", "Write name: bookshop.")
    return ""


def _roles(entry: Entry | None, findings: Findings) -> tuple[str, ...]:
    if entry is None or entry.value is None:
        return ()
    if not isinstance(entry.value, Items):
        findings.add(entry.value.place, "roles are a list.", "Write roles: [editor, reviewer].")
        return (entry.value.value,) if isinstance(entry.value, Text) else ()
    if len(entry.value.items) > MOST_ROLES:
        findings.add(entry.value.place, f"a design has at most {MOST_ROLES} roles.")
        return ()
    roles: list[str] = []
    for node in entry.value.items:
        if node is None:
            continue
        if not isinstance(node, Text) or node.empty:
            findings.add(node.place, "a role is one word.", "Write roles: [editor, reviewer].")
        elif node.value in roles:
            findings.add(node.place, f"{quoted(node.value)} is named twice.", "Leave one out.")
        else:
            # A name that can't be is told once, and not wherever it is used.
            check_role(node, findings)
            roles.append(node.value)
    return tuple(roles)


def _names_in(entry: Entry | None) -> list[str]:
    """The names of resources as they are written, or were meant."""
    block = entry.value if entry else None
    written = [each.key.value for each in block.entries] if isinstance(block, Block) else []
    meant = [name if name[:1].isupper() else camel(name) or name for name in written]
    return [name for name in dict.fromkeys(meant) if name != USER]


def _resources(
    entry: Entry | None, roles: tuple[str, ...], declared: Declared, findings: Findings
) -> list[ResourceDraft]:
    if entry is None or entry.value is None:
        return []
    block = entry.value
    if not isinstance(block, Block):
        if not isinstance(block, Text) or not block.empty:
            findings.add(
                block.place,
                "resources are written by name.",
                "Write each as a line `Book:` under resources:, and indent what belongs to it.",
            )
        return []
    if len(block.entries) > MOST_RESOURCES:
        findings.add(
            block.entries[MOST_RESOURCES].key.place,
            f"a design has at most {MOST_RESOURCES} resources; this one has {len(block.entries)}.",
            "Build several backends.",
        )
    entries = [each for each in block.entries[:MOST_RESOURCES] if each.key.value != USER]
    names = {each.key.value for each in entries}
    drafts = []
    for each in entries:
        draft = read_resource(each, roles, declared, findings)
        if draft and (draft.name is each.key or draft.name.value not in names):
            names.add(draft.name.value)
            drafts.append(draft)
    return drafts


def _user(entry: Entry | None, declared: Declared, findings: Findings) -> ResourceDraft | None:
    """What the design says of people, which stands among the resources."""
    block = entry.value if entry else None
    user = block.get(USER) if isinstance(block, Block) else None
    return read_user(user, declared, findings) if user else None
