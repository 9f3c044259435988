"""What would have changed the scores most, one thing at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabletop.report.history import History
from tabletop.report.model.explanation import Alternative, Outlook
from tabletop.rules.whatif import ScoreShift, what_would_have_changed
from tabletop.scenario.quantities import score


def outlooks(history: History) -> Iterator[Outlook]:
    """Yield an outlook for each objective and team with a score, in the order of the scenario."""
    found = what_would_have_changed(history.records, card=history.card)
    for goal in history.card.objectives:
        for team, standing in goal.teams.items():
            shown = score(standing.score)
            if shown is not None:
                yield Outlook(goal.objective, team, shown, alternatives(found[team, goal.objective]))


def alternatives(changes: Sequence[ScoreShift]) -> tuple[Alternative, ...]:
    """Return changes with the scores as they are shown."""
    return tuple(
        Alternative(
            kind=moved.change.kind,
            team=moved.change.team,
            subject=moved.change.subject,
            text=moved.change.deed,
            before=before,
            after=after,
        )
        for moved in changes
        if (before := score(moved.before)) is not None and (after := score(moved.after)) is not None
    )
