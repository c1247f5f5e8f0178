"""Writes the tests of what a list can be filtered and searched by."""

from collections.abc import Iterator
from dataclasses import dataclass

from backsmith.design.model import Field, Reference
from backsmith.render.capacity import brings, one_each
from backsmith.render.cases import Table, case
from backsmith.render.crowds import of_several_people, rows_at_hand
from backsmith.render.neighbours import referred
from backsmith.render.schemas import ranged
from backsmith.render.script import Script
from backsmith.render.tables import points_to_itself
from backsmith.render.values import Json, several, spelt

SENTENCE = "The quick brown fox"
SEARCHES = [
    ("fox quick", True),
    ("fox -quick", False),
    ("bear", False),
    ("'\"(&|!:*", False),
]


def filter_tests(script: Script) -> Iterator[str]:
    """Each filter in each of its forms, each reference, and the search."""
    yield from _filters(script)
    yield from _reference_filters(script)
    yield from _search(script)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a list is asked, and the rows that it should show."""

    params: str
    found: set[str]

    def source(self) -> str:
        found = ", ".join(f'"{name}"' for name in ("one", "two", "three") if name in self.found)
        return f"({self.params}, {{{found}}})" if found else f"({self.params}, set())"


def _filters(script: Script) -> Iterator[str]:
    fixed = script.fixed_fields
    fields = [each for each in script.resource.fields if each.filter and each not in fixed]
    people = [each for each, reference in script.pointers if reference.target == "User"]
    owner = script.resource.owner
    if not fields and not people and not owner:
        return
    count = rows_at_hand(script, 3)
    names = ("one", "two", "three")[:count]
    rows: dict[str, dict[str, str]] = {name: {} for name in names}
    asked: list[_Asked] = []
    for field in fields:
        asked += _filter_of_list(field, field.item, rows) if field.item else _filter_of(field, rows)
    for field in people:
        asked += _filter_of_people(script, field, rows)
    if owner:
        asked += _filter_of_owner(script, set(names))
    both = [each.name for each in fields if len(several(each)) > 1 and not each.item][:2]
    if len(both) > 1 and count > 1:
        first, second = (several(script.resource.field(name)) for name in both)
        params = f'{{"{both[0]}": {spelt(first[0])}, "{both[1]}": {spelt(second[-1])}}}'
        asked.append(_Asked(params, set()))
    lister = script.lister.fixture
    body = f"""
        rows = {{{", ".join(_named_rows(script, rows))}}}

        found = await {lister}.get({script.paths}, params=params)

        assert which(rows, found) == names
    """
    table = Table(
        {"params": "dict[str, Any]", "names": "set[str]"}, [each.source() for each in asked]
    )
    yield case("a_filter_finds_what_it_says", [lister, "database"], body, table)


def _named_rows(script: Script, rows: dict[str, dict[str, str]]) -> Iterator[str]:
    stem, owners = script.resource.names.stem, ("ALICE", "BOB", "ADMIN")
    for owner, (name, values) in zip(owners, rows.items(), strict=False):
        changes = [f"{column}={value}" for column, value in values.items()]
        add = script.add(*changes)
        if of_several_people(script):
            add = f"await add_{stem}({', '.join(['database', owner, *changes])})"
        yield f'"{name}": {add}'


def _filter_of(field: Field, rows: dict[str, dict[str, str]]) -> Iterator[_Asked]:
    values = several(field)
    low, high = values[0], values[1] if field.optional and len(values) > 1 else values[-1]
    given: list[Json] = [low, high, None] if field.optional else [*values, high, high]
    holding = dict(zip(rows, given, strict=False))
    for name, value in holding.items():
        rows[name][field.name] = spelt(value)

    def having(*wanted: Json) -> set[str]:
        return {name for name, value in holding.items() if value in wanted}

    name = field.name
    yield _Asked(f'{{"{name}": {spelt(low)}}}', having(low))
    if len(values) > 1:
        yield _Asked(f'{{"{name}": [{spelt(low)}, {spelt(values[1])}]}}', having(low, values[1]))
    if ranged(field):
        yield _Asked(f'{{"{name}_gte": {spelt(high)}}}', having(high))
        yield _Asked(f'{{"{name}_lte": {spelt(low)}}}', having(low))
    if field.optional:
        yield _Asked(f'{{"{name}_isnull": True}}', having(None))
        yield _Asked(f'{{"{name}_isnull": False}}', having(low, high))


def _filter_of_list(field: Field, item: Field, rows: dict[str, dict[str, str]]) -> Iterator[_Asked]:
    """Rows are found by any of the values that they hold, wherever it stands."""
    least, most = int(field.minimum or 0), int(field.maximum or 0)
    low, *rest = several(item)
    high = rest[0] if rest else low
    mixed = [low, high] if most > 1 else [high]
    given: list[list[Json] | None] = [
        [low] * max(least, 1),
        mixed + mixed[-1:] * (least - len(mixed)),
        None if field.optional else [] if not least else [rest[-1] if rest else low] * least,
    ]
    holding = dict(zip(rows, given, strict=False))
    for name, values in holding.items():
        rows[name][field.name] = spelt(values)

    def having(*wanted: Json) -> set[str]:
        return {name for name, values in holding.items() if {*wanted} & {*(values or ())}}

    name = field.name
    yield _Asked(f'{{"{name}": {spelt(low)}}}', having(low))
    if high != low:
        yield _Asked(f'{{"{name}": {spelt(high)}}}', having(high))
        yield _Asked(f'{{"{name}": [{spelt(low)}, {spelt(high)}]}}', having(low, high))
    if field.optional:
        missing = {name for name, values in holding.items() if values is None}
        yield _Asked(f'{{"{name}_isnull": True}}', missing)
        yield _Asked(f'{{"{name}_isnull": False}}', {*holding} - missing)


def _filter_of_people(
    script: Script, field: Field, rows: dict[str, dict[str, str]]
) -> Iterator[_Asked]:
    people = ["ALICE", "BOB", None if field.optional else "ADMIN"][: len(rows)]
    holding = dict(zip(rows, people, strict=True))
    for name, person in holding.items():
        rows[name][field.column] = f"str({person}.id)" if person else "None"
    for person in ("ALICE", "BOB"):
        found = {name for name, each in holding.items() if each == person}
        yield _Asked(f'{{"{field.column}": str({person}.id)}}', found)
    if field.optional:
        found = {name for name, each in holding.items() if each is None}
        yield _Asked(f'{{"{field.column}_isnull": True}}', found)


def _filter_of_owner(script: Script, names: set[str]) -> Iterator[_Asked]:
    column = script.resource.field(script.resource.owner or "").column
    mine, other = script.hero.constant, "BOB"
    if of_several_people(script):
        yield _Asked(f'{{"{column}": str(ALICE.id)}}', names & {"one"})
        yield _Asked(f'{{"{column}": str(BOB.id)}}', names & {"two"})
        return
    yield _Asked(f'{{"{column}": str({mine}.id)}}', names)
    yield _Asked(f'{{"{column}": str({other}.id)}}', set())


def _reference_filters(script: Script) -> Iterator[str]:
    one, lister, paths = script.one, script.lister.fixture, script.paths
    for field, reference in script.pointers:
        if reference.target == "User":
            continue
        column = field.column
        changes = [f"{column}={referred(script, reference, script.hero)}"] if field.optional else []
        lines = [
            f"{one} = {script.add(*changes)}",
            f'there, nowhere = {{"{column}": str({one}.{column})}}, {{"{column}": str(uuid4())}}',
            "",
            f"assert ids_of(await {lister}.get({paths}, params=there)) == [str({one}.id)]",
            f"assert ids_of(await {lister}.get({paths}, params=nowhere)) == []",
        ]
        if field.optional:
            empty = f'params={{"{column}_isnull": True}}'
            found = f"ids_of(await {lister}.get({paths}, {empty}))"
            lines.append(_without(script, field, reference, found))
        yield case(f"a_list_can_be_of_one_{field.name}", [lister, "database"], "\n".join(lines))


def _without(script: Script, field: Field, reference: Reference, found: str) -> str:
    """Look for rows that refer to none: what is referred to may be one, or have brought one."""
    one, target = script.one, script.design.resource(reference.target)
    if not brings(script.design, target, script.resource):
        return f"assert {found} == []"
    if not points_to_itself(script.resource, field):
        return f"assert str({one}.id) not in {found}"
    seen = of_several_people(script) or not one_each(script.resource)
    return f"assert {found} == [{f'str({one}.{field.column})' if seen else ''}]"


def _search(script: Script) -> Iterator[str]:
    fields = [each for each in script.free_fields if each.search]
    roomy = [each for each in fields if _takes_sentence(each)]
    if roomy:
        yield _words(script, roomy)
    if others := [each for each in fields if each not in roomy]:
        yield _word(script, others)


def _takes_sentence(field: Field) -> bool:
    fits = (field.minimum or 0) <= len(SENTENCE) <= (field.maximum or 0)
    return fits and field.pattern is None


def _words(script: Script, fields: list[Field]) -> str:
    """Find words of a sentence, in whichever of these fields it stands."""
    lister = script.lister.fixture
    where = f'{fields[0].name}="{SENTENCE}"'
    tables = [Table({"words": "str", "found": "bool"}, [f"({spelt(a)}, {b})" for a, b in SEARCHES])]
    if len(fields) > 1:
        where = f'**{{field: "{SENTENCE}"}}'
        tables.insert(0, Table({"field": "str"}, [f'"{each.name}"' for each in fields]))
    body = f"""
        {script.add(where)}

        assert bool(ids_of(await {lister}.get({script.paths}, params={{"q": words}}))) is found
    """
    return case("a_search_finds_words_in_any_order", [lister, "database"], body, *tables)


def _word(script: Script, fields: list[Field]) -> str:
    """Find a row by all that one of these fields holds, which is no sentence."""
    lister = script.lister.fixture
    pairs = [f'("{each.name}", {spelt(several(each)[0])})' for each in fields]
    body = f"""
        {script.one} = {script.add("**{field: text}")}

        found = await {lister}.get({script.paths}, params={{"q": text}})
        assert ids_of(found) == [str({script.one}.id)]
        assert ids_of(await {lister}.get({script.paths}, params={{"q": "bear"}})) == []
    """
    table = Table({"field": "str", "text": "str"}, pairs)
    return case("a_search_finds_a_word", [lister, "database"], body, table)
