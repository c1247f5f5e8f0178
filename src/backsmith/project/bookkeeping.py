"""What a project keeps of how it was built, so that a later design can be merged into it."""

import json
from collections.abc import Mapping
from hashlib import sha256

from backsmith import __version__
from backsmith.design import Design
from backsmith.design.canonical import canonical
from backsmith.design.schema import schema_text
from backsmith.project.archive import archive

DESIGN = "backsmith.yml"
FOLDER = ".backsmith"
SCHEMA = f"{FOLDER}/schema.json"
_MODELINE = f"# yaml-language-server: $schema={SCHEMA}"
_MARK = b"\xef\xbb\xbf"
_ATTRIBUTES = "base.txtar linguist-generated -diff -merge\nlock.json linguist-generated\n"
_APPLIED = "# The design as Backsmith built it. Don't edit it: ../backsmith.yml is yours.\n"
_BASE = "Every file as Backsmith built it, to tell what was changed since. Don't edit it.\n"
_LOCK = "What Backsmith built, each file by its SHA-256. Don't edit it."


def whole(design: Design, text: bytes, rendered: Mapping[str, bytes]) -> dict[str, bytes]:
    """Everything that a new project holds: what was rendered, the design, and the bookkeeping."""
    base = archive(rendered, _BASE)
    lock = {
        "about": _LOCK,
        "version": __version__,
        "base": _digest(base),
        "files": {path: _digest(rendered[path]) for path in sorted(rendered)},
    }
    return {
        **rendered,
        DESIGN: with_modeline(text),
        f"{FOLDER}/.gitattributes": _ATTRIBUTES.encode(),
        f"{FOLDER}/applied.yml": (_APPLIED + canonical(design)).encode(),
        f"{FOLDER}/base.txtar": base,
        f"{FOLDER}/lock.json": (json.dumps(lock, indent=2) + "\n").encode(),
        SCHEMA: schema_text().encode(),
    }


def with_modeline(text: bytes) -> bytes:
    """The design, with the line that tells editors where its schema is, unless it has one."""
    if b"# yaml-language-server:" in text:
        return text
    end = b"\r\n" if b"\r\n" in text else b"\n"
    mark = _MARK if text.startswith(_MARK) else b""
    return mark + _MODELINE.encode() + end + text.removeprefix(mark)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
