"""The errors that a resource's rules raise, each declared beside the rules."""

from collections.abc import Iterable, Iterator

from backsmith.design.model import Design, Field, OnDelete, Operation, Resource, Who
from backsmith.design.resource import USER
from backsmith.render.english import a, camel, capital, doubled, listed, words
from backsmith.render.error import Error
from backsmith.render.hiding import needs
from backsmith.render.missing_errors import itself, missing
from backsmith.render.rights import change_depends, creation_depends
from backsmith.render.tables import foreign_key, uniques


def not_found(resource: Resource) -> Error:
    return Error(
        name=f"{resource.name}NotFound",
        kind="NotFound",
        code=f"{resource.names.constant}_NOT_FOUND",
        error=f"There is no such {resource.names.noun}.",
        detail="It may be gone, or not be yours to see or change.",
    )


def refused(resource: Resource) -> Error:
    """What is said when a row would be one that the caller has no right to write."""
    return Error(
        name=f"{resource.name}Refused",
        kind="Forbidden",
        code=f"{resource.names.constant}_REFUSED",
        error=f"Your rights don't cover such {a(resource.names.noun)}.",
        detail="Nothing was saved. Send values that they cover, or ask somebody with more of them.",
    )


def taken(resource: Resource) -> list[Error]:
    """What is said when a row would be a second one of its kind."""
    if not resource.offers(Operation.CREATE, Operation.UPDATE):
        return []
    return [_taken(resource, unique.fields, unique.name) for unique in uniques(resource)]


def taken_on_change(resource: Resource) -> list[Error]:
    """The same, of what a client may change."""
    changeable = {field.name for field in resource.changeable}
    # Where nothing is ever written there are no such errors.
    return [
        error
        for unique, error in zip(uniques(resource), taken(resource), strict=False)
        if changeable & set(unique.fields)
    ]


def in_use(design: Design, resource: Resource) -> list[Error]:
    """What is said when other rows still point to the one that would go."""
    return [_in_use(resource, other, field) for other, field in restricting(design, resource)]


def restricting(design: Design, resource: Resource) -> list[tuple[Resource, Field]]:
    """The references of others that keep a row of this resource from going."""
    if not _can_go(design, resource):
        return []
    return [
        (other, field)
        for other in design.resources
        for field in other.fields
        if restricts(field, resource)
    ]


def _can_go(design: Design, resource: Resource) -> bool:
    """Whether a row is ever deleted: by itself, or along with one that it cascades from."""
    above = [resource.name]
    for name in above:
        if name == USER:
            return True
        each = design.resource(name)
        if each.offers(Operation.DELETE):
            return True
        targets = [field.reference for field in each.fields if field.reference]
        above += [
            reference.target
            for reference in targets
            if reference.on_delete is OnDelete.CASCADE and reference.target not in above
        ]
    return False


def not_restorable(design: Design, resource: Resource) -> list[Error]:
    """What is said when a row can't come back before another does."""
    if not resource.soft_delete or not needs(design, resource):
        return []
    noun = resource.names.noun
    return [
        Error(
            name=f"{resource.name}NotRestorable",
            kind="Conflict",
            code=f"{resource.names.constant}_NOT_RESTORABLE",
            error=f"Something that this {noun} needs is deleted.",
            detail="Restore that first.",
        )
    ]


def in_use_below(design: Design, resource: Resource) -> list[tuple[Resource, Error]]:
    """The same for the rows that would go along, with the resource that declares each error."""
    found: list[tuple[Resource, Error]] = []
    reached = [resource.name]
    for name in reached:
        for other in design.resources:
            if other.name not in reached and _cascades(other, name):
                reached.append(other.name)
                found += [(other, error) for error in in_use(design, other)]
    return found


def _cascades(resource: Resource, target: str) -> bool:
    return any(
        field.reference
        and field.reference.target == target
        and field.reference.on_delete is OnDelete.CASCADE
        for field in resource.fields
    )


def restricts(field: Field, resource: Resource) -> bool:
    """Whether a row of the resource stays as long as such a field points to it."""
    reference = field.reference
    return (
        reference is not None
        and reference.target == resource.name
        and reference.on_delete is OnDelete.RESTRICT
    )


def _taken(resource: Resource, names: tuple[str, ...], constraint: str) -> Error:
    fields = [resource.field(name) for name in names]
    others = [field for field in fields if field not in resource.tokened]
    shared = doubled(resource, others) if others else ""
    noun = resource.names.noun
    if len(others) < len(fields) and _is_told_its_maker(resource, others):
        sentence = f"You have {a(noun)} {shared or 'already'}."
    else:
        made = [f"of this {words(field.name)}" for field in fields if field not in others]
        sentence = f"{capital(' '.join(filter(None, [a(noun), *made, shared])))} exists."
    return Error(
        name=f"{_class_words(resource, names)}Taken",
        kind="Conflict",
        code=f"{resource.names.constant}_{'_'.join(names).upper()}_TAKEN",
        error=sentence,
        detail=f"{capital(_instead(others))}.",
        constraint=constraint,
    )


def _is_told_its_maker(resource: Resource, sent: list[Field]) -> bool:
    """Whether nobody but whoever made a row can come upon another one of theirs."""
    if resource.soft_delete:
        # An administrator restores what others made.
        return False
    if resource.offers(Operation.UPDATE) and any(field in resource.changeable for field in sent):
        others = [rule for rule in resource.access.update if rule.who != Who.OWNER]
        return bool(resource.owner) and not others
    return True


def _instead(fields: list[Field]) -> str:
    if not fields or any(field.reference for field in fields):
        return "change the one that exists instead"
    return f"choose another {listed([words(field.name) for field in fields], 'or')}"


def _class_words(resource: Resource, names: tuple[str, ...]) -> str:
    """Leave out who makes a row, unless another rule would then have the same name."""
    short = _sent_of(resource, names)
    others = [each.fields for each in uniques(resource) if each.fields != names]
    single = any(set(_sent_of(resource, each)) == set(short) for each in others)
    return "".join(camel(name) for name in (names if single or not short else short))


def _sent_of(resource: Resource, names: Iterable[str]) -> list[str]:
    made = {field.name for field in resource.tokened}
    return [name for name in names if name not in made]


def _in_use(resource: Resource, other: Resource, field: Field) -> Error:
    several = sum(restricts(each, resource) for each in other.fields) > 1
    role = f" as their {words(field.name)}" if several else ""
    tail = f"As{camel(field.name)}" if several else ""
    return Error(
        name=f"{resource.name}Has{other.names.types}{tail}",
        kind="InUse",
        code=f"{resource.names.constant}_HAS_{other.names.plural.upper()}"
        + (f"_AS_{field.name.upper()}" if several else ""),
        error=f"{capital(other.names.nouns)} still refer to this {resource.names.noun}{role}.",
        detail=f"Delete or change the {other.names.nouns} first.",
        constraint=foreign_key(other, field).name,
    )


def declared(design: Design, resource: Resource) -> Iterator[Error]:
    """Every error of a resource, in the order of its module."""
    if resource.offers(Operation.GET, Operation.UPDATE, Operation.DELETE):
        yield not_found(resource)
    if creation_depends(resource) or change_depends(resource):
        yield refused(resource)
    yield from taken(resource)
    yield from missing(design, resource)
    yield from itself(design, resource)
    yield from in_use(design, resource)
    yield from not_restorable(design, resource)
