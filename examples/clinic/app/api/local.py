"""The routes that are there only where people sign in here, not with an issuer outside alone."""

from collections.abc import Collection

GROUP = "auth"
BESIDES = ("sign_up",)


def is_local(name: str, tags: Collection[object]) -> bool:
    return GROUP in tags or name in BESIDES
