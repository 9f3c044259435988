"""The state of an exercise: what all events so far add up to. Immutable, split by concern."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from immutables import Map

from tabletop.exercise.events import Written
from tabletop.scenario.scenario import Entry, Scenario


class Stage(StrEnum):
    """Where in its life an exercise stands."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    GATE = "gate"
    EMERGENCY = "emergency"
    ENDED = "ended"
    HOT_WASH = "hot-wash"
    CLOSED = "closed"


class InjectStatus(StrEnum):
    """What became of an inject."""

    SCHEDULED = "scheduled"
    HELD = "held"
    SKIPPED = "skipped"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class InjectState:
    """One inject of the timeline, or one added since."""

    status: InjectStatus = InjectStatus.SCHEDULED
    branch: bool = False
    """Skipped because its branch was not taken."""
    title: str | None = None
    text: str | None = None
    to: tuple[str, ...] | None = None
    """Edits and another audience, if any."""
    added: Written | None = None
    """Its content, if the scenario does not hold it."""
    code: str = ""
    released_at: int | None = None
    timing: str = ""
    seq: int = 0
    """Number of the event that released it."""
    reads: Map[str, int] = field(default_factory=Map)
    """When each team opened it."""


@dataclass(frozen=True, slots=True)
class DecisionState:
    """One question put to one team."""

    presented_at: int
    window: int
    due: int
    entry: str
    phase: str
    options: tuple[str, ...]
    presented_seq: int
    option: str | None = None
    rationale: str = ""
    decided_at: int | None = None
    seq: int = 0
    """Number of the event that recorded or lapsed it."""
    late: bool = False
    lapsed: bool = False
    capital: int = 0

    @property
    def open(self) -> bool:
        """Nothing recorded yet, and not lapsed."""
        return self.option is None and not self.lapsed


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one member of a team proposes for a decision."""

    option: str
    rationale: str
    at: int
    seq: int


@dataclass(frozen=True, slots=True)
class HeldCard:
    """A card in the hands of a team."""

    at: int
    seq: int
    via: str
    """The inject it came with, or the team that gave it."""
    title: str
    code: str
    text: str
    sanitised: str | None
    window: int
    tags: tuple[str, ...]
    own: bool
    clean: bool = False
    """It was given sanitised, so that passing it on as it is breaks no caveat."""


@dataclass(frozen=True, slots=True)
class CardShare:
    """A card given to one partner."""

    by: str
    to: str
    card: str
    at: int
    seq: int
    phase: str
    sanitised: bool
    repeated: bool
    """That partner had been given it before."""


@dataclass(frozen=True, slots=True)
class ConsultState:
    """A consultation: asked, answered by some, or implied by an option."""

    by: str
    to: tuple[str, ...]
    about: str | None
    at: int
    seq: int
    phase: str
    answers: Map[str, int]
    """Game time of each partner's answer; all partners at once if implied."""
    implied: bool = False


@dataclass(frozen=True, slots=True)
class StatementState:
    """Something said in public."""

    by: str
    at: int
    seq: int
    phase: str
    label: str | None
    decision: str | None


@dataclass(frozen=True, slots=True)
class Account:
    """A team's domestic capital."""

    capital: int
    halved: bool = False
    """Its next window is halved."""
    backlashes: int = 0


Test = Callable[["Exercise", int], bool]
"""Whether a condition held in a state at a game time, counting nothing that came later."""


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """What never changes in a run. Two scripts are equal when their scenarios are the same."""

    scenario: Scenario
    when: Mapping[str, Test] = field(default_factory=dict)
    once: Mapping[str, Test] = field(default_factory=dict)
    additions: Mapping[tuple[str, int], Test] = field(default_factory=dict)
    asked_when: Mapping[str, Test] = field(default_factory=dict)
    content_hash: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Script) and self.content_hash == other.content_hash

    def __hash__(self) -> int:
        return hash(self.content_hash)

    def entry(self, entry_id: str) -> Entry | None:
        """The timeline entry of that id, if the scenario holds it."""
        return self.scenario.entries.get(entry_id)

    def next_phase(self, phase: str) -> int | None:
        """Index of the phase after this one; None after the last."""
        ids = [item.id for item in self.scenario.phases]
        index = ids.index(phase) + 1
        return index if index < len(ids) else None


@dataclass(frozen=True, slots=True)
class Exercise:
    """Everything known after the event numbered `seq`, which happened at game time `at`."""

    script: Script
    name: str = ""
    seed: int = 0
    seq: int = 0
    at: int = 0
    stage: Stage = Stage.READY
    before_emergency: Stage = Stage.READY
    rate: float = 1.0
    auto: bool = False
    phase: str = ""
    phase_began: int = 0
    injects: Map[str, InjectState] = field(default_factory=Map)
    decisions: Map[tuple[str, str], DecisionState] = field(default_factory=Map)
    proposals: Map[tuple[str, str, str], Proposal] = field(default_factory=Map)
    """(decision, team, who) to what stands; `proposer` says who."""
    hands: Map[tuple[str, str], HeldCard] = field(default_factory=Map)
    shares: Map[int, CardShare] = field(default_factory=Map)
    given: Map[tuple[str, str, str], int] = field(default_factory=Map)
    """(giver, receiver, card) to the game time it was first given."""
    consults: Map[str, ConsultState] = field(default_factory=Map)
    leave: Map[tuple[str, str], int] = field(default_factory=Map)
    """(team, card) to the event that let the team pass another's card on."""
    talked: Map[tuple[str, str], int] = field(default_factory=Map)
    """Two teams, in order of their ids, to the game time at which they had first consulted."""
    talks: Map[tuple[str, str, str], int] = field(default_factory=Map)
    """Phase and two teams to the event by which they had first consulted within it."""
    said: Map[tuple[str, str], int] = field(default_factory=Map)
    """Team and label ('' for any) to the game time at which it first said so in public."""
    statements: Map[int, StatementState] = field(default_factory=Map)
    accounts: Map[str, Account] = field(default_factory=Map)
    added: int = 0
    """How many injects were added to the timeline."""
    keys: Map[tuple[str, str], tuple[int, int, str]] = field(default_factory=Map)
    """(seat, key) of a command to its first event, its last event and its digest."""

    @property
    def running(self) -> bool:
        """Whether the game clock runs."""
        return self.stage is Stage.RUNNING

    def talked_in(self, phase: str, one: str, other: str) -> int | None:
        """The event by which two teams had consulted, asked and answered within that phase."""
        return self.talks.get((phase, min(one, other), max(one, other)))

    def inject(self, entry: str) -> InjectState:
        """The state of an inject of the timeline, scheduled if nothing happened to it."""
        return self.injects.get(entry) or InjectState()


def proposer(person: str, name: str) -> str:
    """What tells one member of a team from another: the seat; where there is none, the name alone."""
    return person or f"name {name}"
