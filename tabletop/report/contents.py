"""The sections of a report, in their order, for every format that people read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tabletop.report.model import AfterActionReport, Choice, DecisionRun, Outlook, PlanRow
from tabletop.report.words import BANDS
from tabletop.rules.ratings import MEANING, Letter
from tabletop.scenario.prose import listed


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section; `key` is its anchor."""

    number: int
    key: str
    title: str


SECTIONS = {
    key: Section(number, key, title)
    for number, (key, title) in enumerate(
        (
            ("summary", "Executive summary"),
            ("overview", "Overview of the exercise"),
            ("scores", "Scores"),
            ("objectives", "Strengths and areas for improvement"),
            ("changes", "What would have changed it"),
            ("plan", "Improvement plan"),
            ("coordination", "Coordination between teams"),
            ("capital", "Domestic capital"),
            ("decisions", "Decisions"),
            ("judgements", "Observations and adjustments"),
            ("msel", "Timeline and MSEL as played"),
            ("discussion", "Questions for discussion"),
            ("basis", "Basis of this report"),
        ),
        1,
    )
}

HOT_WASH = (
    "What was planned?",
    "What happened?",
    "Why was it so, and what should be kept or changed?",
)
"""The three questions of every hot wash."""


@dataclass(frozen=True, slots=True)
class ComparedDecision:
    """A decision with the runs of all teams that it was put to, so that their choices can be compared."""

    first: DecisionRun
    runs: tuple[DecisionRun, ...]

    @property
    def options(self) -> tuple[Choice, ...]:
        """Every option, in the order of the scenario."""
        return self.first.options

    def chosen_by(self, option: str) -> list[str]:
        """The teams that chose the option."""
        return [run.team for run in self.runs if run.chosen is not None and run.chosen.id == option]


def questions(runs: Sequence[DecisionRun]) -> list[ComparedDecision]:
    """The decisions, each once, in the order in which they were first put."""
    found: dict[str, list[DecisionRun]] = {}
    for run in runs:
        found.setdefault(run.id, []).append(run)
    return [ComparedDecision(same[0], tuple(same)) for same in found.values()]


def unnamed(report: AfterActionReport, row: PlanRow) -> list[str]:
    """The teams of a row of the plan that its words do not name already."""
    return [team for team in row.teams if report.team_name(team) not in row.issue]


def outlooks_by_goal(report: AfterActionReport) -> list[tuple[str, list[Outlook]]]:
    """What would have changed the scores, objective by objective."""
    return [
        (goal, list(found)) for goal, found in groupby(report.outlooks, key=lambda outlook: outlook.objective)
    ]


def rating(letter: Letter | None) -> str:
    """A rating with its meaning."""
    return "–" if letter is None else f"{letter}, {MEANING[letter][0].lower()}{MEANING[letter][1:]}"


def how_scores_are_made(report: AfterActionReport) -> tuple[str, ...]:
    """What a reader must know to read the scores, in a few sentences."""
    critical = [goal.code for goal in report.all_objectives if goal.time_critical]
    timing = (
        f" On time-critical objectives ({listed(critical)}) a good effect counts in full within the window, "
        "half up to one and a half windows, and not at all after that."
        if critical
        else ""
    )
    bands = [f"{word} from {floor:g}" if floor else f"{word} below {BANDS[-2][0]:g}" for floor, word in BANDS]
    return (
        "Every point in the ledger has a rule, a reason, and the numbers of the events in the log that it "
        f"rests on; those numbers stand in brackets throughout this report.{timing}",
        "A team's score on an objective is its points on a scale from the worst (0) to the best (100) that "
        "the decisions put to it and the rules in play allowed. An objective that nothing could move is not "
        "exercised and has no score.",
        "Across teams, the score of an objective is the mean less a quarter of the gap between the highest "
        "and the lowest team. The overall score is the weighted mean of the exercised objectives. In words: "
        f"{listed(bands)}.",
        "An adjustment made by a person counts in the score; the value the rules gave stands beside it.",
        "A rating is proposed by the score of an objective over all teams "
        f"({', '.join(f'{letter} from {floor:g}' for letter, floor in report.bands.items())}, U below). It "
        "is for a person to confirm or to change.",
        "What would have changed a score is found by playing the log again with that one thing done "
        "otherwise and everything else as it was, injects included.",
    )
