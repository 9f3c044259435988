"""What gave and cost marks on an objective, in sentences made from the log, and what would have helped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tabletop.exercise import events as e
from tabletop.plaintext import in_quotes
from tabletop.report.history import History
from tabletop.report.parts.rules import rule_title
from tabletop.rules.ledger import LedgerEntry
from tabletop.rules.scoring import ADJUSTMENT, ObjectiveScore
from tabletop.rules.whatif import Improvement, WhatIf
from tabletop.rules.worth import NONE_RULE, RULE
from tabletop.scenario.prose import counted, listed, number
from tabletop.scenario.quantities import Points


class Analysis:
    """What the ledger of one exercise and the changes that were tried say of each objective."""

    def __init__(self, history: History, tried: WhatIf) -> None:
        self._history, self._tried = history, tried
        self._best = tried.best()

    def of(self, goal: ObjectiveScore) -> str:
        """Return how the situations of an objective went, what gave marks, and what would have helped."""
        went = goal.tally
        if not went.situations:
            return ""
        neutral = went.situations - went.well - went.badly
        counts = {"went well": went.well, "went badly": went.badly, "gave no mark": neutral}
        parts = [f"{number(count) if count else 'none'} {how}" for how, count in counts.items()]
        told = [f"Of {counted(went.situations, 'situation')}, {listed(parts)}."]
        for sign, what in ((1, "Good"), (-1, "Bad")):
            entries = [one for one in self.entries(goal.objective) if sign * one.points > 0]
            if entries:
                told.append(f"{what} marks came with {self.sources(entries)}.")
        return " ".join((*told, *self._help(goal.objective, went.badly)))

    def _help(self, objective: str, badly: int) -> Iterable[str]:
        change = self._tried.best_for(objective)
        if change is not None:
            yield f"What would have helped most here: {self.helped(change, objective)}."
        elif badly:
            yield "No change that was tried, by one team or by several together, would have helped here."

    def entries(self, objective: str) -> list[LedgerEntry]:
        """Return the ledger's entries of an objective but for what people adjusted."""
        ledger = self._history.card.ledger
        return [one for one in ledger if one.objective == objective and one.rule != ADJUSTMENT]

    def best(self, objective: str) -> list[Improvement]:
        """Return those of the best changes of the exercise that would have brought marks on an objective."""
        found = [one for one in self._best if _on(one, objective) > 0]
        return sorted(found, key=lambda one: -_on(one, objective))

    def helped(self, change: Improvement, objective: str) -> str:
        """Say what would have been done otherwise, what that brings on an objective, and in all."""
        here, total = Points(_on(change, objective)), Points(change.total)
        return f"if {deed(change)}: {here} here, {total or 'nothing'} over all objectives and teams"

    def sources(self, entries: Sequence[LedgerEntry]) -> str:
        """Return with which decisions and habits entries came, each with its teams: ``T1 (Tokyo)``."""
        teams: dict[str, dict[str, None]] = {}
        for entry in sorted(entries, key=lambda one: one.at):
            teams.setdefault(self.source(entry), {})[entry.team] = None
        return listed([f"{source} ({self.names(several)})" for source, several in teams.items()])

    def by_team(self, entries: Sequence[LedgerEntry]) -> str:
        """Return for each team with which decisions and habits entries came: ``Tokyo in T1 and T3``."""
        found: dict[str, dict[str, None]] = {}
        for entry in sorted(entries, key=lambda one: one.at):
            found.setdefault(entry.team, {})[self.source(entry)] = None
        ordered = [team for team in self._history.scenario.teams if team in found]
        return "; ".join(f"{self.names([team])} {_where(found[team])}" for team in ordered)

    def source(self, entry: LedgerEntry) -> str:
        """Return the decision that an entry came with, by its code, else the habit by its title."""
        decision = self.decision(entry)
        if entry.rule in {RULE, NONE_RULE} and decision is not None:
            known = self._history.scenario.decisions[decision[0]]
            return known.code or in_quotes(known.title)
        return in_quotes(rule_title(self._history.scenario, entry.rule))

    def decision(self, entry: LedgerEntry) -> tuple[str, str] | None:
        """Return the decision, with its team, by which an option's mark came."""
        settled = self._settled(entry)
        if not settled:
            return None
        event = self._history.records[settled[-1] - 1].event
        return (event.decision, event.team) if isinstance(event, e.Settling) else None

    def turning(self, entry: LedgerEntry) -> int:
        """Return the number of the event that brought an entry."""
        return (self._settled(entry) or sorted(entry.evidence))[-1]

    def _settled(self, entry: LedgerEntry) -> list[int]:
        records = self._history.records
        return [seq for seq in sorted(entry.evidence) if isinstance(records[seq - 1].event, e.Settling)]

    def names(self, teams: Iterable[str]) -> str:
        """Return what teams are called, in the order of the scenario; all of several are *all*."""
        known, wanted = self._history.scenario.teams, set(teams)
        if len(known) > 1 and wanted == known.keys():
            return f"all {number(len(known))}"
        return listed([team.name for word, team in known.items() if word in wanted])


def _where(sources: Iterable[str]) -> str:
    """Return decisions by their codes, then habits by their titles: ``in J1 and under “Told in time”``."""
    named = list(sources)
    habits = [source for source in named if source.startswith("“")]
    decisions = [source for source in named if source not in habits]
    parts = [f"in {listed(decisions)}"] if decisions else []
    return " and ".join([*parts, *([f"under {listed(habits)}"] if habits else [])])


def deed(change: Improvement) -> str:
    """Return what would have been done otherwise, with the decision or card that it is about."""
    subject = f" ({change.change.subject})" if change.change.subject else ""
    return f"{change.change.deed}{subject}"


def _on(change: Improvement, objective: str) -> float:
    return sum(price.marks for price in change.prices if price.objective == objective)
