"""Models of the parts of a scenario: teams, objectives, injects, cards, decisions, phases, timeline."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from tabletop.scenario.base import (
    AnyNumber,
    CardId,
    Code,
    DecisionId,
    Effects,
    EntryId,
    Id,
    InjectId,
    Line,
    ObjectiveId,
    OneOrMore,
    OptionId,
    Part,
    Points,
    Reasons,
    Several,
    TeamId,
    TeamOrAll,
    Text,
    signs,
)
from tabletop.scenario.cards import Card, Sharing
from tabletop.scenario.conditions import Condition, card_alone
from tabletop.scenario.gametime import GameTime, Length
from tabletop.scenario.msel import MselFields

ALL: Literal["all"] = "all"
"""Stands for every team of the scenario wherever teams are listed."""

OTHER_SEATS = ("control", "facilitator", "evaluator", "observer", "wall", "clock")
"""Seats other than teams; reserved, so that no team id can be mistaken for one."""

NONE: Literal["none"] = "none"
"""The outcome of a decision that nobody took."""


def _is_none(value: object) -> bool:
    return value is None


class Team(Part):
    """A capital, or any other group of players that decides together."""

    name: Line = Field(description="Its name, as players read it.")
    utc: Annotated[str, Field(pattern=r"^[+-](0\d|1[0-4]):[0-5]\d$")] = Field(
        default="+00:00", description="Offset of its local time from UTC, as '+09:00'."
    )
    offices: AnyNumber[Line] = Field(default=(), description="The offices that decide. Offices, not persons.")
    briefing: Text | None = Field(
        default=None,
        exclude_if=_is_none,
        description="What this team alone reads before play, after the situation.",
    )


def _calendar_date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("a date is written year-month-day, as 2026-06-03") from None


class Imprint(Part):
    """Who wrote the scenario, which version it is, and how far it has been tried."""

    author: Line | None = Field(default=None, description="Who wrote it: an office or a cell, or a person.")
    version: Line | None = Field(default=None, description="The version of the text, in quotes: '1.2'.")
    licence: Line | None = Field(default=None, description="On which terms others may use it.")
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = Field(
        default=None, description="The language that players read, as 'en', 'ja' or 'ko'."
    )
    date: Annotated[str, AfterValidator(_calendar_date)] | None = Field(
        default=None, description="The date of this version, as 2026-06-03."
    )
    status: Literal["draft", "unpiloted", "piloted", "signed"] | None = Field(
        default=None,
        description="How far it is: not finished, never played, played with people, signed off.",
    )

    @property
    def imprint(self) -> str:
        """On one line: version and date, status, author, language, licence; empty if nothing is known."""
        edition = " of ".join(filter(None, (self.version and f"version {self.version}", self.date)))
        parts = (edition, self.status, self.author and f"by {self.author}", self.language, self.licence)
        return ", ".join(filter(None, parts))


class Objective(Part):
    """What the exercise trains and scores."""

    code: Code = Field(description="A short code on paper: 'O1'.")
    title: Line = Field(description="What it is, in a few words.")
    why: Text | None = Field(default=None, description="Why it is trained.")
    weight: Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)] = Field(
        default=1, description="Its weight among the objectives; above 0."
    )
    time_critical: bool = Field(
        default=False,
        alias="time-critical",
        description="A good mark on it counts only for a decision taken within its window.",
    )


class Late(Part):
    """What a decision costs that comes too late to do the good it would have done."""

    objective: ObjectiveId = Field(description="The objective that loses points.")
    points: Annotated[float, Field(le=0, ge=-10, allow_inf_nan=False)] = Field(
        default=-1, description="Points lost, 0 or less."
    )


class GateBonus(Part):
    """Domestic capital gained at a gate by a team whose score on an objective is high enough."""

    objective: ObjectiveId = Field(description="The objective that is looked at.")
    score: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = Field(
        description="The score from which capital is gained."
    )
    points: Points = Field(default=1, description="Capital gained.")


class RatingBands(Part):
    """The score from which an objective is proposed to be rated P, S or M; below all of them it is U."""

    P: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = Field(
        default=80, description="The score from which P is proposed."
    )
    S: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = Field(
        default=60, description="The score from which S is proposed."
    )
    M: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = Field(
        default=40, description="The score from which M is proposed."
    )

    @model_validator(mode="after")
    def _descending(self) -> RatingBands:
        if not self.P > self.S > self.M:
            raise ValueError("the bands must decrease: P above S, S above M")
        return self


class Capital(Part):
    """Domestic capital: what each team can still afford at home."""

    start: Annotated[int, Field(ge=1, le=100)] = Field(default=6, description="What each team begins with.")
    reset: Annotated[int, Field(ge=1, le=100)] = Field(
        default=2, description="What a team has again after the backlash."
    )
    backlash: InjectId | None = Field(
        default=None, description="Inject that a team gets when its capital is used up."
    )
    gate_bonus: GateBonus | None = Field(
        default=None, alias="gate-bonus", description="Capital that a team gains at a gate."
    )


class Score(Part):
    """What of the scoring this scenario uses, and how several teams are taken together."""

    across: Literal["mean", "lowest"] = Field(
        default="mean", description="The score of several teams: their mean, or that of the lowest."
    )
    capital: bool = Field(default=True, description="Whether options cost domestic capital.")


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
    notes: Text | None = Field(default=None, description="For the facilitator only.")
    source: OneOrMore[Line] | None = Field(default=None, description="Where its facts come from.")


class Outcome(Part):
    """What a choice does for the objectives: good or bad, each for a reason, or points without one."""

    good: Reasons = Field(
        default_factory=dict, description="Objectives it serves, each with the reason, in at most 12 words."
    )
    bad: Reasons = Field(
        default_factory=dict, description="Objectives it harms, each with the reason, in at most 12 words."
    )
    effects: Effects = Field(
        default_factory=dict, description="Points by objective; 'good' and 'bad' also say why."
    )

    @model_validator(mode="after")
    def _once(self) -> Self:
        named = (*self.good, *self.bad, *self.effects)
        twice = next((goal for place, goal in enumerate(named) if goal in named[:place]), None)
        if twice is not None:
            raise ValueError(f"'{twice}' is named twice; name it once, in 'good', 'bad' or 'effects'")
        return self

    @property
    def points(self) -> Effects:
        """Marks by objective: +1 where it is good, −1 where it is bad; of points only their sign counts."""
        return {**dict.fromkeys(self.good, 1.0), **dict.fromkeys(self.bad, -1.0), **signs(self.effects)}

    def reason(self, objective: str) -> str:
        """Return why it is good or bad for an objective; empty if the author gave no reason."""
        return self.good.get(objective) or self.bad.get(objective) or ""


class Option(Outcome):
    """One way to decide, with what it gives and what it costs."""

    code: Code | None = Field(default=None, description="A short code on paper: 'a'.")
    text: Text = Field(description="The choice, as players read it.")
    tradeoff: Text | None = Field(default=None, description="The dilemma in one line, shown to players.")
    capital: Annotated[int, Field(ge=-10, le=10)] = Field(
        default=0, description="Domestic capital gained or lost."
    )
    shares: Annotated[
        AnyNumber[Annotated[Sharing, BeforeValidator(card_alone, json_schema_input_type=CardId | Sharing)]],
        Field(),
    ] = Field(default=(), description="Cards that it shares, in their clean form if they have one.")
    shares_raw: Annotated[
        AnyNumber[Annotated[Sharing, BeforeValidator(card_alone, json_schema_input_type=CardId | Sharing)]],
        Field(),
    ] = Field(default=(), alias="shares-raw", description="Cards of which it shares all.")
    keeps: dict[CardId, OneOrMore[TeamOrAll]] = Field(
        default_factory=dict,
        description="Cards that it keeps from teams, or 'all', until the phase ends: {card: teams}.",
    )
    consults: OneOrMore[TeamOrAll] | None = Field(
        default=None, description="Partners it implies consulting, or 'all'."
    )
    public: bool = Field(default=False, description="It is said in public: every team hears it.")
    label: Line | None = Field(default=None, description="The label it puts on the event.")
    advice: Advice | None = Field(default=None, description="What it tells the public to do.")
    tags: AnyNumber[Id] = Field(default=(), description="Words of yours that rules look for.")


class Nothing(Outcome):
    """What it means when nobody decides."""

    text: Line | None = Field(default=None, description="What happens then, in one line.")


class Decision(Part):
    """A question put to one team or to several, with a window to answer it in."""

    code: Code | None = Field(default=None, description="A short code on paper: 'D1'.")
    title: Line = Field(description="Its title, as players read it.")
    question: Text = Field(description="What the team is asked.")
    team: OneOrMore[TeamOrAll] = Field(description="The team asked, a list of teams, or 'all'.")
    window: Length = Field(description="Time to decide in, from when the inject goes out.")
    options: dict[Id, Option] = Field(min_length=1, description="The ways to decide, by id.")
    none: Nothing | None = Field(default=None, description="The outcome when nobody decides.")
    compatible: Several[OneOrMore[OptionId]] = Field(
        default=(), description="Options that fit together as if they were one."
    )
    when: Condition | None = Field(
        default=None, description="Asked only if this holds when its inject goes out."
    )

    @property
    def tags(self) -> frozenset[str]:
        """Every tag that an option carries."""
        return frozenset(tag for option in self.options.values() for tag in option.tags)


class Phase(Part):
    """A part of the exercise; a gate stands between one phase and the next."""

    id: Id = Field(description="Its id.")
    title: Line = Field(description="Its title, as players read it.")
    from_: GameTime = Field(alias="from", description="When it begins: 'T+20'.")
    prompts: AnyNumber[Text] = Field(
        default=(), description="Questions for the room at the gate that ends it."
    )


class Anchor(Part):
    """The local time that a game time stands for; it runs on from there second by second."""

    at: GameTime = Field(description="The game time: 'T+20'.")
    shows: Annotated[str, Field(pattern=r"^D([+-]\d{1,2})? ([01]\d|2[0-3]):[0-5]\d$")] = Field(
        description="The local day and time then: 'D 06:27', 'D-1 21:00'."
    )


class LocalClock(Part):
    """How game time maps to local time in the zone given."""

    zone: Annotated[str, Field(pattern=r"^[+-](0\d|1[0-4]):[0-5]\d$")] = Field(
        default="+00:00", description="Offset of the zone from UTC, as '+09:00'."
    )
    anchors: OneOrMore[Anchor] = Field(description="Where game time and local time meet.")


class After(Part):
    """What an entry follows: another entry, or a decision recorded by every team asked."""

    inject: EntryId | None = Field(default=None, description="The id of the entry that it follows.")
    decision: DecisionId | None = Field(default=None, description="The decision that it follows.")
    options: OneOrMore[OptionId] | None = Field(
        default=None, description="Goes out only if a team asked chose one of these options."
    )

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.inject is None) == (self.decision is None):
            raise ValueError("name either the inject or the decision that this entry follows")
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
        Field(default=None, description="Due when this inject has gone out, or this decision is recorded.")
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


class Allowance(Part):
    """A warning of ``tabletop check`` that is meant to be so."""

    warning: Id = Field(description="The code of the warning, as check shows it in brackets.")
    of: Line = Field(description="The id of the decision, entry, card, … that it is about.")
    because: Line = Field(description="Why it is meant to be so.")


class Report(Part):
    """What the after-action report says about the exercise as planned."""

    scope: Text | None = Field(default=None, description="What the exercise covers.")
    threat: Text | None = Field(default=None, description="What threatens in it.")
    sponsor: Line | None = Field(default=None, description="Who ordered it.")
