"""The immutable state of an exercise: the result of applying all its events so far.

Each module holds what the events of its namesake in `tabletop.exercise.events` change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from immutables import Map

from tabletop.exercise.events import OfferedOption
from tabletop.exercise.marking import marked_title
from tabletop.exercise.state.consent import *
from tabletop.exercise.state.course import *
from tabletop.exercise.state.decisions import *
from tabletop.exercise.state.injects import *
from tabletop.exercise.state.judgements import *
from tabletop.exercise.state.probes import *
from tabletop.exercise.state.self_ratings import *
from tabletop.exercise.state.talk import *
from tabletop.scenario.objectives import Letter
from tabletop.scenario.scenario import Entry, Scenario

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
