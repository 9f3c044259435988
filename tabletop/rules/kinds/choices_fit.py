"""Choices fit: does what several teams chose in a phase lie together, and did one stand alone outside?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import DecisionState, Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.between import Deed, blame, mark_spans, minus, plus, praise
from tabletop.rules.kind import RuleKind, Why, register
from tabletop.rules.ledger import Finding, LedgerEntry, TeamSpan
from tabletop.rules.topics import SETTLES, Topic
from tabletop.scenario.decisions import Decision
from tabletop.scenario.prose import listed, number
from tabletop.scenario.rules import ChoicesFit
from tabletop.scenario.scenario import Scenario

_FEW: Final = 2
"""Teams that are named one by one where they chose alike."""

_NO_SETS = Why(
    "no decision put to several teams says what fits together",
    "give such a decision 'fits', or remove the rule",
)


@register(ChoicesFit)
class ChoicesFitKind(RuleKind[ChoicesFit]):
    """Judges the joint decisions of a phase together, once a phase and team."""

    looks_at = SETTLES

    def __init__(self, rule: ChoicesFit, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._judged = rule.judged(scenario.decisions, scenario.teams)
        self._lying: dict[tuple[str, tuple[str | None, ...]], tuple[bool, str | None]] = {}
        """By decision and choices: whether they fit, and who stands alone outside. Plays share it."""
        self._words: dict[tuple[str, tuple[tuple[str, str | None], ...]], str] = {}
        """What was chosen, in words, by decision and choices. Plays share it."""

    def decisions(self) -> Sequence[str]:
        """Return the decisions that it judges."""
        return self._judged

    def spans(self) -> Iterator[TeamSpan]:
        """Yield both outcomes for each team that such a decision asks, and each phase that may have one."""
        asked: dict[str, list[str]] = {}
        for name in self._judged:
            for team in self.scenario.decisions[name].team:
                asked.setdefault(team, []).append(name)
        for team, names in asked.items():
            for _ in range(self._phases(names)):
                yield from mark_spans(self.rule, [team])

    def _phases(self, names: Collection[str]) -> int:
        """Return in how many phases the decisions can come: those with a time in the phase of that time."""
        timed: set[int] = set()
        untimed = 0
        for name in names:
            times = {entry.at for entry in self.scenario.timeline if name in entry.decisions}
            untimed += None in times
            timed |= {self._phase_at(time) for time in times if time is not None}
        return min(len(self.scenario.phases), len(timed) + untimed)

    def _phase_at(self, time: int) -> int:
        return sum(phase.from_ <= time for phase in self.scenario.phases)

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding for each team asked when a decision is settled, or settled otherwise."""
        event = record.event
        if not isinstance(event, SETTLES) or event.decision not in self._judged:
            return ()
        phase = state.decisions[event.decision, event.team].phase
        settled = {name: asked for name in self._judged if (asked := self._settled(state, name, phase))}
        teams = dict.fromkeys(team for asked in settled.values() for team in asked)
        if isinstance(event, e.AnswerWritten):
            # Words in place of an option unsettle the decision for all that it asks.
            teams |= dict.fromkeys(self.scenario.decisions[event.decision].team)
        return [self._judge(team, phase, settled, record.at) for team in teams]

    def fork(self) -> Self:
        """Return self: what was chosen is in the state."""
        return self

    def topics(self, event: e.Event, phase: str) -> Iterator[Topic]:
        """Yield the decisions of several teams, which are judged as a whole."""
        if isinstance(event, (e.DecisionPresented, *SETTLES)) and event.decision in self._judged:
            yield "fitting", "any"

    def _settled(self, state: Exercise, name: str, phase: str) -> dict[str, DecisionState] | None:
        """Return what each team chose in a decision of the phase; None if it cannot be compared."""
        known = {}
        for team in self.scenario.decisions[name].team:
            one = state.decisions.get((name, team))
            if one is None or one.open or one.phase != phase or (one.words and one.option is None):
                return None
            known[team] = one
        return known

    def _judge(self, team: str, phase: str, settled: dict[str, dict[str, DecisionState]], at: int) -> Finding:
        mine = {name: asked for name, asked in settled.items() if team in asked}
        if not mine:
            return self.finding((team, phase), ())
        lying = {name: self._lie(name, asked) for name, asked in mine.items()}
        fitting = [name for name, (fits, _) in lying.items() if fits]
        alone = [name for name, (fits, outside) in lying.items() if not fits and outside == team]
        seqs = tuple(state.seq for asked in mine.values() for state in asked.values())
        facts = self._unmarked(mine, fitting)
        entries: tuple[LedgerEntry, ...] = ()
        if alone:
            facts = "; ".join(self._apart(name, mine[name], team) for name in alone)
            entries = tuple(blame(self, Deed(team, facts, seqs, at)))
        elif 2 * len(fitting) > len(mine):
            told = [self._together(name, mine[name]) for name in fitting]
            missed = [self._called(name) for name in mine if name not in fitting]
            but = f"; not {listed(missed)}" if missed else ""
            facts = f"{len(fitting)} of {len(mine)} in this phase: {'; '.join(told)}{but}"
            entries = tuple(praise(self, Deed(team, facts, seqs, at)))
        return self.finding((team, phase), mark_spans(self.rule, [team]), entries, facts)

    def _unmarked(self, mine: Mapping[str, Mapping[str, DecisionState]], fitting: Sequence[str]) -> str:
        """Say how many choices fit where that is not more than half, and nobody stood alone outside."""
        missed = [self._together(name, mine[name]) for name in mine if name not in fitting]
        count = number(len(fitting)) if fitting else "none"
        return f"{count} of {len(mine)} in this phase fit together; not {'; '.join(missed)}"

    def _called(self, name: str) -> str:
        decision = self.scenario.decisions[name]
        return decision.code or decision.title

    def _together(self, name: str, asked: Mapping[str, DecisionState]) -> str:
        """Say what fits together: ``J1, all “The end only”``."""
        return f"{self._called(name)}, {self._chose(name, asked)}"

    def _apart(self, name: str, asked: Mapping[str, DecisionState], team: str) -> str:
        """Say what the others chose that fits, and what the one chose that does not."""
        others = {one: by for one, by in asked.items() if one != team}
        chosen, own = self._chose(name, others), self._chose(name, {team: asked[team]})
        return f"in {self._called(name)} {chosen} fit together; {own} does not fit with them"

    def _chose(self, name: str, asked: Mapping[str, DecisionState]) -> str:
        """Return what each team chose, those that chose alike together."""
        key = (name, tuple((team, by.option) for team, by in asked.items()))
        if key not in self._words:
            options, alike = self.scenario.decisions[name].options, dict[str, list[str]]()
            for team, by in asked.items():
                taken = "without a decision" if by.option is None else in_quotes(options[by.option].called)
                alike.setdefault(taken, []).append(self.team(team))
            each = [f"{listed(teams)} {taken}" for taken, teams in alike.items()]
            same = len(alike) == 1 and len(asked) > _FEW
            self._words[key] = f"all {next(iter(alike))}" if same else listed(each)
        return self._words[key]

    def _lie(self, name: str, asked: dict[str, DecisionState]) -> tuple[bool, str | None]:
        """Return whether what was chosen fits together, else the team that stands alone outside."""
        key = (name, tuple(state.option for state in asked.values()))
        if key not in self._lying:
            decision, choices = self.scenario.decisions[name], {one: by.option for one, by in asked.items()}
            fits = decision.fit(choices)
            self._lying[key] = (fits, None if fits else _alone(decision, choices))
        return self._lying[key]

    def why_never(self) -> Why:
        """Say that no decision says what fits together."""
        return self.no_points() or _NO_SETS

    def sentence(self) -> str:
        """Say what fitting together gives and what standing alone outside costs."""
        when = (
            "Judged over the decisions of a phase that several teams take and that say what fits together. "
        )
        return when + self.cases(
            ("More than half fit", plus(self.rule), " to each"),
            ("One team alone stood outside in one", minus(self.rule), " to that one"),
        )


def _alone(decision: Decision, choices: dict[str, str | None]) -> str | None:
    """Return the only team without which the others' choices fit; None if there is none, or not one alone."""
    outside = [
        team
        for team in choices
        if len(choices) > 2 and decision.fit({one: option for one, option in choices.items() if one != team})
    ]
    return outside[0] if len(outside) == 1 else None
