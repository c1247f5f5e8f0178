"""Writes the tests of rows that belong to whom the row above them belongs to."""

from collections.abc import Iterator

from backsmith.design.article import a
from backsmith.design.model import Operation
from backsmith.render.cases import case
from backsmith.render.casting import ALICE, BOB, Person, may, reaches_all
from backsmith.render.errors import refused
from backsmith.render.missing_errors import missing_error
from backsmith.render.neighbours import referred
from backsmith.render.parents import asks_first
from backsmith.render.rights import change_depends, creation_depends
from backsmith.render.script import Script, slug
from backsmith.render.services import guarded
from backsmith.render.tables import uniques


def parent_tests(script: Script) -> Iterator[str]:
    """Nobody puts a row below somebody else's."""
    said = script.said
    if not said.owner_path:
        return
    hero, changer = script.hero, script.cast.changer
    rights = script.resource.access
    creates = script.offers(Operation.CREATE) and creation_depends(said)
    if creates and not reaches_all(hero, rights.create):
        yield _created(script, hero)
        if _one_below(script) and asks_first(said, said.access.create):
            yield from _taken(script, hero)
    updates = script.offers(Operation.UPDATE) and change_depends(said)
    if updates and changer == hero and not reaches_all(changer, rights.update):
        yield _moved(script, changer)
        if _one_below(script) and asks_first(said, said.access.update) in said.changeable:
            yield from _moved_onto(script, changer)


def _created(script: Script, hero: Person) -> str:
    sent = script.body(owner=_other(hero))
    lines = [
        f"refused = await {hero.fixture}.post({script.paths}, json={sent})",
        "",
        f"assert_problem(refused, {_error(script, hero, every=True)})",
    ]
    name = f"nobody_creates_{_noun(script)}_below_a_row_of_somebody_else"
    return case(name, script.needs(hero), "\n".join(lines))


def _moved(script: Script, changer: Person) -> str:
    one = script.one
    field = script.resource.field(script.said.owner_path[0])
    there = referred(script, field.reference, _other(changer)) if field.reference else ""
    lines = [
        f"{one} = {script.add()}",
        f'theirs = {{"{field.column}": {there}}}',
        "",
        f"refused = await {changer.fixture}.patch(at({one}), json=theirs)",
        "",
        f"assert_problem(refused, {_error(script, changer, every=False)})",
        f"left = await stored(database, {one})",
        "assert left",
        f"assert left.{field.column} == {one}.{field.column}",
    ]
    name = f"nobody_moves_{_noun(script)}_below_a_row_of_somebody_else"
    return case(name, script.needs(changer, stored=True), "\n".join(lines))


def _one_below(script: Script) -> bool:
    """Whether there is but one row below each other."""
    above = (script.said.owner_path[0],)
    return any(each.fields == above for each in uniques(script.said))


def _taken(script: Script, hero: Person) -> Iterator[str]:
    """Who may not write there doesn't learn either that the place is taken."""
    one, other = script.one, _other(hero)
    column = script.resource.field(script.said.owner_path[0]).column
    sent = script.body(f"{column}=str({one}.{column})", owner=other)
    refusal = _error(script, hero, every=True)
    if refusal != refused(script.resource).name:
        return
    lines = [
        f"{one} = {script.add(owner=other)}",
        "",
        f"refused = await {hero.fixture}.post({script.paths}, json={sent})",
        "",
        f"assert_problem(refused, {refusal})",
    ]
    name = f"nobody_learns_of_{_noun(script)}_by_creating_another"
    yield case(name, script.needs(hero, stored=True), "\n".join(lines))


def _moved_onto(script: Script, changer: Person) -> Iterator[str]:
    column = script.resource.field(script.said.owner_path[0]).column
    one, refusal = script.one, _error(script, changer, every=False)
    if refusal != refused(script.resource).name:
        return
    lines = [
        f"{one} = {script.add()}",
        f"other = {script.add(owner=_other(changer))}",
        f'theirs = {{"{column}": str(other.{column})}}',
        "",
        f"refused = await {changer.fixture}.patch(at({one}), json=theirs)",
        "",
        f"assert_problem(refused, {refusal})",
    ]
    name = f"nobody_learns_of_{_noun(script)}_by_moving_one"
    yield case(name, script.needs(changer, stored=True), "\n".join(lines))


def _error(script: Script, person: Person, *, every: bool) -> str:
    """A row that one may not read is as good as missing; any other is not one's own."""
    for field, reference in guarded(script.design, script.resource):
        if field.optional or (not every and field.name != script.said.owner_path[0]):
            continue
        read = script.design.resource(reference.target).access.read
        if not (may(person, read) and reaches_all(person, read)):
            return missing_error(field)
    return refused(script.resource).name


def _other(person: Person) -> Person:
    return BOB if person != BOB else ALICE


def _noun(script: Script) -> str:
    return slug(a(script.resource.names.noun))
