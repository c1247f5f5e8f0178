from pathlib import Path
from typing import Annotated

import typer

from backsmith.cli.designs import DesignFile, read_file, require
from backsmith.cli.terminal import say
from backsmith.project.bookkeeping import whole
from backsmith.project.folder import refuse_if_taken, unfinished, write
from backsmith.render import render as rendered

HELP = """Write the files of a project, without git.

\b
    backsmith render bookshop.yml --into bookshop

`backsmith new` is for a project to work on; this is for a look at what it would hold.
"""

Into = Annotated[
    Path, typer.Option("--into", metavar="FOLDER", help="Where to: a new folder, or an empty one.")
]


def render(file: DesignFile, into: Into) -> None:
    given = require(*read_file(file))
    target = into.absolute()
    refuse_if_taken(target)
    files = whole(given.design, given.text, rendered(given.design))
    with unfinished(target) as folder:
        write(folder, files)
        folder.rename(target)
    say(f"{len(files)} files are in {into}.")
