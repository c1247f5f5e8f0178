"""Writes the tests of relations that lead back: they find the rows that refer there, no others."""

from collections.abc import Iterator

from backsmith.design.model import Field, Reference
from backsmith.design.resource import USER
from backsmith.render.capacity import has_owner, one_each
from backsmith.render.cases import case
from backsmith.render.casting import ALICE, BOB, Person
from backsmith.render.english import a
from backsmith.render.link_pools import some, testable_links
from backsmith.render.links import Links
from backsmith.render.neighbours import referred
from backsmith.render.reverses import two_way
from backsmith.render.script import Script, slug


def reverse_tests(script: Script) -> Iterator[str]:
    """What rows are called by those that they refer to."""
    for field, reference in two_way(script.resource):
        yield from _of_one(script, field, reference)
    for links in testable_links(script):
        if links.reference.reverse:
            yield _of_many(script, links, links.reference.reverse)


def _of_one(script: Script, field: Field, reference: Reference) -> Iterator[str]:
    one, roomy = script.one, script.capacity > 1 or one_each(script.resource)
    if reference.target == USER:
        made, other = _by_people(script, field)
        target = "BOB.id"
    elif reference.target == script.resource.name:
        if not roomy:
            return
        pointed = referred(script, reference, script.hero)
        made, other = script.add(f"{field.column}={pointed}"), ""
        target = f"{one}.{field.column}"
    else:
        pointed = referred(script, reference, script.hero)
        made = script.add(*([f"{field.column}={pointed}"] if field.optional else []))
        other = script.add(owner=_somebody_else(script))
        target = f"{one}.{field.column}"
    lines = [f"{one} = {made}", *([other] if other and roomy else [])]
    yield _found(script, reference, lines, target)


def _by_people(script: Script, field: Field) -> tuple[str, str]:
    """A row that refers to bob, and one that refers to somebody else."""
    if field.name == script.resource.owner:
        return script.add(owner=BOB), script.add()
    adding = [script.add(f"{field.column}=str({each.constant}.id)") for each in (BOB, ALICE)]
    if one_each(script.resource):
        other = f"{field.column}=str(ALICE.id)"
        adding[1] = script.add(other, owner=_somebody_else(script))
    return adding[0], adding[1]


def _of_many(script: Script, links: Links, name: str) -> str:
    lines = [
        f"ids = {some(script, links)}",
        f"{script.one} = {script.add(f'{links.column}=ids')}",
    ]
    roomy = script.capacity > 2 and not links.field.minimum and not links.within
    lines += [script.add()] if roomy else []
    return _found(script, links.reference, lines, "UUID(ids[0])")


def _found(script: Script, reference: Reference, lines: list[str], target: str) -> str:
    kind, name, one = reference.target, reference.reverse, script.one
    found = f"[each.id for each in found.{name}] == [{one}.id]"
    told = [f"assert {found}"]
    if reference.one:
        told = [f"assert found.{name}", f"assert found.{name}.id == {one}.id"]
    body = "\n".join(
        [
            *lines,
            "",
            "async with database.reads() as session:",
            f"    asked = [selectinload({kind}.{name})]",
            f"    found = await session.get({kind}, {target}, options=asked)",
            "",
            "assert found",
            *told,
        ]
    )
    of, to = "a_person", "them"
    if kind != USER:
        of, to = slug(a(script.design.resource(kind).names.noun)), "it"
    verb = "is" if reference.one else "are"
    title = f"the_{name}_of_{of}_{verb}_what_refers_to_{to}"
    return case(title[:80].rstrip("_"), ["database"], body)


def _somebody_else(script: Script) -> Person | None:
    return BOB if has_owner(script.design, script.resource) else None
