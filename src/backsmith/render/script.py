"""The words that all tests of a resource share: its variables, its samples, its people."""

from dataclasses import dataclass

from backsmith.design.model import Design, Field, Operation, Reference, Resource
from backsmith.render.capacity import capacity, has_owner, needed, one_each, refers_to_owned
from backsmith.render.casting import ALICE, VISITOR, Cast, Person, casting, public
from backsmith.render.conditions import conditions_of
from backsmith.render.english import a
from backsmith.render.rights import restorer_reads
from backsmith.render.standing import as_said, settled
from backsmith.render.values import several, spelt

_WORDS = """
admin after alice app at before bob body bool caught changeable changed changes column constraint
count counted creatable create_autospec cursor database date datetime deletable delete error field
found func hidden ids ids_of in_order item items key left linked listed lookup made method missing
n named names new nobody nowhere numbers old one optional other owned_by owner page params path
person pytest readable refused repository result right rights row rows same select sent service
session settings shown sort statements stored target text theirs there time uuid4 value values
visitor walk which words
"""
TAKEN = frozenset(_WORDS.split())
"""Names that tests have for something else."""


@dataclass(frozen=True)
class Script:
    """A resource, and how its tests speak of it."""

    design: Design
    resource: Resource

    @classmethod
    def of(cls, design: Design, resource: Resource) -> "Script":
        """The script for rows as samples have them."""
        plain = settled(design)
        return cls(plain, plain.resource(resource.name))

    @property
    def said(self) -> Resource:
        """The resource with all the conditions of its rules."""
        return as_said(self.resource)

    @property
    def cast(self) -> Cast:
        return casting(self.design, self.resource)

    @property
    def hero(self) -> Person:
        """Who acts, in almost all tests."""
        return self.cast.creator

    @property
    def lister(self) -> Person:
        return VISITOR if public(self.resource) else self.cast.reader

    @property
    def one(self) -> str:
        """The variable that holds one row."""
        return variable(self.design, self.resource.names.stem, "row")

    @property
    def many(self) -> str:
        """The variable that holds several rows."""
        return variable(self.design, self.resource.names.plural, "rows")

    @property
    def repository(self) -> str:
        """The variable that holds the repository."""
        return self.many if self.many != "rows" else "repository"

    @property
    def paths(self) -> str:
        """The constant that holds the address of the list."""
        return self.resource.names.plural.upper()

    @property
    def sample(self) -> str:
        """The function that makes a body: `a_book`."""
        return sample_name(self.resource)

    @property
    def waits(self) -> bool:
        """Whether a body can't be made without rows that it refers to."""
        return bool(needed(self.design, self.resource))

    @property
    def capacity(self) -> int:
        return capacity(self.design, self.resource)

    def body(self, *changes: str, owner: Person | None = None) -> str:
        """What somebody sends, as an expression."""
        if not self.waits:
            return f"{self.sample}({', '.join(changes)})"
        whose = [self._whose(owner)] if refers_to_owned(self.design, self.resource) else []
        return f"await {self.sample}({', '.join(['database', *filter(None, whose), *changes])})"

    def add(self, *changes: str, owner: Person | None = None) -> str:
        """A row of the one who acts, as an expression."""
        return f"await {self.adding(*changes, owner=owner)}"

    def adding(self, *changes: str, owner: Person | None = None) -> str:
        whose = [self._whose(owner)] if has_owner(self.design, self.resource) else []
        arguments = ", ".join(["database", *filter(None, whose), *changes])
        return f"add_{self.resource.names.stem}({arguments})"

    def made_by(self, person: Person) -> list[str]:
        """What a sample holds that this person made, where another one is meant than alice."""
        if person == ALICE:
            return []
        fields = [each for each in self.resource.fields if each.is_me]
        return [f"{each.column}=str({person.constant}.id)" for each in fields]

    def needs(self, *people: Person, stored: bool = False) -> list[str]:
        """The fixtures of a test, the database last if there is one to fill."""
        found = list(dict.fromkeys(person.fixture for person in people))
        return [*found, "database"] if stored or self.waits else found

    def change(self) -> str:
        """A change that stands for any other."""
        free = [each for each in self.free_fields if not each.immutable]
        field = next((each for each in free if several(each)), None)
        return f'{{"{field.name}": {spelt(several(field)[-1])}}}' if field else "{}"

    def offers(self, *operations: Operation) -> bool:
        return self.resource.offers(*operations)

    def calls(self, person: Person, **calls: str) -> list[str]:
        """What a person asks for, one request for each of these operations that there are."""
        return [
            f"await {person.fixture}.{call}"
            for operation, call in calls.items()
            if self.offers(Operation(operation))
        ]

    @property
    def given(self) -> list[Field]:
        """The fields that a client sends."""
        return list(self.resource.sent)

    @property
    def plain_fields(self) -> list[Field]:
        return [each for each in self.given if not isinstance(each.type, Reference)]

    @property
    def restored(self) -> int:
        """What a restore answers with; it shows the row where who restores may read it."""
        return 200 if restorer_reads(self.said) else 204

    @property
    def fixed_fields(self) -> list[Field]:
        """The fields that rights depend on."""
        fixed = {condition.field for condition in conditions_of(self.said)}
        return [each for each in self.resource.fields if each.name in fixed]

    @property
    def free_fields(self) -> list[Field]:
        """The fields that may hold anything, as far as rights go."""
        return [each for each in self.plain_fields if each not in self.fixed_fields]

    @property
    def references(self) -> list[tuple[Field, Reference]]:
        """The fields that a client refers to other rows with."""
        return [(each, each.reference) for each in self.given if each.reference]

    @property
    def pointers(self) -> list[tuple[Field, Reference]]:
        """The fields that refer to other rows, whoever sets them; the owner is none of them."""
        fields = [each for each in self.resource.fields if each.name != self.resource.owner]
        return [(each, each.reference) for each in fields if each.reference]

    def _whose(self, owner: Person | None) -> str:
        person = owner or self.hero
        return "" if person == ALICE else person.constant


def sample_name(resource: Resource) -> str:
    return a(resource.names.noun).replace(" ", "_")


def adding_target(design: Design, reference: Reference, owner: Person = ALICE) -> str:
    """A row to refer to, as an expression."""
    target = design.resource(reference.target)
    whose = has_owner(design, target) and owner != ALICE
    how = "the" if one_each(target) else "add"
    return f"await {how}_{target.names.stem}(database{f', {owner.constant}' if whose else ''})"


def person_class(resource: Resource) -> str:
    """What the class of a test's people is called beside this resource's own."""
    return "Somebody" if resource.name == "Person" else "Person"


def person_import(resource: Resource) -> str:
    name = person_class(resource)
    return name if name == "Person" else f"Person as {name}"


def variable(design: Design, name: str, instead: str) -> str:
    """A name for a variable, unless it is taken."""
    return instead if name in TAKEN or name in design.roles else name


def slug(noun: str) -> str:
    """A noun as part of a test's name, or `row` where that would be a mouthful."""
    return noun.replace(" ", "_") if len(noun) <= 30 else "row"
