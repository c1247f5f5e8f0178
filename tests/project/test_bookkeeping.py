import json
from hashlib import sha256

import pytest

from backsmith import __version__
from backsmith.design import Design, read
from backsmith.design.schema import schema
from backsmith.project.bookkeeping import whole

TEXT = b"# Mine.\nname:   shop\nbacksmith: 1\n"
RENDERED = {"README.md": b"# shop\n", "app/main.py": b"app = None\n"}


MODELINE = b"# yaml-language-server: $schema=.backsmith/schema.json"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (TEXT, MODELINE + b"\n" + TEXT),
        (b"name: a\r\n", MODELINE + b"\r\nname: a\r\n"),
        (b"\xef\xbb\xbfname: a\n", b"\xef\xbb\xbf" + MODELINE + b"\nname: a\n"),
        (MODELINE + b"\n" + TEXT, MODELINE + b"\n" + TEXT),
    ],
)
def test_a_project_holds_the_design_as_it_was_written_and_where_its_schema_is(
    text: bytes, kept: bytes
) -> None:
    files = whole(design(), text, RENDERED)

    assert files["backsmith.yml"] == kept
    assert json.loads(files[".backsmith/schema.json"]) == schema()


def test_what_was_rendered_stays_as_it_is() -> None:
    assert whole(design(), TEXT, RENDERED).items() >= RENDERED.items()


def test_the_lock_names_the_version_and_every_rendered_file() -> None:
    files = whole(design(), TEXT, RENDERED)

    assert json.loads(files[".backsmith/lock.json"]) == {
        "about": "What Backsmith built, each file by its SHA-256. Don't edit it.",
        "version": __version__,
        "base": sha256(files[".backsmith/base.txtar"]).hexdigest(),
        "files": {path: sha256(data).hexdigest() for path, data in RENDERED.items()},
    }


def test_the_applied_design_reads_back_to_the_same_one() -> None:
    files = whole(design(), TEXT, RENDERED)

    assert read(files[".backsmith/applied.yml"]).design == design()


def test_the_base_is_what_was_rendered_and_nothing_else() -> None:
    base = whole(design(), TEXT, RENDERED)[".backsmith/base.txtar"]

    about, _, rest = base.partition(b"\n")
    assert about.endswith(b"Don't edit it.")
    assert rest == b"-- README.md --\n# shop\n-- app/main.py --\napp = None\n"


def test_twice_the_same_gives_the_same_bytes() -> None:
    again = dict(reversed(RENDERED.items()))

    assert whole(design(), TEXT, RENDERED) == whole(design(), TEXT, again)


def design() -> Design:
    found = read(TEXT).design
    assert found
    return found
