"""When phases begin and injects go out."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from tabletop.scenario.attachments import Attachment
from tabletop.scenario.base import (
    AnyNumber,
    Code,
    DecisionId,
    EntryId,
    Id,
    InjectId,
    Line,
    OneOrMore,
    OptionId,
    Part,
    TeamOrAll,
    Text,
)
from tabletop.scenario.conditions import Condition
from tabletop.scenario.gametime import GameTime, Length
from tabletop.scenario.injects import Addition
from tabletop.scenario.msel import MselFields


class Phase(Part):
    """A part of the exercise; a gate stands between one phase and the next."""

    id: Id = Field(description="Its id.")
    title: Line = Field(description="Its title, as players read it.")
    from_: GameTime = Field(alias="from", description="When it begins: 'T+20'.")
    prompts: AnyNumber[Text] = Field(
        default=(), description="Questions for the room at the gate that ends it."
    )


class After(Part):
    """What an entry follows: another entry, a decision recorded by every team asked, or a condition."""

    inject: EntryId | None = Field(default=None, description="The id of the entry that it follows.")
    decision: DecisionId | None = Field(default=None, description="The decision that it follows.")
    options: OneOrMore[OptionId] | None = Field(
        default=None, description="Goes out only if a team asked chose one of these options."
    )
    when: Condition | None = Field(
        default=None, description="The condition that it follows, from when it first becomes true."
    )

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(one is not None for one in (self.inject, self.decision, self.when)) != 1:
            raise ValueError("name either the inject, the decision or the condition that this entry follows")
        if self.options is not None and self.decision is None:
            raise ValueError("'options' belong to a decision: write 'after: {decision: …, options: […]}'")
        return self


def _inject_alone(value: object) -> object:
    """Expand the id of an inject to ``{inject: ID}``."""
    return {"inject": value} if isinstance(value, str) else value


class TimelineEntry(MselFields):
    """When an inject goes out, and with which decisions."""

    id: Id | None = Field(default=None, description="Its id in this scenario; else the inject's.")
    code: Code | None = Field(default=None, description="A short code on paper: 'A1'.")
    inject: InjectId = Field(description="The inject that goes out.")
    at: GameTime | None = Field(default=None, description="Due at this game time.")
    on: DecisionId | None = Field(
        default=None, description="Due when this decision is recorded by every team asked."
    )
    after: Annotated[After, BeforeValidator(_inject_alone, json_schema_input_type=EntryId | After)] | None = (
        Field(default=None, description="Due when this inject is out, this decision recorded or this true.")
    )
    delay: Length | None = Field(default=None, description="How long after 'after' or 'on' it is due.")
    latest: GameTime | None = Field(default=None, description="Due at this time at the latest.")
    once: Condition | None = Field(default=None, description="Due as soon as this is true.")
    contingency: bool = Field(default=False, description="Goes out by hand only.")
    when: Condition | None = Field(default=None, description="Judged when due: if false it is passed over.")
    decision: OneOrMore[DecisionId] | None = Field(
        default=None, description="Decisions it puts to the teams."
    )
    to: OneOrMore[TeamOrAll] | None = Field(default=None, description="Narrows the inject's audience.")
    title: Line | None = Field(default=None, description="Rewords the inject's title.")
    text: Text | None = Field(default=None, description="Rewords the inject's text.")
    additions: AnyNumber[Addition] = Field(default=(), description="Added to the inject's own additions.")
    attachments: AnyNumber[Attachment] = Field(
        default=(), description="Added to the inject's own attachments."
    )
