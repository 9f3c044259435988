"""Messages from the world outside."""

from __future__ import annotations

from pydantic import Field

from tabletop.scenario.attachments import Attachment
from tabletop.scenario.base import (
    AnyNumber,
    CardId,
    Id,
    Line,
    ObjectiveId,
    OneOrMore,
    Part,
    TeamId,
    TeamOrAll,
    Text,
)
from tabletop.scenario.cards import Card
from tabletop.scenario.conditions import Condition
from tabletop.scenario.msel import MselFields


class Addition(Part):
    """A paragraph added to an inject for some teams, or under a condition."""

    to: OneOrMore[TeamOrAll] | None = Field(
        default=None, description="Teams that read it; else all addressed."
    )
    when: Condition | None = Field(default=None, description="Judged when the inject is released.")
    text: Text = Field(description="The paragraph.")
    card: Card | CardId | None = Field(
        default=None, description="A card that comes with it, or the id of one under 'cards'."
    )


class Advice(Part):
    """What the public of an area is told to do: the same words mean the same, other words contradict."""

    by: TeamId | None = Field(default=None, description="The team that speaks; an option speaks for its own.")
    area: Id = Field(description="The area whose public is advised.")
    says: Id = Field(description="The advice, as one word; other words contradict it.")


class Inject(MselFields):
    """A message from the world outside, as the inject library holds it."""

    title: Line = Field(description="Its title, as players read it.")
    sender: Line = Field(alias="from", description="Who sends it: an office, never a living person.")
    channel: Line = Field(description="How it comes: radio, telephone, press, …")
    to: OneOrMore[TeamOrAll] = Field(description="Teams that receive it, or 'all'.")
    text: Text = Field(description="What it says.")
    objectives: AnyNumber[ObjectiveId] = Field(default=(), description="Objectives that it exercises.")
    card: Card | CardId | None = Field(
        default=None,
        description="A piece of information that a team holds from now on, or its id under 'cards'.",
    )
    additions: AnyNumber[Addition] = Field(
        default=(), description="Paragraphs for some of the teams, or under a condition."
    )
    advice: Advice | None = Field(default=None, description="Public advice that it gives in a team's name.")
    attachments: AnyNumber[Attachment] = Field(
        default=(), description="Pictures and pages that its readers get with it."
    )
    notes: Text | None = Field(default=None, description="For the facilitator only.")
    source: OneOrMore[Line] | None = Field(default=None, description="Where its facts come from.")
