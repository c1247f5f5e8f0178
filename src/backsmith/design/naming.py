"""Whether a name may be given: to a project, a role, a resource, its path, or a field."""

import re
from keyword import iskeyword

from backsmith.design.findings import Findings, did_you_mean, quoted
from backsmith.design.model import Enum, List, Reference, Scalar
from backsmith.design.names import Names
from backsmith.design.plurals import plural
from backsmith.design.reserved import (
    ENUM_NAMES,
    FIELD_NAME,
    FIELD_NAMES,
    FIELD_PREFIXES,
    PATH,
    PATHS,
    PROJECTS,
    ROLES,
    SQL_WORDS,
    STEMS,
    TYPE_NAME,
    TYPE_NAMES,
)
from backsmith.design.source import Text

LONGEST_NAME = 48


def check_project(name: Text, findings: Findings) -> None:
    """A project's name becomes a folder, a package, a database and a host."""
    if not PATH.fullmatch(name.value) or len(name.value) > LONGEST_NAME:
        right = kebab(name.value)
        near = did_you_mean(name.value, (), {name.value.lower(): right}) if right else ""
        findings.add(
            name.place,
            f"{quoted(name.value)} can't be the name of a project.{near}",
            f"Use a-z, 0-9 and single dashes, {LONGEST_NAME} characters at most.",
        )
    elif name.value in PROJECTS:
        findings.add(
            name.place,
            f"{quoted(name.value)} is the name of something else already.",
            "Name what the API is about.",
        )


def check_role(name: Text, findings: Findings) -> bool:
    if name.value == "admin":
        findings.add(name.place, 'the role "admin" is always there.', "Leave it out.")
    elif name.value in ROLES or iskeyword(name.value):
        findings.add(
            name.place,
            f"{quoted(name.value)} can't be a role: it has a meaning of its own.",
            "Name what people of this role do, as in editor.",
        )
    elif not FIELD_NAME.fullmatch(name.value) or len(name.value) > LONGEST_NAME:
        findings.add(
            name.place,
            f"{quoted(name.value)} can't be a role.",
            "Use a-z, 0-9 and single underscores, as in shop_keeper.",
        )
    else:
        return True
    return False


def check_resource(name: Text, findings: Findings) -> bool:
    """Whether this can be the name of a resource; what hinders it is a finding."""
    if not TYPE_NAME.fullmatch(name.value) or len(name.value) > LONGEST_NAME:
        right = camel(name.value)
        near = did_you_mean(name.value, (), {name.value.lower(): right}) if right else ""
        findings.add(
            name.place,
            f"{quoted(name.value)} can't be the name of a resource.{near}",
            f"Write one thing, in capitals: BookReview, {LONGEST_NAME} characters at most.",
        )
        return False
    stem = Names(name.value, "").stem
    reason = TYPE_NAMES.get(name.value) or STEMS.get(stem)
    if reason:
        findings.add(
            name.place,
            f'a resource can\'t be called "{name.value}": that {reason}.',
            f"Say more exactly what it is, as in Book{name.value} or Shop{name.value}.",
        )
    return True


def check_enum(name: Text, findings: Findings) -> bool:
    """Whether this can be the name of an enum; what hinders it is a finding."""
    if not TYPE_NAME.fullmatch(name.value) or len(name.value) > LONGEST_NAME:
        right = camel(name.value)
        near = did_you_mean(name.value, (), {name.value.lower(): right}) if right else ""
        findings.add(
            name.place,
            f"{quoted(name.value)} can't be the name of an enum.{near}",
            f"Begin with a capital letter: Status, {LONGEST_NAME} characters at most.",
        )
        return False
    reason = ENUM_NAMES.get(name.value) or STEMS.get(Names(name.value, "").stem)
    if reason:
        findings.add(
            name.place,
            f'an enum can\'t be called "{name.value}": that {reason}.',
            f"Say more exactly what it is, as in Book{name.value} or Shop{name.value}.",
        )
    return True


def names_of(name: Text, path: Text | None, findings: Findings) -> Names:
    """All spellings of a resource, its plural by rule where the design doesn't say `path`."""
    one = Names(name.value, "").stem.replace("_", "-")
    first, dash, last = one.rpartition("-")
    many = path.value if path else f"{first}{dash}{plural(last)}"
    place = (path or name).place
    names = Names(name.value, many)
    if path and (not PATH.fullmatch(many) or len(many) > LONGEST_NAME):
        findings.add(
            place,
            f"{quoted(many)} can't be a path.",
            "Use small letters, digits and single dashes, as in book-reviews; no slash.",
        )
    elif many == one:
        findings.add(
            place,
            f'one and many of "{name.value}" are both called "{many}".',
            f"Say how many are called, as in path: {one}-items.",
        )
    elif many in PATHS or names.plural in SQL_WORDS or names.types in TYPE_NAMES:
        findings.add(
            place,
            f'the path "{many}" is taken by the backend itself.',
            f"Say another one, as in path: {name.value.lower()}-list.",
        )
    return names


def check_field(
    name: Text, of: str, kind: Scalar | Enum | Reference | List | None, findings: Findings
) -> bool:
    """Whether this can be the name of a field of this type, in the resource of that name."""
    if not FIELD_NAME.fullmatch(name.value) or len(name.value) > LONGEST_NAME:
        right = snake(name.value)
        near = did_you_mean(name.value, (), {name.value.lower(): right}) if right else ""
        findings.add(
            name.place,
            f"{quoted(name.value)} can't be the name of a field.{near}",
            f"Use a-z, 0-9 and single underscores, {LONGEST_NAME} characters at most.",
        )
        return False
    reason = FIELD_NAMES.get(name.value)
    if isinstance(kind, Reference) and name.value in SQL_WORDS and name.value not in _STILL:
        reason = None
    for prefix, why in FIELD_PREFIXES.items():
        reason = why if name.value.startswith(prefix) else reason
    if reason:
        findings.add(
            name.place,
            f'a field can\'t be called "{name.value}": that {reason}.',
            _instead(name.value, of),
        )
    elif isinstance(kind, Reference) and name.value.endswith(("_id", "_ids")):
        ending = name.value.rpartition("_")[2]
        findings.add(
            name.place,
            f'the reference "{name.value}" would become "{name.value}_{ending}".',
            f"Name what it points to: {name.value.removesuffix(f'_{ending}')}"
            f"{'s' if kind.many else ''}.",
        )
    return True


_STILL = frozenset(name for name, why in FIELD_NAMES.items() if why != "is a word of SQL")
"""Names that a reference can't have either: its attribute carries them as they are."""

_INSTEAD = {
    "created_at": "Every resource has it without saying so; leave it out.",
    "date": "Say which one, as in due_on or published_on.",
    "datetime": "Say which one, as in published_at.",
    "deleted_at": "It comes with soft deletion; name another moment, as in closed_at.",
    "id": "Every resource has one without saying so; leave it out.",
    "time": "Say which one, as in opens_at.",
    "updated_at": "Every resource has it without saying so; leave it out.",
}


def _instead(name: str, of: str) -> str:
    """What to call a field of this resource instead."""
    longer = f"{snake(of) or 'its'}_{name.removeprefix('model_')}"
    return _INSTEAD.get(name, f"Say more exactly what it is, as in {longer[:LONGEST_NAME]}.")


def snake(name: str) -> str | None:
    """`firstName` → `first_name`: a name as fields are spelt, if it can be made one."""
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name[:LONGEST_NAME])
    joined = re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")
    return joined if FIELD_NAME.fullmatch(joined) else None


def kebab(name: str) -> str | None:
    return (snake(name) or "").replace("_", "-") or None


def camel(name: str) -> str | None:
    """`book_review` → `BookReview`: a name as resources are spelt, if it can be made one."""
    joined = "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", name))
    return joined[:LONGEST_NAME] if TYPE_NAME.fullmatch(joined) else None
