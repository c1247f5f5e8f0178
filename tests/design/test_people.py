import pytest

from backsmith.design import canonical, read
from backsmith.design.endpoints import endpoints
from backsmith.design.model import Operation
from backsmith.design.outline import outline

from .designs import TOP, good, told, with_resources

POST = "Post: {fields: {author: User cascade embed, title: string}}"


def with_user(*fields: str) -> str:
    return with_resources(f"User: {{fields: {{{', '.join(fields)}}}}}", POST)


def test_what_people_are_given_is_apart_from_resources() -> None:
    design = good(with_user("nickname: string? ..40", "points: int =0 readonly"))

    assert design.user
    assert [field.name for field in design.user.fields] == ["nickname", "points"]
    assert [field.name for field in design.user.changeable] == ["nickname"]
    assert [resource.name for resource in design.resources] == ["Post"]


def test_a_design_that_says_nothing_of_people_adds_nothing() -> None:
    design = good(with_resources(POST))

    assert design.user is None
    assert outline(design)["user"] == {"fields": []}


def test_it_stands_in_the_canonical_form_and_reads_back() -> None:
    design = good(with_user("nickname: string? ..40", "mood: 'enum good,bad =good private'"))

    text = canonical(design)

    assert "  User:\n    fields:\n      nickname: string? ..40\n" in text
    assert good(text) == design


def test_people_alone_make_a_design() -> None:
    design = good(with_resources("User: {fields: {nickname: string?}}"))

    assert (design.resources, bool(design.user)) == ((), True)
    assert good(canonical(design)) == design


def test_there_is_something_to_change_unless_all_is_readonly() -> None:
    changed = good(with_user("nickname: string?"))
    fixed = good(with_user("points: int =0 readonly"))

    assert changed.user
    assert fixed.user
    assert changed.user.offers(Operation.UPDATE)
    assert not fixed.user.offers(Operation.UPDATE)
    ways = [each.method for each in endpoints(changed) if each.path == "/api/v1/users/me"]
    assert ways == ["GET", "PATCH", "DELETE"]
    ways = [each.method for each in endpoints(fixed) if each.path == "/api/v1/users/me"]
    assert ways == ["GET", "DELETE"]


def test_programs_are_told_of_it() -> None:
    (field,) = outline(good(with_user("nickname: string? ..40 unique")))["user"]["fields"]

    assert (field["name"], field["unique"], field["required"]) == ("nickname", True, False)


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("string", 'a new account would have no "word"', "Write a ? behind the type"),
        ("string readonly", "a new row would have no value", "Write a ? behind the type"),
        ("string? filter", '"filter" is for lists, and people have no list yet.', "Leave it out."),
        ("string? sort", '"sort" is for lists', "Leave it out."),
        ("string? search", '"search" is for lists', "Leave it out."),
        ("string? immutable", "nobody could send what is immutable", "or write readonly"),
        ("Post? set_null", '"word" would refer to Post', "Say it the other way round"),
        ("User?", '"word" would refer to User', "Say it the other way round"),
        ('"Post[]"', '"word" would refer to Post', "Say it the other way round"),
    ],
)
def test_a_word_that_means_nothing_of_people_is_refused(
    words: str, message: str, hint: str
) -> None:
    (line,) = told(with_user(f"word: {words}"))

    assert message in line
    assert hint in line


@pytest.mark.parametrize(
    "name",
    ["email", "password", "password_hash", "roles", "role", "role_names", "active", "is_active"],
)
def test_what_people_have_already_is_not_added_again(name: str) -> None:
    (line,) = told(with_user(f"{name}: string?"))

    assert f'a field of User can\'t be called "{name}": every account has that of its own.' in line


@pytest.mark.parametrize("name", ["id", "created_at", "updated_at", "deleted_at", "search", "user"])
def test_names_that_no_field_may_have_are_refused_here_too(name: str) -> None:
    assert f'a field can\'t be called "{name}"' in told(with_user(f"{name}: string?"))[0]


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("access: {read: public}", "people see and change their own account, and no other"),
        ("only: [get]", "people see and change their own account, and no other"),
        ("owner: nickname", "everybody is the owner of their own account"),
        ("path: people", "people are at /users in every project"),
        ("list: {page: 5}", "people have no list yet"),
        ("unique: [[nickname, age]]", "unique is a word of a field here"),
        ("index: [[nickname, age]]", "index is a word of a field here"),
        ("soft_delete: true", "accounts are no rows that a client deletes"),
        ("deprecated: true", "nothing takes their place"),
        ("doc: Somebody.", "what people are is said already"),
        ("cache: 60s", "never kept for others"),
        ("was: Person", "people have the same name in every project"),
    ],
)
def test_nothing_but_fields_is_said_of_people(key: str, reason: str) -> None:
    (line,) = told(with_resources(f"User: {{fields: {{nickname: string?}}, {key}}}"))

    assert f'"{key.partition(":")[0]}" says nothing of User: ' in line
    assert reason in line
    assert "Leave it out: fields are all that can be added." in line


def test_a_misspelt_key_is_told_with_the_right_one() -> None:
    (line,) = told(with_resources("User: {feilds: {nickname: string?}}"))

    assert '"feilds" is not a key of User. Did you mean "fields"?' in line


@pytest.mark.parametrize("block", ["User: 3", "User: [a]", "User: {}", "User: {fields: {}}"])
def test_a_block_that_adds_nothing_is_told(block: str) -> None:
    lines = told(with_resources(block))

    assert len(lines) == 1
    assert "User" in lines[0]


def test_at_the_top_of_the_file_it_is_shown_its_place() -> None:
    (line,) = told(f"{TOP}User: {{fields: {{nickname: string?}}}}\n")

    assert '"User" is not a key of a design.' in line
    assert "Indent it under resources:, with whatever it adds to people." in line


def test_an_enum_that_only_people_have_is_used() -> None:
    text = with_user("mood: Mood =good").replace("resources:", "enums: {Mood: [good]}\nresources:")

    assert good(text).enums[0].name == "Mood"


def test_enums_of_people_share_no_name_with_others() -> None:
    (line,) = told(with_user("summary: 'enum? a,b'"))

    assert 'would be called "UserSummary"' in line


def test_two_fields_of_one_class_name_are_told() -> None:
    assert "the same name of a class" in told(with_user("a_bc: string?", "ab_c: string?"))[0]


def test_secrets_of_people_are_asked_about() -> None:
    found = read(with_user("pin: string? 4..4", "nickname: string? ..40")).assumptions

    assert [each.assumed for each in found if each.assumed.startswith("User.")] == [
        "User.pin is assumed to be no secret"
    ]
