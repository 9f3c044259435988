"""What all commands have in common, and the words that people type into them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

MAX_TEXT = 20_000


def _clean(value: object) -> object:
    """Line endings as one character, so that the same words are the same bytes."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def _says_something(value: str) -> str:
    # Not a pattern: pydantic refuses half a surrogate pair wherever it matches one, and a terminal may
    # deliver such a half for a broken byte.
    if not value.strip():
        raise ValueError("it must say something")
    return value


Words = Annotated[str, BeforeValidator(_clean), Field(max_length=MAX_TEXT)]
"""Text typed by a person, kept as typed."""

NonEmptyText = Annotated[Words, AfterValidator(_says_something)]
"""Text typed by a person that must say something."""

PersonName = Annotated[Words, Field(max_length=80)]
"""A person's name or office."""


class BaseCommand(BaseModel):
    """What all commands have in common."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )

    @classmethod
    def verb(cls) -> str:
        """Its word in a moves file."""
        return str(cls.model_fields["do"].default)

    @classmethod
    def summary(cls) -> str:
        """What it asks for, in one line."""
        return (cls.__doc__ or "").strip().splitlines()[0]
