"""The block `User:`: what a design adds to what every person has."""

from collections.abc import Iterator, Mapping

from backsmith.design.access import AccessDraft
from backsmith.design.declared import Declared
from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings, quoted
from backsmith.design.keys import known_keys
from backsmith.design.model import Access, Field, Operation, Reference, Resource, Rule, Who
from backsmith.design.names import Names
from backsmith.design.resource import ResourceDraft, read_fields
from backsmith.design.source import Block, Entry, Text
from backsmith.design.visibility import check_visibility
from backsmith.design.words import USER_KEYS, Said

_ALONE = "people see and change their own account, and no other"
_REFUSED: Mapping[str, str] = {
    "access": _ALONE,
    "cache": "an account is shown to its own person alone, and never kept for others",
    "deprecated": "people can't be: nothing takes their place",
    "doc": "what people are is said already; a field may have a doc of its own",
    "index": "its fields are found one by one; index is a word of a field here",
    "list": "people have no list yet",
    "only": _ALONE,
    "owner": "everybody is the owner of their own account",
    "path": "people are at /users in every project",
    "soft_delete": "accounts are no rows that a client deletes",
    "unique": "its fields are unique one by one; unique is a word of a field here",
    "was": "people have the same name in every project",
}
"""Keys of resources that mean nothing here, and why."""

_OWN = (
    "email email_verified email_verified_at password password_hash role roles role_names active "
    "is_active sessions"
)
_TAKEN = dict.fromkeys(_OWN.split(), "every account has that of its own") | dict.fromkeys(
    ("given_password", "sign_up"), "that is a name of the backend itself"
)
_OF_LISTS = (Said.FILTER, Said.SORT, Said.SEARCH)

Told = Iterator[tuple[Said, str, str]]


def read_user(entry: Entry, declared: Declared, findings: Findings) -> ResourceDraft | None:
    """Read what stands under `User:`, as a resource of which each caller has one row."""
    name, block = entry.key, entry.value
    if block is None:
        return None
    if not isinstance(block, Block):
        findings.add(
            name.place if isinstance(block, Text) and not block.raw else block.place,
            "User is built in, and this adds nothing to it.",
            "Write fields: under it, and a line for each; or leave it out.",
        )
        return None
    block = known_keys(_without_refused(block, findings), "User", USER_KEYS, findings)
    fields = read_fields(name, block, declared, findings)
    check_visibility(fields, None, findings)
    for field in fields:
        _check(field, findings)
    resource = _resource(tuple(draft.field for draft in fields if draft.field))
    return ResourceDraft(name, resource, fields, AccessDraft(resource.access, {}), {})


def _resource(fields: tuple[Field, ...]) -> Resource:
    everybody = (Rule(Who.AUTHENTICATED),)
    changed = any(not field.readonly for field in fields)
    return Resource(
        names=Names("User", "users"),
        doc="A person with an account.",
        fields=fields,
        access=Access(everybody, (), everybody if changed else (), ()),
        only=(Operation.GET, *([Operation.UPDATE] if changed else [])),
    )


def _without_refused(block: Block, findings: Findings) -> Block:
    for entry in block.entries:
        if entry.key.value in _REFUSED:
            findings.add(
                entry.key.place,
                f"{quoted(entry.key.value)} says nothing of User: {_REFUSED[entry.key.value]}.",
                "Leave it out: fields are all that can be added.",
            )
    known = tuple(entry for entry in block.entries if entry.key.value not in _REFUSED)
    return Block(known, block.place)


def _check(draft: FieldDraft, findings: Findings) -> None:
    name = draft.name.value
    if name in _TAKEN:
        findings.add(
            draft.name.place,
            f"a field of User can't be called {quoted(name)}: {_TAKEN[name]}.",
            "Leave it out, or say more exactly what it is, as in contact_email.",
        )
    if draft.field and isinstance(draft.field.type, Reference):
        findings.add(
            draft.type_place,
            f'"{name}" would refer to {draft.field.type.target}, and people refer to nothing.',
            "Say it the other way round: resources refer to User, also with one, or in a "
            "resource that links the two.",
        )
        return
    for word, message, hint in _words(draft):
        findings.add(draft.said[word], message, hint)
    if _has_no_first_value(draft):
        findings.add(
            draft.type_place,
            f'a new account would have no "{name}": it takes an address and a password alone.',
            "Write a ? behind the type, or give it a default: =value.",
        )


def _words(draft: FieldDraft) -> Told:
    for word in _OF_LISTS:
        if word in draft.said:
            yield word, f'"{word}" is for lists, and people have no list yet.', "Leave it out."
    if Said.IMMUTABLE in draft.said and Said.READONLY not in draft.said:
        yield (
            Said.IMMUTABLE,
            "nobody could send what is immutable: it is sent once, with a new row, and an account "
            "takes an address and a password alone.",
            "Leave it out; or write readonly, for what no client sends.",
        )


def _has_no_first_value(draft: FieldDraft) -> bool:
    # Of what is readonly the same is told already.
    silent = not {Said.DEFAULT, Said.READONLY} & set(draft.said)
    return draft.field is not None and not draft.field.optional and silent
