"""An example for each thing that is sent or answered, made of the examples of its fields."""

from typing import Any

from app.schemas.types import CLOCK

Schemas = dict[str, dict[str, Any]]

FORMATS = {
    "uuid": "0198c0de-7a7b-7c0f-8d1e-2f3a4b5c6d7e",
    "date": "2030-12-31",
    "date-time": "2030-12-31T18:30:00Z",
    "email": "carol@example.com",
    "uri": "https://example.com/",
}
SHOWN = ("Read", "Summary")
"""What people are shown of a resource, where `Create` is what they send."""


def add_examples(schemas: Schemas) -> None:
    """Give each object an example, and drop what Pydantic says beside the point.

    Its titles only repeat the names of fields, and its times of the day would need an offset.
    """
    for schema in schemas.values():
        for field in schema.get("properties", {}).values():
            field.pop("title", None)
            _clean_times(field)
    for name, schema in schemas.items():
        if schema.get("type") == "object" and "examples" not in schema:
            schema["examples"] = [_object(name, schemas)]


def _clean_times(schema: dict[str, Any]) -> None:
    if schema.get("format") == "time":
        del schema["format"]
        schema |= CLOCK
    for kind in (*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())):
        _clean_times(kind)


def _object(name: str, schemas: Schemas) -> dict[str, Any]:
    fields = schemas[name]["properties"]
    sent = schemas.get(_what_is_sent(name), {}).get("properties", {})
    return {
        field: _value(schema if _has_example(schema) else sent.get(field, schema), schemas)
        for field, schema in fields.items()
    }


def _what_is_sent(name: str) -> str:
    """Name the schema whose fields have examples to borrow: people see what was sent."""
    for ending in SHOWN:
        if name.endswith(ending):
            return f"{name.removesuffix(ending)}Create"
    return name


def _has_example(schema: dict[str, Any]) -> bool:
    return "examples" in schema or any(_has_example(kind) for kind in schema.get("anyOf", ()))


def _value(schema: dict[str, Any], schemas: Schemas) -> Any:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        referred = schemas[name]
        return _object(name, schemas) if "properties" in referred else _value(referred, schemas)
    for key in ("examples", "enum"):
        if key in schema:
            return schema[key][0]
    for key in ("const", "default"):
        if schema.get(key) is not None:
            return schema[key]
    if "anyOf" in schema:
        return _value(next(filter(_has_example, schema["anyOf"]), schema["anyOf"][0]), schemas)
    if schema.get("type") == "array":
        return [_value(schema["items"], schemas)]
    return _plain(schema)


def _plain(schema: dict[str, Any]) -> Any:
    if "format" in schema:
        return FORMATS.get(schema["format"], "string")
    if schema.get("type") in {"integer", "number"}:
        return schema.get("minimum", 1)
    return {"boolean": True, "object": {}}.get(schema.get("type", ""), "string")
