"""An error of a project, as it is declared there."""

from dataclasses import dataclass

from backsmith.render.code import quoted


@dataclass(frozen=True, slots=True)
class Error:
    """A class to declare, in the words that a caller will read."""

    name: str
    kind: str
    code: str
    error: str
    detail: str
    constraint: str | None = None

    def source(self) -> str:
        lines = [
            f"class {self.name}({self.kind}):",
            f'    code = "{self.code}"',
            f"    error = {quoted(self.error)}",
            f"    detail = {quoted(self.detail)}",
        ]
        if self.constraint:
            lines.append(f'    constraint = "{self.constraint}"')
        return "\n".join(lines)
