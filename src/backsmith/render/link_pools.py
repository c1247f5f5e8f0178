"""Rows for tests to point to: how many there are to choose from, and which a row has of them."""

from backsmith.design.model import Resource
from backsmith.render.capacity import brings, capacity, one_each
from backsmith.render.casting import Person
from backsmith.render.links import Links, links_of
from backsmith.render.neighbours import referred
from backsmith.render.script import Script

PEOPLE = ("ALICE", "BOB", "ADMIN")


def testable_links(script: Script) -> list[Links]:
    """Links that a test can make: beside a row there has to be place for another of its kind."""
    found = links_of(script.design, script.resource)
    crowded = script.capacity < 2 and not one_each(script.resource)
    return [links for links in found if not (crowded and own_kind(script, links))]


def pool(script: Script, links: Links, owner: Person | None = None) -> tuple[str, int]:
    """Ids to point to, the lowest first, as an expression; and how many they are."""
    count = _size(script, links)
    if links.reference.target == "User":
        ids = ", ".join(f"str({person}.id)" for person in PEOPLE[:count])
        return f"sorted([{ids}])", count
    one = referred(script, links.reference, owner or script.hero)
    return (f"sorted([{one} for _ in range({count})])", count) if count > 1 else (f"[{one}]", 1)


def some(script: Script, links: Links) -> str:
    """As many of them as a row may have."""
    ids, count = pool(script, links)
    return ids if count <= int(links.field.maximum or 0) else f"{ids}[:-1]"


def halves(links: Links, count: int) -> tuple[str, str]:
    """Of so many ids those of a row at first, and those that it has later."""
    if count <= int(links.field.maximum or 0):
        return "ids", "ids[:-1]"
    return "ids[:-1]", "ids[1:]"


def _size(script: Script, links: Links) -> int:
    wanted = max(int(links.field.minimum or 0), 1) + 1
    if links.reference.target == "User":
        return min(wanted, len(PEOPLE))
    target = script.design.resource(links.reference.target)
    if one_each(target):
        return 1
    return max(1, min(wanted, _room(script, target)))


def own_kind(script: Script, links: Links) -> int:
    """How many rows of its own kind there are beside a row that has such links."""
    if links.reference.target == "User":
        return 0
    target = script.design.resource(links.reference.target)
    return _size(script, links) * brings(script.design, target, script.resource)


def _room(script: Script, target: Resource) -> int:
    """How many there can be besides up to two rows that point to them, if of the same kind."""
    room = capacity(script.design, target)
    own = brings(script.design, target, script.resource)
    return min(room, (script.capacity - 2) // own) if own else room
