"""Writes the tests of the rules that say who reaches which rows."""

from collections.abc import Iterator

from backsmith.design.model import Access, Rule, Rules
from backsmith.render.cases import Table, case
from backsmith.render.casting import (
    ADMIN,
    ALICE,
    BOB,
    Person,
    everybody_with_a_role,
    may,
    outsiders,
    reaches_all,
)
from backsmith.render.rights import for_everybody, is_conditional, needs_role
from backsmith.render.script import Script, person_class, slug

RIGHTS = {"readable": "read", "changeable": "update", "deletable": "delete"}


def rights_of(access: Access) -> dict[str, Rules]:
    """The function of each right, and whom it is for."""
    return {right: getattr(access, operation) for right, operation in RIGHTS.items()}


def rights_tests(script: Script) -> Iterator[str]:
    """Which rows each person reaches, right by right."""
    access = script.said.access
    people = [ALICE, *everybody_with_a_role(script.design)]
    # What depends on a row's values is tested on rows.
    rights = {right: who for right, who in rights_of(access).items() if not is_conditional(who)}
    rights |= _restoring(script)
    own = [
        (right, each)
        for right, who in rights.items()
        for each in people
        if may(each, who) and not reaches_all(each, who)
    ]
    every = [
        (right, each) for right, who in rights.items() for each in people if reaches_all(each, who)
    ]
    nouns = slug(script.resource.names.nouns)
    if own:
        yield _comparison(
            script, f"people_reach_their_own_{nouns}_alone", own, "owned_by(person.id)"
        )
    if for_everybody(access.read):
        body = "assert readable(None).compare(EVERY)"
        yield case(
            f"a_visitor_reads_every_{slug(script.resource.names.noun)}", [], body, waits=False
        )
    if every:
        noun = slug(script.resource.names.noun)
        yield _comparison(script, f"some_reach_every_{noun}", every, "EVERY")
    yield from _forbidden(script)


def _restoring(script: Script) -> dict[str, Rules]:
    return {"restorable": (Rule(ADMIN.fixture),)} if script.resource.soft_delete else {}


def _comparison(script: Script, name: str, pairs: list[tuple[str, Person]], expected: str) -> str:
    body = f"assert right(person.actor).compare({expected})"
    return case(name, [], body, *_crossed(script, pairs), waits=False)


def _crossed(script: Script, pairs: list[tuple[str, Person]]) -> list[Table]:
    """One table of pairs, or two where each goes with each."""
    kind = person_class(script.resource)
    rights = list(dict.fromkeys(right for right, _ in pairs))
    people = list(dict.fromkeys(person.constant for _, person in pairs))
    if len(pairs) == len(rights) * len(people) and len(pairs) > 2:
        return [Table({"right": "Any"}, rights), Table({"person": kind}, people)]
    rows = [f"({right}, {person.constant})" for right, person in pairs]
    return [Table({"right": "Any", "person": kind}, rows)]


def _forbidden(script: Script) -> Iterator[str]:
    access = script.said.access
    readable, *writing = rights_of(access).items()
    rights: dict[str, Rules] = dict([readable, ("creatable", access.create), *writing])
    rights |= _restoring(script)
    pairs = [
        (right, each)
        for right, who in rights.items()
        if who and needs_role(who)
        for each in [ALICE, *outsiders(script.design, who, BOB)]
    ]
    if pairs:
        body = """
            with pytest.raises(Forbidden):
                right(person.actor)
        """
        name = "without_the_role_nobody_gets_that_far"
        yield case(name, [], body, *_crossed(script, pairs), waits=False)
