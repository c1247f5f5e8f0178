"""The backend is what its own design renders to, and nothing else."""

from pathlib import Path

import pytest

from backsmith.design import Design, read
from backsmith.render import render
from backsmith.render.backend import OWN_DESIGN, OWN_NAME, own_files, title

BACKEND = Path(__file__).parents[2] / "backend"


def design_of(text: str) -> Design:
    design = read(text).design
    assert design is not None
    return design


@pytest.fixture(scope="module")
def own_design() -> Design:
    return design_of((BACKEND / OWN_DESIGN).read_text())


def test_the_backend_is_what_its_own_design_renders_to(own_design: Design) -> None:
    rendered = render(own_design)
    stands = {path: data for path, data in own_files().items() if path != OWN_DESIGN}

    assert sorted(rendered) == sorted(stands)
    different = [path for path in rendered if rendered[path] != stands[path]]
    assert different == []


def test_the_same_design_renders_the_same_bytes(own_design: Design) -> None:
    assert render(own_design) == render(own_design)


def test_no_project_holds_a_trace_of_another_name() -> None:
    rendered = render(design_of("backsmith: 1\nname: lending-desk\n"))

    for path, data in rendered.items():
        text = data.decode()
        assert OWN_NAME not in text.lower(), path
        assert title(OWN_NAME) not in text, path
    assert b"lending-desk" in rendered["app/core/about.py"]
    assert b'name = "lending-desk"' in rendered["pyproject.toml"]


def test_a_project_without_resources_holds_no_trace_of_the_sample() -> None:
    rendered = render(design_of("backsmith: 1\nname: empty\n"))

    assert not [path for path in rendered if "book" in path]
    assert not [path for path, data in rendered.items() if b"book" in data.lower()]


def test_every_file_ends_its_lines_alike_and_is_text() -> None:
    for path, data in render(design_of("backsmith: 1\nname: empty\n")).items():
        assert b"\r" not in data, path
        assert not data or data.endswith(b"\n"), path


def test_somebodys_own_sentence_stays_as_it_is() -> None:
    doc = "Rent a bookshelf in our Bookshelf club."
    rendered = render(design_of(f"backsmith: 1\nname: shop\ndoc: {doc}\n"))

    assert doc in rendered["README.md"].decode()
    assert doc in rendered["app/core/about.py"].decode()


def test_a_field_never_hides_what_is_embedded() -> None:
    design = design_of(
        "backsmith: 1\nname: shop\nresources:\n"
        "  Author: {fields: {name: string}}\n"
        "  Book: {fields: {author: Author embed, author_summary: text}}\n"
    )

    schema = render(design)["app/schemas/book.py"].decode()

    assert "BookAuthorSummaryValue = " in schema
    assert "    author: AuthorSummary\n" in schema


def test_a_field_never_hides_what_its_own_resource_is_in_others() -> None:
    design = design_of(
        "backsmith: 1\nname: shop\nresources:\n"
        "  User: {fields: {summary: string?}}\n"
        "  Author: {fields: {summary: string, person: User embed}}\n"
        "  Book: {fields: {author: Author embed}}\n"
    )

    files = {path: data.decode() for path, data in render(design).items()}

    assert "AuthorSummaryValue = " in files["app/schemas/author.py"]
    assert "UserSummaryValue = " in files["app/schemas/user.py"]
    assert "UserSummary = " not in files["app/schemas/user.py"]


def test_deleting_declares_what_may_still_be_in_use_below() -> None:
    design = design_of(
        "backsmith: 1\nname: shop\nresources:\n"
        "  Book: {fields: {name: string}}\n"
        "  Review: {fields: {book: Book cascade}}\n"
        "  Comment: {fields: {review: Review restrict}}\n"
    )

    endpoint = render(design)["app/api/v1/endpoints/book.py"].decode()

    assert "from app.services.review import ReviewHasComments" in endpoint
    assert "BookNotFound, ReviewHasComments)" in endpoint.replace("\n", "")
