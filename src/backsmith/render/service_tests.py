"""Writes the tests of a resource's rules, with its repository mocked."""

from collections.abc import Iterator

from backsmith.design.model import Design, Field, Operation, Reference, Resource
from backsmith.render.english import a
from backsmith.render.enums import enum_imports
from backsmith.render.link_service_tests import link_service_tests
from backsmith.render.missing_errors import missing_error
from backsmith.render.right_tests import RIGHTS, rights_tests
from backsmith.render.rights import is_guarded, needs_role
from backsmith.render.script import Script, person_import, slug
from backsmith.render.service_script import asking, payload, service_name, stored, telling
from backsmith.render.services import guarded, guarded_links, lookups
from backsmith.render.values import Json, several

IMPORTS = """\
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from unittest.mock import create_autospec
from uuid import UUID, uuid4

import pytest

from app.core.errors import Forbidden
from app.db.rows import EVERY
from app.services.base import Lookup
"""


def service_tests(design: Design, resource: Resource) -> str:
    """The module that holds the tests of a resource's service."""
    script = Script.of(design, resource)
    served = [
        *([_created(script)] if script.offers(Operation.CREATE) else []),
        *(_sent(script) if script.offers(Operation.UPDATE) else []),
        *_not_found(script),
        *_not_restored(script),
        *_refused(script),
        *_looked_up(script),
        *link_service_tests(script),
    ]
    parts = [
        "\n".join(_head(script)),
        *(_fixtures(script) if served else []),
        *rights_tests(script),
        *served,
    ]
    return "\n\n\n".join(parts) + "\n"


def _head(script: Script) -> Iterator[str]:
    design, resource = script.design, script.resource
    name, stem = resource.name, resource.names.stem
    errors = [missing_error(field) for field, _ in guarded(design, resource)]
    errors += [missing_error(links.field) for links in guarded_links(design, resource)]
    rights = ["creatable", *RIGHTS] if is_guarded(script.said) else [*RIGHTS]
    people = ["ALICE", "BOB", "ADMIN", *(role.upper() for role in design.roles)]
    yield IMPORTS.rstrip()
    yield f"from app.models import {name}"
    yield from enum_imports([resource])
    yield f"from app.repositories.{stem} import {name}Repository, owned_by"
    yield f"from app.schemas.{stem} import {name}Create, {name}Update"
    rights += ["restorable"] if resource.soft_delete else []
    declared = ", ".join([f"{name}NotFound", f"{name}Service", *errors, *rights])
    yield f"from app.services.{stem} import {declared}"
    yield f"from app.tests.people import {', '.join([*people, person_import(resource)])}"


def _fixtures(script: Script) -> Iterator[str]:
    resource = script.resource
    name, others = resource.name, lookups(script.design, resource)
    yield f"""\
@pytest.fixture
def repository() -> Any:
    return create_autospec({name}Repository, instance=True)"""
    if others:
        yield """\
@pytest.fixture
def lookup() -> Any:
    return create_autospec(Lookup, instance=True)"""
    asked = "repository: Any" + (", lookup: Any" if others else "")
    given = ", ".join(["repository", *("lookup" for _ in others)])
    yield f"""\
@pytest.fixture
def {service_name(script)}({asked}) -> {name}Service:
    return {name}Service({given})"""


def _created(script: Script) -> str:
    resource, service = script.resource, service_name(script)
    shown = telling(script)
    mine = f"{script.hero.constant}.id"
    pairs = [(f"{script.one}.{field.column}", mine) for field in resource.tokened]
    if shown:
        pairs.append((f"{script.one}.{shown[0]}", shown[1]))
    one = script.one
    told = f"isinstance({one}, {resource.name})"
    if pairs:
        left, right = (", ".join(each) for each in zip(*pairs, strict=True))
        told = f"{_tupled(left, pairs)} == {_tupled(right, pairs)}"
    body = f"""
        repository.save.side_effect = repository.shown.side_effect = lambda {one}: {one}

        {one} = await {service}.create({script.hero.constant}.actor, {payload(script)})

        assert {told}
    """
    noun = slug(resource.names.noun)
    name = f"a_new_{noun}_holds_what_was_sent"
    made = f"who_creates_{a(noun).replace(' ', '_')}"
    if resource.owner:
        name = f"{made}_owns_it"
    elif resource.tokened:
        name = f"{made}_is_its_{resource.tokened[0].name}"
    return asking(script, name, body)


def _tupled(text: str, pairs: list[tuple[str, str]]) -> str:
    return f"({text})" if len(pairs) > 1 else text


def _sent(script: Script) -> Iterator[str]:
    """Absent is not null: only what was sent is changed."""
    free = [each for each in script.free_fields if not each.immutable]
    fields = sorted(free, key=lambda each: not each.optional)
    field = next(iter(fields), None)
    one, name = script.one, script.resource.name
    if field is None:
        return
    value: Json = None if field.optional else several(field)[0]
    new, changer = stored(field, value), script.cast.changer.constant
    service = service_name(script)
    body = f"""
        {one} = repository.lock.return_value = {name}(id=uuid4())

        await {service}.update({changer}.actor, {one}.id, {name}Update({field.name}={new}))

        repository.change.assert_awaited_once_with({one}, {{"{field.name}": {new}}})
    """
    yield asking(script, "only_what_was_sent_is_changed", body)


def _not_found(script: Script) -> Iterator[str]:
    name, service = script.resource.name, service_name(script)
    cast = script.cast
    calls = {
        Operation.GET: f"get({cast.reader.constant}.actor, nowhere)",
        Operation.UPDATE: f"update({cast.changer.constant}.actor, nowhere, {name}Update())",
        Operation.DELETE: f"delete({cast.deleter.constant}.actor, nowhere)",
    }
    writes = {Operation.UPDATE: "change", Operation.DELETE: "remove"}
    finds = {Operation.GET: "get", Operation.UPDATE: "lock", Operation.DELETE: "lock"}
    there = [each for each in calls if script.offers(each)]
    if not there:
        return
    found = dict.fromkeys(f"repository.{finds[each]}.return_value" for each in there)
    lines = [f"{' = '.join(found)} = None", "nowhere = uuid4()", ""]
    for each in there:
        lines += [
            f"with pytest.raises({name}NotFound):",
            f"    await {service}.{calls[each]}",
        ]
    written = [writes[each] for each in there if each in writes]
    lines += ["", *(f"repository.{each}.assert_not_awaited()" for each in written)]
    yield asking(script, "a_row_out_of_reach_is_not_found", "\n".join(lines))


def _not_restored(script: Script) -> Iterator[str]:
    if not script.resource.soft_delete:
        return
    name, service = script.resource.name, service_name(script)
    body = f"""
        repository.lock_deleted.return_value = None

        with pytest.raises({name}NotFound):
            await {service}.restore(ADMIN.actor, uuid4())

        repository.restore.assert_not_awaited()
    """
    yield asking(script, "a_row_that_is_not_deleted_is_not_restored", body)


def _refused(script: Script) -> Iterator[str]:
    access, service, name = script.said.access, service_name(script), script.resource.name
    calls = {
        "create": f"create(ALICE.actor, {payload(script)})",
        "update": f"update(ALICE.actor, uuid4(), {name}Update())",
        "delete": "delete(ALICE.actor, uuid4())",
    }
    rules = {each: getattr(access, each) for each in calls if script.offers(Operation(each))}
    asked = [calls[each] for each, who in rules.items() if who and needs_role(who)]
    asked += ["restore(ALICE.actor, uuid4())"] if script.resource.soft_delete else []
    if not asked:
        return
    lines = []
    for call in asked:
        lines += ["with pytest.raises(Forbidden):", f"    await {service}.{call}"]
    lines += ["", "assert repository.mock_calls == []"]
    yield asking(
        script, "nothing_is_read_or_written_for_somebody_without_the_role", "\n".join(lines)
    )


def _looked_up(script: Script) -> Iterator[str]:
    for field, reference in guarded(script.design, script.resource):
        yield _reference_refused(script, field, reference)


def _reference_refused(script: Script, field: Field, _reference: Reference) -> str:
    service, name, error = service_name(script), script.resource.name, missing_error(field)
    sent = payload(script)
    if field.optional:
        sent = sent.replace("Create(", f"Create({field.column}=uuid4(), ", 1)
        sent = sent.replace(", )", ")")
    creates = script.offers(Operation.CREATE)
    updates = script.offers(Operation.UPDATE) and not field.immutable
    changer, change = script.cast.changer.constant, f"{name}Update({field.column}=uuid4())"
    lines = []
    if updates:
        lines.append(f"repository.lock.return_value = {name}(id=uuid4())")
    lines += [f"lookup.check.side_effect = {error}", ""]
    if creates:
        lines += [
            f"with pytest.raises({error}):",
            f"    await {service}.create({script.hero.constant}.actor, {sent})",
        ]
    if updates:
        lines += [
            f"with pytest.raises({error}):",
            f"    await {service}.update({changer}.actor, uuid4(), {change})",
        ]
    lines.append("")
    lines += ["repository.save.assert_not_awaited()"] if creates else []
    lines += ["repository.change.assert_not_awaited()"] if updates else []
    name = f"a_{field.name}_has_to_be_readable"
    return asking(script, name, "\n".join(lines), lookup=True)
