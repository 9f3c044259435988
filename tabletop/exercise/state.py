"""The immutable state of an exercise: the result of applying all its events so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final, NamedTuple

from immutables import Map

from tabletop.exercise.events import AskedObjective, InjectContent, Mark, OfferedOption, SelfRating
from tabletop.exercise.marking import marked_title
from tabletop.scenario.objectives import Letter
from tabletop.scenario.scenario import Entry, Scenario


class Stage(StrEnum):
    """Stage in the life of an exercise."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    GATE = "gate"
    EMERGENCY = "emergency"
    ENDED = "ended"
    HOT_WASH = "hot-wash"
    CLOSED = "closed"


class InjectStatus(StrEnum):
    """Status of an inject."""

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
    """Edited title, text and audience; None if unchanged."""
    added: InjectContent | None = None
    """Its content, if it is not in the scenario."""
    code: str = ""
    due: int | None = None
    """When it is due, if it follows a condition that has become true."""
    released_at: int | None = None
    timing: str = ""
    seq: int = 0
    """Sequence number of the event that released it."""
    reads: Map[str, int] = field(default_factory=Map)
    """When each team opened it."""


UNTOUCHED: Final = InjectState()
"""An inject to which nothing has happened."""


@dataclass(frozen=True, slots=True)
class DecisionState:
    """A decision put to one team."""

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
    """Sequence number of the event that recorded or lapsed it."""
    late: bool = False
    lapsed: bool = False
    capital: int = 0
    words: str = ""
    """The decision in the team's own words; `option` is then what control judged it to be, if anything."""
    judged_seq: int = 0
    """Sequence number of the event that judged the words; 0 while they are to be judged."""
    marks: tuple[Mark, ...] = ()
    """What control judged the words to be, objective by objective."""
    locked: Map[str, str] = field(default_factory=Map)
    """Options that the team cannot choose now, each with the reason that it reads."""
    unlocked: frozenset[str] = frozenset()
    """Options that exercise control opened."""
    decided_phase: str = ""
    """The phase in which the option that stands was recorded."""
    had: Map[str, Account] | None = None
    """The accounts of all teams when it was recorded or lapsed, before its own cost."""
    settled: tuple[int, int] = (0, 0)
    """The least and the most `capital` that a backlash has settled."""

    def charged(self, capital: int) -> int:
        """Return how much of a cost or gain the account still holds: what a backlash settled is no part."""
        least, most = self.settled
        return capital - max(least, min(most, capital))

    @property
    def open(self) -> bool:
        """Whether nothing has been recorded and it has not lapsed."""
        return self.decided_at is None and not self.lapsed

    def may_choose(self, now: int) -> bool:
        """Return whether the team may take it, or amend what it took."""
        return not self.lapsed and (self.decided_at is None or now <= self.due)

    @property
    def to_judge(self) -> bool:
        """Whether it is in the team's own words and control has not judged it."""
        return bool(self.words) and not self.judged_seq


@dataclass(frozen=True, slots=True)
class Discussion:
    """What one team talks about before a decision opens."""

    began_at: int
    window: int
    opens: int
    due: int
    entry: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """An option, or a decision in `words`, proposed by one member of a team."""

    option: str
    rationale: str
    at: int
    seq: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class HeldCard:
    """A card that a team holds."""

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
    """It was received sanitised, so that passing it on breaks no caveat."""
    caveat: tuple[str, ...] = ()
    """Teams from which its raw form is to be kept."""


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
    """Whether the partner had already received it from that team."""


@dataclass(frozen=True, slots=True)
class ConsultState:
    """A consultation: requested and perhaps answered, or implied by an option."""

    by: str
    to: tuple[str, ...]
    about: str | None
    at: int
    seq: int
    phase: str
    answers: Map[str, int]
    """Game time of each partner's answer; if implied, of all partners."""
    implied: bool = False


@dataclass(frozen=True, slots=True)
class StatementState:
    """A public statement."""

    by: str
    at: int
    seq: int
    phase: str
    label: str | None
    decision: str | None


class Balance(NamedTuple):
    """A team's domestic capital after an event."""

    at: int
    capital: int


@dataclass(frozen=True, slots=True)
class ObservationState:
    """An observation that somebody recorded."""

    at: int
    about: str | None
    team: str | None
    objective: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class TeamInitials:
    """A team's initials under the rules and objectives."""

    name: str
    at: int
    seq: int
    before_play: bool
    """Whether they were given before STARTEX."""


@dataclass(frozen=True, slots=True)
class Consent:
    """The rules and objectives as shown to everybody."""

    hash: str
    seq: int
    initials: Map[str, TeamInitials] = field(default_factory=Map)
    """The latest initials of each team that gave some."""


@dataclass(frozen=True, slots=True)
class ProbeState:
    """A probe put to every team."""

    gate: str
    at: int
    seq: int
    asks: str
    options: Map[str, str]
    """The text of each answer, by its letter."""
    right: tuple[str, ...] = ()
    """The letter of each answer that was true when it was opened."""
    told: frozenset[str] = frozenset()
    """The teams that something by which they could know had reached by then."""
    answers: Map[str, tuple[str, int]] = field(default_factory=Map)
    """Each team's answer and its event."""
    open: bool = True
    seconds: int = 0
    """Real seconds that teams have; 0 without a limit."""

    def answer(self, team: str) -> str | None:
        """Return what a team has answered, if it has."""
        given = self.answers.get(team)
        return None if given is None else given[0]


@dataclass(frozen=True, slots=True)
class OwnRating:
    """What a team gave itself at a gate, as last recorded."""

    ratings: tuple[SelfRating, ...]
    note: str
    at: int
    seq: int


@dataclass(frozen=True, slots=True)
class SelfRatings:
    """A gate, or the end, at which every team was asked to rate itself."""

    gate: str
    at: int
    seq: int
    objectives: tuple[AskedObjective, ...]
    given: Map[str, OwnRating] = field(default_factory=Map)
    """What each team that rated itself gave."""


@dataclass(frozen=True, slots=True)
class Account:
    """A team's domestic capital."""

    capital: int
    balances: tuple[Balance, ...] = ()
    """What it was after each event that changed it, the first at the start."""
    backlashes: int = 0

    def changed(self, capital: int, at: int) -> Account:
        """Return the account with that capital after an event."""
        return replace(self, capital=capital, balances=(*self.balances, Balance(at, capital)))

    def left_at(self, now: int) -> int:
        """Return the capital as it was at a game time."""
        known = (balance.capital for balance in reversed(self.balances) if balance.at <= now)
        return next(known, self.capital)


@dataclass(frozen=True, slots=True)
class ActionTick:
    """Whether a person saw an expected action done, as they last ticked it."""

    done: bool
    at: int
    """When it was done, else when it was ticked."""
    seq: int


Predicate = Callable[["Exercise", int], bool]
"""A compiled condition: whether it held in a state at a game time, ignoring anything later."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What an option asks of a team, else it is locked."""

    cost: int | None = None
    """Domestic capital that it takes; None if it says nothing of capital."""
    needed: int = 0
    """Domestic capital that the team must have left."""
    test: Predicate | None = None
    reason: str | None = None
    """What the team reads while the condition does not hold."""
    keeps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Cards that must not have gone to these partners."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the options of one decision for one team."""

    options: Mapping[str, Limit]
    most: int
    """The most domestic capital that any of them asks."""
    capital_alone: bool
    """Whether none of them asks anything else."""


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """The scenario with its compiled conditions. Two are equal if their scenarios are the same."""

    scenario: Scenario
    when: Mapping[str, Predicate] = field(default_factory=dict)
    once: Mapping[str, Predicate] = field(default_factory=dict)
    since: Mapping[str, Predicate] = field(default_factory=dict)
    additions: Mapping[tuple[str, int], Predicate] = field(default_factory=dict)
    asked_when: Mapping[str, Predicate] = field(default_factory=dict)
    right_when: Mapping[tuple[str, str], Predicate] = field(default_factory=dict)
    """What makes an answer right, by probe and letter."""
    passes: Mapping[tuple[str, str, int], Predicate] = field(default_factory=dict)
    """(entry, card, place among its standing rules) to the condition of that rule."""
    content_hash: str = ""
    limits: Mapping[tuple[str, str], Limits] = field(default_factory=dict)
    """(decision, team) to the limits of its options, where any may be locked."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Each entry's place in the timeline."""
    schedule: tuple[int, ...] = ()
    """Places of the entries that fall due by themselves: those without a time of their own, then by time."""
    by_choices: bool = False
    """Whether every condition that makes an entry due is about choices alone."""
    upon_choices: frozenset[str] = frozenset()
    """The entries whose time comes by choices alone: what else happens cannot make them due."""
    offered: Mapping[str, Mapping[str, OfferedOption]] = field(default_factory=dict)
    """The options of each decision as teams see them."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Script) and self.content_hash == other.content_hash

    def __hash__(self) -> int:
        return hash(self.content_hash)

    def entry(self, entry_id: str) -> Entry | None:
        """Return the timeline entry with that id, or None."""
        return self.scenario.entries.get(entry_id)

    def next_phase(self, phase: str) -> int | None:
        """Return the index of the phase after this one, or None after the last."""
        ids = [item.id for item in self.scenario.phases]
        index = ids.index(phase) + 1
        return index if index < len(ids) else None


@dataclass(frozen=True)
class Exercise:
    """The state after event `seq`, which happened at game time `at`."""

    script: Script
    name: str = ""
    players: Mapping[str, str] = field(default_factory=Map)
    """In a practice, the program's player of each team that it plays."""
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
    scheduled: tuple[int, ...] = ()
    """Places in the timeline of the entries that can still fall due, in the order of `Script.schedule`."""
    decisions: Map[tuple[str, str], DecisionState] = field(default_factory=Map)
    choosable: tuple[tuple[str, str], ...] = ()
    """The decisions, with their teams, that could be taken or amended when the latest was put; in order."""
    taken: int = 0
    """The latest event by which a choice came to stand, or to stand no more."""
    presets: Map[tuple[str, str], DecisionState] = field(default_factory=Map)
    """Decisions taken before play, by decision and team; see `decision`."""
    discussions: Map[tuple[str, str], Discussion] = field(default_factory=Map)
    """(decision, team) to the discussion that runs until the options open."""
    proposals: Map[tuple[str, str, str], Proposal] = field(default_factory=Map)
    """(decision, team, proposer) to the current proposal; see `proposer_key`."""
    hands: Map[tuple[str, str], HeldCard] = field(default_factory=Map)
    shares: Map[int, CardShare] = field(default_factory=Map)
    given: Map[tuple[str, str, str], int] = field(default_factory=Map)
    """(giver, receiver, card) to the game time at which it was first shared."""
    consults: Map[str, ConsultState] = field(default_factory=Map)
    leave: Map[tuple[str, str], int] = field(default_factory=Map)
    """(team, card) to the event that allowed the team to pass on another team's card."""
    first_consulted: Map[tuple[str, str], int] = field(default_factory=Map)
    """Two teams, sorted by id, to the game time of their first consultation."""
    consulted_in_phase: Map[tuple[str, str, str], int] = field(default_factory=Map)
    """(phase, team, team) to the event of their first consultation within that phase."""
    first_stated: Map[tuple[str, str], int] = field(default_factory=Map)
    """(team, label), with '' for any label, to the game time of its first such statement."""
    statements: Map[int, StatementState] = field(default_factory=Map)
    observations: Map[int, ObservationState] = field(default_factory=Map)
    """Observations by the event that recorded them."""
    probes: Map[str, ProbeState] = field(default_factory=Map)
    """Probes that were opened, by id."""
    self_ratings: Map[str, SelfRatings] = field(default_factory=Map)
    """Where teams were asked to rate themselves, by gate, with what they gave."""
    consent: Consent | None = None
    """The rules and objectives, once they have been shown."""
    accounts: Map[str, Account] = field(default_factory=Map)
    ticks: Map[tuple[str, int, str, str], ActionTick] = field(default_factory=Map)
    """(entry, number, team or '', person) to the person's latest tick of an expected action."""
    added: int = 0
    """Number of injects added to the timeline."""
    keys: Map[tuple[str, str], tuple[int, int, str]] = field(default_factory=Map)
    """(seat, key) of a command to its first event, last event and digest."""

    def changed(self, **changes: Any) -> Exercise:
        """Return the state with other values of these fields, as `replace` does in twenty times the time."""
        after = object.__new__(Exercise)
        values = vars(after)
        values.update(vars(self))
        values.update(changes)
        if len(values) != len(vars(self)):
            raise TypeError(f"a state has no {', '.join(changes.keys() - vars(self).keys())}")
        return after

    @property
    def not_initialled(self) -> tuple[str, ...]:
        """The teams without initials under the rules and objectives, but for those that the program plays."""
        given = self.consent.initials if self.consent is not None else {}
        return tuple(
            team for team in self.script.scenario.teams if team not in given and team not in self.players
        )

    @property
    def open_probes(self) -> tuple[str, ...]:
        """The probes that teams can answer."""
        return tuple(name for name, probe in self.probes.items() if probe.open)

    @property
    def probe_seconds(self) -> int:
        """Real seconds that teams have for the probes that are open; 0 if none is, or there is no limit."""
        return max((probe.seconds for probe in self.probes.values() if probe.open), default=0)

    def self_rating(self, team: str, objective: str) -> Letter | None:
        """Return what a team gave itself last on an objective, if anything."""
        latest = None
        for asked in sorted(self.self_ratings.values(), key=lambda one: one.seq):
            own = asked.given.get(team)
            latest = (
                next((one.rating for one in own.ratings if one.id == objective), latest) if own else latest
            )
        return latest

    @property
    def title(self) -> str:
        """The title of the scenario, marked if this is a practice."""
        return marked_title(self.script.scenario.title, practice=bool(self.players))

    @property
    def running(self) -> bool:
        """Whether the game clock runs."""
        return self.stage is Stage.RUNNING

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Every (decision, team) in the team's own words: those to be judged first, then in order."""
        written = [key for key, asked in self.decisions.items() if asked.words]
        return sorted(written, key=lambda key: (not self.decisions[key].to_judge, self.decisions[key].seq))

    @property
    def to_judge(self) -> list[tuple[str, str]]:
        """Every (decision, team) whose words control has yet to judge, in the order of the log."""
        return [key for key in self.answers if self.decisions[key].to_judge]

    def consulted_in(self, phase: str, one: str, other: str) -> int | None:
        """Return the answer by which two teams had first consulted within that phase."""
        return self.consulted_in_phase.get((phase, min(one, other), max(one, other)))

    def decision(self, name: str, team: str) -> DecisionState | None:
        """Return a decision as it was put to a team, or as it was taken before play; None if neither."""
        return self.decisions.get((name, team)) or self.presets.get((name, team))

    def inject(self, entry: str) -> InjectState:
        """Return the state of an inject; the default state if nothing has happened to it."""
        return self.injects.get(entry, UNTOUCHED)


def proposer_key(person: str, name: str) -> str:
    """Return the key of a team member in `proposals`: the seat id, or the name if there is no seat."""
    return person or f"name {name}"
