"""Writes what people may do with a resource."""

from collections.abc import Iterator

from backsmith.design.model import Design, Field, Operation, Reference, Resource
from backsmith.render.code import docstring
from backsmith.render.conditions import names_of_conditions
from backsmith.render.errors import declared, not_found, not_restorable, refused
from backsmith.render.hiding import hides
from backsmith.render.hiding_queries import uses_to_look_for
from backsmith.render.links import Links, links_of
from backsmith.render.missing_errors import missing_error
from backsmith.render.parents import asks_first, parent_refused
from backsmith.render.rights import (
    actor_type,
    change_depends,
    creation_depends,
    for_signed_in,
    is_guarded,
    restorer_reads,
    rights,
)
from backsmith.render.standing import as_said

IMPORTS = """\
from uuid import UUID

from app.core.actor import Actor, Role
from app.core.errors import Conflict, Forbidden, InUse, NotFound
from app.db.page import Page
from app.db.rows import EVERY, Rows
from app.services.base import Lookup, existing
"""


def service(design: Design, resource: Resource) -> str:
    """The module that holds a resource's rules."""
    name, stem = resource.name, resource.names.stem
    rows = ", ".join(["owned_by", *names_of_conditions(resource).values()])
    imports = [
        IMPORTS.rstrip(),
        f"from app.models import {name}",
        f"from app.repositories.{stem} import {name}Repository, {rows}",
        f"from app.schemas.{stem} import {name}Create, {name}Query, {name}Update",
        *(
            f"from app.services.{use.of.names.stem} import {use.error.name}"
            for use in uses_to_look_for(design, resource)
            if use.of != resource
        ),
    ]
    parts = [
        "\n".join(imports),
        *(error.source() for error in declared(design, resource)),
        *rights(resource),
        _class(design, resource),
    ]
    return "\n\n\n".join(parts) + "\n"


def guarded(design: Design, resource: Resource) -> list[tuple[Field, Reference]]:
    """References to look at before they are made: to what hides, or not everybody may read."""
    if not resource.offers(Operation.CREATE, Operation.UPDATE):
        return []
    return [
        (field, field.reference)
        for field in resource.sent
        if field.reference
        and field.reference.target != "User"
        and _is_guarded(design, design.resource(field.reference.target))
    ]


def guarded_links(design: Design, resource: Resource) -> list[Links]:
    """Links that not everybody may make, for the same reasons."""
    if not resource.offers(Operation.CREATE, Operation.UPDATE):
        return []
    return [
        links
        for links in links_of(design, resource)
        if links.reference.target != "User"
        and _is_guarded(design, design.resource(links.reference.target))
    ]


def _is_guarded(design: Design, target: Resource) -> bool:
    return hides(design, target) or not for_signed_in(as_said(target).access.read)


def lookups(design: Design, resource: Resource) -> list[Resource]:
    """The resources whose rows a caller must be able to read before referring to them."""
    targets = [design.resource(reference.target) for _, reference in guarded(design, resource)]
    targets += [
        design.resource(links.reference.target) for links in guarded_links(design, resource)
    ]
    return list({target.name: target for target in targets}.values())


def lookup_name(resource: Resource, target: Resource) -> str:
    """What the service calls those rows; its own kind by another name than its repository."""
    return "others" if target.name == resource.name else target.names.plural


def _class(design: Design, resource: Resource) -> str:
    methods = {
        Operation.LIST: _page(resource),
        Operation.GET: _get(resource),
        Operation.CREATE: _create(design, resource),
        Operation.UPDATE: _update(design, resource),
        Operation.DELETE: _delete(design, resource),
    }
    lines = [
        f"class {resource.name}Service:",
        docstring(f"What people may do with {resource.names.nouns}."),
        "",
        *_init(design, resource),
        *(line for each, method in methods.items() if resource.offers(each) for line in method),
        *_restore(design, resource),
    ]
    return "\n".join(lines).rstrip("\n")


def _init(design: Design, resource: Resource) -> Iterator[str]:
    many = resource.names.plural
    others = [lookup_name(resource, target) for target in lookups(design, resource)]
    parameters = [f"{many}: {resource.name}Repository", *(f"{other}: Lookup" for other in others)]
    yield f"    def __init__(self, {', '.join(parameters)}) -> None:"
    for name in (many, *others):
        yield f"        self._{name} = {name}"
    yield ""


def _page(resource: Resource) -> Iterator[str]:
    name, many, actor = resource.name, resource.names.plural, actor_type(resource.access.read)
    yield f"    async def page(self, actor: {actor}, asked: {name}Query) -> Page[{name}]:"
    yield f"        return await self._{many}.page(readable(actor), asked)"
    yield ""


def _get(resource: Resource) -> Iterator[str]:
    name, names, actor = resource.name, resource.names, actor_type(resource.access.read)
    many, one = names.plural, names.stem
    yield f"    async def get(self, actor: {actor}, {one}_id: UUID) -> {name}:"
    yield f"        found = await self._{many}.get(readable(actor), {one}_id)"
    yield f"        return existing(found, {not_found(resource).name})"
    yield ""


def _create(design: Design, resource: Resource) -> Iterator[str]:
    name, names = resource.name, resource.names
    many, one = names.plural, names.stem
    given = "".join(f"{field.column}=actor.id, " for field in resource.tokened)
    yield f"    async def create(self, actor: Actor, data: {name}Create) -> {name}:"
    conditional = creation_depends(resource)
    if is_guarded(resource):
        yield f"        {'rows = ' if conditional else ''}creatable(actor)"
    for field, reference in guarded(design, resource):
        yield f"        {_check(design, resource, field, reference)}"
    for links in guarded_links(design, resource):
        yield f"        {_check_all(resource, links, f'data.{links.column}')}"
    if asks_first(resource, resource.access.create):
        yield from parent_refused(design, resource, resource.access.create)
    yield f"        {one} = {name}({given}**data.model_dump({excluding(resource)}))"
    if not resource.links and not conditional:
        yield f"        return await self._{many}.shown(await self._{many}.save({one}))"
        yield ""
        return
    yield f"        await self._{many}.save({one})"
    if conditional:
        yield from _kept_to_rights(resource, f"{one}.id")
    for links in links_of(design, resource):
        yield f"        await self._{many}.{links.add}({one}, data.{links.column})"
    yield f"        return await self._{many}.shown({one})"
    yield ""


def _update(design: Design, resource: Resource) -> Iterator[str]:
    name, names = resource.name, resource.names
    many, one = names.plural, names.stem
    missing = not_found(resource).name
    head = f"    async def update(self, actor: Actor, {one}_id: UUID, data: {name}Update)"
    yield f"{head} -> {name}:"
    conditional = change_depends(resource)
    if conditional:
        yield "        rows = changeable(actor)"
    rows = "rows" if conditional else "changeable(actor)"
    yield f"        found = await self._{many}.lock({rows}, {one}_id)"
    yield f"        {one} = existing(found, {missing})"
    for field, reference in guarded(design, resource):
        if field.immutable:
            continue
        changed = f"data.{field.column} != {one}.{field.column}"
        yield f'        if "{field.column}" in data.model_fields_set and {changed}:'
        yield f"            {_check(design, resource, field, reference)}"
    for links in guarded_links(design, resource):
        given = f"data.{links.column}"
        yield f'        if "{links.column}" in data.model_fields_set:'
        yield f"            added = await self._{many}.{links.new}({one}, {given})"
        yield f"            {_check_all(resource, links, 'added')}"
    parent = asks_first(resource, resource.access.update)
    if parent and parent in resource.changeable:
        sent = f'"{parent.column}" in data.model_fields_set and '
        yield from parent_refused(design, resource, resource.access.update, sent)
    sent = ", ".join(filter(None, ["exclude_unset=True", excluding(resource)]))
    yield f"        await self._{many}.change({one}, data.model_dump({sent}))"
    if conditional:
        yield from _kept_to_rights(resource, f"{one}_id")
    for links in links_of(design, resource):
        yield f'        if "{links.column}" in data.model_fields_set:'
        yield f"            await self._{many}.{links.replace}({one}, data.{links.column})"
    yield f"        return await self._{many}.shown({one})"
    yield ""


def _kept_to_rights(resource: Resource, row_id: str) -> Iterator[str]:
    """What was written has to be within the rights that it was written by."""
    get = f"await self._{resource.names.plural}.get(rows, {row_id})"
    yield f"        existing({get}, {refused(resource).name})"


def _delete(design: Design, resource: Resource) -> Iterator[str]:
    many, one = resource.names.plural, resource.names.stem
    yield f"    async def delete(self, actor: Actor, {one}_id: UUID) -> None:"
    yield f"        found = await self._{many}.lock(deletable(actor), {one}_id)"
    uses = uses_to_look_for(design, resource)
    if not uses:
        yield f"        await self._{many}.remove(existing(found, {not_found(resource).name}))"
        yield ""
        return
    yield f"        {one} = existing(found, {not_found(resource).name})"
    yield f"        await self._{many}.remove({one})"
    yield "        # What hides along no longer counts; raising brings it all back."
    for use in uses:
        yield f"        if await self._{many}.{use.method}({one}):"
        yield f"            raise {use.error.name}"
    yield ""


def _restore(design: Design, resource: Resource) -> Iterator[str]:
    if not resource.soft_delete:
        return
    name, many, one = resource.name, resource.names.plural, resource.names.stem
    shown = restorer_reads(resource)
    yield f"    async def restore(self, actor: Actor, {one}_id: UUID) -> {name if shown else None}:"
    yield f"        found = await self._{many}.lock_deleted(restorable(actor), {one}_id)"
    yield f"        {one} = existing(found, {not_found(resource).name})"
    yield f"        await self._{many}.restore({one})"
    for error in not_restorable(design, resource):
        yield f"        if not await self._{many}.is_whole({one}):"
        yield f"            raise {error.name}"
    if shown:
        yield f"        return await self._{many}.shown({one})"


def excluding(resource: Resource) -> str:
    """What keeps out of a dump whatever isn't a column."""
    columns = ", ".join(f'"{field.column}"' for field in resource.links)
    return f"exclude={{{columns}}}" if columns else ""


def _check_all(resource: Resource, links: Links, ids: str) -> str:
    target = "others" if links.within else links.target.plural
    error = missing_error(links.field)
    return f"await self._{target}.check_all(actor, {ids}, {error})"


def _check(design: Design, resource: Resource, field: Field, reference: Reference) -> str:
    target = lookup_name(resource, design.resource(reference.target))
    error = missing_error(field)
    return f"await self._{target}.check(actor, data.{field.column}, {error})"
