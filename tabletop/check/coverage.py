"""Which injects, decisions and rules serve each objective for each team, and what serves none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from tabletop.check.situations import situations
from tabletop.pages.page import Page
from tabletop.pages.text import TextPage
from tabletop.rules.kinds import kinds_of
from tabletop.rules.ledger import Span
from tabletop.rules.tally import FEWEST_RATED
from tabletop.scenario.decisions import Decision
from tabletop.scenario.scenario import Scenario

_WIDTH: Final = 80


@dataclass(frozen=True, slots=True)
class ServedObjective:
    """What serves one objective for one team, by id."""

    injects: tuple[str, ...]
    decisions: tuple[str, ...]
    rules: tuple[str, ...]
    situations: int = 0
    """How many of them can be counted at most, each time that a rule judges as one."""

    @property
    def by_nothing(self) -> bool:
        """Whether nothing at all serves the objective for the team."""
        return not (self.injects or self.decisions or self.rules)


class Coverage:
    """How the objectives of a scenario are covered."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._moved = {
            word: _moves(decision) if word not in scenario.presets else set()
            for word, decision in scenario.decisions.items()
        }
        self._situations = situations(scenario)
        self._rules = [
            (kind.rule.id, {pair for pair, span in kind.spans() if span != Span()})
            for kind in kinds_of(scenario)
        ]

    def served(self, objective: str, team: str) -> ServedObjective:
        """Return what serves an objective for a team."""
        scenario = self.scenario
        return ServedObjective(
            tuple(
                entry.id
                for entry in scenario.timeline
                if objective in entry.inject.objectives and team in entry.inject.to
            ),
            tuple(
                word
                for word, decision in scenario.decisions.items()
                if objective in self._moved[word] and team in decision.team
            ),
            tuple(rule for rule, pairs in self._rules if (team, objective) in pairs),
            self._situations[team, objective],
        )

    def gaps(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each objective that nothing serves for some teams, with these teams."""
        for objective in self.scenario.objectives:
            teams = [team for team in self.scenario.teams if self.served(objective, team).by_nothing]
            if teams:
                yield objective, teams

    def idle_injects(self) -> list[str]:
        """Return the entries whose inject names no objective and that ask no decision which moves one."""
        return [
            entry.id
            for entry in self.scenario.timeline
            if not entry.inject.objectives and not any(self._moved[word] for word in entry.decisions)
        ]

    def idle_decisions(self) -> list[str]:
        """Return the decisions that move no objective."""
        return [
            word for word, moved in self._moved.items() if not moved and word not in self.scenario.presets
        ]


def _moves(decision: Decision) -> set[str]:
    """Return the objectives that an outcome of the decision is good or bad for."""
    outcomes = [*decision.options.values(), *([decision.none] if decision.none is not None else [])]
    return {goal for outcome in outcomes for goal in outcome.objectives}


def coverage_data(scenario: Scenario) -> dict[str, Any]:
    """Return the coverage as plain data for ``tabletop check --coverage --json``."""
    coverage = Coverage(scenario)
    return {
        "objectives": {
            goal: {team: asdict(coverage.served(goal, team)) for team in scenario.teams}
            for goal in scenario.objectives
        },
        "served_by_nothing": dict(coverage.gaps()),
        "injects_without_objective": coverage.idle_injects(),
        "decisions_without_objective": coverage.idle_decisions(),
    }


def coverage_text(scenario: Scenario) -> str:
    """Return the coverage as plain text."""
    page = TextPage(_WIDTH)
    coverage = Coverage(scenario)
    page.heading(1, f"What serves the objectives of {scenario.id}")
    for goal in scenario.objectives:
        _write_objective(page, coverage, goal)
    _write_gaps(page, coverage)
    return page.text().rstrip("\n")


def _write_objective(page: Page, coverage: Coverage, goal: str) -> None:
    scenario = coverage.scenario
    objective = scenario.objectives[goal]
    page.heading(2, f"{objective.code} {objective.title}")
    entries = {entry.id: entry.code for entry in scenario.timeline}
    decisions = {word: decision.code for word, decision in scenario.decisions.items()}
    rows = []
    for team, part in scenario.teams.items():
        served = coverage.served(goal, team)
        rows.append(
            (
                part.name,
                _codes(served.injects, entries),
                _codes(served.decisions, decisions),
                ", ".join(served.rules) or None,
                _counted(served.situations),
            )
        )
    page.table(("Team", "Injects", "Decisions", "Rules", "Situations"), rows)


def _counted(count: int) -> str | None:
    """Return how many situations there can be, and whether that is too few to rate the team."""
    if not count:
        return None
    return str(count) if count >= FEWEST_RATED else f"{count}, not rated"


def _codes(words: Sequence[str], codes: dict[str, str | None]) -> str | None:
    """Return the codes, ids where there is none; None for a dash."""
    return ", ".join(codes[word] or word for word in words) or None


def _write_gaps(page: Page, coverage: Coverage) -> None:
    scenario = coverage.scenario
    page.heading(2, "Served by nothing, and serving nothing")
    found = [
        f"Nothing serves {scenario.objectives[goal].code} {scenario.objectives[goal].title} for "
        + (
            "any team"
            if len(teams) == len(scenario.teams)
            else ", ".join(scenario.teams[team].name for team in teams)
        )
        for goal, teams in coverage.gaps()
    ]
    found += [f"Inject {word} serves no objective" for word in coverage.idle_injects()]
    found += [f"Decision {word} serves no objective" for word in coverage.idle_decisions()]
    if found:
        page.bullets(found)
    else:
        page.paragraph("Nothing: all objectives are served for all teams.")
