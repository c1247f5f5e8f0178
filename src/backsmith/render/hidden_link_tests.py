"""Writes the tests of rows that point to many, of which some hide."""

from collections.abc import Iterator

from backsmith.design.model import Operation
from backsmith.render.cases import case
from backsmith.render.casting import ADMIN
from backsmith.render.english import a
from backsmith.render.hidden_tests import at_other
from backsmith.render.link_pools import testable_links
from backsmith.render.links import Links
from backsmith.render.looking import who_deletes, who_sees
from backsmith.render.missing_errors import missing_error
from backsmith.render.neighbours import beside, referred, whose
from backsmith.render.script import Script, slug


def hidden_link_tests(script: Script) -> Iterator[str]:
    """A deleted row is left out of what others point to, and taken by nobody."""
    if script.resource.soft_delete:
        for resource in script.design.resources:
            other = Script(script.design, resource)
            for links in testable_links(other):
                if links.reference.target == script.resource.name and _fits(other, links):
                    yield _left_out(script, other, links)
    for links in testable_links(script):
        if links.reference.target != "User" and _fits(script, links):
            yield from _refused(script, links)


def _fits(script: Script, links: Links) -> bool:
    """Whether one of them is enough, and can be looked at."""
    offers = script.offers(Operation.GET) and script.offers(Operation.LIST)
    return offers and int(links.field.minimum or 0) <= 1


def _left_out(script: Script, other: Script, links: Links) -> str:
    one, deleter = script.one, script.cast.deleter
    owner, column = beside(script, other), links.column
    reader = who_sees(other, owner or script.hero)
    many = f'"/api/v1/{other.resource.names.path}"'
    body = f"""
        {one} = {script.add()}
        theirs = {other.add(f"{column}=[str({one}.id)]", owner=owner)}
        there = {at_other(other.resource, "theirs.id")}
        asked = {{"{column}": str({one}.id)}}

        assert (await {deleter.fixture}.delete(at({one}))).status_code == 204
        assert (await {reader.fixture}.get(there)).json()["{column}"] == []
        assert ids_of(await {reader.fixture}.get({many}, params=asked)) == []
        assert (await admin.post(f"{{at({one})}}/restore")).status_code == {script.restored}
        assert (await {reader.fixture}.get(there)).json()["{column}"] == [str({one}.id)]
        assert ids_of(await {reader.fixture}.get({many}, params=asked)) == [str(theirs.id)]
    """
    noun, nouns = slug(a(script.resource.names.noun)), slug(other.resource.names.nouns)
    name = f"{noun}_is_left_out_of_the_{links.field.name}_of_{nouns}"
    return case(name, script.needs(deleter, reader, ADMIN, stored=True), body)


def _refused(script: Script, links: Links) -> Iterator[str]:
    target = script.design.resource(links.reference.target)
    if not target.soft_delete:
        return
    one, hero, changer = script.one, script.hero, script.cast.changer
    remover = who_deletes(Script(script.design, target), whose(script, links.reference))
    error = missing_error(links.field)
    gone = referred(script, links.reference, hero)
    lines = [
        f'deleted = {{"{links.column}": [{gone}]}}',
        f"there = f\"/api/v1/{target.names.path}/{{deleted['{links.column}'][0]}}\"",
        f"assert (await {remover.fixture}.delete(there)).status_code == 204",
        "",
    ]
    people = [remover]
    if script.offers(Operation.CREATE):
        sent = script.body("**deleted")
        lines.append(f"refused = await {hero.fixture}.post({script.paths}, json={sent})")
        lines.append(f"assert_problem(refused, {error})")
        people.append(hero)
    if script.offers(Operation.UPDATE):
        patched = f"await {changer.fixture}.patch(at({one}), json=deleted)"
        lines += [f"{one} = {script.add()}", f"assert_problem({patched}, {error})"]
        people.append(changer)
    if len(people) > 1:
        name = f"{slug(a(script.resource.names.noun))}_takes_no_deleted_{links.field.name}"
        yield case(name, script.needs(*people, stored=True), "\n".join(lines))
