"""Rules as authors write them: measures that compare what several teams did, with points of their own.

Every rule has an id, the measure it uses and the points it gives by objective. What each measure
means in a run is in `tabletop.rules`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tabletop.scenario.base import Effects, Line, OneOrMore, Part, Several, Word
from tabletop.scenario.conditions import Condition
from tabletop.scenario.gametime import Length

TeamEffects = dict[Word, Effects]
"""Points by team, then by objective."""


class Rule(Part):
    """What all rules have in common."""

    id: Word
    title: Line | None = Field(default=None, description="The rule in words, for scorecards.")


class OnDecisions(Rule):
    """A rule about decisions that several teams are asked."""

    decisions: OneOrMore[Word] | None = Field(
        default=None, description="The decisions it judges; else every one that fits and is put to all teams."
    )


class SameLabel(OnDecisions):
    """Whether all teams put the same label on an event, by option or by statement."""

    measure: Literal["same-label"]
    same: Effects = Field(default_factory=dict, description="To each team when all labels are equal.")
    differ: Effects = Field(
        default_factory=dict, description="To each team when all have a label and no two are equal."
    )


class ConsultedBefore(Rule):
    """Whether a team had consulted every partner before it first spoke in public in a phase."""

    measure: Literal["consulted-before"]
    done: Effects = Field(default_factory=dict)
    undone: Effects = Field(default_factory=dict)


class Reciprocity(Rule):
    """Whether a team gave as it was given, at the end of each phase."""

    measure: Literal["reciprocity"]
    balanced: Effects = Field(default_factory=dict, description="Shared and received differ little.")
    hoarded: Effects = Field(default_factory=dict, description="Much was received and nothing shared.")
    within: Annotated[int, Field(ge=0, le=20)] = 1
    received: Annotated[int, Field(ge=1, le=50, description="How many cards are much.")] = 3


class CaveatKept(Rule):
    """Whether a card with a caveat was sanitised before it was shared; judged once a card."""

    measure: Literal["caveat-kept"]
    tags: OneOrMore[Word]
    broken: Effects = Field(default_factory=dict)


class ThirdParty(Rule):
    """Whether another team's card was passed on with its leave."""

    measure: Literal["third-party"]
    broken: Effects = Field(default_factory=dict)


class ContradictoryWarning(Rule):
    """Whether what two teams advise the public for the same area contradicts."""

    measure: Literal["contradictory-warning"]
    within: Length = 600
    conflict: Effects = Field(default_factory=dict, description="To both teams.")


class JointChoice(OnDecisions):
    """Whether all teams chose the same option, or options that the decision calls compatible."""

    measure: Literal["joint-choice"]
    joint: Effects = Field(default_factory=dict, description="To each team when all chose alike.")
    dissent: Effects = Field(default_factory=dict, description="To the only team that chose otherwise.")


class FreeRider(OnDecisions):
    """Whether one team deferred while all others made the full commitment."""

    measure: Literal["free-rider"]
    full: Word = "full"
    defers: Word = "defers"
    rode: Effects = Field(default_factory=dict)


class NobodyCame(OnDecisions):
    """An option that needs others, chosen by one team alone, does half its good."""

    measure: Literal["nobody-came"]
    tag: Word = "joint"


class Bonus(Rule):
    """Points that a condition gives."""

    measure: Literal["bonus"]
    when: Condition
    points: TeamEffects
    judged: Literal["always", "phase-end", "endex"] = "always"


class Relay(Part):
    """A partner through which cards must pass between the others, and how long that takes."""

    through: Word
    delay: Length
    tags: Several[Word] = Field(default=(), description="Cards it concerns; else all.")


class PromptSharing(Rule):
    """Whether a card reached each partner within its window."""

    measure: Literal["prompt-sharing"]
    prompt: Effects = Field(default_factory=dict, description="For each partner reached in time.")
    late: Effects = Field(default_factory=dict, description="For each reached within one and a half windows.")
    never: Effects = Field(default_factory=dict, description="For each reached later or not at all.")
    tags: Several[Word] = Field(default=(), description="Cards it judges; else all.")
    except_tags: Several[Word] = Field(default=(), alias="except-tags")
    relay: Relay | None = None


AnyRule = Annotated[
    SameLabel
    | ConsultedBefore
    | Reciprocity
    | CaveatKept
    | ThirdParty
    | ContradictoryWarning
    | JointChoice
    | FreeRider
    | NobodyCame
    | Bonus
    | PromptSharing,
    Field(discriminator="measure"),
]
