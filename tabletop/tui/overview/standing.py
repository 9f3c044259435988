"""How each team stands: what it has not read, what it has to decide, what it has decided. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tabletop.exercise import events as e


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision that a team has yet to take."""

    decision: str
    code: str
    title: str
    team: str
    due: int
    entry: str
    opens: int | None = None
    """When its options open, while the team talks first."""
    locked: Mapping[str, str] = field(default_factory=dict)
    """Options that the team cannot choose now, each with the reason."""

    @property
    def name(self) -> str:
        """How it is called on one line."""
        return self.code or self.title


@dataclass(slots=True)
class TeamProgress:
    """One team."""

    team: str
    received: int = 0
    unread: dict[str, str] = field(default_factory=dict)
    """Injects that it has not opened: entry to code."""
    open: dict[str, Asked] = field(default_factory=dict)
    decided: int = 0
    late: int = 0
    """How many of its decisions came after their window."""
    lapsed: int = 0

    def soonest(self) -> Asked | None:
        """Return the open decision whose window ends, or ended, first."""
        return min(self.open.values(), key=lambda asked: asked.due, default=None)

    def overdue(self, now: float) -> list[Asked]:
        """Open decisions whose window is over, the longest over first."""
        return sorted(
            (asked for asked in self.open.values() if asked.due < int(now)), key=lambda asked: asked.due
        )


class Standings:
    """All teams, kept up to date event by event."""

    def __init__(self, teams: Iterable[str]) -> None:
        self.teams = {team: TeamProgress(team) for team in teams}

    def _lock(self, team: str, decision: str, locked: Mapping[str, str]) -> None:
        asked = self.teams[team].open
        if decision in asked:
            asked[decision] = replace(asked[decision], locked=locked)

    def see(self, event: e.Event) -> None:
        """Take in an event."""
        match event:
            case e.InjectReleased():
                for team in event.to:
                    self.teams[team].received += 1
                    self.teams[team].unread[event.entry] = event.code or event.title
            case e.InjectRead():
                self.teams[event.team].unread.pop(event.entry, None)
            case e.DiscussionBegan():
                asked = Asked(
                    event.decision, event.code, event.title, event.team, event.due, event.entry, event.opens
                )
                self.teams[event.team].open[event.decision] = asked
            case e.DiscussionClosed():
                self.teams[event.team].open.pop(event.decision, None)
            case e.DecisionPresented():
                asked = Asked(event.decision, event.code, event.title, event.team, event.due, event.entry)
                self.teams[event.team].open[event.decision] = asked
            case e.OptionsLocked():
                self._lock(event.team, event.decision, event.reasons)
            case e.OptionUnlocked():
                known = self.teams[event.team].open.get(event.decision)
                left = known.locked if known is not None else {}
                rest = {word: why for word, why in left.items() if word != event.option}
                self._lock(event.team, event.decision, rest)
            case e.DecisionRecorded() | e.AnswerWritten():
                standing = self.teams[event.team]
                if standing.open.pop(event.decision, None) is not None:
                    standing.decided += 1
                    standing.late += event.late
            case e.DecisionLapsed():
                standing = self.teams[event.team]
                standing.open.pop(event.decision, None)
                standing.lapsed += 1

    def talking(self) -> list[Asked]:
        """Every decision that a team talks about before its options open, the first to open at the head."""
        found = [asked for asked in self.open() if asked.opens is not None]
        return sorted(found, key=lambda asked: asked.opens or 0)

    def open(self) -> list[Asked]:
        """Every open decision of every team, the one due first at the head."""
        found = [asked for standing in self.teams.values() for asked in standing.open.values()]
        return sorted(found, key=lambda asked: asked.due)
