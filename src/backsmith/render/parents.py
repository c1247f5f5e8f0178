"""Writes what keeps rows from below those of others, before a rule of uniqueness tells of them."""

from collections.abc import Iterator

from backsmith.design.model import Design, Field, Operation, Resource, Rules, Who
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


def parent_refused(
    design: Design, resource: Resource, rules: Rules, when: str = ""
) -> Iterator[str]:
    """The lines that send away whoever has nothing to say below the row above."""
    field, many = resource.field(resource.owner_path[0]), resource.names.plural
    roles = ", ".join(f"Role.{role.upper()}" for role in roles_of(rules))
    theirs = f"await self._{many}.{_method(design, resource)}(actor.id, data.{field.column})"
    may = f"(actor.has({roles}) or {theirs})" if roles else theirs
    yield f"        if {when}not {may}:"
    yield f"            raise {refused(resource).name}"


def parent_query(design: Design, resource: Resource, owned: str) -> Iterator[str]:
    """The method that says whose the row above is; `owned` are the rows of one person."""
    field = telling_parent(resource)
    if field is None or field.reference is None or not any(_asking(resource)):
        return
    target, key = field.reference.target, field.column
    noun = target_names(design, field.reference).noun
    yield f"    async def {_method(design, resource)}(self, user_id: UUID, {key}: UUID) -> bool:"
    yield f'        """Whether this {noun} is theirs, or not there at all."""'
    yield f"        theirs = {target}.id == {key}, {target}.id.not_in({owned})"
    yield "        return not await self._session.scalar(select(exists().where(*theirs)))"
    yield ""


def _asking(resource: Resource) -> Iterator[bool]:
    access, sent = resource.access, resource.changeable
    yield resource.offers(Operation.CREATE) and asks_first(resource, access.create) is not None
    yield resource.offers(Operation.UPDATE) and asks_first(resource, access.update) in sent


def _method(design: Design, resource: Resource) -> str:
    reference = resource.field(resource.owner_path[0]).reference
    stem = target_names(design, reference).stem if reference else "row"
    return f"is_nobody_elses_{stem}"
