"""JSON of any shape, as far as it comes back from the database and from JavaScript unchanged."""

import json
from typing import Annotated, Any

from pydantic import AfterValidator, Field, GetJsonSchemaHandler, RootModel
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from app.schemas.types import Text

MOST_BYTES = 65_536
DEEPEST = 20
LARGEST = 2**53 - 1

Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
Named = Field(json_schema_extra={"propertyNames": {"pattern": r"^[^\x00]*$"}})


class Json(
    RootModel[
        Annotated[dict[str, "Json | None"], Named] | list["Json | None"] | Text | Number | bool
    ]
):
    """JSON of any shape, of 64 KiB and 20 levels at most."""


class DescribedAsJson:
    """Tells readers of the documents what a value of no one type can be."""

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, describe: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return describe(Json.__pydantic_core_schema__)


def storable(value: Any) -> Any:
    """Refuse what the database can't keep, and numbers that JavaScript would change."""
    if value is None:
        raise ValueError("send a value, not null")
    _check(value, DEEPEST)
    if len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()) > MOST_BYTES:
        raise ValueError("send 64 KiB at most")
    return value


def _check(value: Any, levels: int) -> None:
    if isinstance(value, dict | list):
        if not levels:
            raise ValueError(f"nest {DEEPEST} levels at most")
        for each in (*value.keys(), *value.values()) if isinstance(value, dict) else value:
            _check(each, levels - 1)
    elif isinstance(value, str) and "\0" in value:
        raise ValueError("leave out NUL characters")
    elif isinstance(value, int | float) and not -LARGEST <= value <= LARGEST:
        raise ValueError("write numbers beyond 9007199254740991 as text")


AnyJson = Annotated[Any, AfterValidator(storable), DescribedAsJson()]
