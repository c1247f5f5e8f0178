"""Refuses a parameter that was given twice where one value is meant."""

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel


def single_parameters(dependant: Dependant) -> frozenset[str]:
    """Name the query parameters of a route that take one value."""
    return frozenset(_single(dependant))


def refuse_repeated(request: Request, single: frozenset[str]) -> None:
    """Raise a 422 for each parameter given twice: two readers could each take another one."""
    given = [name for name, _ in request.query_params.multi_items() if name in single]
    if len(given) == len(set(given)):
        return
    repeated = sorted({name for name in given if given.count(name) > 1})
    raise RequestValidationError(
        [{"loc": ("query", name), "msg": "Give this once", "type": "repeated"} for name in repeated]
    )


def _single(dependant: Dependant) -> Iterator[str]:
    for parameter in dependant.query_params:
        annotation: Any = parameter.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            for name, field in annotation.model_fields.items():
                if not _is_list(field.annotation):
                    yield field.alias or name
        elif not _is_list(annotation):
            yield parameter.alias
    for needed in dependant.dependencies:
        yield from _single(needed)


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(_is_list(part) for part in get_args(annotation))
