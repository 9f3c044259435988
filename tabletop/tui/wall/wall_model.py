"""What the wall knows: where the exercise stands, and what was said to all. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from tabletop.exercise import events as e
from tabletop.protocol.link import Briefing, Sight
from tabletop.scenario.localtime import local_time
from tabletop.tui.kit.consent import ShownRules
from tabletop.tui.kit.course import Course

Kind = Literal["statement", "inject", "message"]

KEPT: Final = 60
"""How much of what was said is kept: more than any wall shows."""


@dataclass(frozen=True, slots=True)
class WallItem:
    """Something that was said to all."""

    at: int
    kind: Kind
    who: str
    """A team, the sender of an inject, or exercise control."""
    how: str
    """Under which label, by which channel, with which advice; may be empty."""
    title: str
    text: str


class WallModel:
    """The course of the exercise and the latest that was said. `see` is the only way in."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        self.course = Course()
        self.rules = ShownRules()
        self.said: list[WallItem] = []
        """The newest first."""
        self.version = 0
        """Counts events, so that a screen knows when to draw."""

    @property
    def begun(self) -> bool:
        """Whether STARTEX was given."""
        return bool(self.course.phase)

    def see(self, sight: Sight) -> None:
        """Take in one event as the wall sees it."""
        self.course.see(sight.event)
        self.rules.see(sight.event)
        said = self._said(sight.at, sight.event)
        if said is not None:
            self.said.insert(0, said)
            del self.said[KEPT:]
        self.version += 1

    def capitals(self, now: float) -> list[tuple[str, str]]:
        """Each team's name and the time in its capital; empty where the scenario has no clock."""
        clock = self.briefing.clock
        if clock is None:
            return []
        return [
            (team.name, local_time(clock, int(now), team.local_zone)) for team in self.briefing.teams.values()
        ]

    def _said(self, at: int, event: e.Event) -> WallItem | None:
        match event:
            case e.StatementMade():
                return WallItem(at, "statement", self._name(event.by), self._manner(event), "", event.text)
            case e.InjectReleased():
                text = "\n".join((event.text.rstrip(), *(part.text.rstrip() for part in event.additions)))
                return WallItem(at, "inject", event.sender, event.channel, event.title, text)
            case e.MessageSent():
                return WallItem(at, "message", "Exercise control", "", "", event.text)
        return None

    def _name(self, team: str) -> str:
        known = self.briefing.teams.get(team)
        return known.name if known is not None else team

    def _manner(self, event: e.StatementMade) -> str:
        """Return what it calls the matter, and what it tells the public of an area to do."""
        label = event.label and self.briefing.labels.get(event.label, event.label)
        return " · ".join(part for part in (label, event.advice) if part)
