"""Expected actions with what evaluators saw of them, as one line each."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.pages.content import Gap, Inline, Piece, joined, note, reference, tag
from tabletop.report.model import AfterActionReport
from tabletop.report.model.play import ActionRun, ActionSeen


def expected_action(report: AfterActionReport, action: ActionRun) -> list[Piece]:
    """Return who was expected to do what, and each tick of it."""
    who = f"{report.team_name(action.team)}: " if action.team else ""
    ticks: list[Inline] = [_tick(report, action, seen) for seen in action.seen]
    return [
        f"{who}{action.action}",
        Gap(" – ", line=True),
        *(joined(ticks, Gap("; ")) or [note("not ticked")]),
    ]


def actions_of(report: AfterActionReport, objective: str) -> Iterator[list[Piece]]:
    """Yield the expected actions of an objective whose injects went out, each with its inject."""
    for row in report.msel:
        for action in row.actions if row.released is not None else ():
            if action.objective == objective:
                yield [note(f"{row.code or row.title} "), *expected_action(report, action)]


def _tick(report: AfterActionReport, action: ActionRun, seen: ActionSeen) -> list[Piece]:
    done = seen.outcome == "done"
    late = ", after its time" if seen.in_time is False else ""
    team = f"{report.team_name(seen.team)} " if seen.team and not action.team else ""
    by = f" by {seen.author}" if seen.author else ""
    remark = f": {seen.note}" if seen.note else ""
    return [
        tag("done" if done else "not seen", "good" if done and not late else "bad"),
        note(f" {team}{seen.at}{late}{by}{remark} "),
        reference(seen.evidence),
    ]
