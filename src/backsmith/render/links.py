"""What the rows that a field points to are called, in the database and in code."""

from dataclasses import dataclass

from backsmith.design.model import Design, Field, Reference, Resource
from backsmith.design.names import Names, cut, link_columns, link_table
from backsmith.render.hiding import hides
from backsmith.render.tables import target_names


@dataclass(frozen=True, slots=True)
class Links:
    """A field that points to many rows, and the table of pairs that holds them."""

    resource: Resource
    field: Field
    reference: Reference
    target: Names
    hides: bool
    """Whether what it points to may be there, and nobody sees it."""

    @property
    def one(self) -> str:
        """`tag`, of `tags`."""
        return self.column.removesuffix("_ids")

    @property
    def column(self) -> str:
        """`tag_ids`: the name in schemas and JSON."""
        return self.field.column

    @property
    def constant(self) -> str:
        """`TAG_IDS`: the query that finds them with their row."""
        return self.column.upper()

    @property
    def present(self) -> str:
        """`TAG_IS_THERE`: the condition that leaves out pairs with a row that hides."""
        return f"{self.one.upper()}_IS_THERE"

    @property
    def having(self) -> str:
        """The condition that a list is filtered by."""
        return f"having_{self.field.name}"

    @property
    def within(self) -> bool:
        """Whether rows of one kind point to each other."""
        return self.reference.target == self.resource.name

    @property
    def not_itself(self) -> str:
        """The name of the check that keeps a row from pointing to itself."""
        return cut(f"ck_{self.table}_{self.there}")

    @property
    def add(self) -> str:
        return f"add_{self.field.name}"

    @property
    def replace(self) -> str:
        return f"replace_{self.field.name}"

    @property
    def new(self) -> str:
        return f"new_{self.field.name}"

    @property
    def table(self) -> str:
        return link_table(self.resource.names.stem, self.field.name)

    @property
    def here(self) -> str:
        """The column of the row that points to others."""
        return link_columns(self.resource.names.stem, self.one)[0]

    @property
    def there(self) -> str:
        """The column of the rows that it points to."""
        return link_columns(self.resource.names.stem, self.one)[1]

    @property
    def index(self) -> str:
        return cut(f"ix_{self.table}_{self.there}")

    @property
    def long(self) -> bool:
        """Whether PostgreSQL would cut the name of the index."""
        return self.index != f"ix_{self.table}_{self.there}"

    def key(self, column: str) -> str:
        """The name of a column's foreign key."""
        return cut(f"fk_{self.table}_{column}")

    @property
    def targets(self) -> dict[str, str]:
        """The table that each of the two columns points into."""
        return {self.here: self.resource.names.plural, self.there: self.target.plural}


def links_within(design: Design, resource: Resource) -> list[Links]:
    """The links of rows to others of their kind that a client may change."""
    return [
        links
        for links in links_of(design, resource)
        if links.within and links.field in resource.changeable
    ]


def links_of(design: Design, resource: Resource) -> list[Links]:
    return [
        Links(
            resource,
            field,
            field.links,
            target_names(design, field.links),
            field.links.target != "User" and hides(design, design.resource(field.links.target)),
        )
        for field in resource.links
        if field.links
    ]
