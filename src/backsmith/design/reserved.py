"""Names that mean something else already, each set with the reason that a finding gives."""

import re

_PYTHON = """
and as assert async await break class continue def del elif else except finally for from global if
import in is lambda nonlocal not or pass raise return try while with yield false none true match
case
"""

_BUILTINS = """
abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile
complex delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals
hasattr hash help hex id input int isinstance issubclass iter len list locals map max memoryview
min next object oct open ord pow print property range repr reversed round set setattr slice sorted
staticmethod str sum super tuple vars zip
"""

_OF_FIELDS = "type"
"""What attributes are called wherever things have a kind, though a variable is not."""

_TYPES = "date datetime time timedelta decimal uuid"

_SQL = """
all analyse analyze and any array as asc asymmetric both case cast check collate column constraint
create current_catalog current_date current_role current_time current_timestamp current_user
default deferrable desc distinct do else end except false fetch for foreign from grant group having
in initially intersect into lateral leading limit localtime localtimestamp not null offset on only
or order placing primary references returning select session_user some symmetric system_user table
then to trailing true union unique user using variadic when where window with
authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull
join left like natural notnull outer overlaps right similar tablesample verbose
ctid xmin xmax cmin cmax tableoid oid
"""

_SQLALCHEMY = "metadata registry type_annotation_map"

_MODELS = "func mapped_column relationship query_expression self"

_PYDANTIC = """
construct copy dict fields from_orm json parse_file parse_obj parse_raw schema schema_json
update_forward_refs validate
"""

_OWN_COLUMNS = "id created_at updated_at deleted_at search"

_PARAMETERS = "limit cursor sort q"

FIELD_NAMES: dict[str, str] = {
    name: reason
    for names, reason in (
        (_SQL, "is a word of SQL"),
        (_TYPES, "would hide the type of that name"),
        (_BUILTINS, "is a builtin of Python"),
        (_PYTHON, "is a word of Python"),
        (_PYDANTIC, "is a method of every Pydantic model"),
        (_MODELS, "is a function that every model uses"),
        (_SQLALCHEMY, "is an attribute of every SQLAlchemy model"),
        (_PARAMETERS, "is a parameter of every list"),
        (_OWN_COLUMNS, "is a column that Backsmith makes itself"),
    )
    for name in names.split()
}
"""Why a field can't be called that. A reference may be a word of SQL: its column isn't."""

FIELD_PREFIXES = {"model_": "begins as Pydantic's own attributes do"}

SQL_WORDS = frozenset(_SQL.split())

_CLASSES = """
AccessTokens Actor Admin Admins Anyone Api App AppError Application Asked AskedUsers Auth
Authenticated Authentication Base Bearer BigWhole Body Claims Conflict Cursor Database EmailTaken
Engine Entity Error Fault Forbidden FromWhere Health Id IdempotencyKey IdentityDesk InUse
KeptAnswer KeyedRequest Limit Linked Links Login LoginLane LoginPlace LoginTooOld Logout Lookup
MailedToken MailNotice MailPurpose MailToken Me Model Moment Names NotFound Outbox Owner Page
PageQuery PageView Password Payload Permission Presented Principal Problem Problems Public Query
Readiness ReadOnly ReadSession Real RefreshToken Registration Repository Role Route Router Rows
Schema Search Security Service Session Sessions Settings Several SignedIn SignIn SignUp Token
Tokens Unauthenticated Unauthorized Unavailable Unit UnitOfWork User UserAccounts UserAddress
UserDesk UserDesks UserEmailChanges UserIdentity UserMails UserMailToken UserPassword
UserPasswordReset UserPasswordResets UserPasswords Users UserSignUps View Whole
"""

_LIBRARIES = """
Annotated Any AnyUrl ARRAY AsyncClient AsyncSession AwareDatetime BaseModel BigInteger Boolean
Callable CheckConstraint ClassVar Column Computed ConfigDict Cookie Date Datetime DateTime Decimal
Depends Dict EmailStr Engine Enum Exception FastAPI Field File Final Float ForeignKey Form Generic
Header HttpUrl Index Integer Iterable Iterator Json List Literal Mapped Mapping None Numeric
Optional Path Protocol Redis Request Response Select Self Sequence Set StrEnum String Table Text
Time Tuple TypeAlias TypeVar Union UniqueConstraint Url UUID Uuid Warning
"""

TYPE_NAMES: dict[str, str] = {
    name: reason
    for names, reason in (
        (_LIBRARIES, "is a name of the libraries that the backend is built with"),
        (_CLASSES, "is a name of the backend itself"),
    )
    for name in names.split()
}

_KINDS = "Amount AnyJson Base64 Clock Day Email Limit Search Several Slug Summary"

ENUM_NAMES = TYPE_NAMES | dict.fromkeys(_KINDS.split(), "is a name that schemas have already")

_MODULES = """
access actor alice app asked auth base bob changeable conftest data database date datetime deletable
dependencies docs each errors existing found func health hiding idempotency_key jobs json live
mail_token mailbox main matching me missing model names outbox page payload people problem problems
query read readable replay request response router rows select session settings soft tests text
token update user user_account user_admin user_email user_password user_password_reset user_session
uuid visitor
"""

STEMS: dict[str, str] = {
    name: reason
    for names, reason in (
        (_MODULES, "is a module or a variable of the backend"),
        (_BUILTINS, "is a builtin of Python"),
        (_OF_FIELDS, "is a builtin of Python"),
        (_PYTHON, "is a word of Python"),
    )
    for name in names.split()
}
"""Why files and variables can't be called that, as a resource in small letters would be."""

FUNCTIONS = frozenset(
    {"any_of", "at_least", "at_most", "decimals", "first_when_missing", "owned_by", "sort_keys"}
)
"""What a module of queries has beside tables of links."""

_PATHS = """
actor admin alembic-version api asked auth data docs everybody health links livez login logout
mail-tokens me metrics openapi outbox password passwords readiness redoc refresh refresh-tokens
register sessions signup static token tokens user-identities users v1
"""

PATHS = frozenset(_PATHS.split())

_SUFFIXES = """
Create Update Read Sort Query Summary Filter Page View Service Repository NotFound
NotRestorable InUse Taken Unknown Id Ids
"""

CLASS_SUFFIXES = tuple(_SUFFIXES.split())
"""What the classes around a resource are called after its own name."""

_ROLES = """
public authenticated owner admin anyone nobody none me
alice bob visitor person people every everybody nowhere
app database database_url mailbox redis_url request settings whole_app
"""

ROLES = frozenset(_ROLES.split())
"""Callers with a meaning of their own, the people of the tests, and what the tests ask for."""

PROJECTS = frozenset(
    ["app", "backsmith", "dev", "postgres", "template0", "template1", "test", "tests"]
)

PARAMETER_SUFFIXES = ("_gte", "_lte", "_isnull", "_down")

FIELD_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
TYPE_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
PATH = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""Project names are spelt as paths are."""
