"""What is installed is said exactly, and by content alone."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = (
    "requirements/setup.txt",
    "requirements/dev.txt",
    "backend/requirements-setup.txt",
    "backend/requirements.txt",
    "backend/requirements-dev.txt",
)
NODE_LOCKS = ("tests/browser/package-lock.json", "examples/better-auth/package-lock.json")
PIN = re.compile(r"^([\w.-]+)(?:\[.*\])?==([^ ;\\]+)")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pin_or_a_hash(lock: str) -> None:
    lines = (ROOT / lock).read_text().splitlines()

    for line in lines:
        assert PIN.match(line) or line.startswith(("    --hash=sha256:", "#")), line


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    for requirement in re.split(r"\n(?=\S)", (ROOT / lock).read_text()):
        assert requirement.startswith("#") or "--hash=sha256:" in requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_no_index_and_no_machine_is_named(lock: str) -> None:
    assert not re.search(r"://|index|find-links|^-|\s/", (ROOT / lock).read_text(), re.MULTILINE)


@pytest.mark.parametrize(
    ("lock", "project", "groups"),
    [
        ("requirements/setup.txt", "", ["setup"]),
        ("requirements/dev.txt", "", ["project", "dev"]),
        ("requirements/dev.txt", "backend", ["project", "dev"]),
        ("backend/requirements-setup.txt", "backend", ["setup"]),
        ("backend/requirements.txt", "backend", ["project"]),
        ("backend/requirements-dev.txt", "backend", ["project", "dev"]),
    ],
)
def test_what_a_project_asks_for_is_what_its_lock_has(
    lock: str, project: str, groups: list[str]
) -> None:
    pins = pins_of(lock)

    for requirement in asked(
        tomllib.loads((ROOT / project / "pyproject.toml").read_text()), groups
    ):
        name = canonicalize_name(requirement.name)
        assert requirement.specifier.contains(pins.get(name, "0")), f"{requirement}: make lock"


@pytest.mark.parametrize("lock", NODE_LOCKS)
def test_packages_of_node_are_said_by_content_alone(lock: str) -> None:
    text = (ROOT / lock).read_text()
    packages: dict[str, dict[str, Any]] = json.loads(text)["packages"]

    assert "://" not in text
    assert "resolved" not in text
    for path, package in packages.items():
        assert path == "" or package["integrity"].startswith("sha512-")
    wanted = json.loads((ROOT / lock).with_name("package.json").read_text())["dependencies"]
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version


def test_everybody_uses_the_same_versions() -> None:
    most = pins_of("requirements/dev.txt")

    for lock in LOCKS:
        assert pins_of(lock).items() <= most.items(), f"{lock} differs: make lock"


def pins_of(lock: str) -> dict[str, str]:
    found = [PIN.match(line) for line in (ROOT / lock).read_text().splitlines()]
    return {canonicalize_name(pin[1]): pin[2] for pin in found if pin}


def asked(pyproject: dict[str, Any], groups: list[str]) -> list[Requirement]:
    written: list[Any] = []
    for group in groups:
        if group == "project":
            written += pyproject["project"]["dependencies"]
        else:
            written += pyproject["dependency-groups"][group]
    return [Requirement(each) for each in written if isinstance(each, str)]
