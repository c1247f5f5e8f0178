"""A design as text again: one spelling for each design, which reads back to an equal one."""

import json
import re
from collections.abc import Iterable, Iterator

from backsmith.design.access import spelt
from backsmith.design.model import (
    SLUG_PATTERN,
    Design,
    Empty,
    Enum,
    Field,
    Key,
    List,
    Listing,
    Operation,
    Reference,
    Resource,
    Rules,
    Scalar,
    Value,
)
from backsmith.design.words import AS, VERSION, Said

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_PLAIN_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9]*(\[\])?[A-Za-z0-9_?.,=/^$()+*| -]*")
_BARE_DEFAULT = re.compile(r"[A-Za-z0-9_.:/@+-]+")
_RULE = re.compile(r"[a-z0-9_]+( if [a-z0-9_]+=[A-Za-z0-9_-]+)?")
_YAML_WORDS = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])


def canonical(design: Design) -> str:
    """The text that stands for a design, byte for byte the same for equal designs."""
    return "".join(f"{line}\n" for line in _design(design))


def _design(design: Design) -> Iterator[str]:
    yield f"backsmith: {VERSION}"
    yield f"name: {_scalar(design.name)}"
    yield f"doc: {_quoted(design.doc)}"
    if design.roles:
        yield f"roles: {_list(design.roles)}"
    if design.enums:
        yield "enums:"
        for enum in design.enums:
            yield f"  {enum.name}: {_list(enum.values)}"
    if design.resources or design.user:
        yield "resources:"
        if design.user:
            yield "  User:"
            yield from (f"    {line}" for line in _fields(design.user))
        for resource in design.resources:
            yield f"  {resource.name}:"
            yield from (f"    {line}" for line in _resource(resource))


def _resource(resource: Resource) -> Iterator[str]:
    yield f"path: {_scalar(resource.names.path)}"
    yield f"doc: {_quoted(resource.doc)}"
    yield from _fields(resource)
    if resource.owner_path:
        yield f"owner: {'.'.join(resource.owner_path)}"
    if resource.owner:
        yield f"owner: {_scalar(resource.owner)}"
    if resource.unique:
        yield f"unique: [{', '.join(map(_list, resource.unique))}]"
    if resource.index:
        yield f"index: [{', '.join(_list(map(_key, keys)) for keys in resource.index)}]"
    yield f"access: {_access(resource)}"
    if resource.listing != Listing():
        yield f"list: {_listing(resource.listing)}"
    if resource.soft_delete:
        yield "soft_delete: true"
    if resource.only != tuple(Operation):
        yield f"only: {_list(resource.only)}"
    if resource.deprecated:
        yield "deprecated: true"


def _fields(resource: Resource) -> Iterator[str]:
    yield "fields:"
    for field in resource.fields:
        yield from (f"  {line}" for line in _field(field))


def _field(field: Field) -> Iterator[str]:
    words = " ".join(_words(field))
    words = words if _PLAIN_WORDS.fullmatch(words) else _quoted(words)
    if field.doc is None and field.example is None:
        yield f"{_scalar(field.name)}: {words}"
        return
    yield f"{_scalar(field.name)}:"
    yield f"  is: {words}"
    if field.doc is not None:
        yield f"  doc: {_quoted(field.doc)}"
    if field.example is not None:
        yield f"  example: {_quoted(field.example)}"


def _words(field: Field) -> Iterator[str]:
    reference = field.reference
    kind = _type(field.type)
    yield f"{kind}?" if field.optional else kind
    one = field.item or field
    if one.enum and not one.enum.shared:
        yield ",".join(one.enum.values)
    if one.precision:
        yield f"{one.precision[0]},{one.precision[1]}"
    own_minimum, own_maximum = field.own_bounds
    low = field.minimum if field.minimum != own_minimum else None
    high = field.maximum if field.maximum != own_maximum else None
    if low is not None or high is not None:
        yield f"{_number(low)}..{_number(high)}"
    if one.pattern and not (one.type is Scalar.SLUG and one.pattern == SLUG_PATTERN):
        yield f"/{one.pattern.replace('/', chr(92) + '/')}/"
    if field.default is not None:
        yield f"={_default(field.default)}"
    if reference:
        yield from [Said.ME] if reference.me else []
        yield reference.on_delete.value
    flags = {
        "unique": field.unique and not (reference and reference.one),
        "index": field.index,
        "filter": field.filter,
        "sort": field.sort,
        "search": field.search,
        "private": field.private,
        "readonly": field.readonly,
        "immutable": field.immutable,
        "deprecated": field.deprecated,
        "embed": reference is not None and reference.embed,
        "one": reference is not None and reference.one,
    }
    yield from (word for word, said in flags.items() if said)
    if isinstance(field.type, Reference) and field.type.reverse is not None:
        yield f"{AS}{field.type.reverse}"


def _type(kind: Scalar | Enum | Reference | List) -> str:
    if isinstance(kind, List):
        return f"{_type(kind.item.type)}[]"
    if isinstance(kind, Enum):
        return kind.name if kind.shared else "enum"
    if isinstance(kind, Reference):
        return f"{kind.target}[]" if kind.many else kind.target
    return kind.value


def _number(value: object) -> str:
    return "" if value is None else f"{value:f}" if not isinstance(value, int) else str(value)


def _default(value: Value | Empty) -> str:
    if value is Empty.LIST:
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return value if _BARE_DEFAULT.fullmatch(value) else f'"{escaped}"'
    return repr(value) if isinstance(value, float) else _number(value)


def _access(resource: Resource) -> str:
    access = resource.access
    if access.create == access.update == access.delete:
        rules = {"read": access.read, "write": access.create}
    else:
        rules = {
            "read": access.read,
            "create": access.create,
            "update": access.update,
            "delete": access.delete,
        }
    return f"{{{', '.join(f'{key}: {_rules(who)}' for key, who in rules.items() if who)}}}"


def _rules(rules: Rules) -> str:
    said = [spelt(rule) for rule in rules]
    return f"[{', '.join(rule if _RULE.fullmatch(rule) else _quoted(rule) for rule in said)}]"


def _listing(listing: Listing) -> str:
    sort = f"sort: {_key(listing.sort)}, " if listing.sort else ""
    return f"{{{sort}page: {listing.page}, max: {listing.max}}}"


def _key(key: Key) -> str:
    return f"-{key.field}" if key.descending else key.field


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_scalar, words))}]"


def _scalar(word: str) -> str:
    plain = _PLAIN.fullmatch(word.removeprefix("-")) and word.lower() not in _YAML_WORDS
    return word if plain else _quoted(word)


def _quoted(text: str) -> str:
    """Between double quotes, which YAML and JSON escape alike."""
    return json.dumps(text, ensure_ascii=False)
