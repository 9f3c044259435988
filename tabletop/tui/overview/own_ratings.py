"""Which ratings the person at this terminal gave: those of others are withheld until then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.description import Names
from tabletop.exercise.narration import narrate, narrate_self_rating, narrate_withheld
from tabletop.protocol.link import Sight
from tabletop.tui.kit.pending import PendingCommands
from tabletop.tui.overview.overview_model import OverviewModel

_KEY: Final = "rating/"
"""Begins what this terminal keeps of each rating that was given here, before the number of its event."""


def remember_ratings(pending: PendingCommands) -> None:
    """Keep the numbers of the ratings that were given here: a restart forgets what was submitted."""
    for one in pending.link.submissions:
        if one.recorded and isinstance(one.command, c.Grade):
            pending.drafts.open(f"{_KEY}{one.first}")


@dataclass(frozen=True, slots=True)
class OwnRatings:
    """What the person at this terminal has rated, and under which names."""

    names: frozenset[str] = frozenset()
    rated: frozenset[tuple[str, str | None]] = frozenset()
    """Objective and team; no team means all."""

    @classmethod
    def at(cls, model: OverviewModel, pending: PendingCommands) -> OwnRatings:
        """Find them among what was seen."""
        remember_ratings(pending)
        numbers = {key.removeprefix(_KEY) for key in pending.drafts.opened if key.startswith(_KEY)}
        given = [sight for sight in model.sights if isinstance(sight.event, e.RatingGiven)]
        names = frozenset(
            _by(sight)
            for sight in given
            if sight.seat == model.seat and (sight.seat == c.FACILITATOR or str(sight.number) in numbers)
        )
        return cls(names, frozenset(_about(sight.event) for sight in given if _by(sight) in names))

    def withholds(self, sight: Sight) -> bool:
        """Return whether this is a rating by somebody else of what was not rated here yet."""
        return (
            isinstance(sight.event, e.RatingGiven)
            and _by(sight) not in self.names
            and _about(sight.event) not in self.rated
        )

    def rated_of(self, team: str) -> frozenset[str]:
        """Return the objectives that were rated here for that team, or for all."""
        return frozenset(objective for objective, of in self.rated if of in (None, team))

    def told(self, sight: Sight, names: Names) -> str:
        """Return what happened; of a rating that is withheld only that it was given."""
        event = sight.event
        if isinstance(event, e.RatingGiven) and self.withholds(sight):
            return narrate_withheld(event, names, hint="shown once you have rated it")
        if isinstance(event, e.TeamRatedItself):
            return narrate_self_rating(
                event, names, shown=self.rated_of(event.team), hint="shown once you have rated that"
            )
        return narrate(event, names)


def _about(event: e.Event) -> tuple[str, str | None]:
    return (event.objective, event.team) if isinstance(event, e.RatingGiven) else ("", None)


def _by(sight: Sight) -> str:
    return (event.author or sight.seat) if isinstance(event := sight.event, e.RatingGiven) else ""
