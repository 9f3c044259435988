"""Models of the parts of a scenario: teams, objectives, injects, cards, decisions, phases, timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from string import ascii_lowercase
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator

from tabletop.scenario.attachments import Attachment
from tabletop.scenario.base import ALL as ALL  # noqa: PLC0414
from tabletop.scenario.base import NONE as NONE  # noqa: PLC0414
from tabletop.scenario.base import (
    AnyNumber,
    CardId,
    Code,
    DecisionId,
    Effects,
    EntryId,
    Id,
    IdOf,
    InjectId,
    Line,
    ObjectiveId,
    OneOrMore,
    OptionId,
    OptionWord,
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
from tabletop.scenario.clock import Offset, Zone
from tabletop.scenario.conditions import Condition, card_alone
from tabletop.scenario.gametime import GameTime, Length
from tabletop.scenario.msel import MselFields

OTHER_SEATS = ("control", "facilitator", "evaluator", "observer", "wall", "clock")
"""Seats other than teams; reserved, so that no team id can be mistaken for one."""


def _is_none(value: object) -> bool:
    return value is None


def _is_empty(value: object) -> bool:
    return not value


class Team(Part):
    """A capital, or any other group of players that decides together."""

    name: Line = Field(description="Its name, as players read it.")
    utc: Offset = Field(default="+00:00", description="Offset of its local time from UTC, as '+09:00'.")
    zone: Zone | None = Field(
        default=None,
        exclude_if=_is_none,
        description="In place of 'utc', its time zone by name: Asia/Tokyo. The clock needs a 'start' then.",
    )
    offices: AnyNumber[Line] = Field(default=(), description="The offices that decide. Offices, not persons.")
    briefing: Text | None = Field(
        default=None,
        exclude_if=_is_none,
        description="What this team alone reads before play, after the situation.",
    )

    @property
    def local_zone(self) -> str:
        """Its zone by name, else its offset from UTC."""
        return self.zone or self.utc


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
    reset: Annotated[int, Field(ge=0, le=100)] = Field(
        default=2, description="What a team has again after the backlash; 0 if what is spent stays spent."
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
    attachments: AnyNumber[Attachment] = Field(
        default=(), description="Pictures and pages that its readers get with it."
    )
    notes: Text | None = Field(default=None, description="For the facilitator only.")
    source: OneOrMore[Line] | None = Field(default=None, description="Where its facts come from.")


def _refuse_twice(objectives: Sequence[str], keys: str) -> None:
    """Refuse an objective that is named twice in one set of marks."""
    twice = next((goal for place, goal in enumerate(objectives) if goal in objectives[:place]), None)
    if twice is not None:
        raise ValueError(f"'{twice}' is named twice; name it once, in {keys}")


class IfPart(Part):
    """Marks that stand in place of the plain ones: under a condition, for some of the teams, or both."""

    when: Condition | None = Field(
        default=None,
        description="Judged when the decision is taken; choices in other decisions once those are closed.",
    )
    for_: OneOrMore[TeamId] | None = Field(
        default=None,
        alias="for",
        description="The teams that it speaks for, in place of what is said for all; else every team asked.",
    )
    good: Reasons = Field(default_factory=dict, description="Objectives served then, each with the reason.")
    bad: Reasons = Field(default_factory=dict, description="Objectives harmed then, each with the reason.")
    neither: Reasons = Field(
        default_factory=dict,
        description="Objectives neither served nor harmed then, each with the reason: no mark.",
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.when is None and self.for_ is None:
            raise ValueError("say 'when' it holds, 'for' which teams, or both")
        if not self.marks:
            raise ValueError("say what is 'good', 'bad' or 'neither' then, each with the reason")
        _refuse_twice((*self.good, *self.bad, *self.neither), "'good', 'bad' or 'neither'")
        return self

    @property
    def marks(self) -> dict[str, tuple[float, str]]:
        """Points and reason by objective."""
        kinds = ((self.good, 1.0), (self.bad, -1.0), (self.neither, 0.0))
        return {goal: (points, why) for reasons, points in kinds for goal, why in reasons.items()}

    def speaks_for(self, team: str) -> bool:
        """Return whether it is about that team."""
        return self.for_ is None or team in self.for_


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
    if_: AnyNumber[IfPart] = Field(
        default=(),
        alias="if",
        description="What is good or bad instead when a condition holds, or for some of the teams.",
    )

    @model_validator(mode="after")
    def _once(self) -> Self:
        _refuse_twice((*self.good, *self.bad, *self.effects), "'good', 'bad' or 'effects'")
        return self

    @property
    def objectives(self) -> frozenset[str]:
        """The objectives that it moves: plainly, under a condition or for some of the teams."""
        plain = (goal for goal, points in self.points.items() if points)
        return frozenset(plain).union(*(part.good.keys() | part.bad.keys() for part in self.if_))

    @property
    def points(self) -> Effects:
        """Marks by objective: +1 where it is good, −1 where it is bad; of points only their sign counts."""
        return {**dict.fromkeys(self.good, 1.0), **dict.fromkeys(self.bad, -1.0), **signs(self.effects)}

    def reason(self, objective: str) -> str:
        """Return why it is good or bad for an objective; empty if the author gave no reason."""
        return self.good.get(objective) or self.bad.get(objective) or ""


Amount = Annotated[int, Field(ge=-10, le=10)]


def _form_of_cost(value: object) -> str:
    return "by-team" if isinstance(value, dict) else "number"


Cost = Annotated[
    Annotated[Amount, Tag("number")] | Annotated[dict[TeamId, Amount], Field(min_length=1), Tag("by-team")],
    Discriminator(_form_of_cost),
]
"""Domestic capital: a number for all, or by team."""


class CapitalNeeded(Part):
    """The team that decides has at least so much domestic capital left."""

    capital: Annotated[int, Field(ge=1, le=100)] = Field(
        description="Domestic capital that the team must have left."
    )


def _requirement(value: object) -> str:
    """Tell domestic capital left from any other condition."""
    if isinstance(value, CapitalNeeded):
        return "capital-needed"
    alone = isinstance(value, dict) and value.keys() == {"capital"} and not isinstance(value["capital"], dict)
    return "capital-needed" if alone else "condition"


Requirement = Annotated[
    Annotated[CapitalNeeded, Tag("capital-needed")] | Annotated[Condition, Tag("condition")],
    Discriminator(_requirement),
]
"""What must be so for an option to be open."""


class PublicAdvice(Part):
    """What an option tells the public of an area to do."""

    by: TeamId | None = Field(default=None, description="The team that speaks; else the one that decides.")
    area: Id = Field(description="The area whose public is advised.")
    advice: Id = Field(description="The advice, as one word; other words contradict it.")


class Option(Outcome):
    """One way to decide, with what it gives and what it costs."""

    letter: Code | None = Field(
        default=None,
        exclude_if=_is_none,
        description="The letter by which it is called, on paper and on every screen: 'a'.",
    )
    code: Code | None = Field(default=None, description="The old name of 'letter'.")
    title: Line | None = Field(
        default=None, exclude_if=_is_none, description="What it is, in a few words before its text."
    )
    text: Text = Field(description="The choice, as players read it.")
    tradeoff: Text | None = Field(default=None, description="The dilemma in one line, shown to players.")
    capital: Annotated[int, Field(ge=-10, le=10)] = Field(
        default=0, description="Domestic capital gained or lost, as 'cost' with the opposite sign."
    )
    cost: Cost | None = Field(
        default=None,
        exclude_if=_is_none,
        description="Domestic capital that it costs: a number for all, or by team. Below 0 it is gained.",
    )
    requires: Requirement | None = Field(
        default=None,
        exclude_if=_is_none,
        description="What must be so, else the option is locked: a condition, or '{capital: 2}'.",
    )
    locked: Line | None = Field(
        default=None,
        exclude_if=_is_none,
        description="What the team reads for as long as the condition under 'requires' does not hold.",
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
    asks: OneOrMore[TeamOrAll] | None = Field(
        default=None, exclude_if=_is_none, description="Partners that it means asking first, or 'all'."
    )
    consults: OneOrMore[TeamOrAll] | None = Field(default=None, description="The old name of 'asks'.")
    public: bool = Field(default=False, description="It is said in public: every team hears it.")
    label: Line | None = Field(default=None, description="The label it puts on the event.")
    says: PublicAdvice | None = Field(
        default=None, exclude_if=_is_none, description="What it tells the public to do."
    )
    advice: Advice | None = Field(default=None, description="The old name of 'says'.")
    tags: AnyNumber[Id] = Field(default=(), description="Words of yours that rules look for.")

    @model_validator(mode="after")
    def _one_name(self) -> Self:
        names = (("letter", "code"), ("asks", "consults"), ("says", "advice"))
        for name, old in names:
            if getattr(self, name) is not None and getattr(self, old) is not None:
                raise ValueError(f"'{old}' is the old name of '{name}': write '{name}' alone")
        return self

    @model_validator(mode="after")
    def _one_cost(self) -> Self:
        if self.capital and self.cost is not None:
            raise ValueError("write 'cost' or 'capital', not both: they are the same with opposite signs")
        if self.locked is not None and self.requires is None:
            raise ValueError("'locked' says why 'requires' does not hold: write 'requires' too, or remove it")
        return self

    @property
    def words(self) -> str:
        """Its text, with its title before it."""
        return f"{self.title}: {self.text}" if self.title else self.text

    def capital_for(self, team: str) -> int:
        """Return the domestic capital that a team gains by it; below 0, loses."""
        if self.cost is None:
            return self.capital
        return -(self.cost if isinstance(self.cost, int) else self.cost.get(team, 0))

    @property
    def moves_capital(self) -> bool:
        """Whether it costs or brings any team domestic capital."""
        costs = self.cost.values() if isinstance(self.cost, dict) else (self.cost,)
        return bool(self.capital or any(costs))


class Nothing(Outcome):
    """What it means when nobody decides."""

    text: Line | None = Field(default=None, description="What happens then, in one line.")


FittingSet = Annotated[dict[TeamOrAll, OneOrMore[OptionWord]], Field(min_length=1)]
"""By team, or for 'all' teams that are not named, the options that belong together."""


class Decision(Part):
    """A question put to one team or to several, with a window to answer it in."""

    code: Code | None = Field(default=None, description="A short code on paper: 'D1'.")
    title: Line = Field(description="Its title, as players read it.")
    talk_first: Line | None = Field(
        default=None,
        alias="talk-first",
        description="What the table talks about first, in at most 20 words. It is shown alone; the question "
        "and the options open a quarter of the window later.",
    )
    question: Text = Field(description="What the team is asked.")
    team: OneOrMore[TeamOrAll] = Field(description="The team asked, a list of teams, or 'all'.")
    window: Length = Field(description="Time to decide in, from when the inject goes out.")
    options: dict[Id, Option] = Field(min_length=1, description="The ways to decide, by id.")
    none: Nothing | None = Field(default=None, description="The outcome when nobody decides.")
    fits: AnyNumber[FittingSet] = Field(
        default=(),
        exclude_if=_is_empty,
        description="Sets of choices that fit together: by team or 'all', the options of the set.",
    )
    compatible: Several[OneOrMore[OptionId]] = Field(
        default=(), description="Older than 'fits': options that fit together whoever chooses which."
    )
    when: Condition | None = Field(
        default=None, description="Asked only if this holds when its inject goes out."
    )
    write_in: bool = Field(
        default=True,
        alias="write-in",
        description="Whether a team may answer in its own words instead, which exercise control judges.",
    )

    def fit(self, choices: Mapping[str, str | None]) -> bool:
        """Return whether what the teams chose, by team, lies within one of the sets that fit together."""
        sets = (*self.fits, *(dict.fromkeys(choices, together) for together in self.compatible))
        return any(
            all(option is not None and option in together.get(team, ()) for team, option in choices.items())
            for together in sets
        )

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every option, and what it means when nobody decides."""
        return (*self.options.values(), *([self.none] if self.none is not None else []))

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


MOST_ANSWERS: Final = 8
"""Answers to a probe that a team can compare in the minute it has."""

END: Final = "end"
"""Stands for the end of play where a probe names the gate at which it is asked."""


class ProbeAnswer(Part):
    """One answer to a probe, and what makes it the right one."""

    text: Line = Field(description="The answer, as players read it.")
    when: Condition | None = Field(
        default=None, description="What makes it right, judged when the probes are opened."
    )


class Probe(Part):
    """A question about the situation, put to every team at a gate: does it see what happened?"""

    id: Id = Field(description="Its id.")
    at: Annotated[Id, IdOf("phase", (END,))] = Field(
        description="The phase at whose gate it is asked, or 'end' for after ENDEX."
    )
    asks: Line = Field(description="The question, as players read it.")
    options: Several[ProbeAnswer] = Field(
        min_length=2,
        max_length=MOST_ANSWERS,
        description="The answers to choose from; 'I do not know' is added.",
    )
    told_by: AnyNumber[Id] = Field(
        default=(),
        alias="told-by",
        description="Cards and timeline entries by which a team can know the answer.",
    )

    @property
    def answers(self) -> dict[str, ProbeAnswer]:
        """The answers by their letter: a, b, c."""
        return dict(zip(ascii_lowercase, self.options, strict=False))


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
