"""What is typed in a shell, as lines of a design: `title:string:sort` is `title: string sort`."""

from collections.abc import Mapping, Sequence

from backsmith.design.additions import Line
from backsmith.design.findings import START, Findings
from backsmith.design.source import Text
from backsmith.design.spelling import spelled
from backsmith.design.tokens import IN_SHELL, split
from backsmith.design.wording import worded
from backsmith.design.words import ACCESS_KEYS

LISTS = ("only",)


def field_lines(words: Sequence[str], depth: int = 0) -> list[Line]:
    """A line for each field; right or wrong, which is told where the lines are read."""
    return [Line(field_line(word), depth, word) for word in words]


def resource_lines(name: str, fields: Sequence[str], keys: Mapping[str, str]) -> list[Line]:
    """The block of a resource: its fields, and the keys that are typed as options."""
    lines = [Line(f"{spelled(name)}:", 0, name)]
    lines += [_key(key, keys[key]) for key in ("doc", "path") if key in keys]
    lines += [Line("fields:", 1, name), *field_lines(fields, depth=2)]
    lines += [_key(key, keys[key]) for key in ("owner", *LISTS) if key in keys]
    access = {key: keys[key] for key in ACCESS_KEYS if key in keys}
    if access:
        rules = ", ".join(f"{key}: {_several(who)}" for key, who in access.items())
        typed = " ".join(f"--{key} {who}" for key, who in access.items())
        lines.append(Line(f"access: {{{rules}}}", 1, typed))
    return lines


def field_line(word: str) -> str:
    """The line that stands for `title:string:3..200`."""
    name, _, rest = word.partition(":")
    definition = worded(split(Text(rest, START, raw=rest), Findings(""), IN_SHELL))
    return f"{spelled(name)}: {spelled(definition)}" if definition else f"{spelled(name)}:"


def _key(key: str, value: str) -> Line:
    shown = f"[{_several(value)}]" if key in LISTS and "," not in value else _several(value)
    text = shown if key in LISTS else spelled(value)
    return Line(f"{key}: {text}", 1, f"--{key} {value}")


def _several(value: str) -> str:
    """`a,b` is a list; one alone is a word."""
    words = [spelled(word.strip(), in_braces=True) for word in value.split(",")]
    return f"[{', '.join(words)}]" if len(words) > 1 else words[0]
