"""A design in, the files of its project out: the same bytes for the same design, every time.

`render` is the way in. `backend` gives the files that all projects share, `registries` those
that list all resources, `people` those of accounts where a design adds to them; each other writer
makes one file of one resource and is named as the backend's folder that the file goes to.
"""

from backsmith.design.model import Design, Resource
from backsmith.render.access_page import access_page
from backsmith.render.backend import shared_files
from backsmith.render.demo_rows import demo_rows
from backsmith.render.endpoint_tests import endpoint_tests
from backsmith.render.endpoints import endpoint
from backsmith.render.enums import shared_enums
from backsmith.render.live_rows import live_rows
from backsmith.render.migrations import first_revision
from backsmith.render.models import model
from backsmith.render.people import people
from backsmith.render.registries import registries
from backsmith.render.repositories import repository
from backsmith.render.repository_tests import repository_tests
from backsmith.render.reverses import people_reversed
from backsmith.render.samples import samples
from backsmith.render.schemas import schema
from backsmith.render.service_tests import service_tests
from backsmith.render.services import service
from backsmith.render.tidy import tidy
from backsmith.render.user_account import user_account

WRITERS = {
    "app/models/{stem}.py": model,
    "app/schemas/{stem}.py": schema,
    "app/repositories/{stem}.py": repository,
    "app/services/{stem}.py": service,
    "app/api/v1/endpoints/{stem}.py": endpoint,
    "app/tests/samples/{stem}.py": samples,
    "app/tests/test_endpoints/test_{stem}.py": endpoint_tests,
    "app/tests/test_services/test_{stem}.py": service_tests,
    "app/tests/test_repositories/test_{stem}.py": repository_tests,
}


def render(design: Design) -> dict[str, bytes]:
    """Make every file of a project but the design itself, by path in the project."""
    written = registries(design) | shared_enums(design) | live_rows(design)
    written["dev/rows.py"] = demo_rows(design)
    for resource in design.resources:
        written |= _files_of(design, resource)
    written |= people(design) | user_account(design)
    written |= people_reversed(design, written)
    if design.resources or design.user:
        name, text = first_revision(design)
        written[f"app/db/migrations/versions/{name}"] = text
    tidied = {path: text.encode() for path, text in tidy(written).items()}
    tidied["docs/access.md"] = access_page(design).encode()
    return dict(sorted((shared_files(design.name, design.doc) | tidied).items()))


def _files_of(design: Design, resource: Resource) -> dict[str, str]:
    stem = resource.names.stem
    return {path.format(stem=stem): write(design, resource) for path, write in WRITERS.items()}
