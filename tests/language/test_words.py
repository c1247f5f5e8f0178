"""Every word does what the table says of it: in the database, over HTTP, in all documents."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from backsmith.design import read
from backsmith.design.model import Design
from backsmith.design.names import Names
from tests.render.projects import build

from .databases import Database
from .dictionary import design_of, found_in
from .rows import Row, sections
from .serving import served
from .steps import holds, take

ROWS = {
    f"{section}-{word}": row for section, rows in sections().items() for word, row in rows.items()
}
FOLDERS = ("test_endpoints", "test_services", "test_repositories")
everyword = pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The API of all words, as it was built and as it runs."""

    project: Path
    design: Design
    tables: dict[str, list[str]]
    people: dict[str, httpx.Client]
    document: dict[str, Any]

    def names(self, row: Row) -> list[Names]:
        return [self.design.resource(name).names for name in row.resources]

    def tests(self, row: Row) -> list[str]:
        """The generated tests that a row names, as pytest is asked for them."""
        return [self._test(row, name) for name in row.cell("test") or []]

    def _test(self, row: Row, name: str) -> str:
        for names in reversed(self.names(row)):
            for folder in FOLDERS:
                path = f"app/tests/{folder}/test_{names.stem}.py"
                if f"def {name.partition('[')[0]}(" in (self.project / path).read_text():
                    return f"{path}::{name}"
        return f"nowhere::{name}"


@pytest.fixture(scope="module")
def dictionary(server: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dictionary]:
    folder = tmp_path_factory.mktemp("dictionary")
    file = folder / "backsmith.yml"
    file.write_text(design_of(ROWS.values()), encoding="utf-8")
    found = read(file.read_bytes(), "dictionary")
    assert found.design, "\n".join(map(str, found.findings))
    project = build(file, folder)
    database = server.new("dictionary_test")
    database.migrate(project, "up")
    with served(project, database) as people:
        document = people["visitor"].get("/openapi.json").json()
        yield Dictionary(project, found.design, database.tables(), people, document)


@everyword
def test_its_table_is_as_the_word_says(dictionary: Dictionary, row: Row) -> None:
    known = {names.plural: names for names in dictionary.names(row)}
    links = tuple(f"{names.stem}_" for names in known.values())
    tables = {
        line
        for table, lines in dictionary.tables.items()
        for line in lines
        if row.of_the_file or table in known or table.startswith(links)
    }

    for line in row.cell("ddl") or []:
        assert line in tables, "\n".join(sorted(tables))


@everyword
def test_its_schema_says_so(dictionary: Dictionary, row: Row) -> None:
    text = "".join(
        (dictionary.project / f"app/schemas/{names.stem}.py").read_text()
        for names in dictionary.names(row)
    )

    for line in row.cell("schema") or []:
        assert squeezed(line) in squeezed(text), text


@everyword
def test_what_it_takes_and_what_it_refuses(dictionary: Dictionary, row: Row) -> None:
    ids: dict[str, str] = {}

    take(row.cell("accepted") or [], dictionary.people, ids)
    take(row.cell("refused") or [], dictionary.people, ids)


@everyword
def test_its_documents_show_it(dictionary: Dictionary, row: Row) -> None:
    for where, expected in (row.cell("openapi") or {}).items():
        found = found_in(dictionary.document, where)
        assert (found is None) if expected == "absent" else holds(found, expected), (where, found)


@everyword
def test_a_generated_test_holds_it(
    dictionary: Dictionary, outcomes: dict[str, str], row: Row
) -> None:
    for test in dictionary.tests(row):
        ran = {name: said for name, said in outcomes.items() if f"{name}[".startswith(f"{test}[")}
        assert ran, f"no generated test of {row.resources} is called {test}"
        assert set(ran.values()) == {"PASSED"}, ran


@pytest.fixture(scope="module")
def outcomes(dictionary: Dictionary, server: Database) -> dict[str, str]:
    """What became of the tests that rows name; one run, since to start it takes longest."""
    named = [test for row in ROWS.values() for test in dictionary.tests(row)]
    tests = [test for test in named if not test.startswith("nowhere")]
    plugins = ["-p", "pytest_asyncio.plugin", "-p", "xdist.plugin", "-p", "no:cacheprovider"]
    variables = {"TEST_DATABASE_URL": server.url, "TEST_REDIS_URL": server.redis}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rA", *plugins, *tests],
        cwd=dictionary.project,
        env=server.environment | variables | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    told = re.findall(r"^([A-Z]+) (app/\S+::.+?)(?: - .*)?$", run.stdout, re.MULTILINE)
    assert told, run.stdout + run.stderr
    return {name: outcome for outcome, name in told}


def squeezed(code: str) -> str:
    """Code without the ways that it may be laid out in."""
    return re.sub(r",(?=[)\]}])", "", re.sub(r"\s+", "", code))
