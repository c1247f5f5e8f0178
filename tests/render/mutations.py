"""Guards that are taken out of projects, one at a time, to see whether their tests notice."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from .projects import build, run_tests, servers_of

SECONDS = count(1_000_000_000)
"""A time for each change: Python tells a file from a compiled one by its second and its size."""


@dataclass(frozen=True, slots=True)
class Change:
    """What stands in a file once, and what is to stand there instead."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Mutation:
    """A guard that is taken out of a project, and the resource whose tests should notice."""

    guard: str
    design: Path
    stem: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Workshop:
    """The projects to break, each built once, and servers for all of them."""

    projects: dict[Path, Path]
    variables: dict[str, str]


def paths_of(stem: str) -> list[str]:
    """The tests of a resource, those of its endpoints first."""
    folders = ("test_endpoints", "test_services", "test_repositories")
    return [f"app/tests/{folder}/test_{stem}.py" for folder in folders]


@contextmanager
def broken(project: Path, mutation: Mutation) -> Iterator[None]:
    """Take a guard out of a project for as long as a block runs."""
    kept: dict[Path, tuple[str, os.stat_result]] = {}
    try:
        for change in mutation.changes:
            (file,) = project.glob(change.file)
            text = file.read_text(encoding="utf-8")
            kept.setdefault(file, (text, file.stat()))
            assert text.count(change.old) == 1, f"{change.file} doesn't say this once: {change.old}"
            file.write_text(text.replace(change.old, change.new), encoding="utf-8")
            second = next(SECONDS)
            os.utime(file, times=(second, second))
        yield
    finally:
        for file, (text, times) in kept.items():
            file.write_text(text, encoding="utf-8")
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


@contextmanager
def workshop_of(folder: Path, *designs: Path) -> Iterator[Workshop]:
    """Build these designs below a folder, and serve them for as long as a block runs."""
    projects = {design: build(design, folder / design.stem) for design in designs}
    with servers_of(projects[designs[0]]) as variables:
        yield Workshop(projects, variables)


def assert_untouched_passes(workshop: Workshop, design: Path, *stems: str) -> None:
    """See all tests of these resources pass."""
    paths = [path for stem in stems for path in paths_of(stem)]

    passed, told = run_tests(workshop.projects[design], workshop.variables, *paths)

    assert passed, told


def assert_noticed(workshop: Workshop, mutation: Mutation) -> None:
    """See the tests of a resource's endpoints fail where a guard is gone."""
    project = workshop.projects[mutation.design]

    with broken(project, mutation):
        endpoints, *_ = paths_of(mutation.stem)
        passed, told = run_tests(project, workshop.variables, endpoints)

    assert not passed, f"nobody notices that {mutation.guard} is gone"
    assert "error during collection" not in told, told
