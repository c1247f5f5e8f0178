"""The guide's page: steps that quote their designs, each with what it does to the API."""

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent

from backsmith.design import Design, read

from .effects import effects

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
PAGE = GUIDE / "say-what-your-api-is-about.md"
NOTHING = "backsmith: 1\nname: garden\n"

_SECTION = re.compile(r"^## (\d+)\. .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_QUOTE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """A numbered section of the page, and the design that it comes to."""

    number: int
    text: str
    design: str

    def quotes(self) -> list[str]:
        """The parts of its design that it shows, without their indentation."""
        return [dedent(quote) for quote in _QUOTE.findall(self.text)]

    def holds(self, quote: str) -> bool:
        """Whether these lines stand in its design, however deep."""
        return any(indent(quote, " " * depth) in self.design for depth in range(0, 9, 2))


def steps(page: str) -> list[Step]:
    found = []
    for section in _SECTION.finditer(page):
        number = int(section[1])
        found.append(Step(number, section[0], (GUIDE / "garden" / f"{number}.yml").read_text()))
    return found


def with_effects(page: str) -> str:
    """The page, with what each step does to the API as it is today."""
    found = steps(page)
    designs = [_design(text) for text in (NOTHING, *(step.design for step in found))]
    for step, effect in zip(found, effects(designs), strict=True):
        shown, _, rest = step.text.partition("```diff\n")
        rest = rest.partition("```\n")[2]
        page = page.replace(step.text, f"{shown}```diff\n{effect}```\n{rest}")
    return page


def _design(text: str) -> Design:
    result = read(text)
    assert result.design, "\n".join(map(str, result.findings))
    return result.design
