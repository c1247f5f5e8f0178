"""Which rows hide without being gone: deleted softly, or with the row that they belong to."""

from collections.abc import Iterator

from backsmith.design.model import Design, Field, OnDelete, Reference, Resource

Pair = tuple[Field, Reference]


def softly_deletes(design: Design) -> bool:
    """Whether any row of this design can come back."""
    return any(resource.soft_delete for resource in design.resources)


def hides(design: Design, resource: Resource) -> bool:
    """Whether rows of this resource can be there, and nobody sees them."""
    return any(design.resource(name).soft_delete for name in _above(design, resource))


def parents(design: Design, resource: Resource) -> list[Pair]:
    """The references by which a row hides with one of another kind."""
    return [
        pair
        for pair in _to_hiding(design, resource)
        if _cascades(pair) and pair[1].target != resource.name
    ]


def tree_keys(resource: Resource) -> list[str]:
    """The columns by which a row belongs to another of its own kind, and goes with it."""
    return [
        field.column
        for field, reference in refs(resource)
        if reference.target == resource.name and _cascades((field, reference))
    ]


def needed_to_restore(design: Design, resource: Resource) -> list[Pair]:
    """The references that hold only while the row that they point to is there."""
    return [
        (field, reference)
        for field, reference in _to_hiding(design, resource)
        if reference.on_delete is not OnDelete.SET_NULL
    ]


def emptied(design: Design, resource: Resource) -> list[Pair]:
    """The references that are null for as long as the row that they point to hides."""
    return [
        (field, reference)
        for field, reference in _to_hiding(design, resource)
        if reference.on_delete is OnDelete.SET_NULL
    ]


def emptied_in_answers(design: Design, resource: Resource) -> list[Pair]:
    """Those of them whose id a response shows: of this resource's own, or beside another."""
    beside = any(
        reference.embed and reference.target == resource.name
        for other in design.resources
        for _, reference in refs(other)
    )
    return [pair for pair in emptied(design, resource) if beside or not pair[1].embed]


def shown_name(field: Field) -> str:
    """The attribute that holds such a reference as a response shows it."""
    return f"shown_{field.column}"


def shown_value(resource: Resource, field: Field) -> str:
    """The query that says what such an attribute holds."""
    return f"{resource.names.stem}_{field.column}".upper()


def live_name(resource: Resource) -> str:
    """The condition that leaves out rows that hide."""
    return f"LIVE_{resource.names.plural.upper()}"


def below(design: Design, resource: Resource) -> list[Resource]:
    """The resources whose rows hide with a row of this one, at any depth, nearest first."""
    reached = [resource.name]
    for name in reached:
        reached += [
            other.name
            for other in design.resources
            if other.name not in reached
            and any(ref.target == name and _cascades((field, ref)) for field, ref in refs(other))
        ]
    return [design.resource(name) for name in reached[1:]]


def needs(design: Design, resource: Resource) -> list[tuple[Resource, Field, Reference]]:
    """What has to be there for a row to come back: of its own, and of what comes back with it."""
    own = [(resource, *pair) for pair in needed_to_restore(design, resource)]
    along = [
        (each, field, reference)
        for each in below(design, resource)
        for field, reference in needed_to_restore(design, each)
        if reference.on_delete is OnDelete.RESTRICT
    ]
    return own + along


def parents_first(design: Design) -> list[Resource]:
    """All resources, each after those that it cascades from, as far as there is such an order."""
    found: list[str] = []

    def visit(name: str, below_it: tuple[str, ...]) -> None:
        for field, reference in refs(design.resource(name)):
            onward = reference.target not in ("User", name, *below_it, *found)
            if onward and _cascades((field, reference)):
                visit(reference.target, (name, *below_it))
        found.append(name)

    for resource in design.resources:
        if resource.name not in found:
            visit(resource.name, ())
    return [design.resource(name) for name in found]


def refs(resource: Resource) -> list[Pair]:
    """The references of a resource, with their fields."""
    return [(field, field.reference) for field in resource.fields if field.reference]


def _above(design: Design, resource: Resource) -> Iterator[str]:
    """This resource, and those that it cascades from, at any depth."""
    reached = [resource.name]
    for name in reached:
        yield name
        reached += [
            reference.target
            for field, reference in refs(design.resource(name))
            if _cascades((field, reference)) and reference.target not in ("User", *reached)
        ]


def _to_hiding(design: Design, resource: Resource) -> list[Pair]:
    return [
        (field, reference)
        for field, reference in refs(resource)
        if reference.target != "User" and hides(design, design.resource(reference.target))
    ]


def _cascades(pair: Pair) -> bool:
    return pair[1].on_delete is OnDelete.CASCADE
