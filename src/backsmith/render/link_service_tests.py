"""Writes the tests of rules about links, with the repository mocked."""

from collections.abc import Iterator

from backsmith.design.model import Operation
from backsmith.render.links import Links, links_of
from backsmith.render.missing_errors import missing_error
from backsmith.render.script import Script
from backsmith.render.service_script import asking, payload, service_name
from backsmith.render.services import guarded_links


def link_service_tests(script: Script) -> Iterator[str]:
    """What was not sent stays; what is sent has to be readable."""
    if script.offers(Operation.UPDATE):
        for links in links_of(script.design, script.resource):
            yield _left(script, links)
    for links in guarded_links(script.design, script.resource):
        yield _looked_up(script, links)


def _left(script: Script, links: Links) -> str:
    """Absent is not empty."""
    one, name, column = script.one, script.resource.name, links.column
    changer, service = script.cast.changer.constant, service_name(script)
    count = max(int(links.field.minimum or 0), 1)
    ids = "[uuid4()]" if count == 1 else f"[uuid4() for _ in range({count})]"
    body = f"""
        ids = {ids}
        {one} = repository.lock.return_value = {name}(id=uuid4())

        await {service}.update({changer}.actor, {one}.id, {name}Update())
        repository.{links.replace}.assert_not_awaited()

        await {service}.update({changer}.actor, {one}.id, {name}Update({column}=ids))
        repository.{links.replace}.assert_awaited_once_with({one}, ids)
    """
    return asking(script, f"{links.field.name}_that_were_not_sent_stay", body)


def _looked_up(script: Script, links: Links) -> str:
    service, name, error = service_name(script), script.resource.name, missing_error(links.field)
    count = max(int(links.field.minimum or 0), 1)
    ids = f"[{', '.join(['uuid4()'] * count)}]"
    sent = payload(script, **{links.column: ids})
    lines = []
    if script.offers(Operation.UPDATE):
        lines.append(f"repository.lock.return_value = {name}(id=uuid4())")
    lines += [f"lookup.check_all.side_effect = {error}", ""]
    calls = {
        Operation.CREATE: f"create({script.hero.constant}.actor, {sent})",
        Operation.UPDATE: f"update({script.cast.changer.constant}.actor, uuid4(), "
        f"{name}Update({links.column}={ids}))",
    }
    writes = {Operation.CREATE: "save", Operation.UPDATE: "change"}
    there = [each for each in calls if script.offers(each)]
    for each in there:
        lines += [f"with pytest.raises({error}):", f"    await {service}.{calls[each]}"]
    lines += ["", *(f"repository.{writes[each]}.assert_not_awaited()" for each in there)]
    name = f"{links.field.name}_have_to_be_readable"
    return asking(script, name, "\n".join(lines), lookup=True)
