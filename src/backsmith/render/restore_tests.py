"""Writes the tests of rows that are deleted softly: gone for everybody, until an admin restores."""

from collections.abc import Iterator

from backsmith.design.model import Field, Operation, Reference, Resource
from backsmith.render.cases import case, loop
from backsmith.render.casting import ADMIN, ALICE, BOB, everybody_with_a_role, fixtures
from backsmith.render.english import a
from backsmith.render.errors import not_restorable, taken
from backsmith.render.hidden_tests import at_other
from backsmith.render.hiding import needed_to_restore
from backsmith.render.looking import who_deletes
from backsmith.render.neighbours import referred
from backsmith.render.script import Script, slug
from backsmith.render.tables import Constraint, uniques
from backsmith.render.unique_tests import is_covered, sent_of, shared


def restore_tests(script: Script) -> Iterator[str]:
    """What a deletion hides, what it leaves to others, and who takes it back."""
    if not script.resource.soft_delete:
        return
    yield _comes_back(script)
    yield _only_admins(script)
    yield _nothing_to_restore(script)
    for constraint, error in zip(uniques(script.resource), taken(script.resource), strict=True):
        if not is_covered(script.resource, constraint) and not _alone(script, constraint):
            yield _reused(script, constraint, error.name)
    for field, reference in needed_to_restore(script.design, script.resource):
        target = script.design.resource(reference.target)
        if target.soft_delete:
            yield _needs(script, field, reference, target)


def _comes_back(script: Script) -> str:
    one, cast, lister = script.one, script.cast, script.lister
    shown = f"(await {cast.reader.fixture}.get(at({one}))).json()"
    found = f"ids_of(await {lister.fixture}.get({script.paths}))"
    gets, lists = script.offers(Operation.GET), script.offers(Operation.LIST)
    restored = script.restored
    lines = [
        f"{one} = {script.add()}",
        *([f"before = {shown}"] if gets else []),
        "",
        f"assert (await {cast.deleter.fixture}.delete(at({one}))).status_code == 204",
        *([f"assert {found} == []"] if lists else []),
        f'back = await admin.post(f"{{at({one})}}/restore")',
        "",
        f"assert back.status_code == {restored}",
        *([f"after = {shown}"] if gets else []),
        *(['assert after == before | {"updated_at": after["updated_at"]}'] if gets else []),
        *(["assert back.json() == after"] if gets and restored == 200 else []),
        *([f"assert {found} == [str({one}.id)]"] if lists else []),
    ]
    who = [cast.deleter, *([cast.reader] if gets else []), *([lister] if lists else []), ADMIN]
    needs = script.needs(*who, stored=True)
    return case(f"an_admin_restores_{_noun(script)}_as_it_was", needs, "\n".join(lines))


def _only_admins(script: Script) -> str:
    one, deleter = script.one, script.cast.deleter
    others = [ALICE, BOB, *everybody_with_a_role(script.design)]
    others = [each for each in others if each != ADMIN]
    lines = [
        f"{one} = {script.add()}",
        f"assert (await {deleter.fixture}.delete(at({one}))).status_code == 204",
        "",
        loop(
            fixtures(others),
            f'assert_problem(await person.post(f"{{at({one})}}/restore"), Forbidden)',
        ),
        f'assert (await admin.post(f"{{at({one})}}/restore")).status_code == {script.restored}',
    ]
    needs = script.needs(deleter, *others, ADMIN, stored=True)
    nouns = slug(script.resource.names.nouns)
    return case(f"nobody_but_an_admin_restores_{nouns}", needs, "\n".join(lines))


def _nothing_to_restore(script: Script) -> str:
    one, missing = script.one, f"{script.resource.name}NotFound"
    body = f"""
        {one} = {script.add()}

        assert_problem(await admin.post(f"{{at({one})}}/restore"), {missing})
        assert_problem(await admin.post(f"{{NOWHERE}}/restore"), {missing})
    """
    return case("what_is_not_deleted_is_not_restored", script.needs(ADMIN, stored=True), body)


def _alone(script: Script, constraint: Constraint) -> bool:
    """Whether who makes a row may have no other one, which another rule of uniqueness says."""
    others = [each for each in uniques(script.resource) if each != constraint]
    return any(sent_of(script.resource, each) == [] for each in others)


def _reused(script: Script, constraint: Constraint, error: str) -> str:
    resource, one, deleter = script.resource, script.one, script.cast.deleter.fixture
    fields = sent_of(resource, constraint)
    same = shared(script, constraint)
    adding = script.add(*(["**same"] if fields else []))
    lines = [
        *([f"body = {script.body()}"] if ' body["' in same else []),
        *([f"same = {same}"] if fields else []),
        f"{one} = {adding}",
        f"assert (await {deleter}.delete(at({one}))).status_code == 204",
        "",
        f"again = {adding}",
        "",
        f'assert_problem(await admin.post(f"{{at({one})}}/restore"), {error})',
        f"assert (await {deleter}.delete(at(again))).status_code == 204",
        f'assert (await admin.post(f"{{at({one})}}/restore")).status_code == {script.restored}',
    ]
    names = "_and_".join(name for name in constraint.fields if name != resource.owner) or "place"
    name = f"a_deleted_{slug(resource.names.noun)}_leaves_its_{names}_to_others"
    needs = script.needs(script.cast.deleter, ADMIN, stored=True)
    return case(name[:80].rstrip("_"), needs, "\n".join(lines))


def _needs(script: Script, field: Field, reference: Reference, target: Resource) -> str:
    one, deleter, theirs = script.one, script.cast.deleter, Script(script.design, target)
    error = not_restorable(script.design, script.resource)[0].name
    given = [f"{field.column}={referred(script, reference, script.hero)}"] if field.optional else []
    remover = who_deletes(theirs, script.hero)
    body = f"""
        {one} = {script.add(*given)}
        there = {at_other(target, f"{one}.{field.column}")}
        assert (await {deleter.fixture}.delete(at({one}))).status_code == 204
        assert (await {remover.fixture}.delete(there)).status_code == 204

        assert_problem(await admin.post(f"{{at({one})}}/restore"), {error})
        assert (await admin.post(f"{{there}}/restore")).status_code == {theirs.restored}
        assert (await admin.post(f"{{at({one})}}/restore")).status_code == {script.restored}
    """
    name = f"{_noun(script)}_comes_back_after_its_{field.name}"
    return case(name, script.needs(deleter, remover, ADMIN, stored=True), body)


def _noun(script: Script) -> str:
    return slug(a(script.resource.names.noun))
