"""Designs, from files, and what is told about them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from backsmith.cli.terminal import bold, say
from backsmith.design import Design, Read, read
from backsmith.project.errors import CannotRunError

LARGEST = 1_000_000
"""Bytes. A design is a page or two; what is larger is something else."""

DesignFile = Annotated[Path, typer.Argument(metavar="FILE", help="The design, a YAML file.")]


@dataclass(frozen=True, slots=True)
class Given:
    """A design, and its file byte for byte."""

    design: Design
    text: bytes


def read_file(file: Path) -> tuple[bytes, Read]:
    try:
        with file.open("rb") as stream:
            text = stream.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotRunError(f"{file} can't be read: {reason}.") from error
    if len(text) > LARGEST:
        raise CannotRunError(f"{file} is over {LARGEST:,} bytes, too large to be a design.")
    return text, read(text, str(file))


def require(text: bytes, found: Read) -> Given:
    """Go on with a design that is fit to; else tell everything that is wrong with it, and end."""
    if found.design is None:
        for finding in found.findings:
            say(str(finding))
        many = len(found.findings)
        say(bold(f"{many} finding{'s' if many > 1 else ''}."))
        raise typer.Exit(1)
    return Given(found.design, text)


def tell_assumptions(found: Read) -> None:
    """Say what is assumed where the design says nothing; none of it is a mistake."""
    if not found.assumptions:
        return
    say(bold("Left open, and fine as it is. What is assumed, and how to say it otherwise:"))
    for each in found.assumptions:
        say(f"  Line {each.line}: {each.assumed}.")
        say(f"    {each.why[:1].upper()}{each.why[1:]}. {each.change}")
    say()


def count_assumptions(found: Read) -> None:
    """Say in a line that something was left open, and which command says what."""
    if many := len(found.assumptions):
        things = "thing is" if many == 1 else "things are"
        say(f"{many} {things} left open, and assumed; `backsmith check` tells them.")
