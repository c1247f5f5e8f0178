from backsmith.cli.designs import DesignFile, read_file, require
from backsmith.cli.terminal import bold, say
from backsmith.design.endpoints import table

HELP = """Show the endpoints of a design, and who may call each.

\b
    backsmith show bookshop.yml

"owner" stands for people who own rows, and for those rows alone.
"""


def show(file: DesignFile) -> None:
    given = require(*read_file(file))
    head, *rows = table(given.design).splitlines()
    say("\n".join([bold(head), *rows]))
