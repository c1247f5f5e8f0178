"""The fields of the table say the same when their words are typed in a shell."""

from backsmith.design import canonical, read
from backsmith.design.findings import Findings
from backsmith.design.shell import field_line
from backsmith.design.source import Block, Text, load
from backsmith.design.tokens import split

from .dictionary import design_of
from .rows import sections


def test_every_field_of_the_table_can_be_typed() -> None:
    rows = {row.design: row for each in sections().values() for row in each.values()}
    design = read(design_of(rows.values())).design
    assert design
    text = canonical(design)
    lines = text.split("\n")

    for name, definition in fields_of(text):
        number = name.place.line - 1
        indent = lines[number][: name.place.column - 1]
        words = [word.text for word in split(definition, Findings(""))]
        lines[number] = indent + field_line(":".join([name.value, *words]))

    assert read("\n".join(lines)).design == design


def fields_of(text: str) -> list[tuple[Text, Text]]:
    """The names and definitions of fields, without those that also have a doc."""
    found: list[tuple[Text, Text]] = []
    root = load(text, Findings(""))
    assert isinstance(root, Block)
    resources = root.get("resources")
    assert resources
    assert isinstance(resources.value, Block)
    for resource in resources.value.entries:
        assert isinstance(resource.value, Block)
        entry = resource.value.get("fields")
        block = entry.value if entry else None
        assert isinstance(block, Block)
        found += [(each.key, each.value) for each in block.entries if isinstance(each.value, Text)]
    return found
