"""How many rows of a resource there can be at once, as far as its rules of uniqueness let them."""

from backsmith.design.model import Design, Field, OnDelete, Resource
from backsmith.render.conditions import conditions_of
from backsmith.render.standing import as_said
from backsmith.render.tables import uniques
from backsmith.render.values import numbered

PLENTY = 1_000


def varied(resource: Resource) -> set[str]:
    """The fields that have another value in each sample, so that no two collide."""
    unique = {name for constraint in uniques(resource) for name in constraint.fields}
    return unique - tokened(resource) - fixed(resource)


def tokened(resource: Resource) -> set[str]:
    """The fields that a sample has from whoever makes it."""
    return {field.name for field in resource.tokened}


def capacity(design: Design, resource: Resource) -> int:
    """How many samples of one owner fit beside each other; `PLENTY` or more are as many as any."""
    counts = [PLENTY]
    for constraint in uniques(resource):
        fields = [resource.field(name) for name in constraint.fields]
        counts.append(max(_values(design, resource, field) for field in fields))
    targets = [target for target in needed(design, resource) if not one_each(target)]
    counts += [capacity(design, target) // targets.count(target) for target in targets]
    return min(counts)


def fixed(resource: Resource) -> set[str]:
    """The fields that hold the same in all samples, since rights depend on them."""
    return {condition.field for condition in conditions_of(as_said(resource))}


def one_each(resource: Resource) -> bool:
    """Whether a person owns one row at most: a profile, a shop."""
    return any(
        resource.owner in each.fields and all(_is_same(resource, name) for name in each.fields)
        for each in uniques(resource)
    )


def needed(design: Design, resource: Resource) -> list[Resource]:
    """The resources that a row can't be without, each as often as it is referred to."""
    targets = [
        field.reference.target
        for field in resource.fields
        if field.reference and not field.optional and field.reference.target != "User"
    ]
    for field in resource.links:
        if field.links and field.links.target != "User":
            targets += [field.links.target] * int(field.minimum or 0)
    return [design.resource(target) for target in targets]


def brings(design: Design, target: Resource, resource: Resource) -> int:
    """How many rows of a resource a sample of a target is, or adds as it can't be without."""
    if target == resource:
        return 1
    return sum(brings(design, each, resource) for each in needed(design, target))


def has_owner(design: Design, resource: Resource) -> bool:
    """Whether a sample belongs to somebody: itself, or what it has to refer to."""
    return resource.owner is not None or refers_to_owned(design, resource)


def refers_to_owned(design: Design, resource: Resource) -> bool:
    return any(has_owner(design, target) for target in needed(design, resource))


def keeps_its_owner(design: Design, resource: Resource) -> bool:
    """Whether a row's owner can't go before it, or before one that it can't be without."""
    owner = resource.field(resource.owner) if resource.owner else None
    if owner and owner.reference and owner.reference.on_delete is OnDelete.RESTRICT:
        return True
    return any(keeps_its_owner(design, target) for target in needed(design, resource))


def _is_same(resource: Resource, name: str) -> bool:
    owned = name == resource.owner
    return owned or name in fixed(resource) or is_same(resource.field(name))


def _values(design: Design, resource: Resource, field: Field) -> int:
    if field in resource.tokened or field.name in fixed(resource):
        return 1
    if field.readonly:
        # All have its default, or none of them a value; two missing ones are not the same.
        return 1 if field.default is not None else PLENTY
    if field.reference is None:
        return numbered(field)[1] or PLENTY
    if field.optional:
        # Samples leave it out, and two missing values are not the same.
        return PLENTY
    if field.reference.target == "User":
        return 3 + len(design.roles)
    target = design.resource(field.reference.target)
    return 1 if one_each(target) else capacity(design, target)


def is_same(field: Field) -> bool:
    """Whether samples have one value of this field between them."""
    if field.readonly:
        return field.default is not None
    return field.is_me or (field.reference is None and numbered(field)[1] == 1)
