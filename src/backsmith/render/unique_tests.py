"""Writes the tests of what must stand once."""

from collections.abc import Iterator

from backsmith.design.model import Field, Operation, Resource
from backsmith.render.capacity import is_same, one_each
from backsmith.render.cases import case, mapping
from backsmith.render.casting import (
    BOB,
    can_refer,
    may,
    reaches_all,
)
from backsmith.render.errors import taken
from backsmith.render.neighbours import referred
from backsmith.render.rights import for_signed_in
from backsmith.render.script import Script, slug
from backsmith.render.tables import Constraint, uniques
from backsmith.render.values import several, spelt


def unique_tests(script: Script) -> Iterator[str]:
    """What no two rows may share, said to whoever creates or changes one."""
    # Where nothing is ever written there are no such errors.
    for constraint, error in zip(uniques(script.resource), taken(script.resource), strict=False):
        unsent = any(script.resource.field(name).readonly for name in constraint.fields)
        if not unsent and not is_covered(script.resource, constraint):
            yield _unique(script, constraint, error.name)


def _unique(script: Script, constraint: Constraint, error: str) -> str:
    resource, paths = script.resource, script.paths
    hero, changer = script.hero, script.cast.changer
    fields = sent_of(resource, constraint)
    mine = len(fields) < len(constraint.fields)
    by_hero = script.made_by(hero) if mine else []
    same = shared(script, constraint)
    once = any(each.immutable for each in fields) or (mine and one_each(resource))
    changed = bool(fields) and script.offers(Operation.UPDATE) and not once
    adding = [f"{script.one} = {script.add(*by_hero)}"] if changed else []
    # First, where one person may have several: neighbours differ, however few values there are.
    lines = [] if one_each(resource) else [*adding]
    if ' body["' in same:
        lines.append(f"body = {script.body()}")
    lines += [f"same = {same}"] if fields else []
    changes = ["**same"] if fields else []
    first = script.add(*changes, *by_hero, owner=hero if mine or hero == BOB else BOB)
    lines += [first, ""]
    if script.offers(Operation.CREATE):
        lines += [
            f"refused = await {hero.fixture}.post({paths}, json={script.body(*changes)})",
            f"assert_problem(refused, {error})",
        ]
    if changed:
        changing = f"await {changer.fixture}.patch(at({script.one}), json=same)"
        lines += adding if one_each(resource) else []
        lines.append(f"assert_problem({changing}, {error})")
    needs = [hero, changer]
    refers = [each for each in fields if each.reference and each.reference.target != "User"]
    secret = [
        each
        for each in refers
        if each.reference
        and not for_signed_in(script.design.resource(each.reference.target).access.read)
    ]
    creates = reaches_all if script.said.owner_path else may
    able = creates(BOB, resource.access.create) and can_refer(script.design, resource, BOB)
    if mine and not secret and able:
        sent = script.body(*changes, owner=BOB)
        lines.append(f"assert (await bob.post({paths}, json={sent})).status_code == 201")
        needs.append(BOB)
    name = unique_name(script, constraint)
    return case(name, script.needs(*needs, stored=True), "\n".join(lines))


def unique_name(script: Script, constraint: Constraint) -> str:
    """What a rule of uniqueness says, as the name of its test."""
    resource = script.resource
    fields = sent_of(resource, constraint)
    if len(fields) == len(constraint.fields):
        shared_names = "_and_".join(field.name for field in fields)
        name = f"no_two_{slug(resource.names.nouns)}_share_{shared_names}"
    else:
        made = [each.name for each in resource.tokened if each.name in constraint.fields]
        who = "an_owner" if made == [resource.owner] else f"one_{'_and_'.join(made)}"
        words = [f"{'of' if each.reference else 'with'}_one_{each.name}" for each in fields]
        name = "_".join([f"{who}_has_one_{slug(resource.names.noun)}", *words])
    return name[:80].rstrip("_")


def is_covered(resource: Resource, constraint: Constraint) -> bool:
    """Whether rows that break this rule break a stricter one first."""
    telling = (
        {name for name in other.fields if not is_same(resource.field(name))}
        for other in uniques(resource)
        if other != constraint
    )
    return any(fields < set(constraint.fields) for fields in telling)


def shared(script: Script, constraint: Constraint) -> str:
    """The values that two rows would have in common, besides who made them, as an expression."""
    fields = sent_of(script.resource, constraint)
    absent = [each for each in fields if (each.reference and each.optional) or each.readonly]
    sample = "body" if len(fields) - len(absent) > 1 else f"({script.body()})"
    sample = sample if script.waits or sample == "body" else script.body()
    return mapping({each.column: _same(script, each, absent, sample) for each in fields})


def sent_of(resource: Resource, constraint: Constraint) -> list[Field]:
    """The fields of a rule of uniqueness that aren't set from a token."""
    fields = [resource.field(name) for name in constraint.fields]
    return [field for field in fields if field not in resource.tokened]


def _same(script: Script, field: Field, absent: list[Field], sample: str) -> str:
    if field.reference and field in absent:
        return referred(script, field.reference, script.hero)
    if field.readonly:
        return spelt(several(field)[0])
    return f'{sample}["{field.column}"]'
