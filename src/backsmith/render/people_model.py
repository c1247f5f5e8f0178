"""Writes the table of people: the backend's own, with what a design adds to it."""

from backsmith.design.model import Design, Resource
from backsmith.render import models
from backsmith.render.backend import own_text, replaced
from backsmith.render.enums import enum_imports, own_enums

CLASS = "\n\nclass User(Entity):\n"
LAST_RULE = '        CheckConstraint("email = lower(email)", name="email"),\n'
LAST_COLUMN = "    active: Mapped[bool] = mapped_column(default=True, server_default=text("


def people_model(design: Design, user: Resource) -> str:
    """The module that holds the table of people."""
    text = own_text("app/models/user.py")
    enums = "".join(f"\n\n{source}\n" for source in own_enums(user))
    text = replaced(text, CLASS, f"{enums}{CLASS}")
    rules = "".join(f"{rule}\n" for rule in models.table_args(user))
    text = replaced(text, LAST_RULE, LAST_RULE + rules)
    before, active, after = text.partition(LAST_COLUMN)
    line, _, rest = after.partition("\n")
    columns = "\n".join(models.column(design, user, field) for field in user.fields)
    imports = "\n".join([models.IMPORTS.rstrip(), *enum_imports([user], beside=True)])
    return f"{imports}\n{before}{active}{line}\n{columns}\n{rest}"
