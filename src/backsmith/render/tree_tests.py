"""Writes the tests of trees that hide: whatever is below a row, however deep, hides with it."""

from collections.abc import Iterator

from backsmith.design.model import Field, Operation
from backsmith.render.capacity import capacity
from backsmith.render.cases import case
from backsmith.render.casting import ADMIN
from backsmith.render.english import a
from backsmith.render.hiding import tree_keys
from backsmith.render.hiding_queries import uses_to_look_for
from backsmith.render.looking import who_sees
from backsmith.render.neighbours import beside
from backsmith.render.script import Script, slug

DEPTH = 3
"""The rows of one kind that such a test needs beside each other."""


def tree_tests(script: Script, other: Script, field: Field) -> Iterator[str]:
    """Rows below those that refer to a row, which hides them all and brings them back."""
    keys = tree_keys(other.resource)
    itself = other.resource == script.resource
    readable = other.offers(Operation.GET) and capacity(script.design, other.resource) >= DEPTH
    if not readable or not keys or (itself and field.column != keys[0]):
        return
    one, deleter, owner = script.one, script.cast.deleter, beside(script, other)
    reader = who_sees(other, owner or script.hero)
    got = f"(await {reader.fixture}.get(there)).status_code"
    body = f"""
        {one} = {script.add()}
        theirs = {other.add(f"{field.column}=str({one}.id)", owner=owner)}
        deeper = {other.add(f"{keys[0]}=str(theirs.id)", owner=owner)}
        there = f"/api/v1/{other.resource.names.path}/{{deeper.id}}"

        assert {got} == 200
        assert (await {deleter.fixture}.delete(at({one}))).status_code == 204
        assert {got} == 404
        assert (await admin.post(f"{{at({one})}}/restore")).status_code == {script.restored}
        assert {got} == 200
    """
    noun, nouns = slug(a(script.resource.names.noun)), slug(other.resource.names.nouns)
    name = f"{noun}_hides_what_is_below_its_{nouns}_until_it_is_restored"
    yield case(name, script.needs(deleter, reader, ADMIN, stored=True), body)


def held_tests(script: Script) -> Iterator[str]:
    """Rows that are put into a tree just when it hides, which keep nothing from hiding."""
    keys, resource = tree_keys(script.resource), script.resource
    uses = uses_to_look_for(script.design, resource)
    if not keys or not uses or capacity(script.design, resource) < DEPTH:
        return
    one, name, nouns = script.one, resource.name, slug(resource.names.nouns)
    body = f"""
        {one} = {script.add()}
        theirs = {script.add(f"{keys[0]}=str({one}.id)")}

        async with database.writes() as deleting:
            {resource.names.plural} = {name}Repository(deleting)
            going = await {resource.names.plural}.lock(EVERY, {one}.id)
            assert going
            async with database.writes() as adding:
                await {name}Repository(adding).hold_all(EVERY, [theirs.id])
                looking = asyncio.create_task({resource.names.plural}.{uses[0].method}(going))
                await until_somebody_waits(database)
                deeper = {script.add(f"{keys[0]}=str(theirs.id)")}
            assert not await looking

            async with database.reads() as other:
                held = select({name}).where({name}.id == deeper.id).with_for_update(nowait=True)
                with pytest.raises(DBAPIError, match="could not obtain lock"):
                    await other.execute(held)
    """
    title = f"{slug(a(resource.names.noun))}_that_goes_holds_{nouns}_that_are_put_below_meanwhile"
    yield case(title, ["database"], body)
