from pathlib import Path
from typing import Annotated

import typer

from backsmith import __version__
from backsmith.cli.designs import Given, count_assumptions, read_file, require
from backsmith.cli.terminal import StoppedError, bold, complain, say
from backsmith.design import read
from backsmith.design.findings import START, Findings
from backsmith.design.naming import check_project
from backsmith.design.source import Text
from backsmith.project.bookkeeping import DESIGN, whole
from backsmith.project.errors import CannotRunError
from backsmith.project.folder import refuse_if_taken
from backsmith.project.new import Made, make
from backsmith.render import render

HELP = """Build a project from a design, in a new folder and as a commit of git.

\b
    backsmith new bookshop --design bookshop.yml
    cd bookshop
    make dev

Without a design the project holds people alone: sign-up, login and tokens.
If anything fails, or you press Ctrl-C, nothing is left behind.
"""

Name = Annotated[str, typer.Argument(metavar="NAME", help="The folder to make, as in book-shop.")]
DesignOption = Annotated[
    Path | None, typer.Option("--design", metavar="FILE", help="The design, a YAML file.")
]


def new(name: Name, design: DesignOption = None) -> None:
    refuse_bad(name)
    target = Path.cwd() / name
    refuse_if_taken(target)
    given = _given(name, design)
    say(f"Rendering {_counted(len(given.design.resources), 'resource')} ...")
    files = whole(given.design, given.text, render(given.design))
    say(f"Writing {len(files)} files into {name} ...")
    message = f"feat: {given.design.name}, built by Backsmith {__version__}"
    try:
        made = make(target, files, message)
    except StoppedError:
        there = (target / DESIGN).exists()
        complain(f"\nStopped. {f'{name} was whole already.' if there else 'Nothing was made.'}")
        raise typer.Exit(130) from None
    say(_made(name, target, made))


def refuse_bad(name: str) -> None:
    """A folder's name follows the rule for the name of a project."""
    findings = Findings("NAME")
    check_project(Text(name, START), findings)
    for finding in findings.in_order():
        raise CannotRunError(f"{finding.message}\n{finding.hint}")


def _given(name: str, file: Path | None) -> Given:
    if file is None:
        text = f"backsmith: 1\nname: {name}\n".encode()
        return require(text, read(text, DESIGN))
    say(f"Reading {file.name} ...")
    text, found = read_file(file)
    given = require(text, found)
    count_assumptions(found)
    return given


def _made(name: str, target: Path, made: Made) -> str:
    lines = [f"Built and committed {name}."]
    if made.repository != target:
        lines = [f"Built {name}, and committed it in the repository {made.repository}."]
    if not made.committer_known:
        lines += [
            "git knows no name of yours, so Backsmith stands as the author. To change that:",
            f'  git -C {name} config user.name "Your Name"',
            f"  git -C {name} config user.email you@example.org",
            f"  git -C {name} commit --amend --no-edit --reset-author",
        ]
    lines += [
        "",
        bold("What next:"),
        f"  cd {name}",
        "  make dev     runs it, filled with a few rows",
        "  make test    runs its tests",
    ]
    return "\n".join(lines)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
