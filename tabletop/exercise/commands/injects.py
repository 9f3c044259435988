"""Commands of the facilitator to send, hold and change injects."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tabletop.exercise.commands.base import BaseCommand, NonEmptyText, TypedText
from tabletop.scenario.base import OneOrMore


class Release(BaseCommand):
    """Send an inject out now."""

    do: Literal["release"] = "release"
    inject: str
    to: OneOrMore[str] | None = None
    confirm: bool = Field(default=False, description="Yes, also to teams it was not written for.")


class Hold(BaseCommand):
    """Keep an inject back."""

    do: Literal["hold"] = "hold"
    inject: str
    reason: TypedText = ""


class Unhold(BaseCommand):
    """Put a held or skipped inject back on the schedule."""

    do: Literal["unhold"] = "unhold"
    inject: str


class Skip(BaseCommand):
    """Leave an inject out."""

    do: Literal["skip"] = "skip"
    inject: str
    reason: TypedText = ""


class Edit(BaseCommand):
    """Change the words of an inject before it goes out."""

    do: Literal["edit"] = "edit"
    inject: str
    title: NonEmptyText | None = None
    text: NonEmptyText | None = None


class Address(BaseCommand):
    """Send an inject to other teams than planned."""

    do: Literal["address"] = "address"
    inject: str
    to: OneOrMore[str]
    confirm: bool = Field(default=False, description="Yes, also to teams it was not written for.")


class AdHoc(BaseCommand):
    """Write an inject on the spot."""

    do: Literal["inject"] = "inject"
    title: Annotated[NonEmptyText, Field(max_length=300)]
    sender: Annotated[NonEmptyText, Field(max_length=300)] = Field(alias="from")
    channel: Annotated[NonEmptyText, Field(max_length=300)] = "message"
    to: OneOrMore[str]
    text: Annotated[NonEmptyText, Field(max_length=10_000)]
    release: bool = Field(default=True, description="Send it at once; else it waits to be released by hand.")


InjectCommand = Release | Hold | Unhold | Skip | Edit | Address | AdHoc
