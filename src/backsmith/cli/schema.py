from backsmith.cli.terminal import say
from backsmith.design.schema import schema_text

HELP = """Print the JSON Schema of designs, for editors and programs.

\b
    backsmith schema > design.schema.json

A project has it as .backsmith/schema.json, where the first line of backsmith.yml points.
"""


def schema() -> None:
    say(schema_text().rstrip("\n"))
