"""Writes the tests of rules with conditions: who reaches a row, depending on what it holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from backsmith.design.article import a
from backsmith.design.model import Field, Operation, Rules, Who
from backsmith.render.capacity import fixed, refers_to_owned
from backsmith.render.cases import Table, case, mapping
from backsmith.render.casting import (
    ALICE,
    BOB,
    VISITOR,
    Person,
    allowed,
    can_refer,
    everybody_with_a_role,
)
from backsmith.render.rights import (
    creation_rules,
    for_visitors,
    is_conditional,
    needs_role,
    roles_of,
)
from backsmith.render.script import Script, slug
from backsmith.render.services import guarded
from backsmith.render.standing import Standing, standing, standings
from backsmith.render.values import spelt

MOST_CHANGES = 16


def condition_tests(script: Script) -> Iterator[str]:
    """Both sides of each condition, for everybody."""
    said = script.said
    if not fixed(said):
        return
    access = said.access
    reads = said.offers(Operation.LIST, Operation.GET)
    if reads and any(rule.when for rule in access.read):
        yield _read(script)
    if said.offers(Operation.CREATE) and is_conditional(creation_rules(said)):
        yield _created(script)
    if said.offers(Operation.UPDATE) and is_conditional(access.update):
        yield _changed(script)
        yield from _changed_into(script)
    if said.offers(Operation.DELETE) and is_conditional(access.delete):
        yield _deleted(script)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as rules look at it."""

    holds: Standing
    owner: Person | None

    def changes(self, *, sent: tuple[Field, ...] | None = None) -> str:
        """What a sample is to hold, as an expression; in a request only what a client sends."""
        names = [field.name for field in sent] if sent is not None else [*self.holds]
        return mapping({name: spelt(v) for name, v in self.holds.items() if name in names})


def _rows(script: Script, rules: Rules) -> list[_Row]:
    """A row for each kind that these rules tell apart; all else is as in samples."""
    asked = {rule.when.field for rule in rules if rule.when}
    owner = ALICE if script.said.owned else None
    rest = standing(script.said)
    kinds = [{**rest, **{name: each[name] for name in asked}} for each in standings(script.said)]
    return [_Row(each, owner) for at, each in enumerate(kinds) if each not in kinds[:at]]


def _reaches(rules: Rules, person: Person, row: _Row) -> bool:
    return any(
        _is_meant(rule.who, person, row)
        and (rule.when is None or row.holds[rule.when.field] == rule.when.value)
        for rule in rules
    )


def _is_meant(who: str, person: Person, row: _Row) -> bool:
    if who == Who.PUBLIC:
        return True
    if who == Who.OWNER:
        return person == row.owner
    return person != VISITOR and who in (Who.AUTHENTICATED, person.role)


def _answer(rules: Rules, person: Person, row: _Row, done: int) -> int:
    """The status that this person gets."""
    if person == VISITOR and not for_visitors(rules):
        return 401
    if _reaches(rules, person, row):
        return done
    return 403 if needs_role(rules) and person.role not in roles_of(rules) else 404


def _everybody(script: Script) -> list[Person]:
    return [ALICE, BOB, *everybody_with_a_role(script.design)]


def _people(people: list[Person]) -> str:
    return f"people = {mapping({each.fixture: each.fixture for each in people})}"


def _answers(rules: Rules, people: list[Person], row: _Row, done: int) -> str:
    return mapping({each.fixture: str(_answer(rules, each, row, done)) for each in people})


def _needs(people: list[Person]) -> list[str]:
    return [*(each.fixture for each in people), "database"]


TABLE = {"holding": "dict[str, Any]", "answers": "dict[str, int]"}


def _read(script: Script) -> str:
    one, rules = script.one, script.said.access.read
    people = [VISITOR, *_everybody(script)]
    rows = [
        f"({row.changes()}, {_answers(rules, people, row, 200)})" for row in _rows(script, rules)
    ]
    lines = [f"{one} = {script.add('**holding', owner=ALICE)}", _people(people), ""]
    lines.append("for name, answer in answers.items():")
    if script.said.offers(Operation.GET):
        lines.append(f"    assert (await people[name].get(at({one}))).status_code == answer")
    if script.said.offers(Operation.LIST):
        lines += [
            "    if answer in (200, 404):",
            f"        shown = [str({one}.id)] if answer == 200 else []",
            f"        assert ids_of(await people[name].get({script.paths})) == shown",
        ]
    name = f"who_reads_{_noun(script)}_depends_on_what_it_holds"
    return case(name, _needs(people), "\n".join(lines), Table(TABLE, rows))


def _changed(script: Script) -> str:
    one, rules, people = script.one, script.said.access.update, _everybody(script)
    rows = [
        f"({row.changes()}, {_answers(rules, people, row, 200)})" for row in _rows(script, rules)
    ]
    lines = [
        f"{one} = {script.add('**holding', owner=ALICE)}",
        _people(people),
        "",
        "for name, answer in answers.items():",
        f"    changed = await people[name].patch(at({one}), json={{}})",
        "    assert changed.status_code == answer",
    ]
    name = f"who_changes_{_noun(script)}_depends_on_what_it_holds"
    return case(name, _needs(people), "\n".join(lines), Table(TABLE, rows))


def _changed_into(script: Script) -> Iterator[str]:
    """A condition holds before a change and after it."""
    rules, people = script.said.access.update, _everybody(script)
    changeable = {field.name for field in script.said.changeable}
    refused: list[str] = []
    taken: list[str] = []
    for before in _rows(script, rules):
        for after in _rows(script, rules):
            sent = {name: v for name, v in after.holds.items() if before.holds[name] != v}
            for person in people:
                if len(sent) == 1 and {*sent} <= changeable and _reaches(rules, person, before):
                    told = refused if not _reaches(rules, person, after) else taken
                    sending = mapping({name: spelt(v) for name, v in sent.items()})
                    told.append(f'("{person.fixture}", {before.changes()}, {sending})')
    table = {"name": "str", "holding": "dict[str, Any]", "sent": "dict[str, Any]"}
    one = script.one
    head = [
        f"{one} = {script.add('**holding', owner=ALICE)}",
        _people(people),
        "",
        f"changed = await people[name].patch(at({one}), json=sent)",
        "",
    ]
    if refused:
        lines = [
            *head,
            f"assert_problem(changed, {script.said.name}Refused)",
            f"left = await stored(database, {one})",
            "assert left",
            f"assert left.updated_at == {one}.updated_at",
        ]
        title = f"nobody_changes_{_noun(script)}_beyond_their_rights"
        rows = refused[:MOST_CHANGES]
        yield case(title, _needs(people), "\n".join(lines), Table(table, rows))
    if taken:
        lines = [
            *head,
            "assert changed.status_code == 200",
            "assert changed.json().items() >= sent.items()",
        ]
        title = f"people_change_{_noun(script)}_within_their_rights"
        rows = taken[:MOST_CHANGES]
        yield case(title, _needs(people), "\n".join(lines), Table(table, rows))


def _deleted(script: Script) -> str:
    one, rules, people = script.one, script.said.access.delete, _everybody(script)
    rows = [
        f"({row.changes()}, {_answers(rules, people, row, 204)})" for row in _rows(script, rules)
    ]
    add = script.add("**holding", owner=ALICE)
    lines = [
        f"{one} = {add}",
        _people(people),
        "",
        "for name, answer in answers.items():",
        f"    assert (await people[name].delete(at({one}))).status_code == answer",
        "    if answer == 204:",
        f"        {one} = {add}",
    ]
    name = f"who_deletes_{_noun(script)}_depends_on_what_it_holds"
    return case(name, _needs(people), "\n".join(lines), Table(TABLE, rows))


def _created(script: Script) -> str:
    said = script.said
    rules = creation_rules(said)
    people = [each for each in _everybody(script) if _can_send(script, each)]
    rows = []
    for row in _rows(script, rules):
        answers = {each.fixture: "201" if _reaches(rules, each, row) else "403" for each in people}
        rows.append(f"({row.changes(sent=said.sent)}, {mapping(answers)})")
    body = script.body("**holding", owner=ALICE)
    lines = [
        _people(people),
        "",
        "for name, answer in answers.items():",
        f"    made = await people[name].post({script.paths}, json={body})",
        "    assert made.status_code == answer",
    ]
    name = f"who_creates_{_noun(script)}_depends_on_what_it_holds"
    return case(name, _needs(people), "\n".join(lines), Table(TABLE, rows))


def _can_send(script: Script, person: Person) -> bool:
    """Whether a person may refer to what a sample of alice's refers to."""
    if not can_refer(script.design, script.resource, person):
        return False
    needed = [reference for field, reference in guarded(script.design, script.resource)]
    if not needed or person == ALICE or not refers_to_owned(script.design, script.resource):
        return True
    targets = [script.design.resource(each.target) for each in needed]
    rules = [allowed(target.access, "read") for target in targets]
    return all(_reaches(each, person, _Row({}, ALICE)) for each in rules)


def _noun(script: Script) -> str:
    return slug(a(script.resource.names.noun))
