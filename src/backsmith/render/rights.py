"""Who may reach which rows of a resource: one small function a right."""

from collections.abc import Iterator
from dataclasses import replace
from textwrap import wrap

from backsmith.design.access import ADMIN
from backsmith.design.access import may as lets_in
from backsmith.design.model import Field, Operation, Resource, Rule, Rules, Who
from backsmith.render.code import docstring
from backsmith.render.conditions import names_of_conditions
from backsmith.render.english import may, people

LONGEST = 90
"""Letters of a sentence that a line has room for between its quotes."""
QUOTES = '"""'


def roles_of(rules: Rules) -> list[str]:
    """The roles that the rules name, whatever else they ask."""
    return list(dict.fromkeys(rule.who for rule in rules if rule.who not in set(Who)))


def for_everybody(rules: Rules) -> bool:
    return Rule(Who.PUBLIC) in rules


def for_signed_in(rules: Rules) -> bool:
    """Whether everybody who is signed in has this right over every row."""
    return for_everybody(rules) or Rule(Who.AUTHENTICATED) in rules


def for_visitors(rules: Rules) -> bool:
    """Whether a visitor has this right over some rows at least."""
    return any(rule.who == Who.PUBLIC for rule in rules)


def is_conditional(rules: Rules) -> bool:
    """Whether it depends on what a row holds who has this right over it."""
    return not for_signed_in(rules) and any(rule.when for rule in rules)


def needs_role(rules: Rules) -> bool:
    """Whether a caller without a role is refused before any row is looked for."""
    return not any(rule.who in set(Who) for rule in rules)


def restorer_reads(resource: Resource) -> bool:
    """Whether who restores a row may read it, and so is shown it."""
    return lets_in(ADMIN, resource.access.read)


def actor_type(rules: Rules) -> str:
    return "Actor | None" if for_visitors(rules) else "Actor"


def is_guarded(resource: Resource) -> bool:
    """Whether not everybody who is signed in may create whatever they like."""
    rules = creation_rules(resource)
    return bool(rules) and (needs_role(rules) or creation_depends(resource))


def creation_depends(resource: Resource) -> bool:
    """Whether a new row may be one that its writer has no right to create."""
    return _depends(resource, creation_rules(resource), resource.sent)


def change_depends(resource: Resource) -> bool:
    """Whether a change may make a row one that its writer has no right to change."""
    return _depends(resource, resource.access.update, resource.changeable)


def _depends(resource: Resource, rules: Rules, written: tuple[Field, ...]) -> bool:
    """Whether who has a right depends on what is written."""
    names = {field.name for field in written}
    asked = any(rule.when and rule.when.field in names for rule in rules)
    moves = resource.owner_path[:1] and resource.owner_path[0] in names
    owned = moves and any(rule.who == Who.OWNER for rule in rules)
    return bool(asked or owned) and not for_signed_in(rules)


def creation_rules(resource: Resource) -> Rules:
    """Who may create a row; of one that would be theirs, whoever is signed in."""
    if resource.owner_path:
        return resource.access.create
    rules = [
        replace(rule, who=Who.AUTHENTICATED) if rule.who == Who.OWNER else rule
        for rule in resource.access.create
    ]
    return tuple(dict.fromkeys(rules))


def rights(resource: Resource) -> Iterator[str]:
    """The functions that say what a caller may reach."""
    access = resource.access
    if resource.offers(Operation.LIST, Operation.GET):
        yield _right(resource, "readable", "read", access.read)
    if is_guarded(resource):
        yield _creatable(resource)
    if resource.offers(Operation.UPDATE):
        yield _right(resource, "changeable", "change", access.update)
    if resource.offers(Operation.DELETE):
        yield _right(resource, "deletable", "delete", access.delete)
    if resource.soft_delete:
        yield _right(resource, "restorable", "restore", (Rule(ADMIN),))


def _creatable(resource: Resource) -> str:
    rules = creation_rules(resource)
    if creation_depends(resource):
        return _right(resource, "creatable", "create", rules)
    lines = [
        "def creatable(actor: Actor) -> None:",
        docstring(f"{people(roles_of(rules))} create {resource.names.nouns}."),
        f"    actor.require({_roles(roles_of(rules))})",
    ]
    return "\n".join(lines)


def _right(resource: Resource, name: str, verb: str, rules: Rules) -> str:
    lines = [
        f"def {name}(actor: {actor_type(rules)}) -> Rows:",
        _told(may(verb, resource, rules)),
        *(f"    {line}" for line in _body(resource, rules)),
    ]
    return "\n".join(lines)


def _told(sentence: str) -> str:
    """A docstring, on several lines where one is too short."""
    first, *more = wrap(sentence, LONGEST, break_long_words=False)
    if not more:
        return docstring(sentence)
    lines = "\n".join(f"    {line}" for line in more)
    return f"{docstring(first).removesuffix(QUOTES)}\n{lines}\n    {QUOTES}"


def _body(resource: Resource, rules: Rules) -> Iterator[str]:
    """From those who reach every row to those who reach the fewest."""
    if for_everybody(rules):
        yield "return EVERY"
        return
    visitors = _rows(resource, rules, Who.PUBLIC)
    own = _rows(resource, rules, Who.OWNER)
    others = [*visitors, *_rows(resource, rules, Who.AUTHENTICATED)]
    others += [_both("owned_by(actor.id)", own)] if own else []
    others = ["EVERY"] if for_signed_in(rules) else list(dict.fromkeys(others))
    if visitors and others != visitors:
        yield from ("if actor is None:", f"    return {_either(visitors)}")
    roles = [] if for_signed_in(rules) else roles_of(rules)
    if needs_role(rules):
        yield f"actor.require({_roles(roles)})"
    actor = "actor and actor" if visitors and others == visitors else "actor"
    yield from _by_role(resource, rules, roles, others, actor)


def _by_role(
    resource: Resource, rules: Rules, roles: list[str], others: list[str], actor: str
) -> Iterator[str]:
    everywhere = [role for role in roles if Rule(role) in rules]
    somewhere = [role for role in roles if role not in everywhere]
    if not others and len(somewhere) < 2:
        # Whoever has none of the roles was sent away already.
        others = _rows(resource, rules, somewhere[0]) if somewhere else ["EVERY"]
        everywhere, somewhere = everywhere if somewhere else [], []
    rest = _either(others) if others else "~EVERY"
    if everywhere and not somewhere and actor == "actor" and not for_visitors(rules):
        yield f"return EVERY if actor.has({_roles(everywhere)}) else {rest}"
        return
    if everywhere:
        yield from (f"if {actor}.has({_roles(everywhere)}):", "    return EVERY")
    if not somewhere:
        yield f"return {rest}"
        return
    yield f"rows = {rest}"
    for role in somewhere:
        yield f"if {actor}.has({_roles([role])}):"
        yield f"    rows |= {_either(_rows(resource, rules, role))}"
    yield "return rows"


def _rows(resource: Resource, rules: Rules, who: str) -> list[str]:
    """The names of the rows that the rules let somebody reach."""
    names = names_of_conditions(resource)
    return [names[rule.when] if rule.when else "EVERY" for rule in rules if rule.who == who]


def _either(rows: list[str]) -> str:
    return " | ".join(f"({each})" if " " in each and len(rows) > 1 else each for each in rows)


def _both(owned: str, rows: list[str]) -> str:
    if rows == ["EVERY"]:
        return owned
    return f"{owned} & {f'({_either(rows)})' if len(rows) > 1 else rows[0]}"


def _roles(roles: list[str]) -> str:
    return ", ".join(f"Role.{role.upper()}" for role in roles)
