"""Writes what keeps rows from below those of others, before a rule of uniqueness tells of them."""

from collections.abc import Iterator

from backsmith.design.model import Design, Field, Resource, Rules, Who
from backsmith.render.errors import refused
from backsmith.render.rights import roles_of
from backsmith.render.tables import target_names, uniques


def telling_parent(resource: Resource) -> Field | None:
    """The reference to the row above, if there is but one row or value below each."""
    if not resource.owner_path:
        return None
    field = resource.field(resource.owner_path[0])
    return field if any(field.name in each.fields for each in uniques(resource)) else None


def asks_first(resource: Resource, rules: Rules) -> Field | None:
    """The same, if whoever has no role needs to own the row above."""
    people = {rule.who for rule in rules} & set(Who)
    return telling_parent(resource) if people == {Who.OWNER} else None


def parent_refused(design: Design, resource: Resource, rules: Rules) -> Iterator[str]:
    """The lines that send away whoever has nothing to say below this row."""
    field = asks_first(resource, rules)
    if field is None:
        return
    roles = ", ".join(f"Role.{role.upper()}" for role in roles_of(rules))
    many = resource.names.plural
    mine = f"await self._{many}.{_method(design, field)}(actor.id, data.{field.column})"
    yield f"if not ({f'actor.has({roles}) or ' if roles else ''}{mine}):"
    yield f"    raise {refused(resource).name}"


def parent_query(design: Design, resource: Resource, owned: str) -> Iterator[str]:
    """The method that says whose the row above is; `owned` are the rows of one person."""
    field = telling_parent(resource)
    rules = (resource.access.create, resource.access.update)
    if field is None or not field.reference or not any(asks_first(resource, each) for each in rules):
        return
    target, key = field.reference.target, field.column
    noun = target_names(design, field.reference).noun
    yield f"    async def {_method(design, field)}(self, user_id: UUID, {key}: UUID) -> bool:"
    yield f'        """Whether no such {noun} belongs to somebody else."""'
    yield f"        theirs = {target}.id == {key}, {target}.id.not_in({owned})"
    yield "        return not await self._session.scalar(select(exists().where(*theirs)))"
    yield ""


def _method(design: Design, field: Field) -> str:
    assert field.reference
    return f"has_no_other_{target_names(design, field.reference).stem}_above"
