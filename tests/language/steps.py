"""Requests of the table, sent to an API that is served, and held to what is written there."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import httpx
from ruamel.yaml import YAML

from .rows import Step

API = "/api/v1"
_NAME = re.compile(r"\$(\w+)")


def take(steps: Iterable[str], people: Mapping[str, httpx.Client], ids: dict[str, str]) -> None:
    """Send these requests in order; `ids` keeps what rows were called by those before."""
    for text in steps:
        step = Step.of(text)
        answer = _send(step, people[step.who], ids)
        told = f"{text}\n{answer.status_code} {answer.text}"
        assert answer.status_code == step.status, told
        if step.word and step.word.isupper():
            assert answer.json()["code"] == step.word, told
        elif step.word:
            assert {each["loc"][1] for each in answer.json()["errors"]} == {step.word}, told
        if step.shown:
            assert holds(answer.json(), value_of(_filled(step.shown, ids))), told
        if step.name:
            ids[step.name] = answer.json()["id"]


def _send(step: Step, person: httpx.Client, ids: Mapping[str, str]) -> httpx.Response:
    path = API + _filled(step.path, ids)
    if step.body is None:
        return person.request(step.method, path)
    return person.request(step.method, path, json=value_of(_filled(step.body, ids)))


def _filled(text: str, ids: Mapping[str, str]) -> str:
    return _NAME.sub(lambda match: ids[match[1]], text)


def value_of(text: str) -> Any:
    """Read a value as it stands in the table: as JSON, but for quotes that may be left out."""
    return YAML(typ="safe", pure=True).load(text)


def holds(value: Any, expected: Any) -> bool:
    """Whether a value has all that is expected, among other things; `absent` is not there."""
    if isinstance(expected, Mapping):
        return isinstance(value, Mapping) and all(
            key not in value if each == "absent" else key in value and holds(value[key], each)
            for key, each in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(value, list)
            and len(value) == len(expected)
            and all(map(holds, value, expected))
        )
    same_kind = isinstance(value, bool) == isinstance(expected, bool)
    return same_kind and bool(value == expected)
