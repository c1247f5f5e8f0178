"""What is found, and in which operation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right, and where."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    values: Values

    @property
    def place(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def name(self) -> str:
        return str(self.values.get("operationId", ""))

    def says(self, words: str) -> Finding:
        return Finding(self.place, words)


def operations(document: Values) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, values in methods.items():
            yield Operation(method, path, values)
