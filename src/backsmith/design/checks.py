"""What can only be seen with all resources at hand: references, names that meet, who may read."""

from collections.abc import Mapping, Sequence

from backsmith.design.access import callers, may
from backsmith.design.article import a
from backsmith.design.circles import check_circles, references_of
from backsmith.design.field import FieldDraft
from backsmith.design.findings import Findings, listed
from backsmith.design.hiding_checks import check_hiding
from backsmith.design.link_checks import check_links, links_of
from backsmith.design.model import Operation, Reference, Resource, Rule, Rules, Scalar, Who
from backsmith.design.ownership import check_owner_path
from backsmith.design.plurals import plural
from backsmith.design.reserved import CLASS_SUFFIXES, PARAMETER_SUFFIXES
from backsmith.design.resource import USER, ResourceDraft
from backsmith.design.reverse_checks import check_reverses
from backsmith.design.stored import check_stored_names
from backsmith.design.words import MOST_BYTES, SEARCHED_TEXT, Said

_PEOPLE = {USER, "Session", "RefreshToken"}


def check_together(
    drafts: Sequence[ResourceDraft], user: ResourceDraft | None, findings: Findings
) -> None:
    """Check the resources against each other, and each one's fields against each other."""
    by_name = {draft.name.value: draft for draft in drafts}
    _check_resource_names(drafts, findings)
    for draft in drafts:
        _check_field_names(draft, findings)
        _check_search(draft, findings)
        _check_bytes(draft, findings)
        for field, reference in references_of(draft):
            _check_reference(draft, field, reference, by_name, findings)
        for field, _, links in links_of(draft):
            _check_links(draft, field, links, by_name, findings)
    check_links(drafts, findings)
    check_reverses([*drafts, *([user] if user else [])], findings)
    for draft in drafts:
        check_owner_path(draft, by_name, findings)
    if user:
        _check_field_names(user, findings)
        _check_bytes(user, findings)
    check_stored_names([*drafts, *([user] if user else [])], findings)
    hiding = check_hiding(drafts, findings)
    check_circles(by_name, hiding, findings)


def _check_reference(
    draft: ResourceDraft,
    field: FieldDraft,
    reference: Reference,
    by_name: Mapping[str, ResourceDraft],
    findings: Findings,
) -> None:
    if reference.target == USER:
        return
    target = by_name.get(reference.target)
    if target is None:
        return
    if target is draft:
        _check_itself(draft.resource, field, findings)
        return
    if reference.embed and target.resource.access.read:
        _check_embed(draft.resource, field, target.resource, findings)
    if not target.resource.access.read:
        _check_hidden(draft.resource, field, target.resource, findings)
    elif field.field and not field.field.optional:
        _check_reach(draft.resource, field, target.resource, findings)


def _check_links(
    draft: ResourceDraft,
    field: FieldDraft,
    links: Reference,
    by_name: Mapping[str, ResourceDraft],
    findings: Findings,
) -> None:
    if links.target == USER:
        return
    target = by_name.get(links.target)
    if target and not target.resource.access.read:
        _check_hidden(draft.resource, field, target.resource, findings)
    elif target and target is not draft and field.field and field.field.required:
        _check_reach(draft.resource, field, target.resource, findings)


def _check_itself(resource: Resource, field: FieldDraft, findings: Findings) -> None:
    """A row can refer to another one of its kind, but never has to: the first one couldn't."""
    name, noun = resource.name, resource.names.noun
    if field.field and not field.field.optional:
        findings.add(
            field.type_place,
            f"every {noun} would need another one first.",
            f"No first row could ever be written; write {name}? instead.",
        )
    if Said.EMBED in field.said:
        findings.add(
            field.said[Said.EMBED],
            f"{a(resource.names.noun)} can't show another {noun} inside of it.",
            "Leave out embed; its id is shown.",
        )
    if not resource.access.read:
        _check_hidden(resource, field, resource, findings)


def _check_hidden(
    resource: Resource, field: FieldDraft, target: Resource, findings: Findings
) -> None:
    """People refer only to what they may read."""
    if resource.offers(Operation.CREATE, Operation.UPDATE):
        findings.add(
            field.type_place,
            f"nobody could refer to {a(target.names.noun)}: `only` leaves out both list and get of "
            f"{target.name}, so that nobody may read one.",
            f"Add get to them, or leave out {field.name.value}.",
        )


def _check_reach(
    resource: Resource, field: FieldDraft, target: Resource, findings: Findings
) -> None:
    """Somebody has to be able to write a first row: people refer only to what they may read."""
    writers = [_anyone(rule.who) for rule in resource.access.create]
    if not resource.offers(Operation.CREATE):
        return
    # Some rows are enough: whom a condition lets in may refer to those that it holds for.
    read = tuple(Rule(rule.who) for rule in target.access.read)
    if Rule(Who.OWNER) in read or any(may(who, read) for who in writers):
        return
    findings.add(
        field.type_place,
        f"nobody could create {a(resource.names.noun)}: it refers to {a(target.names.noun)}, which "
        f"only {callers(target.access.read)} may read.",
        f"Let {callers(resource.access.create)} read {target.name}, or "
        f"{callers(target.access.read)} write {resource.name}.",
    )


def _check_embed(
    resource: Resource, field: FieldDraft, target: Resource, findings: Findings
) -> None:
    # The owner of a row isn't the owner of the row that it shows, but for what it belongs to.
    rules = _shown_to(resource)
    if _belongs_to(resource, field, target) and Rule(Who.OWNER) in target.access.read:
        rules = tuple(rule for rule in rules if rule.who != Who.OWNER)
    readers = dict.fromkeys(_anyone(rule.who) for rule in rules)
    blind = [who for who in readers if not may(who, target.access.read)]
    if blind:
        findings.add(
            field.said[Said.EMBED],
            f'"{field.name.value}" would show {a(target.names.noun)} to {listed(blind)}, '
            f"but only {callers(target.access.read)} may read one.",
            f"Leave out embed, or let {listed(blind)} read {target.name}.",
        )


def _belongs_to(resource: Resource, field: FieldDraft, target: Resource) -> bool:
    """Whether a row is owned by whoever owns the row that a field leads to."""
    above = target.owner_path or (target.owner,)
    return resource.owner_path == (field.name.value, *above)


def _anyone(who: str) -> str:
    """The owner of one row may be anyone to another."""
    return Who.AUTHENTICATED if who == Who.OWNER else who


def _shown_to(resource: Resource) -> Rules:
    """Whoever reads a row is shown it, and whoever writes one where nobody reads."""
    access = resource.access
    return access.read or tuple(dict.fromkeys((*access.create, *access.update)))


def _check_resource_names(drafts: Sequence[ResourceDraft], findings: Findings) -> None:
    spelt: dict[str, str] = {}
    for draft in drafts:
        names = draft.resource.names
        mine = {names.stem: "singular", names.plural: "plural"}
        for spelling in mine:
            if spelling in spelt:
                findings.add(
                    draft.said.get("path", draft.name.place)
                    if mine[spelling] == "plural"
                    else draft.name.place,
                    f'"{names.type}" and "{spelt[spelling]}" would both use the name "{spelling}".',
                    f"Rename one of them, or give {names.type} a path: of its own.",
                )
                break
        for spelling in mine:
            spelt.setdefault(spelling, names.type)
    types = {draft.name.value for draft in drafts} | _PEOPLE
    for draft in drafts:
        for suffix in CLASS_SUFFIXES:
            stem = draft.name.value.removesuffix(suffix)
            if stem != draft.name.value and stem in types:
                findings.add(
                    draft.name.place,
                    f'"{draft.name.value}" is the name of a class of "{stem}".',
                    "Rename it, so that the two can stand side by side.",
                )


def _check_field_names(draft: ResourceDraft, findings: Findings) -> None:
    names = {field.name.value for field in draft.fields}
    columns = {
        field.field.column: field.name.value
        for field in draft.fields
        if field.field and field.field.reference
    }
    spelt: dict[str, str] = {}
    for field in draft.fields:
        name = field.name.value
        own = field.field.column if field.field else name
        same = spelt.setdefault(name.replace("_", ""), name)
        if same != name:
            findings.add(
                field.name.place,
                f'"{name}" and "{same}" would be the same name of a class.',
                "Rename one of them.",
            )
        if columns.get(name, name) != name:
            findings.add(
                field.name.place,
                f'"{name}" is the column of the reference "{columns[name]}" already.',
                "Leave one of them out.",
            )
        for suffix in PARAMETER_SUFFIXES:
            base = own.removesuffix(suffix)
            if base != own and (base in names or base in columns):
                findings.add(
                    field.name.place,
                    f'"{name}" is how a list is asked about "{base}".',
                    f"Every list has the parameters {listed(PARAMETER_SUFFIXES)} of its fields; "
                    "rename it.",
                )
        base = name.removesuffix("_ids")
        if base != name and (base in names or plural(base) in names):
            findings.add(
                field.name.place,
                f'"{name}" is how "{base}" is written in requests.',
                "Leave one of them out, or rename it.",
            )


def _check_search(draft: ResourceDraft, findings: Findings) -> None:
    searched = [field for field in draft.fields if Said.SEARCH in field.said and field.field]
    total = 0
    for field in searched:
        total += int((field.field.maximum if field.field else None) or 0)
        if total > SEARCHED_TEXT:
            findings.add(
                field.said[Said.SEARCH],
                f"the `search` fields of {draft.name.value} hold {total} characters together; "
                f"PostgreSQL's search takes {SEARCHED_TEXT}.",
                "Bound their lengths, as in text ..20000, or search fewer of them.",
            )
            return


def _check_bytes(draft: ResourceDraft, findings: Findings) -> None:
    """A request sends all of them at once."""
    total = 0
    for draft_ in draft.fields:
        if draft_.field and draft_.field.type is Scalar.BYTES:
            total += int(draft_.field.maximum or 0)
            if total > MOST_BYTES:
                findings.add(
                    draft_.type_place,
                    f"the bytes of {draft.name.value} are {total} together, and a request takes "
                    f"{MOST_BYTES}.",
                    "Bound them, as in bytes ..200000.",
                )
                return
