"""Who plays which part in the tests of a resource."""

from collections.abc import Iterable
from dataclasses import dataclass

from backsmith.design.model import Access, Design, Operation, Resource, Rule, Rules, Who
from backsmith.render.rights import for_everybody, for_signed_in, roles_of
from backsmith.render.services import guarded, guarded_links

OPERATIONS = ("read", "create", "update", "delete")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody that a test can ask for: the fixture, and the constant with their id."""

    fixture: str
    role: str | None = None

    @property
    def constant(self) -> str:
        return self.fixture.upper()

    @property
    def noun(self) -> str:
        return "admin" if self.role == "admin" else (self.role or self.fixture).replace("_", " ")


ALICE, BOB, ADMIN = Person("alice"), Person("bob"), Person("admin", "admin")
VISITOR = Person("visitor")
SOMEBODY_NEW = Person("somebody_new")
"""Nobody's sample has to do with them, so that nothing else goes, or stays, with their account."""


@dataclass(frozen=True, slots=True)
class Cast:
    """One person for each operation, who may do it; mostly it is the same one."""

    creator: Person
    changer: Person
    deleter: Person
    reader: Person

    @property
    def lister(self) -> Person:
        """Who reads lists: a visitor wherever everybody may."""
        return self.reader


def allowed(access: Access, operation: str) -> Rules:
    rules: Rules = getattr(access, operation)
    return rules


def offered(resource: Resource) -> list[str]:
    """The rights that there are over a resource's rows."""
    return [each for each in OPERATIONS if allowed(resource.access, each)]


def casting(design: Design, resource: Resource) -> Cast:
    """Choose who acts in the tests of a resource; alice, if she may."""
    people = [ALICE, *everybody_with_a_role(design)]
    fit = [each for each in people if can_refer(design, resource, each)] or people
    able = [
        each
        for each in fit
        if all(may(each, allowed(resource.access, operation)) for operation in offered(resource))
    ]
    creator = _first((*able, *fit, *people), resource, "create")
    if not resource.offers(Operation.CREATE):
        creator = [*able, *fit][0]
    # The rows of the tests are the creator's: whoever owns them comes before all others.
    others = (creator, *fit, *people)
    return Cast(
        creator,
        *(_first(others, resource, operation) for operation in ("update", "delete", "read")),
    )


def _first(people: Iterable[Person], resource: Resource, operation: str) -> Person:
    who = allowed(resource.access, operation)
    return next((each for each in people if may(each, who)), ADMIN)


def everybody_with_a_role(design: Design) -> list[Person]:
    return [*(Person(role, role) for role in design.roles), ADMIN]


def may(person: Person, rules: Rules) -> bool:
    """Whether a person has this right over some row: their own, if over no other."""
    return for_signed_in(rules) or Rule(Who.OWNER) in rules or person.role in roles_of(rules)


def reaches_all(person: Person, rules: Rules) -> bool:
    return for_signed_in(rules) or person.role in roles_of(rules)


def can_refer(design: Design, resource: Resource, person: Person) -> bool:
    """Whether a person may read what a new row must refer to."""
    needed = [reference for field, reference in guarded(design, resource) if not field.optional]
    needed += [links.reference for links in guarded_links(design, resource) if links.field.required]
    return all(may(person, design.resource(each.target).access.read) for each in needed)


def outsiders(design: Design, rules: Rules, *besides: Person) -> list[Person]:
    """People whom a rule doesn't name: one without a role, then those with another one."""
    strangers = [BOB, *everybody_with_a_role(design)]
    return [each for each in strangers if each.role not in roles_of(rules) and each not in besides]


def fixtures(people: Iterable[Person]) -> list[str]:
    return list(dict.fromkeys(person.fixture for person in people))


def public(resource: Resource) -> bool:
    return for_everybody(resource.access.read)
