"""Words and sentences about what a design names."""

from collections.abc import Iterable

from backsmith.design.article import a as a
from backsmith.design.model import Condition, Field, Resource, Rule, Rules, Who


def listed(words: Iterable[str], last: str = "and") -> str:
    """`one`, `one and two`, `one, two and three`."""
    *firsts, final = words
    return f"{', '.join(firsts)} {last} {final}" if firsts else final


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def words(name: str) -> str:
    """`published at` for `published_at`."""
    return name.replace("_", " ")


def camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def people(who: Iterable[str]) -> str:
    """`Editors and administrators`, for the roles of a rule."""
    return capital(
        listed("administrators" if role == "admin" else f"{words(role)}s" for role in who)
    )


def may(verb: str, resource: Resource, rules: Rules) -> str:
    """One sentence that says who does this with which rows."""
    if any(rule.when for rule in rules) and Rule(Who.PUBLIC) not in rules:
        return f"{capital(listed(_clause(verb, resource, rule) for rule in rules))}."
    noun, nouns = resource.names.noun, resource.names.nouns
    who = [rule.who for rule in rules]
    roles = [role for role in who if role not in set(Who)]
    if Who.PUBLIC in who:
        return f"Everybody {verb}s every {noun}."
    if Who.AUTHENTICATED in who:
        return f"Whoever is signed in {verb}s every {noun}."
    if Who.OWNER not in who:
        return f"{people(roles)} {verb} every {noun}."
    others = f", {people(roles).lower()} any" if roles else ""
    return f"Owners {verb} their own {nouns}{others}."


def _clause(verb: str, resource: Resource, rule: Rule) -> str:
    noun, nouns = resource.names.noun, resource.names.nouns
    one = {Who.PUBLIC: "everybody", Who.AUTHENTICATED: "whoever is signed in"}
    own = rule.who == Who.OWNER
    subject = "owners" if own else people([rule.who]).lower()
    said = f"{one[Who(rule.who)]} {verb}s" if rule.who in one else f"{subject} {verb}"
    if rule.when is None:
        return f"{said} their own {nouns}" if own else f"{said} every {noun}"
    return f"{said} {'their own ' if own else ''}{nouns} {_held(rule.when)}"


def _held(condition: Condition) -> str:
    field, value = words(condition.field), condition.value
    if isinstance(value, bool):
        return f"that are {'' if value else 'not '}{field}"
    return f"with {field} {value}"


def doubled(resource: Resource, fields: Iterable[Field]) -> str:
    """`with this isbn`, `for this book`: what two rows may not share."""
    named = [
        f"for this {words(field.name)}" if field.reference else f"with this {words(field.name)}"
        for field in fields
    ]
    return listed(named)
