"""What could be chosen in each decision: every option with its marks, who chose it, to whom it was locked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tabletop.exercise import events as e
from tabletop.exercise.description import told_to_others
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.plaintext import in_quotes
from tabletop.report.model.decided import Choosing, ExplainedDecision, ExplainedOption, LockedTo, OptionMark
from tabletop.scenario.conditions.names import Names
from tabletop.scenario.decisions import Decision
from tabletop.scenario.options import Option
from tabletop.scenario.outcomes import Outcome
from tabletop.scenario.prose import listed
from tabletop.scenario.quantities import Moment, Points
from tabletop.scenario.scenario import Scenario

_NOTHING: Final = "Nothing is decided"

Locked = Mapping[tuple[str, str], Mapping[str, str]]
"""By decision and team: each option that was locked when the team decided, and why."""


def locked_options(records: Sequence[Record]) -> Locked:
    """Return which options were locked to each team at the moment at which it decided, or let it lapse."""
    now: dict[tuple[str, str], Mapping[str, str]] = {}
    then: dict[tuple[str, str], Mapping[str, str]] = {}
    for record in records:
        match record.event:
            case e.OptionsLocked(decision=name, team=team):
                now[name, team] = record.event.reasons
            case e.OptionUnlocked(decision=name, team=team, option=option):
                left = now.get((name, team), {})
                now[name, team] = {word: why for word, why in left.items() if word != option}
            case (
                e.DecisionRecorded(decision=name, team=team)
                | e.DecisionLapsed(decision=name, team=team)
                | e.AnswerWritten(decision=name, team=team)
            ):
                then[name, team] = now.get((name, team), {})
    return then


def explained_decisions(records: Sequence[Record], state: Exercise) -> Iterator[ExplainedDecision]:
    """Yield every decision that was put, in the order in which they were put."""
    scenario, locked = state.script.scenario, locked_options(records)
    names = dict.fromkeys(
        record.event.decision for record in records if isinstance(record.event, e.DecisionPresented)
    )
    for name in names:
        yield _Decided(scenario, name, state, locked).explained()


class _Decided:
    """One decision that was put."""

    def __init__(self, scenario: Scenario, name: str, state: Exercise, locked: Locked) -> None:
        self._scenario, self._name, self._locked = scenario, name, locked
        self._decision: Decision = scenario.decisions[name]
        self._words = Names(scenario, name)
        self._asked = {
            team: one for team in self._decision.team if (one := state.decisions.get((name, team)))
        }

    def explained(self) -> ExplainedDecision:
        """Return it with its options, and what deciding nothing means."""
        options = [self._option(word, option) for word, option in self._decision.options.items()]
        if self._decision.none is not None:
            options.append(self._nothing(self._decision.none))
        goals = dict.fromkeys(mark.objective for option in options for mark in option.marks)
        return ExplainedDecision(
            id=self._name,
            code=self._decision.code or "",
            title=self._decision.title,
            teams=tuple(self._asked),
            objectives=tuple(goal for goal in self._scenario.objectives if goal in goals),
            options=tuple(options),
            fits=tuple(self._fits()),
        )

    def _option(self, word: str, option: Option) -> ExplainedOption:
        locked = {team: self._locked.get((self._name, team), {}).get(word) for team in self._asked}
        return ExplainedOption(
            id=word,
            letter=option.code or "",
            title=option.title or "",
            text=option.text,
            marks=tuple(self._marks(option)),
            chosen=tuple(self._choosing(word)),
            locked=tuple(
                LockedTo(team, name := self._scenario.teams[team].name, told_to_others(why, name))
                for team, why in locked.items()
                if why is not None
            ),
            cost=self._cost(option),
        )

    def _cost(self, option: Option) -> str:
        """Return by how much it moves the domestic capital of each team asked: ``−2 for Seoul``."""
        if not (self._scenario.has_capital and option.moves_capital):
            return ""
        by: dict[int, list[str]] = {}
        for team in self._asked:
            by.setdefault(option.capital_for(team), []).append(self._scenario.teams[team].name)
        moved = {change: names for change, names in by.items() if change}
        if len(self._asked) == 1 or len(by) == 1:
            return listed([str(Points(change)) for change in moved])
        return ", ".join(f"{Points(change)} for {listed(names)}" for change, names in moved.items())

    def _nothing(self, nothing: Outcome) -> ExplainedOption:
        marks = tuple(self._marks(nothing))
        return ExplainedOption("", "", "", _NOTHING, marks, tuple(self._choosing(None)))

    def _choosing(self, word: str | None) -> Iterator[Choosing]:
        for team, asked in self._asked.items():
            if not asked.open and asked.option == word and not (word is None and asked.words):
                at = None if asked.decided_at is None else Moment(asked.decided_at)
                yield Choosing(team, self._scenario.teams[team].name, at)

    def _marks(self, outcome: Outcome) -> Iterator[OptionMark]:
        for goal, points in outcome.points.items():
            yield self._mark(goal, points, outcome.reason(goal))
        for part in outcome.if_:
            when = "" if part.when is None else self._words.say(part.when)
            teams = tuple(self._scenario.teams[team].name for team in part.for_ or ())
            for goal, (points, why) in part.marks.items():
                yield self._mark(goal, points, why, when, teams)

    def _mark(
        self, goal: str, points: float, why: str, when: str = "", teams: tuple[str, ...] = ()
    ) -> OptionMark:
        code = self._scenario.objectives[goal].code
        return OptionMark(goal, code, Points(points), why.rstrip("."), when, teams)

    def _fits(self) -> Iterator[str]:
        """Yield each set of choices that fit together, in words."""
        teams = self._decision.team
        sets = (*self._decision.fits, *(dict.fromkeys(teams, words) for words in self._decision.compatible))
        for together in sets:
            ways = {team: tuple(together.get(team, ())) for team in teams}
            if len(set(ways.values())) == 1:
                yield f"all {self._either(ways[teams[0]])}"
            else:
                yield listed(
                    [f"{self._scenario.teams[team].name} {self._either(way)}" for team, way in ways.items()]
                )

    def _either(self, words: Sequence[str]) -> str:
        return " or ".join(in_quotes(self._decision.options[word].called) for word in words) or "nothing"
