from .conftest import Backsmith


def test_each_endpoint_is_a_line_that_says_who_may_call_it(backsmith: Backsmith) -> None:
    said = backsmith("show", "good.yml")

    assert said.code == 0
    assert said.out.splitlines()[:4] == [
        "METHOD  PATH                     WHO            WHAT",
        "GET     /api/v1/books            public         list books",
        "POST    /api/v1/books            admin          create a book",
        "GET     /api/v1/books/{book_id}  public         show a book",
    ]


def test_a_bad_design_shows_nothing_but_its_findings(backsmith: Backsmith) -> None:
    said = backsmith("show", "bad.yml")

    assert said.code == 1
    assert "METHOD" not in said.out
    assert "2 findings." in said.out
