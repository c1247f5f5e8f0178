"""Writes the routes of a resource."""

from collections.abc import Iterator

from backsmith.design.access import ADMIN
from backsmith.design.model import Design, Operation, Resource, Rule, Rules
from backsmith.render.english import a, words
from backsmith.render.error import Error
from backsmith.render.errors import (
    in_use,
    in_use_below,
    not_found,
    not_restorable,
    refused,
    taken,
    taken_on_change,
)
from backsmith.render.missing_errors import itself, missing, missing_on_change
from backsmith.render.rights import (
    change_depends,
    creation_depends,
    for_signed_in,
    for_visitors,
    needs_role,
    restorer_reads,
)

IMPORTS = """\
from uuid import UUID

from fastapi import APIRouter, status

from app.api.problem import problems
from app.api.route import Route
from app.core.errors import Forbidden
from app.db.page import CursorInvalid, Page
"""
NO_CONTENT = "status.HTTP_204_NO_CONTENT"


def endpoint(design: Design, resource: Resource) -> str:
    """The module that holds a resource's routes."""
    name, names = resource.name, resource.names
    errors = ", ".join(_error_names(design, resource))
    imports = [
        IMPORTS.rstrip(),
        "from app.api.v1.dependencies import Anyone, Linked, SignedIn",
        f"from app.api.v1.dependencies import Asked{names.types}, {names.types}",
        f"from app.models import {name}",
        f"from app.schemas.{names.stem} import {name}Create, {name}Page, {name}Read, {name}Update",
        f"from app.services.{names.stem} import {errors}",
        *(
            f"from app.services.{other.names.stem} import {error.name}"
            for other, error in in_use_below(design, resource)
        ),
    ]
    about = ", deprecated=True" if resource.deprecated else ""
    where = f'prefix="/{names.path}", tags=["{names.path}"]'
    router = f"router = APIRouter({where}, route_class=Route{about})"
    routes = {
        Operation.LIST: _list(resource),
        Operation.CREATE: _create(design, resource),
        Operation.GET: _get(resource),
        Operation.UPDATE: _update(design, resource),
        Operation.DELETE: _delete(design, resource),
    }
    parts = [
        "\n".join([*imports, "", router]),
        *(route for each, route in routes.items() if resource.offers(each)),
        *_restore(design, resource),
    ]
    return "\n\n\n".join(parts) + "\n"


def caller(rules: Rules) -> str:
    return "Anyone" if for_visitors(rules) else "SignedIn"


def _error_names(design: Design, resource: Resource) -> Iterator[str]:
    yield not_found(resource).name
    yield refused(resource).name
    yield from (error.name for error in (*taken(resource), *missing(design, resource)))
    yield from (error.name for error in (*itself(design, resource), *in_use(design, resource)))
    yield from (error.name for error in not_restorable(design, resource))


def _problems(rules: Rules, *errors: Error | str) -> str:
    names = [error if isinstance(error, str) else error.name for error in errors]
    return f"problems({', '.join([*(['Forbidden'] if needs_role(rules) else []), *names])})"


def _list(resource: Resource) -> str:
    names, read = resource.names, resource.access.read
    head = f'@router.get("", response_model={resource.name}Page'
    return f'''\
{head}, responses={_problems(read, "CursorInvalid")})
async def list_{names.plural}(
    actor: {caller(read)}, {names.plural}: {names.types}, asked: Asked{names.types}, links: Linked
) -> Page[{resource.name}]:
    """List {_which(resource)}, {_order(resource)}."""
    return links.paged(await {names.plural}.page(actor, asked))'''


def _create(design: Design, resource: Resource) -> str:
    names, create = resource.names, resource.access.create
    errors = (*taken(resource), *missing(design, resource))
    if creation_depends(resource):
        errors = (refused(resource), *errors)
    owner = "; you become its owner" if resource.owner else ""
    data = f"data: {resource.name}Create"
    made = f"await {names.plural}.create(actor, data)"
    if resource.offers(Operation.GET):
        data, made = f"{data}, links: Linked", f"links.created({made})"
    return f'''\
@router.post(
    "",
    response_model={resource.name}Read,
    status_code=status.HTTP_201_CREATED,
    responses={_problems(create, *errors)},
)
async def create_{names.stem}(
    actor: SignedIn, {names.plural}: {names.types}, {data}
) -> {resource.name}:
    """Create {a(names.noun)}{owner}."""
    return {made}'''


def _get(resource: Resource) -> str:
    names, read = resource.names, resource.access.read
    path = f'"/{{{names.stem}_id}}"'
    problems = _problems(read, not_found(resource))
    return f'''\
@router.get({path}, response_model={resource.name}Read, responses={problems})
async def get_{names.stem}(
    actor: {caller(read)}, {names.plural}: {names.types}, {names.stem}_id: UUID
) -> {resource.name}:
    """Show one {names.noun}."""
    return await {names.plural}.get(actor, {names.stem}_id)'''


def _update(design: Design, resource: Resource) -> str:
    names = resource.names
    late = (*taken_on_change(resource), *missing_on_change(design, resource))
    errors = (not_found(resource), *late, *itself(design, resource))
    if change_depends(resource):
        errors = (*errors, refused(resource))
    problems = _problems(resource.access.update, *errors)
    data = f"{names.stem}_id: UUID, data: {resource.name}Update"
    return f'''\
@router.patch("/{{{names.stem}_id}}", response_model={resource.name}Read, responses={problems})
async def update_{names.stem}(
    actor: SignedIn, {names.plural}: {names.types}, {data}
) -> {resource.name}:
    """Change {a(names.noun)}; fields you leave out stay as they are."""
    return await {names.plural}.update(actor, {names.stem}_id, data)'''


def _delete(design: Design, resource: Resource) -> str:
    names = resource.names
    below = [error for _, error in in_use_below(design, resource)]
    errors = (not_found(resource), *in_use(design, resource), *below)
    problems = _problems(resource.access.delete, *errors)
    return f'''\
@router.delete("/{{{names.stem}_id}}", status_code={NO_CONTENT}, responses={problems})
async def delete_{names.stem}(
    actor: SignedIn, {names.plural}: {names.types}, {names.stem}_id: UUID
) -> None:
    """Delete {a(names.noun)}{_cascade(design, resource)}."""
    await {names.plural}.delete(actor, {names.stem}_id)'''


def _restore(design: Design, resource: Resource) -> Iterator[str]:
    if not resource.soft_delete:
        return
    names = resource.names
    errors = (not_found(resource), *taken(resource), *not_restorable(design, resource))
    problems = _problems((Rule(ADMIN),), *errors)
    shown = restorer_reads(resource)
    answer = f"response_model={resource.name}Read" if shown else f"status_code={NO_CONTENT}"
    yield f'''\
@router.post("/{{{names.stem}_id}}/restore", {answer}, responses={problems})
async def restore_{names.stem}(
    actor: SignedIn, {names.plural}: {names.types}, {names.stem}_id: UUID
) -> {resource.name if shown else None}:
    """Restore a deleted {names.noun}."""
    {"return " if shown else ""}await {names.plural}.restore(actor, {names.stem}_id)'''


def _which(resource: Resource) -> str:
    nouns = resource.names.nouns
    return nouns if for_signed_in(resource.access.read) else f"the {nouns} that you may read"


def _order(resource: Resource) -> str:
    key = resource.listing.sort
    if key is None or key.field == "created_at":
        return "newest first" if key is None or key.descending else "oldest first"
    return f"sorted by {words(key.field)}{', downwards' if key.descending else ''}"


def _cascade(design: Design, resource: Resource) -> str:
    going = [
        other.names.nouns
        for other in design.resources
        if any(
            field.reference
            and field.reference.target == resource.name
            and field.reference.on_delete == "cascade"
            for field in other.fields
        )
    ]
    return f", and its {going[0] if len(going) == 1 else ' and '.join(going)}" if going else ""
