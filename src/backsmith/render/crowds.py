"""Rows by the dozen: as many as the test of a list wants, or as there can be beside each other."""

from backsmith.render.capacity import one_each
from backsmith.render.rights import for_signed_in, roles_of
from backsmith.render.script import Script


def rows_at_hand(script: Script, wanted: int) -> int:
    return max(1, min(wanted, script.capacity if not of_several_people(script) else 3))


def of_several_people(script: Script) -> bool:
    """Whether rows of several owners are needed, and whoever lists them sees them all."""
    return one_each(script.resource) and (
        for_signed_in(script.resource.access.read)
        or script.lister.role in roles_of(script.resource.access.read)
    )


def adding_several(script: Script, wanted: int) -> str:
    """So many rows, as an expression; of several people where each can have one alone."""
    count = rows_at_hand(script, wanted)
    if of_several_people(script) and count > 1:
        stem = script.resource.names.stem
        return f"[await add_{stem}(database, person) for person in EVERYBODY[:{count}]]"
    return f"[{script.add()} for _ in range({count})]"
