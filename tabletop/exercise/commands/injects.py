"""Injects, which the facilitator sends, holds and changes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tabletop.exercise.commands.base import Needed, Wish, Words
from tabletop.scenario.base import OneOrMore


class Release(Wish):
    """Send an inject out now."""

    do: Literal["release"] = "release"
    inject: str
    to: OneOrMore[str] | None = None
    confirm: bool = Field(default=False, description="Yes, also to teams it was not written for.")


class Hold(Wish):
    """Keep an inject back."""

    do: Literal["hold"] = "hold"
    inject: str
    reason: Words = ""


class Unhold(Wish):
    """Put a held or skipped inject back on the schedule."""

    do: Literal["unhold"] = "unhold"
    inject: str


class Skip(Wish):
    """Leave an inject out."""

    do: Literal["skip"] = "skip"
    inject: str
    reason: Words = ""


class Edit(Wish):
    """Change the words of an inject before it goes out."""

    do: Literal["edit"] = "edit"
    inject: str
    title: Needed | None = None
    text: Needed | None = None


class Address(Wish):
    """Send an inject to other teams than planned."""

    do: Literal["address"] = "address"
    inject: str
    to: OneOrMore[str]
    confirm: bool = Field(default=False, description="Yes, also to teams it was not written for.")


class AdHoc(Wish):
    """Write an inject on the spot."""

    do: Literal["inject"] = "inject"
    title: Annotated[Needed, Field(max_length=300)]
    sender: Annotated[Needed, Field(max_length=300)] = Field(alias="from")
    channel: Annotated[Needed, Field(max_length=300)] = "message"
    to: OneOrMore[str]
    text: Annotated[Needed, Field(max_length=10_000)]
    release: bool = Field(default=True, description="Send it at once; else it waits to be released by hand.")
