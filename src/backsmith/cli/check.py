from backsmith.cli.designs import DesignFile, read_file, require, tell_assumptions
from backsmith.cli.terminal import say

HELP = """Say what is wrong with a design, and what it leaves open.

\b
    backsmith check bookshop.yml

Each finding has its place and what to do about it. Exit status: 0 if there is none, else 1.
"""


def check(file: DesignFile) -> None:
    text, found = read_file(file)
    require(text, found)
    tell_assumptions(found)
    say("No findings.")
