"""Whether the examples are there, and hold."""

from collections.abc import Iterator
from typing import Any

from openapi_schema_validator import OAS31Validator, oas31_format_checker

from dev.openapi.finding import Finding, Operation, Values, operations


def example_findings(document: Values) -> Iterator[Finding]:
    yield from missing(document)
    yield from wrong(document)


def missing(document: Values) -> Iterator[Finding]:
    """Find what is sent or answered without an example to show it."""
    schemas = document["components"]["schemas"]
    for operation in operations(document):
        for kind, content in contents(operation):
            name = content["schema"].get("$ref", "").rpartition("/")[2]
            if "examples" not in content and "examples" not in schemas.get(name, content["schema"]):
                yield operation.says(f"the {kind} has no example")


def wrong(document: Values) -> Iterator[Finding]:
    """Try every example on the schema that it is an example of."""
    for place, schema, example in examples(document):
        whole = schema | {"components": document["components"]}
        validator = OAS31Validator(whole, format_checker=oas31_format_checker)
        for error in validator.iter_errors(example):
            yield Finding(place, f"the example does not hold: {error.message}")


def examples(document: Values) -> Iterator[tuple[str, Values, Any]]:
    """Find each example with its place and its schema."""
    shared = document["components"].get("examples", {})
    for name, schema in document["components"]["schemas"].items():
        yield from of_schema(f"schema {name}", schema)
    for operation in operations(document):
        for parameter in operation.values.get("parameters", ()):
            yield from of_schema(f"{operation.place} {parameter['name']}", parameter["schema"])
        for kind, content in contents(operation):
            for code, example in content.get("examples", {}).items():
                value = (shared[code] if "$ref" in example else example)["value"]
                yield f"{operation.place} {kind} {code}", content["schema"], value


def of_schema(place: str, schema: Values) -> Iterator[tuple[str, Values, Any]]:
    for example in schema.get("examples", ()):
        yield place, schema, example
    for name, field in schema.get("properties", {}).items():
        yield from of_schema(f"{place}.{name}", field)
    for part in (*schema.get("anyOf", ()), schema.get("items")):
        if part is not None:
            yield from of_schema(place, part)


def contents(operation: Operation) -> Iterator[tuple[str, Values]]:
    """List what is sent and answered, each with what it is called."""
    messages = {"request": operation.values.get("requestBody", {})} | operation.values["responses"]
    for kind, message in messages.items():
        for content in message.get("content", {}).values():
            yield kind, content
