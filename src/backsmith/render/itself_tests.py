"""Writes the tests of rows that would refer to themselves, which only one that exists can."""

from collections.abc import Iterator

from backsmith.render.cases import case
from backsmith.render.casting import may
from backsmith.render.english import a
from backsmith.render.links import links_within
from backsmith.render.missing_errors import itself
from backsmith.render.script import Script, slug
from backsmith.render.services import lookups
from backsmith.render.tables import points_to_itself


def itself_tests(script: Script) -> Iterator[str]:
    """A row is neither what it refers to, nor among the many that it points to."""
    design, resource = script.design, script.resource
    if resource in lookups(design, resource) and not may(script.cast.changer, resource.access.read):
        return  # To whoever may not read the row it is as good as missing.
    tried = {
        f"its_own_{field.name}": (field.column, "{}")
        for field in resource.changeable
        if points_to_itself(resource, field)
    }
    tried |= {
        f"among_its_{links.field.name}": (links.column, "[{}]")
        for links in links_within(design, resource)
    }
    for (name, (column, sent)), error in zip(tried.items(), itself(design, resource), strict=False):
        yield _refused(script, name, column, sent, error.name)


def _refused(script: Script, name: str, column: str, sent: str, error: str) -> str:
    one, changer = script.one, script.cast.changer
    own = sent.format(f"str({one}.id)")
    body = f"""
        {one} = {script.add()}

        refused = await {changer.fixture}.patch(at({one}), json={{"{column}": {own}}})

        assert_problem(refused, {error})
    """
    noun = slug(a(script.resource.names.noun))
    return case(f"{noun}_is_not_{name}", script.needs(changer, stored=True), body)
