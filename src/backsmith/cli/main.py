"""The command line: exit 0 if all is well, 1 on findings, 2 if a command cannot run."""

import sys
from typing import Annotated

import typer

from backsmith import __version__
from backsmith.cli import add, check, fmt, new, render, schema, show
from backsmith.cli.terminal import StoppedError, complain, one_stop, red, say, speak_plainly
from backsmith.project.errors import CannotRunError

HELP = """Builds production-grade FastAPI backends from a short design.

\b
    backsmith check bookshop.yml
    backsmith show bookshop.yml
    backsmith new bookshop --design bookshop.yml
    backsmith design add field Book subtitle:string:..80:optional --file bookshop.yml
"""

app = typer.Typer(
    name="backsmith",
    help=HELP,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("new", help=new.HELP)(new.new)
app.command("check", help=check.HELP)(check.check)
app.command("fmt", help=fmt.HELP)(fmt.fmt)
app.command("show", help=show.HELP)(show.show)
app.command("render", help=render.HELP)(render.render)
app.command("schema", help=schema.HELP)(schema.schema)
app.add_typer(add.app, name="design")


def _tell_version(asked: bool) -> None:
    if asked:
        say(f"backsmith {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Say which.")
]


@app.callback()
def options(_version: Version = False) -> None:
    """Take the options that stand before a command."""


def main() -> None:
    speak_plainly()
    try:
        with one_stop():
            app()
    except (CannotRunError, OSError) as error:
        complain(red(str(error)))
        sys.exit(2)
    except StoppedError:
        complain("\nStopped.")
        sys.exit(130)
