"""Writes the tests of lists: their order, their pages, and what they can be asked."""

from collections.abc import Iterator

from backsmith.design.model import Field, Operation, Reference
from backsmith.render.capacity import one_each
from backsmith.render.cases import Table, case
from backsmith.render.casting import VISITOR, Person, public
from backsmith.render.code import LINE
from backsmith.render.crowds import adding_several, of_several_people, rows_at_hand
from backsmith.render.filter_tests import filter_tests
from backsmith.render.link_pools import own_kind, some, testable_links
from backsmith.render.links import Links
from backsmith.render.schemas import filtered, ranged, sorts
from backsmith.render.script import Script
from backsmith.render.tables import uniques
from backsmith.render.values import Json, beyond, misread, numbered, sample, several, spelt

PAGED = 5
MOST_ROWS = 25


def list_tests(script: Script) -> Iterator[str]:
    """How a list is sorted, cut into pages, filtered and searched, and what it costs."""
    if script.offers(Operation.LIST):
        yield from _of_lists(script)
    if script.offers(Operation.GET):
        yield _cost_of_one(script)


def _of_lists(script: Script) -> Iterator[str]:
    yield from _default_order(script)
    yield _pages(script)
    yield from filter_tests(script)
    yield _refusals(script)
    yield _cursors(script)
    yield _costs(script)


def _default_order(script: Script) -> Iterator[str]:
    many, lister = script.many, script.lister.fixture
    one = script.one
    if rows_at_hand(script, 3) < 2:
        return
    key = script.resource.listing.sort
    if key is None:
        body = f"""
            {many} = {adding_several(script, 3)}

            ids = [str({one}.id) for {one} in reversed({many})]
            assert ids_of(await {lister}.get({script.paths})) == ids
        """
        yield case("a_list_has_the_newest_first", [lister, "database"], body)
        return
    sort = f"{'-' if key.descending else ''}{key.field}"
    values = several(script.resource.field(key.field))
    free = script.resource.field(key.field) in script.free_fields
    if of_several_people(script) or len(values) < 2 or not free:
        return
    given = ", ".join(spelt(each) for each in (values[0], values[-1]))
    body = f"""
        {many} = [{script.add(f"{key.field}=value")} for value in ({given})]

        assert ids_of(await {lister}.get({script.paths})) == in_order({many}, "{sort}")
    """
    yield case(f"a_list_is_sorted_by_{key.field}", [lister, "database"], body)


def _pages(script: Script) -> str:
    many, lister = script.many, script.lister.fixture
    names = sorts(script.resource)
    rows = [f'"{sign}{name}"' for name in names for sign in ("", "-")]
    body = f"""
        {_paged_rows(script)}

        items = await walk({lister}, {script.paths}, sort=sort, limit=2)

        assert [item["id"] for item in items] == in_order({many}, sort)
    """
    table = Table({"sort": "str"}, rows)
    return case("pages_join_in_order_without_a_gap_or_a_double", [lister, "database"], body, table)


def _paged_rows(script: Script) -> str:
    """Rows with equal and missing values in everything that a list is sorted by."""
    fields = [each for each in script.free_fields if each.sort]
    if not fields or script.capacity < PAGED or of_several_people(script):
        return f"{script.many} = {adding_several(script, PAGED)}"
    columns = {each.name: _ties(script, each) for each in fields}
    columns = {name: values for name, values in columns.items() if values}
    if not columns:
        return f"{script.many} = {adding_several(script, PAGED)}"
    names = list(columns)
    changes = [f"{name}={_variable(script, name)}" for name in names]
    variables = ", ".join(_variable(script, name) for name in names)
    rows = list(zip(*columns.values(), strict=True))
    spelt_rows = [", ".join(spelt(value) for value in row) for row in rows]
    given = ", ".join(f"({row})" if len(names) > 1 else row for row in spelt_rows)
    # Only what stands in parentheses can be laid out on several lines.
    variables = f"({variables})" if len(variables) > LINE else variables
    return f"{script.many} = [{script.add(*changes)} for {variables} in ({given})]"


def _variable(script: Script, name: str) -> str:
    """A field's name as a variable; another where the test has it for something else."""
    taken = {script.one, script.many, "database", "sort", "items", "walk", "in_order", "date"}
    people = {script.lister.fixture}
    return f"{name}_" if name in taken | people else name


def _ties(script: Script, field: Field) -> list[Json]:
    """Five values: equal ones, unless each may stand once only; a page ends with a missing one."""
    low, *rest = several(field)
    middle, high = (rest[0], rest[-1]) if rest else (low, low)
    if not _may_repeat(script, field):
        return []
    if field.optional:
        return [middle, None, None, high, middle]
    return [middle, low, middle, high, middle]


def _may_repeat(script: Script, field: Field) -> bool:
    """Whether two rows can have the same value of this field, all else being other."""
    resource = script.resource
    for constraint in uniques(resource):
        if field.name in constraint.fields:
            others = [resource.field(name) for name in constraint.fields if name != field.name]
            others = [each for each in others if each.name != resource.owner]
            if not any(_differs(script, each) for each in others):
                return False
    return True


def _differs(script: Script, field: Field) -> bool:
    if field.reference:
        target = field.reference.target
        return target != "User" and not one_each(script.design.resource(target))
    size = numbered(field)[1]
    return (size is None or size >= PAGED) and not field.sort and not field.filter


def _refusals(script: Script) -> str:
    resource = script.resource
    paths, lister = script.paths, script.lister.fixture
    unsorted = next((each.column for each in resource.fields if not each.sort), "updated_at")
    rows = [
        '({"limit": 0}, "limit")',
        f'({{"limit": {resource.listing.max + 1}}}, "limit")',
        '({"limit": [1, 2]}, "limit")',
        f'({{"sort": "{unsorted}"}}, "sort")',
        f'({{"sort": "created_at; drop table {resource.names.plural}"}}, "sort")',
    ]
    if any(each.search for each in resource.fields):
        rows.append('({"q": ""}, "q")')
    for field in filter(filtered, resource.fields):
        if isinstance(field.type, Reference):
            continue
        value = misread(field)
        if value is not None:
            rows.append(f'({{"{field.name}": {spelt(value)}}}, "{field.name}")')
        outside = next(iter(beyond(field)), None)
        if ranged(field) and outside is not None:
            rows.append(f'({{"{field.name}_gte": {spelt(outside)}}}, "{field.name}_gte")')
    for field in resource.fields:
        if isinstance(field.type, Reference):
            rows.append(f'({{"{field.column}": "not-an-id"}}, "{field.column}")')
    for field in resource.fields:
        if field.private:
            rows.append(f'({{"{field.name}": {sample(field)}}}, "{field.name}")')
    rows.append('({"unheard_of": "red"}, "unheard_of")')
    body = f"assert_invalid(await {lister}.get({paths}, params=params), refused)"
    table = Table({"params": "dict[str, Any]", "refused": "str"}, rows)
    return case("a_list_refuses_what_it_may_not_be_asked", [lister], body, table)


def _cursors(script: Script) -> str:
    paths, lister = script.paths, script.lister.fixture
    if rows_at_hand(script, 2) < 2:
        body = f"""
            found = await {lister}.get({paths}, params={{"cursor": "bm90IG91cnM"}})

            assert_problem(found, CursorInvalid)
        """
        return case("a_cursor_is_one_of_ours", [lister], body)
    body = f"""
        for _ in range(2):
            {script.add()}
        cursor = (await {lister}.get({paths}, params={{"limit": 1}})).json()["next_cursor"]

        for params in ({{"cursor": "bm90IG91cnM"}}, {{"cursor": cursor, "sort": "created_at"}}):
            assert_problem(await {lister}.get({paths}, params=params), CursorInvalid)
    """
    if of_several_people(script):
        old = f"for _ in range(2):\n            {script.add()}"
        stem = script.resource.names.stem
        new = f"for person in EVERYBODY[:2]:\n            await add_{stem}(database, person)"
        body = body.replace(old, new)
    return case("a_cursor_fits_the_list_that_it_came_from", [lister, "database"], body)


def _said_by_caller(lister: Person) -> list[str]:
    return [] if lister == VISITOR else ["# One more says who is calling."]


def _linked(script: Script) -> list[Links]:
    """The links that rows are given to see what they cost."""
    links = testable_links(script)
    others = sum(own_kind(script, each) for each in links)
    if one_each(script.resource) or script.capacity <= others + 1:
        return [each for each in links if not own_kind(script, each)]
    return links


def _adding_linked(script: Script) -> tuple[list[str], str, list[str]]:
    """What a row is linked to, a row with all of that, and the columns that it is given by."""
    links = _linked(script)
    columns = [each.column for each in links]
    pools = [f"{each.column} = {some(script, each)}" for each in links]
    return pools, script.add(*(f"{column}={column}" for column in columns)), columns


def _costs(script: Script) -> str:
    paths, lister = script.paths, script.lister
    page = script.resource.listing.page
    queries = 1 if public(script.resource) else 2
    others = sum(own_kind(script, each) for each in _linked(script))
    most = rows_at_hand(script, min(page + 1, MOST_ROWS))
    most = min(most, script.capacity - others) if others else most
    there = f"count + {others}" if others else "count"
    pools, adding, given = _adding_linked(script)
    loop = f"for _ in range(count):\n    {adding}"
    if of_several_people(script):
        stem = script.resource.names.stem
        arguments = ", ".join(["database", "person", *(f"{column}={column}" for column in given)])
        loop = f"for person in EVERYBODY[:count]:\n    await add_{stem}({arguments})"
    expected = f"min({there}, {page})" if most + others > page else there
    lines = [
        *pools,
        loop,
        "",
        "with counted(database) as statements:",
        f"    found = await {lister.fixture}.get({paths})",
        "",
        f"assert len(ids_of(found)) == {expected}",
        *_said_by_caller(lister),
        f"assert len(statements) == {queries}",
    ]
    counts = ["1", str(most)] if most > 1 else ["1"]
    table = Table({"count": "int"}, counts)
    name = "a_list_costs_one_query_however_long"
    return case(name, [lister.fixture, "database"], "\n".join(lines), table)


def _cost_of_one(script: Script) -> str:
    lister, one = script.lister, script.one
    pools, adding, _ = _adding_linked(script)
    lines = [
        *pools,
        f"{one} = {adding}",
        "",
        "with counted(database) as statements:",
        f"    assert (await {lister.fixture}.get(at({one}))).status_code == 200",
        "",
        *_said_by_caller(lister),
        f"assert len(statements) == {1 if public(script.resource) else 2}",
    ]
    return case("one_row_costs_one_query", [lister.fixture, "database"], "\n".join(lines))
