"""The guide shows designs that stand, and what they really do."""

from .page import PAGE, steps, with_effects


def test_each_step_says_what_it_does_to_the_api() -> None:
    page = PAGE.read_text()

    assert with_effects(page) == page, "make examples"


def test_each_step_quotes_its_design() -> None:
    for step in steps(PAGE.read_text()):
        assert step.quotes(), step.number
        assert [quote for quote in step.quotes() if not step.holds(quote)] == [], step.number


def test_the_steps_are_counted_and_each_design_has_its_step() -> None:
    numbers = [step.number for step in steps(PAGE.read_text())]
    files = sorted(int(file.stem) for file in (PAGE.parent / "garden").glob("*.yml"))

    assert numbers == files == list(range(1, len(numbers) + 1))
