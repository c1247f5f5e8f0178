"""What a project keeps of how it was built, so that a later design can be merged into it."""

import json
from collections.abc import Mapping
from hashlib import sha256

from backsmith import __version__
from backsmith.design import Design
from backsmith.design.canonical import canonical
from backsmith.project.archive import archive

DESIGN = "backsmith.yml"
FOLDER = ".backsmith"
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
        DESIGN: text,
        f"{FOLDER}/.gitattributes": _ATTRIBUTES.encode(),
        f"{FOLDER}/applied.yml": (_APPLIED + canonical(design)).encode(),
        f"{FOLDER}/base.txtar": base,
        f"{FOLDER}/lock.json": (json.dumps(lock, indent=2) + "\n").encode(),
    }


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
