"""Bonus: points that a condition of the scenario's own language gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import Final, Self

from tabletop.exercise import events as e
from tabletop.exercise.conditions import compile_condition
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.rules.kind import RuleKind, Why, points_in_words, register
from tabletop.rules.ledger import Finding, LedgerEntry, TeamSpan, spans_of
from tabletop.rules.topics import CHANGES, PHASE_ENDS, Topic, state_topics, topics_read
from tabletop.scenario.rules import Bonus
from tabletop.scenario.scenario import Scenario

_WHEN: Final[Mapping[str, tuple[tuple[type, ...], str]]] = {
    "always": (CHANGES, "Judged whenever something happens."),
    "phase-end": (PHASE_ENDS, "Judged at the end of each phase."),
    "endex": ((e.ExerciseEnded,), "Judged at ENDEX."),
}
"""The events at which the condition is judged, and how the author is told."""


@register(Bonus)
class BonusKind(RuleKind[Bonus]):
    """Gives points while its condition holds.

    It is in play once every decision that its condition names has been put to somebody, and every card has
    been held by somebody, so that a question never asked and a card never held neither help nor harm.
    """

    looks_at = tuple(kind for kinds, _ in _WHEN.values() for kind in kinds)

    def __init__(self, rule: Bonus, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._when, self._judged = _WHEN[rule.judged]
        self._test = compile_condition(rule.when, scenario)
        self._named = list(rule.when.references())
        self._reads = frozenset(topics_read(rule.when))
        self._asked = [[(name, team) for team in scenario.decisions[name].team] for name in self.decisions()]
        self._cards = frozenset(one.word for one in self._named if one.kind == "card")
        self._spans = tuple(self.spans())
        self._since: tuple[int, int] | None = None
        self._last: tuple[tuple[int, int] | None, bool, list[int]] | None = None

    def decisions(self) -> Sequence[str]:
        """Return the decisions that the condition names, at any depth."""
        return tuple(dict.fromkeys(one.word for one in self._named if one.kind == "decision"))

    def spans(self) -> Iterator[TeamSpan]:
        """Yield what each team is given."""
        for team, effects in self.rule.points.items():
            yield from spans_of([team], effects)

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding when the condition is to be judged and comes out otherwise than last time."""
        if not isinstance(record.event, self._when):
            return ()
        put = [[asked for key in keys if (asked := state.decision(*key)) is not None] for keys in self._asked]
        if not all(put) or (self._cards and not self._cards <= {card for _, card in state.hands}):
            return ()
        holds = self._test(state, record.at)
        # Dated from when the condition came to hold, not from when it was judged last.
        self._since = (self._since or (record.at, record.seq)) if holds else None
        in_play = holds or not any(asked.open for one in put for asked in one)
        settled = [asked.seq for one in put for asked in one if asked.seq]
        judged = (self._since, in_play, settled)
        if judged == self._last:
            return ()
        self._last = judged
        return (self.finding((), self._spans if in_play else (), self._entries(settled)),)

    def _entries(self, settled: Sequence[int]) -> Iterator[LedgerEntry]:
        if self._since is not None:
            at, seq = self._since
            title = self.rule.title or self.rule.id
            for team, effects in self.rule.points.items():
                yield from self.entries([team], effects, title, [seq, *settled], at)

    def fork(self) -> Self:
        """Return a copy that remembers since when its condition holds."""
        return copy(self)

    def topics(self, event: e.Event, phase: str) -> Iterator[Topic]:
        """Yield the rule itself for all that its condition reads."""
        if not self._reads.isdisjoint(state_topics(event)):
            yield "rule", self.rule.id

    def why_never(self) -> Why:
        """Say that it gives nothing."""
        return Why("it gives no points", "say under 'points' which objective gains or loses what")

    def sentence(self) -> str:
        """Say when it is judged, and who is given what."""
        given = [
            f"{self.team(team)} {points_in_words(effects, self.scenario)}"
            for team, effects in self.rule.points.items()
            if any(effects.values())
        ]
        return f"{self._judged} If so: {'; '.join(given)}." if given else "It gives no points."
