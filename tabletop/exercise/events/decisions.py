"""Events of decisions: presented, proposed, recorded, lapsed, and their effect on domestic capital."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tabletop.exercise.events.base import BaseEvent, Teams
from tabletop.plaintext import in_quotes
from tabletop.scenario.base import is_empty, is_none
from tabletop.scenario.options import option_words


class OfferedOption(BaseModel):
    """An option as a team sees it, without its points."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    text: str
    tradeoff: str | None = None
    letter: str = ""
    title: str = ""
    announced: str = Field(default="", exclude_if=is_empty)
    """What everybody hears in public if it is chosen, where that is not its text."""

    @property
    def below(self) -> tuple[str, ...]:
        """What stands below its words: its dilemma, and what the public will hear."""
        heard = f"Said in public: {in_quotes(self.announced)}" if self.announced else ""
        return tuple(line for line in (self.tradeoff, heard) if line)

    @property
    def words(self) -> str:
        """The option as a team reads it, with its letter and its title."""
        return option_words(self.letter, self.title, self.text)


class DiscussionBegan(BaseEvent):
    """A decision was put to a team with the question to talk about first, and nothing else of it."""

    type: Literal["discussion-began"] = "discussion-began"
    decision: str
    code: str
    team: str
    title: str
    prompt: str
    window: int
    opens: int
    """The game second at which its question and its options open."""
    due: int
    entry: str


class DiscussionClosed(BaseEvent):
    """The discussion ended before the options opened, so the decision was never asked."""

    type: Literal["discussion-closed"] = "discussion-closed"
    decision: str
    code: str
    team: str
    reason: str


class DecisionPresented(BaseEvent):
    """A team was asked; the order of the options depends on the exercise's seed."""

    type: Literal["decision-presented"] = "decision-presented"
    decision: str
    code: str
    team: str
    title: str
    question: str
    options: tuple[OfferedOption, ...]
    window: int
    due: int
    halved: bool = False
    entry: str
    since: int | None = None
    """The game second at which its window began, if the team talked first; None if it begins here."""
    write_in: bool = False
    """Whether the team may answer in its own words."""


class LockedOption(BaseModel):
    """An option that a team cannot choose, and why, as it reads it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    reason: str


class OptionsLocked(BaseEvent):
    """Which options of a decision a team cannot choose from now on, each with the reason that it reads."""

    type: Literal["options-locked"] = "options-locked"
    decision: str
    code: str
    team: str
    locked: tuple[LockedOption, ...]

    @property
    def reasons(self) -> dict[str, str]:
        """The reason for each option."""
        return {one.id: one.reason for one in self.locked}


class OptionUnlocked(BaseEvent):
    """Exercise control opened an option to a team, whatever it costs or requires."""

    type: Literal["option-unlocked"] = "option-unlocked"
    decision: str
    code: str
    team: str
    option: str
    text: str


class KeptCard(BaseModel):
    """A card that a team's decision keeps from partners until the phase ends."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    card: str
    title: str
    to: Teams
    decision: str


class DecisionRecorded(BaseEvent):
    """A team decided, for the first time or (`amended`) again."""

    type: Literal["decision-recorded"] = "decision-recorded"
    decision: str
    code: str
    team: str
    option: str
    text: str
    rationale: str = ""
    capital: int = 0
    amended: bool = False
    late: bool = False
    keeps: tuple[KeptCard, ...] = ()
    """What the option keeps from partners of the cards that the team holds."""
    charged: int | None = Field(default=None, exclude_if=is_none)
    """By how much it changed domestic capital, where a backlash had settled what it cost before."""


class AnswerWritten(BaseEvent):
    """A team decided in its own words, for the first time or (`amended`) again; control has yet to judge."""

    type: Literal["answer-written"] = "answer-written"
    decision: str
    code: str
    team: str
    text: str
    rationale: str = ""
    amended: bool = False
    late: bool = False
    charged: int | None = Field(default=None, exclude_if=is_none)
    """By how much it changed domestic capital, where a backlash had settled what it cost before."""


class DecisionLapsed(BaseEvent):
    """No decision was made before the phase ended, play ended or the facilitator closed it."""

    type: Literal["decision-lapsed"] = "decision-lapsed"
    decision: str
    code: str
    team: str
    reason: str


class OptionProposed(BaseEvent):
    """A member of a team proposed an option to the one who decides; it replaces an earlier proposal.

    Without an option, `text` is a decision in the proposer's own words.
    """

    type: Literal["option-proposed"] = "option-proposed"
    decision: str
    code: str
    team: str
    option: str
    text: str
    rationale: str = ""
    name: str = ""
    office: str = ""
    person: str = ""
    """The proposer's seat; empty if several people share one terminal."""


class ProposalWithdrawn(BaseEvent):
    """A member of a team withdrew their proposal."""

    type: Literal["proposal-withdrawn"] = "proposal-withdrawn"
    decision: str
    code: str
    team: str
    name: str = ""
    office: str = ""
    person: str = ""


class BacklashTriggered(BaseEvent):
    """A team's domestic capital was used up: it is reset, and an inject may tell the team so."""

    type: Literal["backlash-triggered"] = "backlash-triggered"
    team: str
    capital: int
    entry: str | None = None


class CapitalCredited(BaseEvent):
    """Domestic capital gained at a gate."""

    type: Literal["capital-credited"] = "capital-credited"
    team: str
    points: int
    reason: str


DecisionEvent = (
    DiscussionBegan
    | DiscussionClosed
    | DecisionPresented
    | OptionsLocked
    | OptionUnlocked
    | DecisionRecorded
    | AnswerWritten
    | DecisionLapsed
    | OptionProposed
    | ProposalWithdrawn
    | BacklashTriggered
    | CapitalCredited
)
