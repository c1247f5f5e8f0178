"""What a design leaves open: what is assumed until it says so, why, and the word that changes it.

These are the questions that a senior engineer would ask. Whatever is assumed keeps doors shut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backsmith.design.access import ADMIN, WRITING, callers
from backsmith.design.article import a
from backsmith.design.field import FieldDraft
from backsmith.design.findings import Place, listed
from backsmith.design.model import Field, Operation, Scalar
from backsmith.design.plurals import singular
from backsmith.design.resource import USER, ResourceDraft
from backsmith.design.source import Block
from backsmith.design.words import DEFAULT_PRECISION, Said

_MONEY = frozenset(
    ("amount", "balance", "budget", "cost", "fee", "price", "revenue", "salary", "tax", "total")
)
_ALONE = frozenset(("barcode", "ean", "email", "handle", "isbn", "sku", "slug", "username"))
_SECRET = frozenset(("credential", "iban", "passwd", "password", "pin", "secret", "ssn", "token"))


@dataclass(frozen=True, slots=True)
class Assumption:
    """One thing that was left open: what is assumed, why, and the word that changes it."""

    file: str
    line: int
    column: int
    assumed: str
    why: str
    change: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place}: {self.assumed}: {self.why}. {self.change}"


Told = Iterator[tuple[Place, str, str, str]]


def assumed(
    file: str, root: Block, drafts: Sequence[ResourceDraft], user: ResourceDraft | None = None
) -> tuple[Assumption, ...]:
    """Everything that this design leaves open, as it stands in the file."""
    told = [*_of_design(root, drafts)]
    for draft in drafts:
        told += [each for ask in _OF_RESOURCES for each in ask(draft)]
    for draft in (*drafts, *([user] if user else [])):
        for field in draft.fields:
            if field.field:
                told += [each for ask in _OF_FIELDS for each in ask(draft, field, field.field)]
    told.sort(key=lambda each: each[0])
    return tuple(Assumption(file, place.line, place.column, *rest) for place, *rest in told)


def _of_design(root: Block, drafts: Sequence[ResourceDraft]) -> Told:
    if not drafts:
        yield (
            root.place,
            "no resources are assumed",
            "the design names none, so the project holds people alone",
            "Write resources: to add some.",
        )
    silent = [draft for draft in drafts if "doc" not in draft.said]
    if silent or not root.get("doc"):
        names = [draft.name.value for draft in silent]
        who = listed([*([] if root.get("doc") else ["the design"]), *names])
        yield (
            silent[0].name.place if root.get("doc") else root.place,
            f"a plain sentence documents {who}",
            "readers of the API see it first, and nobody wrote one",
            "Write doc: with one of yours.",
        )
    unsorted = [
        draft
        for draft in drafts
        if draft.resource.listing.sort is None and draft.resource.offers(Operation.LIST)
    ]
    if unsorted:
        yield (
            unsorted[0].name.place,
            f"newest first is the order of {listed(draft.name.value for draft in unsorted)}",
            "a list always has an order, or its pages would repeat rows",
            "Write list: {sort: name}, or -name, with a field that has `sort`.",
        )


def _access(draft: ResourceDraft) -> Told:
    said, access, name = draft.access.said, draft.resource.access, draft.name.value
    silent = [key.value for key in WRITING if key not in said and getattr(access, key)]
    silent = [] if "write" in said else silent
    writing = ["write"] if len(silent) == len(WRITING) else silent
    missing = [*(["read"] if "read" not in said and access.read else []), *writing]
    if not missing:
        return
    closed = {key: getattr(access, "create" if key == "write" else key) for key in missing}
    who = listed(f"{rules[0].who} for {key}" for key, rules in closed.items())
    reason = "what nobody opened stays closed"
    if not draft.resource.owned and writing:
        reason = f"it has no owner, so that {ADMIN} alone may write"
    example = "public" if "read" in missing else "authenticated"
    yield (
        draft.said.get("access", draft.name.place),
        f"{who} is assumed as the access to {name}",
        reason,
        f"Write access: {{{missing[0]}: {example}}}, or another role, to open it.",
    )


def _owner(draft: ResourceDraft) -> Told:
    if draft.resource.owner:
        return
    below = bool(draft.resource.owner_path)
    for field in draft.fields:
        reference = field.field.reference if field.field else None
        if reference and reference.target == USER and not reference.me:
            name = field.name.value
            owner = "" if below else f"owner: {name}, or "
            yield (
                field.name.place,
                f"{draft.name.value}.{name} is assumed to be any person, and to own nothing",
                "whoever may write sends it like any other field",
                f"Write {owner}User =me, to take it from the caller's token.",
            )


def _naming(draft: ResourceDraft) -> Told:
    noun = draft.resource.names.noun.split()[-1]
    one = singular(noun)
    if one:
        name = draft.name.value
        yield (
            draft.name.place,
            f'"{name}" is assumed to be the name of one',
            f"its list is at /{draft.resource.names.path}",
            f"Write {name[: -len(noun)]}{one.capitalize()} if it is a plural.",
        )


def _unique(draft: ResourceDraft) -> Told:
    optional = {field.name.value for field in draft.fields if field.field and field.field.optional}
    for names in draft.resource.unique:
        empty = [name for name in names if name in optional]
        if empty:
            yield (
                draft.said["unique"],
                f"{draft.name.value} without {listed(empty)} is assumed to be like no other",
                f"PostgreSQL holds no two empty values for the same, so [{', '.join(names)}] "
                "doesn't bind them",
                f"Leave out the ? of {listed(empty)} to bind them all.",
            )


def _on_delete(draft: ResourceDraft, field: FieldDraft, read: Field) -> Told:
    if read.reference and Said.ON_DELETE not in field.said:
        target = read.reference.target
        yield (
            field.type_place,
            f"restrict is assumed for {draft.name.value}.{read.name}",
            f"no {target} can be deleted while {a(draft.name.value)} refers to it",
            'Write cascade to delete both, or "?" and set_null to empty the field.',
        )


def _money(draft: ResourceDraft, field: FieldDraft, read: Field) -> Told:
    if read.type is Scalar.FLOAT and _MONEY & set(read.name.split("_")):
        yield (
            field.type_place,
            f"{draft.name.value}.{read.name} is assumed to be no money",
            "floats don't add up to the cent",
            "Write decimal 10,2 if it is.",
        )


def _digits(draft: ResourceDraft, field: FieldDraft, read: Field) -> Told:
    if read.type is Scalar.DECIMAL and Said.PRECISION not in field.said:
        digits, places = DEFAULT_PRECISION
        yield (
            field.type_place,
            f"{digits},{places} is assumed for {draft.name.value}.{read.name}",
            f"a decimal has a number of digits, and this is {digits - places} before the point "
            f"and {places} after it",
            "Write other ones behind it, as in decimal 10,4.",
        )


def _length(draft: ResourceDraft, field: FieldDraft, read: Field) -> Told:
    if read.type is Scalar.STRING and not {Said.RANGE, Said.PATTERN} & set(field.said):
        yield (
            field.type_place,
            f"{draft.name.value}.{read.name} is assumed to have up to {read.maximum} characters",
            "every text has an end, and may be empty",
            "Write a length, as in string 1..120.",
        )


def _once(draft: ResourceDraft, field: FieldDraft, read: Field) -> Told:
    together = {name for names in draft.resource.unique for name in names}
    telling = read.name in _ALONE or read.type is Scalar.SLUG
    if telling and not read.unique and read.name not in together:
        yield (
            field.type_place,
            f"two {draft.resource.names.nouns} with the same {read.name} are assumed to be fine",
            "nothing says that it stands once",
            "Write unique behind it if it has to.",
        )


def _secret(draft: ResourceDraft, field: FieldDraft, read: Field) -> Told:
    words = set(read.name.split("_"))
    telling = _SECRET & words or {"api", "key"} <= words
    if telling and not read.reference and not read.private:
        yield (
            field.type_place,
            f"{draft.name.value}.{read.name} is assumed to be no secret",
            f"it is in every answer, for {_readers(draft)}",
            "Write private behind it if it is one: it is kept, and never shown.",
        )


def _guessed(draft: ResourceDraft, field: FieldDraft, read: Field) -> Told:
    together = {name for names in draft.resource.unique for name in names}
    if read.private and (read.unique or read.name in together):
        yield (
            field.said.get(Said.UNIQUE, field.name.place),
            f"{draft.name.value}.{read.name} is assumed to be too long to guess",
            "whoever writes one that is taken is told so, though nobody is shown it",
            "Leave out unique if somebody could try them all.",
        )


def _readers(draft: ResourceDraft) -> str:
    read = draft.resource.access.read
    return callers(read) if read else "whoever writes"


def _pointing(draft: ResourceDraft, field: FieldDraft, read: Field) -> Told:
    if read.type is Scalar.UUID and read.name.endswith("_id"):
        name = read.name.removesuffix("_id")
        yield (
            field.type_place,
            f"{draft.name.value}.{read.name} is assumed to point to nothing here",
            "as a plain uuid it may hold the id of a row that isn't there",
            f"Write {name}: and the name of a resource to make it a reference.",
        )


_OF_RESOURCES = (_access, _owner, _naming, _unique)
_OF_FIELDS = (_on_delete, _money, _digits, _length, _once, _secret, _guessed, _pointing)
