"""A design as plain values, for programs: what `backsmith show --json` prints."""

from typing import Any

from backsmith.design.endpoints import endpoints
from backsmith.design.model import Design, Field, Reference, Resource


def outline(design: Design) -> dict[str, Any]:
    """The resources of a design with their fields, and every endpoint with its callers."""
    return {
        "name": design.name,
        "doc": design.doc,
        "roles": [*design.roles, "admin"],
        "user": {
            "fields": [
                _field(field, sent=field in design.user.sent) for field in design.user.fields
            ]
            if design.user
            else []
        },
        "resources": [_resource(resource) for resource in design.resources],
        "endpoints": [
            {
                "method": each.method,
                "path": each.path,
                "who": each.who.split(", "),
                "summary": each.summary,
            }
            for each in endpoints(design)
        ],
    }


def _resource(resource: Resource) -> dict[str, Any]:
    return {
        "name": resource.name,
        "path": resource.names.path,
        "doc": resource.doc,
        "fields": [_field(field, sent=field in resource.sent) for field in resource.fields],
    }


def _field(field: Field, *, sent: bool) -> dict[str, Any]:
    """A field by the name that it has in JSON, too; a reference says where it points."""
    found: dict[str, Any] = {
        "name": field.name,
        "column": field.column,
        "type": _type(field),
        "required": sent and field.required,
        "unique": field.unique,
    }
    if isinstance(field.type, Reference):
        found["many"] = field.type.many
        found["on_delete"] = "cascade" if field.type.many else field.type.on_delete.value
        if field.type.reverse is not None:
            found["as"] = field.type.reverse
    if field.item:
        found["many"] = True
    if field.choices:
        found["values"] = [*field.choices.values]
    return found


def _type(field: Field) -> str:
    if isinstance(field.type, Reference):
        return field.type.target
    return "enum" if field.choices else str((field.item or field).type)
