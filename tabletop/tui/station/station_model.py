"""What one team knows of an exercise. Fed with what its link shows it, and with nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.exercise.state import Stage
from tabletop.protocol.link import Briefing, Sight
from tabletop.protocol.team import LONE, OwnTeam
from tabletop.scenario.localtime import local_time
from tabletop.tui.kit.consent import ShownRules
from tabletop.tui.kit.course import Course
from tabletop.tui.station.state.arrivals import Arrivals
from tabletop.tui.station.state.cards import Cards
from tabletop.tui.station.state.decisions import Decisions
from tabletop.tui.station.state.diary import Diary
from tabletop.tui.station.state.inbox import Inbox
from tabletop.tui.station.state.names import Names
from tabletop.tui.station.state.probes import Probes
from tabletop.tui.station.state.proposals import Proposals
from tabletop.tui.station.state.self_ratings import SelfRatings
from tabletop.tui.station.state.talk import Talk


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits for the team."""

    unread: int
    """Injects that it has not opened."""
    open: int
    """Decisions that it has not taken."""
    waiting: int
    """Partners' consultations that it has not answered."""


class StationModel:
    """The books of one team's station. Events come in by `see` alone."""

    def __init__(self, briefing: Briefing, seat: str) -> None:
        self.briefing = briefing
        self.seat = seat
        self.names = Names(briefing.teams)
        self.course = Course()
        self.inbox = Inbox()
        self.decisions = Decisions()
        self.proposals = Proposals()
        self.probes = Probes()
        self.self_ratings = SelfRatings()
        self.rules = ShownRules()
        self.team: OwnTeam = LONE
        """Who sits with the team and holds its pen, as the link last said."""
        self.cards = Cards(seat)
        self.talk = Talk(seat)
        self.arrivals = Arrivals(seat)
        self.diary = Diary(seat, self.names, self.decisions)

    def see(self, sight: Sight) -> None:
        """Take in one event as this seat sees it."""
        at, event = sight.at, sight.event
        self.course.see(event)
        self.inbox.see(at, event)
        self.decisions.see(at, event)
        self.proposals.see(at, event)
        self.probes.see(event)
        self.self_ratings.see(event)
        self.rules.see(event)
        self.cards.see(at, event)
        self.talk.see(sight.number, at, event)
        self.arrivals.see(sight.number, at, event)
        self.diary.see(at, event)

    @property
    def team_name(self) -> str:
        """The team's name in words."""
        return self.names.start(self.seat)

    @property
    def partners(self) -> tuple[str, ...]:
        """The other teams, in the order of the scenario."""
        return tuple(team for team in self.briefing.teams if team != self.seat)

    @property
    def decides(self) -> str:
        """What this seat does with a decision, as the key says it."""
        return "decide" if self.team.mine else "propose"

    @property
    def playing(self) -> bool:
        """Whether play is running."""
        return self.course.stage is Stage.RUNNING

    @property
    def counts(self) -> Counts:
        """How much waits for the team."""
        return Counts(
            unread=self.inbox.unread, open=len(self.decisions.open), waiting=len(self.talk.asked_of_us)
        )

    def local(self, at: float) -> str:
        """Return the team's local time at a game time; empty if the scenario has no clock."""
        team, clock = self.briefing.teams.get(self.seat), self.briefing.clock
        return local_time(clock, int(at), team.local_zone) if clock is not None and team is not None else ""
