"""Writes the tests of links whose rows go."""

from collections.abc import Iterator

from backsmith.design.model import Design, Operation, Resource
from backsmith.render.capacity import needed, one_each, varied
from backsmith.render.cases import case
from backsmith.render.casting import ADMIN, ALICE
from backsmith.render.english import a
from backsmith.render.link_pools import some, testable_links
from backsmith.render.links import Links
from backsmith.render.script import Script, slug


def link_going_tests(script: Script) -> Iterator[str]:
    """A link is there as long as both of its rows are."""
    for links in testable_links(script):
        yield _with_row(script, links)
        yield from _with_target(script, links)
        if links.hides and script.offers(Operation.UPDATE):
            yield _hidden_meanwhile(script, links)


def _with_row(script: Script, links: Links) -> str:
    name, one = script.resource.name, script.one
    gone = f"delete({name}).where({name}.id == {one}.id)"
    noun = slug(a(script.resource.names.noun))
    return _going(script, links, f"{noun}_takes_the_links_to_its_{links.field.name}_along", gone, 0)


def _with_target(script: Script, links: Links) -> Iterator[str]:
    target = links.reference.target
    if _meets(script, links):
        return
    gone = f"delete({target}).where({target}.id == UUID(ids[0]))"
    if target == "User":
        gone = f"delete(User).where(User.id == {_stranger(script)}.id)"
    noun, left = slug(a(script.resource.names.noun)), "len(ids) - 1"
    yield _going(script, links, f"{noun}_loses_the_links_to_{links.field.name}_that_go", gone, left)


def _going(script: Script, links: Links, name: str, gone: str, left: int | str) -> str:
    alone = links.reference.target == "User" and _may_be_one(links)
    ids = f"[str({_stranger(script)}.id)]" if alone else some(script, links)
    body = f"""
        ids = {ids}
        {script.one} = {script.add(f"{links.column}=ids")}
        linked = select(func.count()).select_from({links.table})

        async with database.writes() as session:
            assert await session.scalar(linked) == len(ids)
            await session.execute({gone})
            assert await session.scalar(linked) == {left}
    """
    return case(name[:80].rstrip("_"), ["database"], body)


def _hidden_meanwhile(script: Script, links: Links) -> str:
    name, one, target = script.resource.name, script.one, links.reference.target
    hiding = f"update({target}).where({target}.id == UUID(ids[0]))"
    body = f"""
        ids = {some(script, links)}
        {one} = {script.add(f"{links.column}=ids")}
        linked = select(func.count()).select_from({links.table})

        async with database.writes() as session:
            {script.repository} = {name}Repository(session)
            found = await {script.repository}.lock(EVERY, {one}.id)
            assert found
            await session.execute({hiding}.values(deleted_at=func.now()))
            await {script.repository}.{links.replace}(found, [UUID(each) for each in ids])

            assert await session.scalar(linked) == len(ids)
    """
    noun = slug(a(script.resource.names.noun))
    name = f"{noun}_links_once_to_{links.field.name}_that_hide_meanwhile"
    return case(name[:80].rstrip("_"), ["database"], body)


def _may_be_one(links: Links) -> bool:
    return int(links.field.minimum or 0) <= 1


def _stranger(script: Script) -> str:
    """Somebody whose account no row of the test needs."""
    return (ADMIN if script.hero != ADMIN else ALICE).constant


def _meets(script: Script, links: Links) -> bool:
    """Whether something else of the test may refer to what goes."""
    above = _above(script.design, script.resource)
    if links.reference.target == "User":
        return not _may_be_one(links) or any(
            field.reference and field.reference.target == "User" and field.name in varied(each)
            for each in above
            for field in each.fields
        )
    target = script.design.resource(links.reference.target)
    return one_each(target) and target in above[1:]


def _above(design: Design, resource: Resource) -> list[Resource]:
    """This resource, and those whose rows it can't be without, at any depth."""
    found = [resource]
    for each in found:
        found += [target for target in needed(design, each) if target not in found]
    return found
