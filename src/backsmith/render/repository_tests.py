"""Writes the tests of a resource's queries and of what its table refuses, on PostgreSQL."""

from collections.abc import Iterator

from backsmith.design.model import Design, Field, OnDelete, Operation, Resource, Scalar
from backsmith.render.binary import unstorable
from backsmith.render.capacity import keeps_its_owner, needed
from backsmith.render.cases import Table, case
from backsmith.render.casting import BOB, SOMEBODY_NEW
from backsmith.render.code import literal
from backsmith.render.link_going_tests import link_going_tests
from backsmith.render.links import links_of
from backsmith.render.repositories import owned
from backsmith.render.reverse_tests import reverse_tests
from backsmith.render.reverses import two_way
from backsmith.render.script import Script, sample_name, slug
from backsmith.render.service_script import stored
from backsmith.render.tables import TEXTS, Constraint, checks, foreign_key, uniques
from backsmith.render.texts import misfits
from backsmith.render.unique_tests import is_covered, sent_of, shared, unique_name
from backsmith.render.values import Json, beyond, several, spelt, strangers

IMPORTS = """\
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from app.db.database import Database
from app.db.faults import violated_constraint
from app.db.rows import EVERY
from app.tests.people import ALICE, BOB
from app.tests.queries import stored
from app.tests.seed import seed_people
"""


def repository_tests(design: Design, resource: Resource) -> str:
    """The module that holds the tests of a resource's repository."""
    script = Script.of(design, resource)
    parts = [
        "\n".join(_head(script)),
        _kept_to(script),
        *_rules(script),
        *_uniques(script),
        *_people_going(script),
        *link_going_tests(script),
        _removed(script),
        *reverse_tests(script),
    ]
    return "\n\n\n".join(parts) + "\n"


def _head(script: Script) -> Iterator[str]:
    resource = script.resource
    name, stem = resource.name, resource.names.stem
    people = ["ALICE", "BOB", "ADMIN", SOMEBODY_NEW.constant]
    people += [role.upper() for role in script.design.roles]
    yield IMPORTS.rstrip()
    links = links_of(script.design, resource)
    targets = [each.reference.target for each in links if each.reference.target != "User"]
    targets += [each.target for _, each in two_way(resource)]
    yield f"from app.models import {', '.join(dict.fromkeys(['User', name, *targets]))}"
    if links:
        yield f"from app.models.{stem} import {', '.join(each.table for each in links)}"
    yield f"from app.repositories.{stem} import {name}Repository, owned_by"
    yield f"from app.schemas.{stem} import {name}Query"
    yield f"from app.tests.people import {', '.join(people)}"
    for other in script.design.resources:
        of = other.names.stem
        yield f"from app.tests.samples.{of} import {sample_name(other)}, add_{of}, the_{of}"


def _kept_to(script: Script) -> str:
    name, one, repository = script.resource.name, script.one, script.repository
    mine, others = f"{name}.id == {one}.id", f"{name}.id != {one}.id"
    if owned(script.resource):
        mine, others = f"owned_by({script.hero.constant}.id)", "owned_by(BOB.id)"
    found = [
        f"assert await {repository}.get({mine}, {one}.id)",
        f"assert await {repository}.lock({mine}, {one}.id)",
        f"assert (await {repository}.page({mine}, {name}Query())).items",
        f"assert await {repository}.get({others}, {one}.id) is None",
        f"assert await {repository}.lock({others}, {one}.id) is None",
        f"assert (await {repository}.page({others}, {name}Query())).items == []",
    ]
    if not script.offers(Operation.LIST):
        found = [line for line in found if ".page(" not in line]
    lines = [
        f"{one} = {script.add()}",
        "",
        "async with database.writes() as session:",
        f"    {repository} = {name}Repository(session)",
        *(f"    {line}" for line in found),
    ]
    return case("every_query_keeps_to_the_rows_it_was_given", ["database"], "\n".join(lines))


def _rules(script: Script) -> Iterator[str]:
    """Checks and foreign keys, each broken by a value that no schema would let through."""
    resource = script.resource
    rows = list(unfit_rows(resource))
    for field in resource.fields:
        if field.reference:
            key = foreign_key(resource, field).name
            rows.append(f'({{"{field.column}": uuid4()}}, "{key}")')
    if not rows:
        return
    one, name = script.one, resource.name
    body = f"""
        {one} = {script.add()}

        with pytest.raises(IntegrityError) as caught:
            async with database.writes() as session:
                await {name}Repository(session).change({one}, changes)

        assert violated_constraint(caught.value) == constraint
    """
    table = Table({"changes": "dict[str, Any]", "constraint": "str"}, rows)
    yield case("the_database_holds_its_rules_by_itself", ["database"], body, table)


def unfit_rows(resource: Resource) -> Iterator[str]:
    """Changes that a check of the table refuses, each with the name of that check."""
    for field in resource.fields:
        own = next((each for each in checks(resource) if _is_of(resource, each, field)), None)
        if own:
            yield from (f'({{"{field.name}": {value}}}, "{own.name}")' for value in _unfit(field))


def _is_of(resource: Resource, check: Constraint, field: Field) -> bool:
    own = f"ck_{resource.names.plural}_{field.column}"
    return check.own == own


def _unfit(field: Field) -> list[str]:
    """Values that the column could hold, and its check does not, as expressions."""
    if field.item:
        return _unfit_lists(field, field.item)
    if field.type in TEXTS:
        most = int(field.maximum or 0)
        fits: list[Json] = [
            each
            for each in misfits(field)
            if isinstance(each, str)
            and "\0" not in each
            and (len(each) <= most or field.type is Scalar.TEXT)
            and not (each == "" and not field.minimum and not field.pattern)
        ]
        if field.type is Scalar.EMAIL:
            fits = [each for each in fits if each != "nobody"]
            fits.append("Carol@example.com"[:most])
        return [spelt(each) for each in fits]
    if field.type is Scalar.BYTES:
        return list(unstorable(field))
    if field.enum:
        return [spelt(each) for each in strangers(field.enum)]
    values = [each for each in beyond(field) if _storable(field, each)]
    return [
        literal(field, str(each)) if field.type is Scalar.DECIMAL else spelt(each)
        for each in values
    ]


def _unfit_lists(field: Field, item: Field) -> list[str]:
    least, most = int(field.minimum or 0), int(field.maximum or 0)
    value = several(item)[0]
    good = spelt(value) if item.enum else stored(item, value)
    before = f"{good}, " * (least - 1)
    found = [f"[{before}{each}]" for each in ("None", *_unfit(item))]
    found.append(f"[{good}] * {most + 1}")
    return [*found, f"[{good}] * {least - 1}"] if least else found


def _storable(field: Field, value: Json) -> bool:
    """Whether the column's type itself takes a value."""
    if field.type is Scalar.INT:
        return -(2**31) <= int(str(value)) < 2**31
    if field.type is Scalar.DECIMAL:
        digits, places = field.precision or (1, 0)
        whole, _, fraction = str(value).lstrip("-").partition(".")
        return len(whole.lstrip("0")) <= digits - places and len(fraction) <= places
    return True


def _uniques(script: Script) -> Iterator[str]:
    resource = script.resource
    for constraint in uniques(resource):
        if not is_covered(resource, constraint):
            yield _unique(script, constraint)


def _unique(script: Script, constraint: Constraint) -> str:
    resource, hero = script.resource, script.hero
    fields = sent_of(resource, constraint)
    mine = len(fields) < len(constraint.fields)
    same = shared(script, constraint)
    changes = ["**same"] if fields else []
    lines = [f"body = {script.body()}"] if ' body["' in same else []
    lines += [f"same = {same}"] if fields else []
    second = script.add(*changes, owner=hero if mine or hero == BOB else BOB)
    lines += [
        script.add(*changes),
        "",
        "with pytest.raises(IntegrityError) as caught:",
        f"    {second}",
        "",
        f'assert violated_constraint(caught.value) == "{constraint.name}"',
    ]
    if mine and hero != BOB:
        lines.append(f"assert {script.add(*changes, *script.made_by(BOB), owner=BOB)}")
    return case(unique_name(script, constraint), ["database"], "\n".join(lines))


def _others(resource: Resource, field: Field) -> list[Field]:
    """Further people whom a row can't be without, and who are to stay."""
    return [
        each
        for each in resource.sent
        if each != field and each.required and each.reference and each.reference.target == "User"
    ]


def _people_going(script: Script) -> Iterator[str]:
    """What becomes of rows when somebody's account goes."""
    for field in script.resource.fields:
        if not field.reference or field.reference.target != "User":
            continue
        one, column = script.one, field.column
        is_owner = field.name == script.resource.owner
        if is_owner and any(
            keeps_its_owner(script.design, each) for each in needed(script.design, script.resource)
        ):
            continue  # A sample's own parents would keep the account, whatever this row does.
        person = SOMEBODY_NEW.constant
        changes = [] if is_owner else [f"{column}=str({person}.id)"]
        changes += [f"{each.column}=str(ALICE.id)" for each in _others(script.resource, field)]
        gone = f"delete(User).where(User.id == {person}.id)"
        adding = script.add(*changes, owner=SOMEBODY_NEW if is_owner else None)
        block = "async with database.writes() as session:"
        write = [block, f"    await session.execute({gone})"]
        come = [block, f"    await seed_people(session, [{person}])"]
        lines = [*come, f"{one} = {adding}", ""]
        if field.reference.on_delete is OnDelete.RESTRICT:
            key = foreign_key(script.resource, field).name
            lines = [
                *come,
                adding,
                "",
                "with pytest.raises(IntegrityError) as caught:",
                *(f"    {line}" for line in write),
                "",
                f'assert violated_constraint(caught.value) == "{key}"',
            ]
            verb = "keep_the_account_of_their"
        elif field.reference.on_delete is OnDelete.CASCADE:
            lines += [*write, "", f"assert await stored(database, {one}) is None"]
            verb = "go_with_their"
        else:
            lines += [
                *write,
                "",
                f"left = await stored(database, {one})",
                "assert left",
                f"assert left.{column} is None",
            ]
            verb = "outlive_their"
        nouns = slug(script.resource.names.nouns)
        yield case(f"{nouns}_{verb}_{field.name}", ["database"], "\n".join(lines))


def _removed(script: Script) -> str:
    name, one, repository = script.resource.name, script.one, script.repository
    body = f"""
        {one} = {script.add()}

        async with database.writes() as session:
            {repository} = {name}Repository(session)
            found = await {repository}.lock(EVERY, {one}.id)
            assert found
            await {repository}.remove(found)
    """
    if script.resource.soft_delete:
        # Inside of the block: reads its own deletion.
        listed = f"assert (await {repository}.page(EVERY, {name}Query())).items == []"
        listed = listed if script.offers(Operation.LIST) else ""
        body += f"""
            assert await {repository}.get(EVERY, {one}.id) is None
            assert await {repository}.lock(EVERY, {one}.id) is None
            assert not await {repository}.hold_all(EVERY, [{one}.id])
            {listed}
            assert await {repository}.lock_deleted(EVERY, {one}.id)

        left = await stored(database, {one})
        assert left
        assert left.deleted_at
        """
        return case("a_removed_row_hides", ["database"], body)
    body += f"""
        assert await stored(database, {one}) is None
    """
    return case("a_removed_row_is_gone", ["database"], body)
