from enum import StrEnum


class Stage(StrEnum):
    """What a stage can be."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    RETRACTED = "retracted"
