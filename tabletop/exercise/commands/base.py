"""Base class of commands, and the types of their text fields."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

MAX_TEXT = 20_000


def _clean(value: object) -> object:
    """Normalise line endings, so that the same text is always the same bytes."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def _says_something(value: str) -> str:
    # Not a pattern: pydantic refuses lone surrogates when it matches one, and a terminal may deliver a lone
    # surrogate for a broken byte.
    if not value.strip():
        raise ValueError("text is required")
    return value


def _blank_is_none(value: str) -> str:
    return value if value.strip() else ""


TypedText = Annotated[str, BeforeValidator(_clean), Field(max_length=MAX_TEXT)]
"""Text typed by a person, kept as typed."""

NonEmptyText = Annotated[TypedText, AfterValidator(_says_something)]
"""Text typed by a person that is not blank."""

OptionalText = Annotated[TypedText, AfterValidator(_blank_is_none)]
"""Text typed by a person that may be left out; blank text is left out."""

PersonName = Annotated[TypedText, Field(max_length=80)]
"""A person's name or office."""


class BaseCommand(BaseModel):
    """Base class of commands."""

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
        """Return the command's tag in a moves file."""
        return str(cls.model_fields["do"].default)

    @classmethod
    def summary(cls) -> str:
        """Return the first line of the command's docstring."""
        return (cls.__doc__ or "").strip().splitlines()[0]
