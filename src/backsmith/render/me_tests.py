"""Writes the tests of references to whoever creates a row, which nobody sends."""

from collections.abc import Iterator

from backsmith.design.model import Field, Operation
from backsmith.render.cases import case
from backsmith.render.casting import BOB
from backsmith.render.english import a
from backsmith.render.script import Script, slug


def me_tests(script: Script) -> Iterator[str]:
    """Set from the token when a row is made, and never again."""
    for field in script.resource.fields:
        if not field.is_me:
            continue
        if script.offers(Operation.CREATE):
            yield _set(script, field)
        if script.offers(Operation.UPDATE):
            yield _kept(script, field)


def _set(script: Script, field: Field) -> str:
    hero, paths, column = script.hero, script.paths, field.column
    body = f"""
        theirs = {{"{column}": str(BOB.id)}}

        made = await {hero.fixture}.post({paths}, json={script.body()})
        refused = await {hero.fixture}.post({paths}, json={script.body("**theirs")})

        assert made.json(){_shown(field)} == str({hero.constant}.id)
        assert_invalid(refused, "{column}")
        async with database.reads() as session:
            kept = await session.scalars(select({script.resource.name}.{column}))
        assert kept.all() == [{hero.constant}.id]
    """
    name = f"whoever_creates_{_noun(script)}_is_its_{field.name}"
    return case(name, script.needs(hero, stored=True), body)


def _kept(script: Script, field: Field) -> str:
    one, changer, column = script.one, script.cast.changer, field.column
    given = ", ".join(script.made_by(BOB))
    path = f"at({one})"
    body = f"""
        {one} = {script.add(given)}
        mine = {{"{column}": str({changer.constant}.id)}}

        changed = await {changer.fixture}.patch({path}, json={script.change()})
        refused = await {changer.fixture}.patch({path}, json=mine)

        assert changed.json(){_shown(field)} == str(BOB.id)
        assert_invalid(refused, "{column}")
        left = await stored(database, {one})
        assert left
        assert left.{column} == BOB.id
    """
    name = f"whoever_changes_{_noun(script)}_is_not_its_{field.name}"
    return case(name, script.needs(changer, stored=True), body)


def _shown(field: Field) -> str:
    embeds = field.reference is not None and field.reference.embed
    return f'["{field.name}"]["id"]' if embeds else f'["{field.column}"]'


def _noun(script: Script) -> str:
    return slug(a(script.resource.names.noun))
