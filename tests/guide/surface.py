"""What people can do with an API, as short facts that two steps of a guide can be compared by."""

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from backsmith.design import Design
from backsmith.design.endpoints import API, endpoints

Surface: TypeAlias = dict[str, dict[str, list[str]]]
"""By the path of a resource: kinds of fact, and the facts of each kind."""

ALWAYS_ASKED = ("limit", "cursor")
TOLD = ("403", "404", "409")
"""The errors that a design has a say in."""


def surface(design: Design, document: dict[str, Any]) -> Surface:
    """Every resource, and people, as their users see them."""
    found: Surface = {}
    for endpoint in endpoints(design):
        described = document["paths"].get(endpoint.path, {}).get(endpoint.method.lower())
        if described is None or not endpoint.path.startswith(API):
            continue
        noun = "/".join(endpoint.path.split("/")[:4])
        facts = found.setdefault(noun, {})
        facts.setdefault("may", []).append(f"{endpoint.summary.split()[0]} ({endpoint.who})")
        for kind, fact in _facts(endpoint.method, described, document):
            if fact not in facts.setdefault(kind, []):
                facts[kind].append(fact)
    return {noun: _with_fixed(facts) for noun, facts in found.items()}


def _with_fixed(facts: dict[str, list[str]]) -> dict[str, list[str]]:
    """Of changes, only what can't be changed is worth a word, and what can't be sent before."""
    change = facts.pop("to change", [])
    changed = {fact.split()[0] for fact in change}
    created = [fact.split()[0] for fact in facts.get("to create", [])]
    fixed = [name for name in created if name not in changed]
    later = [fact for fact in change if fact.split()[0] not in created]
    facts |= {"to change": later} if later else {}
    return {**facts, "fixed once made": fixed} if changed & set(created) and fixed else facts


def _facts(
    method: str, described: dict[str, Any], document: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    for parameter in described.get("parameters", ()):
        if parameter["in"] == "query" and parameter["name"] not in ALWAYS_ASKED:
            yield from _asked(parameter, document)
    body = described.get("requestBody", {}).get("content", {}).get("application/json")
    if body:
        kind = "to change" if method == "PATCH" else "to create"
        yield from ((kind, fact) for fact in _fields(body["schema"], document))
    for status, answer in described["responses"].items():
        content = answer.get("content", {}).get("application/json", {})
        if status.startswith("2") and content:
            yield from (("shown", fact) for fact in _shown(content["schema"], document))
        elif status in TOLD:
            yield from (("refused with", f"{status} {code}") for code in content["examples"])


def _asked(parameter: dict[str, Any], document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    name = parameter["name"]
    if name == "sort":
        for value in _resolved(parameter["schema"], document)["enum"]:
            yield "lists", f"?sort={value}"
    else:
        yield "lists", f"?{name}="


def _fields(schema: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    whole = _resolved(schema, document)
    for name, of in whole.get("properties", {}).items():
        yield f"{name} ({_in_words(of, document, name in whole.get('required', ()))})"


def _shown(schema: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    properties = _resolved(schema, document).get("properties", {})
    if "next_cursor" in properties:
        return
    for name, of in properties.items():
        inner = _resolved(of, document).get("properties")
        yield f"{name} {{{', '.join(inner)}}}" if inner else name


def _in_words(of: dict[str, Any], document: dict[str, Any], required: bool) -> str:
    options = of.get("anyOf", [of])
    nullable = any(option.get("type") == "null" for option in options)
    kind = _resolved(next(each for each in options if each.get("type") != "null"), document)
    words = [
        " or ".join(kind["enum"])
        if "enum" in kind
        else kind.get("format") or kind.get("type", "any JSON")
    ]
    low, high = (
        kind.get(f"{end}{what}")
        for end in ("min", "max")
        for what in ({"string": "Length", "array": "Items"}.get(str(kind.get("type")), "imum"),)
    )
    if "enum" not in kind and (low is not None or high is not None):
        words.append(f"{_number(low)}..{_number(high)}")
    if nullable:
        words.append("or null")
    default = of.get("default")
    if default is not None:
        words.append(f"= {json.dumps(default)}")
    elif not required:
        words.append("optional")
    return " ".join(words)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"


def _resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    if not reference:
        return schema
    found: dict[str, Any] = document["components"]["schemas"][reference.rpartition("/")[2]]
    return found
