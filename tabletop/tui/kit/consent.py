"""The rules and objectives as shown before play, and which teams have initialled them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tabletop.exercise import events as e
from tabletop.exercise.consent import COVERED, SHORT_HASH
from tabletop.plaintext import one_line
from tabletop.tui.kit.rows import Line, Part

TITLE: Final = "Rules and objectives"


@dataclass(slots=True)
class ShownRules:
    """What was shown, once it has been, and each team's initials under it."""

    shown: e.RulesShown | None = None
    initials: dict[str, str] = field(default_factory=dict)

    def see(self, event: e.Event) -> None:
        """Take in an event."""
        match event:
            case e.RulesShown():
                self.shown = event
            case e.RulesInitialled():
                self.initials[event.team] = event.name
            case _:
                pass


def initials_line(initials: Mapping[str, str], teams: Mapping[str, str]) -> Line:
    """Return who has initialled and who has not; `teams` has their names by id."""
    parts: list[Part] = []
    for team, name in teams.items():
        parts += [("   " if parts else "", "plain"), (f"{one_line(name)}: ", "strong")]
        given = initials.get(team)
        parts.append(("not initialled", "warn") if given is None else (one_line(given), "good"))
    return tuple(parts)


def rules_paragraphs(shown: e.RulesShown, *, brief: bool = False) -> Iterator[Line]:
    """Yield what was shown, a paragraph for each heading; `brief` without why an objective matters."""
    yield _paragraph("Objectives", (_objective(goal, brief=brief) for goal in shown.objectives))
    for title, texts in (
        ("Ground rules", shown.ground_rules),
        ("How marks come about", shown.marks),
        ("Rules between teams", shown.rules),
    ):
        if texts:
            yield _paragraph(title, texts)
    yield (("Content ", "dim"), (shown.hash[:SHORT_HASH], "strong"), (f" covers {COVERED}.", "dim"))


def _objective(goal: e.ShownObjective, *, brief: bool) -> str:
    critical = " (time-critical)" if goal.time_critical else ""
    why = "" if brief or not goal.why else f": {goal.why}"
    return f"{goal.code} {goal.title}{critical}{why}"


def _paragraph(title: str, texts: Iterable[str]) -> Line:
    return ((title, "strong"), *((f"\n• {one_line(text.strip())}", "plain") for text in texts))
