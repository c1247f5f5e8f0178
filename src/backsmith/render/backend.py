"""The backend that every project starts from, as files."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath

OWN_NAME = "bookshelf"
OWN_DOC = "Books on people's shelves, and what they think of them."
OWN_STEM = "book"
"""The backend's own sample resource, which a project has only if its design names one so."""
OWN_DESIGN = "backsmith.yml"
PEOPLE_REVISION = "0001_people.py"
BEARS_NAME = (
    ".github/workflows/ci.yml",
    "AGENTS.md",
    "README.md",
    "pyproject.toml",
)
"""The files that hold the project's name; in Python it stands in `core/about.py` alone."""
NOT_OURS = {
    ".hypothesis",
    ".import_linter_cache",
    ".local",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".schemathesis",
    ".venv",
    "__pycache__",
    "htmlcov",
}


@cache
def own_files() -> Mapping[str, bytes]:
    """Every file of the backend as it stands, by path."""
    root = _root()
    found = {}
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if path.is_file() and not _is_by_product(relative):
            found[relative.as_posix()] = path.read_bytes()
    return found


def shared_files(name: str, doc: str) -> dict[str, bytes]:
    """The files that a project has whatever resources its design names."""
    files = {path: data for path, data in own_files().items() if not _is_of_own_resource(path)}
    for path in BEARS_NAME:
        if path in files:
            files[path] = _renamed(files[path].decode(), name, doc).encode()
    return files


def own_text(path: str) -> str:
    """One of the backend's own files, which a writer fills in with the design's resources."""
    return own_files()[path].decode()


def replaced(text: str, old: str, new: str) -> str:
    """A text of the backend with something else in a place that it has once."""
    if text.count(old) != 1:
        raise LookupError(f"the backend does not say this once: {old!r}")
    return text.replace(old, new)


def title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _renamed(text: str, name: str, doc: str) -> str:
    # The doc goes in last: it is somebody's own sentence, whatever names it holds.
    parts = text.split(OWN_DOC)
    renamed = [part.replace(OWN_NAME, name).replace(title(OWN_NAME), title(name)) for part in parts]
    return doc.join(renamed)


def _is_by_product(path: Path) -> bool:
    names = set(path.parts)
    return bool(names & NOT_OURS) or path.name == ".env" or path.name.startswith(".coverage")


def _is_of_own_resource(path: str) -> bool:
    file = PurePosixPath(path)
    if file.parent.name == "versions":
        return file.name != PEOPLE_REVISION
    return path == OWN_DESIGN or file.stem in (OWN_STEM, f"test_{OWN_STEM}")


def _root() -> Path:
    """Find the backend in the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1] / "backend"
    return package if package.is_dir() else Path(__file__).parents[3] / "backend"
