"""What the console knows, folded from what its seat sees. Pure: nothing here knows of a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.exercise import events as e
from tabletop.exercise.anchors import Anchors
from tabletop.exercise.apply import apply, create
from tabletop.exercise.describe.course import clock_jump_words
from tabletop.exercise.description import Names
from tabletop.exercise.narration import names_in
from tabletop.exercise.state import Exercise, Stage
from tabletop.protocol.link import Sight
from tabletop.rules.scoring import Scorecard, Scorer
from tabletop.scenario.decisions import Decision
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.timeline import Phase
from tabletop.tui.overview.contacts import Contacts
from tabletop.tui.overview.inquiries import Inquiries
from tabletop.tui.overview.msel import Msel, MselRow
from tabletop.tui.overview.standing import Asked, Standings
from tabletop.tui.overview.wording import short_names, team_list

_NO_SCORE = (
    e.ClockJumped,
    e.LossAccepted,
    e.TimeMarked,
    e.InjectRead,
    e.NoteTaken,
    e.MessageSent,
    e.ObservationMade,
    e.ActionTicked,
    e.SelfRatingsAsked,
    e.TeamRatedItself,
)
"""Events that move no score."""


@dataclass(frozen=True, slots=True)
class LatestPoints:
    """The latest points that a team got on an objective."""

    team: str
    points: float
    at: int


@dataclass(frozen=True, slots=True)
class UnsettledJump:
    """The host's clock leapt while play ran, and nobody has said yet how to go on."""

    event: e.ClockJumped
    seq: int
    """Its number in the log."""
    wall: str
    """When, by the host's time of day after it."""

    @property
    def sentence(self) -> str:
        """What happened, without a full stop."""
        words = clock_jump_words(self.event.missed, self.event.stepped)
        return words[:1].upper() + words[1:]


class OverviewModel:
    """The exercise, its scores and its boards, at a seat of exercise control.

    Only an event changes it. What depends on the time of the game is asked for with a time. There is
    nothing to ask for until the first event, which a link shows as soon as it is watched.
    """

    state: Exercise
    """The exercise as it stands."""
    scorer: Scorer
    msel: Msel
    standings: Standings
    contacts: Contacts
    inquiries: Inquiries
    short: Mapping[str, str]
    """The teams' names for narrow columns."""
    names: Names
    """What sentences about events call teams, decisions and the like."""

    def __init__(self, seat: str) -> None:
        self.seat = seat
        self.sights: list[Sight] = []
        self.version = 0
        """Counts events, so that a screen knows when to draw."""
        self.sent_as: dict[str, int] = {}
        """Under which number of the log each inject went out."""
        self.reach: Mapping[str, int] = {}
        """For each team with a station elsewhere: the log's number of the last event that it has."""
        self.leap: UnsettledJump | None = None
        self.emergency = ""
        """What was said when play was last stopped for a real-world emergency."""
        self._begun = False
        self._card: Scorecard | None = None

    def see(self, sight: Sight) -> None:
        """Take in the next thing that the seat sees, the first of which creates the exercise."""
        record = sight.record()
        self.sights.append(sight)
        self.version += 1
        self._see_leap(sight)
        if isinstance(sight.event, e.InjectReleased):
            self.sent_as[sight.event.entry] = sight.seq
        if isinstance(sight.event, e.EmergencyDeclared):
            self.emergency = sight.event.text
        if self._begun:
            self.state = apply(self.state, record)
        else:
            self._begin(create(record))
        self.scorer.see(record, self.state)
        self.msel.see(self.state, sight.event, sight.at)
        self.standings.see(sight.event)
        self.contacts.see(sight.event)
        self.inquiries.see(sight.event, sight.at)
        if not isinstance(sight.event, _NO_SCORE):
            self._card = None

    def _see_leap(self, sight: Sight) -> None:
        """Remember a leap that stopped running play, until the facilitator has gone on in any way."""
        match sight.event:
            case e.ClockJumped() if self.state.running:
                self.leap = UnsettledJump(sight.event, sight.seq, sight.wall)
            case e.PlayResumed() | e.TimeJumped() | e.GateReached() | e.ExerciseEnded():
                self.leap = None

    def _begin(self, state: Exercise) -> None:
        self._begun = True
        self.state = state
        self.scorer = Scorer(state.script.scenario)
        self.msel = Msel(state)
        self.standings = Standings(state.script.scenario.teams)
        self.contacts = Contacts()
        self.inquiries = Inquiries(state.script.scenario.teams)
        self.short = short_names(state.script.scenario.teams)
        self.names = names_in(state.script.scenario)

    # The exercise -------------------------------------------------------------------------------

    @property
    def scenario(self) -> Scenario:
        """What is being played."""
        return self.state.script.scenario

    @property
    def stage(self) -> Stage:
        """Where in its life the exercise stands."""
        return self.state.stage

    @property
    def phase(self) -> Phase | None:
        """The phase that is being played, or was last."""
        return next((phase for phase in self.scenario.phases if phase.id == self.state.phase), None)

    @property
    def next_phase(self) -> Phase | None:
        """The phase after this one, if there is one."""
        index = self.state.script.next_phase(self.state.phase) if self.state.phase else None
        return None if index is None else self.scenario.phases[index]

    def decision(self, decision: str) -> Decision:
        """Return a decision of the scenario."""
        return self.scenario.decisions[decision]

    @property
    def anchors(self) -> Anchors | None:
        """What silence, chance and the best play found came to; None if the exercise does not carry it."""
        first = self.sights[0].event
        return first.anchors if isinstance(first, e.ExerciseCreated) else None

    # The MSEL -----------------------------------------------------------------------------------

    def rows(self) -> list[MselRow]:
        """Every inject, in the order of the timeline."""
        return self.msel.rows

    def due(self, now: float) -> list[MselRow]:
        """Injects whose time has come, the one longest due first."""
        return self.msel.due(self.state, int(now))

    def next_entry(self, now: float) -> MselRow | None:
        """Return the inject that goes out next."""
        return self.msel.next(self.state, int(now))

    def waiting_for_release(self, now: float) -> list[MselRow]:
        """Return the injects that are due, without those that the engine will pass over by itself."""
        return [row for row in self.due(now) if self.branch_holds(row.entry, now) is not False]

    def branch_holds(self, entry: str, now: float) -> bool | None:
        """Whether the condition of an inject holds as things stand; None if it has none."""
        script = self.state.script
        test = script.when.get(entry) or script.once.get(entry) or script.since.get(entry)
        return None if test is None else test(self.state, int(now))

    # Teams and scores ---------------------------------------------------------------------------

    def team(self, team: str) -> str:
        """Return the name of a team; of exercise control, if it is that."""
        known = self.scenario.teams.get(team)
        return known.name if known is not None else team

    def teams(self, to: tuple[str, ...]) -> str:
        """Several teams, in a sentence."""
        return team_list(to, self.scenario.teams)

    def audience(self, to: tuple[str, ...]) -> str:
        """Several teams, in a narrow column."""
        if len(to) > 1 and set(to) >= set(self.scenario.teams):
            return "all"
        return " ".join(self.short.get(team, team) for team in to)

    def to_judge(self) -> list[tuple[str, str]]:
        """Each decision and team whose own words are to be judged, the oldest first."""
        return self.state.to_judge

    def overdue(self, now: float) -> list[Asked]:
        """Open decisions whose window is over, the longest over first."""
        return [asked for asked in self.standings.open() if asked.due < int(now)]

    def scorecard(self) -> Scorecard:
        """All scores as they stand; worked out anew only after an event that may have moved one."""
        if self._card is None:
            self._card = self.scorer.scorecard()
        return self._card

    def changes(self) -> dict[str, LatestPoints]:
        """Return the latest points on each objective."""
        return {
            entry.objective: LatestPoints(entry.team, entry.points, entry.at)
            for entry in self.scorecard().ledger
            if entry.points
        }
