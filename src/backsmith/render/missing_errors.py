"""The errors of rows that refer to what isn't there, or to themselves."""

from collections.abc import Iterable

from backsmith.design.model import Design, Field, Operation, Reference, Resource
from backsmith.design.resource import USER
from backsmith.render.english import a, camel, capital, words
from backsmith.render.error import Error
from backsmith.render.links import Links, links_of, links_within
from backsmith.render.tables import checks, foreign_key, points_to_itself, target_names


def missing(design: Design, resource: Resource) -> list[Error]:
    """What is said when a reference that a client sends points nowhere."""
    if not resource.offers(Operation.CREATE, Operation.UPDATE):
        return []
    return _missing_of(design, resource, resource.sent)


def missing_on_change(design: Design, resource: Resource) -> list[Error]:
    """The same, of the references that a client may change."""
    return _missing_of(design, resource, resource.changeable)


def itself(design: Design, resource: Resource) -> list[Error]:
    """What is said when a row would refer to itself, which only one that exists can."""
    if not resource.offers(Operation.UPDATE):
        return []
    names = {check.own: check.name for check in checks(resource)}
    found = [
        Error(
            name=f"{camel(field.name)}Itself",
            kind="Conflict",
            code=f"{resource.names.constant}_{field.name.upper()}_ITSELF",
            error=f"{capital(a(resource.names.noun))} can't refer to itself.",
            detail=f"Send the id of another {resource.names.noun} as {field.column}, or null.",
            constraint=names[f"ck_{resource.names.plural}_{field.column}"],
        )
        for field in resource.changeable
        if points_to_itself(resource, field)
    ]
    return found + [_among_its_own(links) for links in links_within(design, resource)]


def _among_its_own(links: Links) -> Error:
    return Error(
        name=f"{camel(links.one)}Itself",
        kind="Conflict",
        code=f"{links.resource.names.constant}_{links.one.upper()}_ITSELF",
        error=f"{capital(a(links.resource.names.noun))} can't refer to itself.",
        detail=f"Leave its own id out of {links.field.column}.",
        constraint=links.not_itself,
    )


def _missing_of(design: Design, resource: Resource, fields: Iterable[Field]) -> list[Error]:
    found = [
        _missing(design, resource, field, field.reference) for field in fields if field.reference
    ]
    return found + [_one_missing(links) for links in links_of(design, resource)]


def _missing(design: Design, resource: Resource, field: Field, reference: Reference) -> Error:
    noun, of = words(field.name), target_names(design, reference).noun
    more = ", or null" if field.optional else ""
    plain = noun == of or reference.target == USER
    sent = "" if plain else f" as {field.column}"
    return Error(
        name=missing_error(field),
        kind="Conflict",
        code=f"{resource.names.constant}_{field.name.upper()}_MISSING",
        error=f"There is no such {noun if plain else of}.",
        detail=f"Send the id of {a(of)} that exists{sent}{more}.",
        constraint=foreign_key(resource, field).name,
    )


def _one_missing(links: Links) -> Error:
    resource, nouns, of = links.resource, words(links.field.name), links.target.nouns
    plain = nouns == of or links.reference.target == USER
    sent = "" if plain else f" as {links.field.column}"
    return Error(
        name=missing_error(links.field),
        kind="Conflict",
        code=f"{resource.names.constant}_{links.one.upper()}_MISSING",
        error=f"One of the {nouns if plain else of} does not exist.",
        detail=f"Send ids of {of} that exist{sent}.",
        constraint=links.key(links.there),
    )


def missing_error(field: Field) -> str:
    if field.links:
        return f"{camel(field.column.removesuffix('_ids'))}Missing"
    return f"{camel(field.name)}Missing"
