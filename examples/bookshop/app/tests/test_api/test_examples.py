"""What is sent and answered is described with an example that holds."""

from datetime import time

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.api.openapi.examples import add_examples


class Opened(BaseModel):
    at: time
    closed: time | None
    bells: list[time]
    changes: list[time] | None


class APageOfThem(BaseModel):
    items: list[Opened]


def test_a_time_of_the_day_has_no_offset_wherever_it_stands() -> None:
    _, described = models_json_schema([(APageOfThem, "serialization"), (Opened, "serialization")])
    schemas = described["$defs"]

    add_examples(schemas)

    assert list(schemas) == ["APageOfThem", "Opened"]
    opened = {
        "at": "18:30:00",
        "closed": "18:30:00",
        "bells": ["18:30:00"],
        "changes": ["18:30:00"],
    }
    assert schemas["Opened"]["examples"] == [opened]
    assert schemas["APageOfThem"]["examples"] == [{"items": [opened]}]
    assert "'format': 'time'" not in str(schemas)
