from pathlib import Path
from typing import Annotated

import typer

from backsmith.cli.designs import read_file, require
from backsmith.cli.terminal import say
from backsmith.design.characters import decode
from backsmith.design.findings import Findings
from backsmith.design.layout import formatted
from backsmith.project.bookkeeping import DESIGN
from backsmith.project.files import replace, with_line_ends

HELP = """Lay out a design in the one form that all designs have.

\b
    backsmith fmt bookshop.yml
    backsmith fmt bookshop.yml --check

Comments stay, and so does what the design says. With --check nothing is written, and the exit
status is 1 if something would be.
"""

File = Annotated[Path, typer.Argument(metavar="FILE", help="The design, a YAML file.")]
Check = Annotated[bool, typer.Option("--check", help="Only say whether the file has that form.")]


def fmt(file: File = Path(DESIGN), check: Check = False) -> None:
    before, found = read_file(file)
    require(before, found)
    text = formatted(decode(before, Findings(str(file))))
    after = with_line_ends(text, before)
    if after == before:
        say(f"{file} has the one form.")
    elif check:
        say(f"{file} hasn't the one form. `backsmith fmt {file}` gives it that.")
        raise typer.Exit(1)
    else:
        replace(file, after)
        say(f"{file} has the one form now.")
