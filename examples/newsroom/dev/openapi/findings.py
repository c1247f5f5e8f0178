"""What is wrong with a description of the API."""

import keyword
import re
from collections import Counter
from collections.abc import Iterator

from openapi_spec_validator import OpenAPIV31SpecValidator

from app.api.health import PATHS
from app.api.public import PUBLIC
from dev.openapi.examples import example_findings
from dev.openapi.finding import Finding, Operation, Values, operations

METHOD_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
SENTENCE = re.compile(r"[A-Z]\S*( \S+)+[.?]")
JSON = "application/json"


def findings(document: Values) -> list[Finding]:
    """Say all that is wrong with a document, or only how it is invalid if it is that."""
    invalid = list(invalidities(document))
    return invalid or [
        *(
            finding
            for operation in operations(document)
            for finding in of_operation(operation, document)
        ),
        *repeated(document),
        *unknown_public(document),
        *unused_tags(document),
        *example_findings(document),
    ]


def invalidities(document: Values) -> Iterator[Finding]:
    for error in OpenAPIV31SpecValidator(document).iter_errors():
        place = "/".join(str(part) for part in error.absolute_path) or "document"
        yield Finding(place, error.message.partition("\n")[0])


def of_operation(operation: Operation, document: Values) -> Iterator[Finding]:
    """Say what one operation lacks."""
    yield from of_tags(operation, document)
    if not METHOD_NAME.fullmatch(operation.name) or keyword.iskeyword(operation.name):
        yield operation.says(f"`{operation.name}` is no name for a client's method")
    summary = operation.values.get("summary", "")
    if not SENTENCE.fullmatch(summary):
        yield operation.says(f"its summary is no sentence: {summary!r}; write a docstring")
    yield from of_security(operation)
    yield from of_errors(operation)


def of_tags(operation: Operation, document: Values) -> Iterator[Finding]:
    tags = operation.values.get("tags", [])
    known = [tag["name"] for tag in document.get("tags", ()) if tag.get("description")]
    if len(tags) != 1:
        yield operation.says(f"it has {len(tags)} tags; one is right")
    for unknown in set(tags).difference(known):
        yield operation.says(f"nothing is said about its tag `{unknown}`; add a line to TAGS")


def is_open(operation: Operation) -> bool:
    return operation.name in PUBLIC or operation.path in PATHS


def of_security(operation: Operation) -> Iterator[Finding]:
    asked = operation.values.get("security", [])
    if is_open(operation) and asked and {} not in asked:
        yield operation.says("it asks for a token, but PUBLIC names it")
    if not is_open(operation) and not any("AccessToken" in way for way in asked):
        yield operation.says("it asks for no token, and PUBLIC does not name it")
    if not is_open(operation) and {} in asked:
        yield operation.says("a token is optional here, and PUBLIC does not name it")


def of_errors(operation: Operation) -> Iterator[Finding]:
    responses = operation.values["responses"]
    for status in expected(operation).difference(responses):
        yield operation.says(f"the error {status} is not documented")
    for status, response in responses.items():
        content = response.get("content", {}).get(JSON, {})
        name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        right = "ValidationProblem" if status == "422" else "Problem"
        if status >= "400" and (name != right or not content.get("examples")):
            yield operation.says(
                f"{status} is not the one error body with an example: use problems()"
            )


def expected(operation: Operation) -> set[str]:
    """List the errors that an operation of this shape can always meet."""
    body = operation.values.get("requestBody", {}).get("content", {})
    statuses = {"500", "503"}
    statuses |= {"401"} if not is_open(operation) else set()
    statuses |= {"400"} if operation.path not in PATHS else set()
    statuses |= {"413", "422"} if body else set()
    statuses |= {"415"} if JSON in body else set()
    statuses |= {"422"} if "parameters" in operation.values else set()
    return statuses


def repeated(document: Values) -> Iterator[Finding]:
    for key in ("operationId", "summary"):
        said = Counter(operation.values.get(key) for operation in operations(document))
        for operation in operations(document):
            if said[operation.values.get(key)] > 1:
                yield operation.says(f"another operation has the same {key}")


def unknown_public(document: Values) -> Iterator[Finding]:
    names = {operation.name for operation in operations(document)}
    for name in sorted(set(PUBLIC) - names):
        yield Finding("PUBLIC", f"there is no operation `{name}`")


def unused_tags(document: Values) -> Iterator[Finding]:
    used = {tag for each in operations(document) for tag in each.values.get("tags", ())}
    for tag in document.get("tags", ()):
        if tag["name"] not in used:
            yield Finding("TAGS", f"no operation has the tag `{tag['name']}`")
