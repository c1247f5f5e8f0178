import json
from pathlib import Path
from typing import Annotated

import typer

from backsmith.cli.designs import DesignFile, read_file, require
from backsmith.cli.terminal import bold, say
from backsmith.design.endpoints import table
from backsmith.design.outline import outline
from backsmith.project.errors import CannotRunError
from backsmith.project.files import replace
from backsmith.render.picture import picture

HELP = """Show the endpoints of a design, and who may call each.

\b
    backsmith show bookshop.yml
    backsmith show bookshop.yml --svg bookshop.svg
    backsmith show bookshop.yml --json

"owner" stands for people who own rows, and for those rows alone. The picture shows resources and
how they refer to each other; any browser opens it.
"""

Svg = Annotated[
    Path | None, typer.Option("--svg", metavar="FILE", help="Draw the resources into a file.")
]
Json = Annotated[bool, typer.Option("--json", help="Print all of it as JSON, for programs.")]


def show(file: DesignFile, svg: Svg = None, as_json: Json = False) -> None:
    design = require(*read_file(file)).design
    if svg:
        _write(svg, picture(design).encode())
    if as_json:
        say(json.dumps(outline(design), indent=2, ensure_ascii=False))
    elif svg:
        say(f"The picture is in {svg}.")
    else:
        head, *rows = table(design).splitlines()
        say("\n".join([bold(head), *rows]))


def _write(file: Path, data: bytes) -> None:
    if file.suffix.lower() != ".svg":
        # What stands there may be the design, given twice.
        raise CannotRunError(f"{file} is no name for a picture: end it with .svg.")
    try:
        file.touch()
    except OSError as error:
        raise CannotRunError(f"{file} can't be written: {error.strerror}.") from error
    replace(file, data)
