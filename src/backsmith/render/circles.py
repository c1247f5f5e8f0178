"""The order of resources, and the references that wait until all of them are there."""

from collections.abc import Mapping, Sequence
from graphlib import TopologicalSorter

from backsmith.design.model import Design, Field, Resource
from backsmith.design.resource import USER


def ordered(design: Design) -> list[Resource]:
    """The resources, each after those that it refers to.

    A circle is broken wherever a reference in it may be empty, as one always may.
    """
    # Lists, since the order of a set differs between two runs.
    graph = {
        each.name: [field.reference.target for field in _leading_on(each) if field.reference]
        for each in design.resources
    }
    open_graph = {
        each.name: [
            field.reference.target
            for field in _leading_on(each)
            if field.reference
            and not (field.optional and _leads(graph, field.reference.target, each.name))
        ]
        for each in design.resources
    }
    return [design.resource(name) for name in TopologicalSorter(open_graph).static_order()]


def late(design: Design) -> list[tuple[Resource, Field]]:
    """The references to rows of resources that come later, in the order of resources."""
    there: set[str] = set()
    found = []
    for resource in ordered(design):
        found += [
            (resource, field)
            for field in _leading_on(resource)
            if field.reference and field.reference.target not in there
        ]
        there.add(resource.name)
    return found


def is_late(design: Design, resource: Resource, field: Field) -> bool:
    """Whether a reference is to what comes later; of those that may not be empty none is."""
    return field.optional and (resource, field) in late(design)


def _leading_on(resource: Resource) -> list[Field]:
    """The references to rows of other resources."""
    return [
        field
        for field in resource.fields
        if field.reference and field.reference.target not in (USER, resource.name)
    ]


def _leads(graph: Mapping[str, Sequence[str]], start: str, end: str) -> bool:
    """Whether references lead from one resource to another, in any number of steps."""
    reached = [start]
    for name in reached:
        reached += [each for each in graph[name] if each not in reached]
    return end in reached
