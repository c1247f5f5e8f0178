"""Writes the queries that a soft deletion and its way back need."""

from collections.abc import Iterator
from dataclasses import dataclass

from backsmith.design.model import Design, Field, OnDelete, Resource
from backsmith.render.english import a
from backsmith.render.error import Error
from backsmith.render.errors import in_use, restricting, restricts
from backsmith.render.hiding import (
    below,
    hides,
    live_name,
    needs,
    parents_first,
    refs,
    tree_keys,
)


@dataclass(frozen=True, slots=True)
class Use:
    """A reference that keeps a row from being deleted: to the row, or to one that hides along."""

    of: Resource
    by: Resource
    field: Field
    error: Error
    method: str
    """The query that looks for it: `has_books`, or `reviews_have_comments` of what hides along."""


def uses_to_look_for(design: Design, resource: Resource) -> list[Use]:
    """What has to be looked for when a row hides, since no foreign key is broken by that."""
    if not resource.soft_delete:
        return []
    return [
        Use(of, by, field, error, _method(resource, of, by, field))
        for of in (resource, *below(design, resource))
        for (by, field), error in zip(restricting(design, of), in_use(design, of), strict=True)
    ]


def _method(resource: Resource, of: Resource, by: Resource, field: Field) -> str:
    several = sum(restricts(each, of) for each in by.fields) > 1
    verb = "has" if of == resource else f"{of.names.plural}_have"
    return f"{verb}_{by.names.plural}{f'_as_{field.name}' if several else ''}"


def hiding_queries(design: Design, resource: Resource) -> Iterator[str]:
    """The methods of a repository that are about rows that hide."""
    for use in uses_to_look_for(design, resource):
        yield from _use(design, resource, use)
    if resource.soft_delete and needs(design, resource):
        yield from _whole(design, resource)
    if not resource.soft_delete:
        yield from _purge(design, resource)


def _use(design: Design, resource: Resource, use: Use) -> Iterator[str]:
    steps = _steps(design, resource, use.of)
    one = resource.names.stem
    yield ""
    yield f"    async def {use.method}(self, {one}: {resource.name}) -> bool:"
    yield from (f"        {names} = {query}" for names, query in steps.items())
    if steps:
        yield f"        await self._freeze({', '.join(steps)})"
    conditions = [_points(use.by, use.field, resource, use.of)]
    conditions += [live_name(use.by)] if hides(design, use.by) else []
    yield f"        return await self._exists({', '.join(conditions)})"


def _whole(design: Design, resource: Resource) -> Iterator[str]:
    one, name = resource.names.stem, resource.name
    wanted = needs(design, resource)
    steps: dict[str, str] = {}
    checks = []
    for each, field, reference in wanted:
        target = design.resource(reference.target)
        ids = f"[{one}.{field.column}]"
        in_tree = tree_keys(resource) and reference.on_delete is OnDelete.RESTRICT
        if each != resource or in_tree:
            steps |= _steps(design, resource, each)
            rows = f"{each.name}.id.in_({each.names.plural}), {live_name(each)}"
            ids = f"select({each.name}.{field.column}).where({rows})"
        checks.append(f"await self._hides({target.name}, {live_name(target)}, {ids})")
    yield ""
    yield f"    async def is_whole(self, {one}: {name}) -> bool:"
    yield f'        """Whether all is there that {a(resource.names.noun)} needs to come back."""'
    yield from (f"        {names} = {query}" for names, query in steps.items())
    yield f"        return not ({' or '.join(checks)})"


def _purge(design: Design, resource: Resource) -> Iterator[str]:
    """Rows that hide hold nobody up: they go for good with what they could not be without."""
    going = {resource.name}
    deleted: list[tuple[Resource, list[Field]]] = []
    steps = _steps(design, resource, resource)
    for other in parents_first(design):
        along = [
            field
            for field, ref in refs(other)
            if ref.target in going and _goes(ref.on_delete) and other != resource
        ]
        held = [
            field
            for field, ref in refs(other)
            if ref.target in going and ref.on_delete is OnDelete.RESTRICT and hides(design, other)
        ]
        if held:
            deleted.append((other, held))
        if (along or held) and other != resource:
            going.add(other.name)
            steps[other.names.plural] = _ids(design, resource, other, [*along, *held])
    if not deleted:
        return
    one, name = resource.names.stem, resource.name
    lines = []
    for other, fields in reversed(deleted):
        points = [_points_to(design, other, field, resource) for field in fields]
        which = points[0] if len(points) == 1 else f"or_({', '.join(points)})"
        gone = f"delete({other.name}).where({which}, ~{live_name(other)})"
        lines.append(f"        await self._session.execute({gone})")
    yield ""
    yield f"    async def remove(self, {one}: {name}) -> None:"
    yield f'        """Delete {a(resource.names.noun)}, and the hidden rows that need it."""'
    text = "\n".join(lines)
    for names, query in reversed(steps.items()):
        if f"({names})" in text:
            text = f"        {names} = {query}\n{text}"
    yield text
    yield f"        await super().remove({one})"


def _goes(on_delete: OnDelete) -> bool:
    return on_delete is OnDelete.CASCADE


def _steps(design: Design, resource: Resource, last: Resource) -> dict[str, str]:
    """The rows that hide along, from what is nearest down to the last: their variables, as ids."""
    keys = tree_keys(resource)
    top = f"{resource.name}.id == {resource.names.stem}.id"
    steps = {resource.names.plural: _all_below(resource, top)} if keys else {}
    if last == resource:
        return steps
    along = [each for each in parents_first(design) if each in below(design, resource)]
    above = {last.name}
    for each in reversed(along):
        if each.name in above:
            above |= {ref.target for _, ref in refs(each) if _goes(ref.on_delete)}
    known = {resource.name}
    for each in along:
        if each.name in above:
            fields = [
                field for field, ref in refs(each) if _goes(ref.on_delete) and ref.target in known
            ]
            steps[each.names.plural] = _ids(design, resource, each, fields)
            known.add(each.name)
    return steps


def _ids(design: Design, resource: Resource, each: Resource, fields: list[Field]) -> str:
    points = [_points_to(design, each, field, resource) for field in fields]
    which = points[0] if len(points) == 1 else f"or_({', '.join(points)})"
    return _all_below(each, which) if tree_keys(each) else f"select({each.name}.id).where({which})"


def _all_below(resource: Resource, which: str) -> str:
    """These rows, and those of their own kind that go with them."""
    keys = ", ".join(f'"{key}"' for key in tree_keys(resource))
    return f"all_below({resource.name}, {which}, {keys})"


def _points_to(design: Design, each: Resource, field: Field, resource: Resource) -> str:
    target = field.reference.target if field.reference else ""
    return _points(each, field, resource, design.resource(target))


def _points(each: Resource, field: Field, resource: Resource, target: Resource) -> str:
    """The condition that a row refers to the one at hand, or to one of those collected before."""
    if target == resource and not tree_keys(resource):
        return f"{each.name}.{field.column} == {resource.names.stem}.id"
    return f"{each.name}.{field.column}.in_({target.names.plural})"
