"""How a test sees that a row has stayed as it was, with the routes that there are."""

from backsmith.design.model import Operation
from backsmith.render.casting import VISITOR, Person, reaches_all
from backsmith.render.script import Script


def before(script: Script, reader: Person) -> list[str]:
    """The lines that keep a row as it is now."""
    shown = _shown(script, reader)
    return [f"before = {shown}"] if shown else []


def unchanged(script: Script, reader: Person) -> list[str]:
    """The lines that compare it with what was kept."""
    shown = _shown(script, reader)
    if shown:
        return [f"assert {shown} == before"]
    one = script.one
    left = f"left = await stored(database, {one})"
    return [left, "assert left", f"assert left.updated_at == {one}.updated_at"]


def still_there(script: Script, reader: Person) -> str:
    """The line that finds a row."""
    one, paths = script.one, script.paths
    if script.offers(Operation.GET):
        return f"assert (await {reader.fixture}.get(at({one}))).status_code == 200"
    if script.offers(Operation.LIST):
        return f"assert ids_of(await {reader.fixture}.get({paths})) == [str({one}.id)]"
    return f"assert await stored(database, {one})"


def _shown(script: Script, reader: Person) -> str:
    if script.offers(Operation.GET):
        return f"(await {reader.fixture}.get(at({script.one}))).json()"
    if script.offers(Operation.LIST):
        return f'(await {reader.fixture}.get({script.paths})).json()["items"]'
    return ""


def who_sees(other: Script, owner: Person) -> Person:
    """Somebody who reads a row of this owner's, and finds it in lists."""
    if other.lister == VISITOR or reaches_all(other.lister, other.resource.access.read):
        return other.lister
    return owner


def who_deletes(other: Script, owner: Person) -> Person:
    deleter = other.cast.deleter
    return deleter if reaches_all(deleter, other.resource.access.delete) else owner
