"""Additions to a design file, typed in a shell."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from backsmith.cli.designs import read_file, require
from backsmith.cli.terminal import bold, say
from backsmith.design import Read
from backsmith.design import read as read_design
from backsmith.design.additions import Added, NoPlaceError, add_fields, add_resource
from backsmith.design.characters import decode
from backsmith.design.findings import Findings
from backsmith.design.shell import field_lines, resource_lines
from backsmith.project.bookkeeping import DESIGN
from backsmith.project.errors import CannotRunError
from backsmith.project.files import replace, with_line_ends

HELP = "Add to a design file, and leave the rest of it as it is."
WORDS = """
The words of a field are those of the file, with colons between them; `optional` stands for ?,
and `many` for []. Quote what the shell would take for its own: 'sku:string:/^[A-Z]{3}$/'.
Nothing is written while anything is wrong.
"""
RESOURCE = f"""Add a resource to a design file, and leave the rest of it as it is.

\b
    backsmith design add resource Post title:string:3..200:search author:User:cascade \\
        --owner author --read public --write owner,editor
{WORDS}"""
FIELD = f"""Add fields to a resource of a design file, and leave the rest of it as it is.

\b
    backsmith design add field Post subtitle:string:..80:optional
{WORDS}"""

Name = Annotated[str, typer.Argument(metavar="RESOURCE", help="As in Post.")]
Fields = Annotated[
    list[str], typer.Argument(metavar="FIELD...", help="As in title:string:3..200:search.")
]
File = Annotated[Path, typer.Option("--file", metavar="FILE", help="The design, a YAML file.")]
Doc = Annotated[str | None, typer.Option(metavar="TEXT", help="What it is, in a sentence.")]
Plural = Annotated[str | None, typer.Option(metavar="WORD", help="What many are called.")]
Owner = Annotated[str | None, typer.Option(metavar="FIELD", help="The field that names whose.")]
Only = Annotated[str | None, typer.Option(metavar="OPERATIONS", help="As in list,get,create.")]
Who = Annotated[str | None, typer.Option(metavar="WHO", help="As in owner,editor.")]
FILE = Path(DESIGN)


def add_a_resource(
    name: Name,
    fields: Fields,
    doc: Doc = None,
    path: Plural = None,
    owner: Owner = None,
    only: Only = None,
    read: Who = None,
    write: Who = None,
    create: Who = None,
    update: Who = None,
    delete: Who = None,
    file: File = FILE,
) -> None:
    keys = {"doc": doc, "path": path, "owner": owner, "only": only, "read": read, "write": write}
    keys |= {"create": create, "update": update, "delete": delete}
    lines = resource_lines(name, fields, {key: text for key, text in keys.items() if text})
    _add(file, lambda text: add_resource(text, lines))


def add_some_fields(name: Name, fields: Fields, file: File = FILE) -> None:
    lines = field_lines(fields)
    _add(file, lambda text: add_fields(text, name, lines))


def _add(file: Path, change: Callable[[str], Added]) -> None:
    before, found = read_file(file)
    require(before, found)
    try:
        added = change(decode(before, Findings(str(file))))
    except NoPlaceError as error:
        raise CannotRunError(f"{file}: {error}") from None
    _require_good(added, read_design(added.text, str(file)))
    replace(file, with_line_ends(added.text, before))
    say(bold(f"Added to {file}, from line {added.first} on:"))
    for line in added.lines:
        say(line)


def _require_good(added: Added, found: Read) -> None:
    if found.design is not None:
        return
    for finding in found.findings:
        say(added.told(finding))
    say(bold("Nothing was written."))
    raise typer.Exit(1)


app = typer.Typer(help="Change a design file.", no_args_is_help=True, rich_markup_mode=None)
_add_app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None)
_add_app.command("resource", help=RESOURCE)(add_a_resource)
_add_app.command("field", help=FIELD)(add_some_fields)
app.add_typer(_add_app, name="add")
