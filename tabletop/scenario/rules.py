"""Rules as authors write them: measures that compare what several teams did, with points of their own.

Every rule has an id, the measure it uses and the points it gives by objective. What each measure means in a
run is in `tabletop.rules.kinds`; the shapes here know only what linking needs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from tabletop.scenario.base import (
    ALL,
    AnyNumber,
    DecisionId,
    Effects,
    Id,
    Line,
    ObjectiveId,
    OneOrMore,
    Part,
    Reasons,
    TeamId,
)
from tabletop.scenario.conditions import Condition
from tabletop.scenario.decisions import Decision
from tabletop.scenario.gametime import Length
from tabletop.scenario.older_rules import read_older

TeamEffects = dict[TeamId, Effects]
"""Points by team, then by objective."""


class Rule(Part):
    """What all rules have in common."""

    id: Id = Field(description="Its id.")
    title: Line | None = Field(default=None, description="The rule in words, for scorecards.")

    @property
    def words(self) -> str:
        """What the rule is called: its title, or else its id in words."""
        return self.title or self.id.replace("-", " ").capitalize()

    @property
    def tells_the_story(self) -> bool:
        """Whether what it is called may tell players what will come, so that it is not shown before play."""
        return False

    def points_by_key(self) -> dict[str, dict[str, Any]]:
        """Return the points by key; only values that give points are mappings."""
        values = {field.alias or name: getattr(self, name) for name, field in type(self).model_fields.items()}
        return {key: value for key, value in values.items() if isinstance(value, dict)}

    def teams_named(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the location and id of each team that the rule names."""
        yield from ()


class OnDecisions(Rule):
    """A rule about decisions that several teams are asked."""

    decisions: OneOrMore[DecisionId] | None = Field(
        default=None, description="The decisions it judges; else every one that fits and is put to all teams."
    )

    @property
    def tells_the_story(self) -> bool:
        """Whether it is about decisions that it names."""
        return self.decisions is not None

    def judged(self, decisions: Mapping[str, Decision], teams: Collection[str]) -> tuple[str, ...]:
        """Return the decisions that the rule judges, in the order of the scenario, without unknown ones."""
        if self.decisions is not None:
            return tuple(word for word in decisions if word in self.decisions)
        return tuple(
            word
            for word, decision in decisions.items()
            if (ALL in decision.team or set(teams) <= set(decision.team)) and self.fits(decision)
        )

    def fits(self, decision: Decision) -> bool:
        """Return whether the rule applies to a decision that it does not name."""
        return True


class SameLabel(OnDecisions):
    """Whether all teams put the same label on an event, by option or by statement."""

    measure: Literal["same-label"] = Field(description="What it measures.")
    same: Effects = Field(default_factory=dict, description="To each team when all labels are equal.")
    differ: Effects = Field(
        default_factory=dict, description="To each team when all have a label and no two are equal."
    )

    def fits(self, decision: Decision) -> bool:
        """Return whether an option has a label."""
        return any(option.label is not None for option in decision.options.values())


class CaveatKept(Rule):
    """Whether a card with a caveat was sanitised before it was shared; judged once a card."""

    measure: Literal["caveat-kept"] = Field(description="What it measures.")
    tags: OneOrMore[Id] = Field(description="Cards that carry the caveat.")
    broken: Effects = Field(default_factory=dict, description="To a team that shared one as it was.")


class ThirdParty(Rule):
    """Whether another team's card was passed on with its leave."""

    measure: Literal["third-party"] = Field(description="What it measures.")
    broken: Effects = Field(
        default_factory=dict, description="To a team that passed a card on without leave."
    )


class ContradictoryWarning(Rule):
    """Whether what two teams advise the public for the same area contradicts."""

    measure: Literal["contradictory-warning"] = Field(description="What it measures.")
    within: Length = Field(default=600, description="How close in time the two must be.")
    conflict: Effects = Field(default_factory=dict, description="To both teams.")


class JointChoice(OnDecisions):
    """Whether all teams chose the same option, or options that the decision calls compatible."""

    measure: Literal["joint-choice"] = Field(description="What it measures.")
    joint: Effects = Field(default_factory=dict, description="To each team when all chose alike.")
    dissent: Effects = Field(default_factory=dict, description="To the only team that chose otherwise.")


class FreeRider(OnDecisions):
    """Whether one team deferred while all others made the full commitment."""

    measure: Literal["free-rider"] = Field(description="What it measures.")
    full: Id = Field(default="full", description="The tag of the full commitment.")
    defers: Id = Field(default="defers", description="The tag of an option that defers.")
    rode: Effects = Field(default_factory=dict, description="To the team that deferred.")

    def fits(self, decision: Decision) -> bool:
        """Return whether there is an option for each of the two roles."""
        return {self.full, self.defers} <= decision.tags


class NobodyCame(OnDecisions):
    """An option that needs others, chosen by one team alone, does half its good."""

    measure: Literal["nobody-came"] = Field(description="What it measures.")
    tag: Id = Field(default="joint", description="The tag of options that need others.")

    def fits(self, decision: Decision) -> bool:
        """Return whether there is an option that needs others."""
        return self.tag in decision.tags


class Bonus(Rule):
    """Points that a condition gives."""

    measure: Literal["bonus"] = Field(description="What it measures.")
    when: Condition = Field(description="What must be true.")
    points: TeamEffects = Field(description="Points by team, then by objective.")
    judged: Literal["always", "phase-end", "endex"] = Field(
        default="always",
        description="When it is judged: at every moment, or only when a phase or the exercise ends.",
    )

    @property
    def tells_the_story(self) -> bool:
        """Its condition is about something that may happen."""
        return True


class Relay(Part):
    """A partner through which cards must pass between the others, and how long that takes."""

    through: TeamId = Field(description="The team through which cards pass.")
    delay: Length = Field(description="How long that takes.")
    tags: AnyNumber[Id] = Field(default=(), description="Cards it concerns; else all.")

    def delays(self, by: str, to: str, tags: Iterable[str]) -> int:
        """Return the seconds that it adds to a card with these tags on its way from one team to another."""
        if self.through in (by, to) or (self.tags and set(self.tags).isdisjoint(tags)):
            return 0
        return self.delay


class PromptSharing(Rule):
    """Whether a card reached each partner within its window."""

    measure: Literal["prompt-sharing"] = Field(description="What it measures.")
    prompt: Effects = Field(default_factory=dict, description="For each partner reached in time.")
    late: Effects = Field(default_factory=dict, description="For each reached within one and a half windows.")
    never: Effects = Field(default_factory=dict, description="For each reached later or not at all.")
    tags: AnyNumber[Id] = Field(default=(), description="Cards it judges; else all.")
    except_tags: AnyNumber[Id] = Field(
        default=(), alias="except-tags", description="Cards that it does not judge."
    )
    relay: Relay | None = Field(default=None, description="A partner through which cards must pass.")

    def teams_named(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the team of the relay."""
        if self.relay is not None:
            yield ("relay", "through"), self.relay.through


def _worded(reason: str) -> Callable[[object], object]:
    """Return what expands an objective, or several, to a mapping with the usual reason."""

    def expand(value: object) -> object:
        if isinstance(value, str):
            return {value: reason}
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return dict.fromkeys(value, reason)
        return value

    return expand


def _usually(reason: str) -> BeforeValidator:
    """Let an author name the objective alone, and take the usual reason for its mark."""
    return BeforeValidator(_worded(reason), json_schema_input_type=OneOrMore[ObjectiveId] | Reasons)


class MarkingRule(Rule):
    """A rule between teams that gives at most one mark a phase, or a card, and team: good or bad."""

    good: Reasons = Field(default_factory=dict, description="Objectives it is good for, each with why.")
    bad: Reasons = Field(default_factory=dict, description="Objectives it is bad for, each with why.")


class SameStory(MarkingRule):
    """Whether teams last told the public the same, by label and by advice, in a phase."""

    measure: Literal["same-story"] = Field(description="What it measures.")
    good: Annotated[Reasons, _usually("The public heard the same from every partner that spoke")] = Field(
        default_factory=dict, description="To a team whose last words agree with every partner's, and why."
    )
    bad: Annotated[Reasons, _usually("The public heard something else from a partner")] = Field(
        default_factory=dict, description="To a team whose last words contradict a partner's, and why."
    )


class AskedFirst(MarkingRule):
    """Whether a team and every partner had asked and answered before it first spoke in public in a phase."""

    measure: Literal["asked-first"] = Field(description="What it measures.")
    good: Annotated[Reasons, _usually("Every partner had been heard before the first public word")] = Field(
        default_factory=dict, description="To a team that had asked every partner, or been asked, and why."
    )
    bad: Annotated[Reasons, _usually("A partner heard it from the news")] = Field(
        default_factory=dict, description="To a team that had not, and why."
    )


class GaveAsGot(MarkingRule):
    """Whether a team with something to give gave a card of its own in a phase, or only took."""

    measure: Literal["gave-as-got"] = Field(description="What it measures.")
    good: Annotated[Reasons, _usually("A partner got something that it lacked")] = Field(
        default_factory=dict, description="To a team that gave a card of its own, and why."
    )
    bad: Annotated[Reasons, _usually("It took from a partner and gave nothing")] = Field(
        default_factory=dict, description="To a team that got a card and gave none, and why."
    )


class ToldInTime(MarkingRule):
    """Whether every partner had a card within its window."""

    measure: Literal["told-in-time"] = Field(description="What it measures.")
    good: Annotated[Reasons, _usually("Every partner had it while it was of use")] = Field(
        default_factory=dict, description="To its holder if every partner had it within its window, and why."
    )
    bad: Annotated[Reasons, _usually("A partner never got it")] = Field(
        default_factory=dict, description="To its holder if a partner never got it in that phase, and why."
    )
    tags: OneOrMore[Id] = Field(default=("track", "status", "sign"), description="Cards it judges.")
    relay: Relay | None = Field(default=None, description="A partner through which cards must pass.")

    def teams_named(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the team of the relay."""
        if self.relay is not None:
            yield ("relay", "through"), self.relay.through


class ChoicesFit(MarkingRule, OnDecisions):
    """Whether what several teams chose fits together, over all their decisions of a phase."""

    measure: Literal["choices-fit"] = Field(description="What it measures.")
    good: Annotated[Reasons, _usually("Most of what was chosen fits together")] = Field(
        default_factory=dict, description="To each team when most decisions of the phase fit, and why."
    )
    bad: Annotated[Reasons, _usually("It alone stood outside what fits together")] = Field(
        default_factory=dict, description="To a team that alone stood outside, and why."
    )

    def judged(self, decisions: Mapping[str, Decision], teams: Collection[str]) -> tuple[str, ...]:
        """Return the decisions of several teams that say what fits together, or those that it names."""
        return tuple(
            word
            for word, decision in decisions.items()
            if (ALL in decision.team or len(decision.team) > 1)
            and self.fits(decision)
            and (self.decisions is None or word in self.decisions)
        )

    def fits(self, decision: Decision) -> bool:
        """Return whether the decision says what fits together."""
        return bool(decision.fits or decision.compatible)


class KeptFaith(MarkingRule):
    """Whether a card with a caveat went on in its clean form, with leave, and a promise to keep it held."""

    measure: Literal["kept-faith"] = Field(description="What it measures.")
    good: Annotated[Reasons, _usually("It went on in clean form only")] = Field(
        default_factory=dict, description="To a team that passed the card on in clean form only, and why."
    )
    bad: Annotated[Reasons, _usually("What was to be kept was passed on")] = Field(
        default_factory=dict,
        description="To a team that passed it on raw against the caveat, without leave or promise, and why.",
    )


AnyRule = Annotated[
    SameStory
    | AskedFirst
    | GaveAsGot
    | ToldInTime
    | ChoicesFit
    | KeptFaith
    | SameLabel
    | CaveatKept
    | ThirdParty
    | ContradictoryWarning
    | JointChoice
    | FreeRider
    | NobodyCame
    | Bonus
    | PromptSharing,
    Field(discriminator="measure"),
    BeforeValidator(read_older),
]


class LeftOut(Part):
    """A rule of the framework that does not count in this scenario."""

    measure: Literal["left-out"] = Field(default="left-out", exclude=True, description="Not written.")
    id: Id = Field(description="The id of the framework's rule.")
    left_out: Literal[True] = Field(alias="left-out", description="'true': the rule does not count here.")


def _left_out(value: object) -> object:
    """Tell a row that leaves a rule out from a rule, by its key."""
    if isinstance(value, dict) and "left-out" in value and "measure" not in value:
        return {"measure": "left-out", **value}
    return value


WrittenRule = Annotated[
    LeftOut | AnyRule,
    Field(discriminator="measure"),
    BeforeValidator(_left_out),
    BeforeValidator(read_older),
]
"""A row under ``rules`` of a scenario."""
