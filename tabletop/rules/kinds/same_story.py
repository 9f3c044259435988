"""Same story: did teams last tell the public the same in a phase, by label and by advice?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.between import Deed, blame, mark_spans, minus, plus, praise
from tabletop.rules.kind import ONE_TEAM, RuleKind, Why, register
from tabletop.rules.ledger import Finding, TeamSpan
from tabletop.rules.public_words import advice_words, advised, area_name, labelled
from tabletop.rules.topics import Topic
from tabletop.rules.write_ins import only_judged
from tabletop.scenario.prose import listed
from tabletop.scenario.rules import SameStory
from tabletop.scenario.scenario import Scenario

_LABEL = ""
"""What a label is about; advice is about its area."""


@dataclass(frozen=True, slots=True)
class _Said:
    word: str
    at: int
    seq: int


@register(SameStory)
class SameStoryKind(RuleKind[SameStory]):
    """Compares the latest words of each team with every partner's, once a phase and team.

    Whoever corrects itself contradicts nobody any more, and saying the same again adds nothing. A decision in
    a team's own words says nothing in public, whatever control judges it to be.
    """

    looks_at = (e.DecisionRecorded, e.AnswerWritten, e.StatementMade, e.InjectReleased)

    def __init__(self, rule: SameStory, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._speaking = {
            name
            for name, decision in scenario.decisions.items()
            if any(one.label is not None or one.advice is not None for one in decision.options.values())
        }
        self._phase = ""
        self._said: dict[str, dict[tuple[str, str], _Said]] = {}
        """By team, then by what it is about and the decision that said it; no decision if said in public."""

    def decisions(self) -> Sequence[str]:
        """Return none: what an option says is judged by that alone."""
        return ()

    def spans(self) -> Iterator[TeamSpan]:
        """Yield both outcomes for each team and phase, if there are partners and something to compare."""
        for _ in self.scenario.phases if len(self.scenario.teams) > 1 else ():
            yield from mark_spans(self.rule, self.scenario.teams)

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding for each team when one has put a label on something, or advised the public."""
        if only_judged(record.event, state) or not self._hear(record, state.phase):
            return ()
        return [self._judge(team, state.phase) for team in self.scenario.teams]

    def fork(self) -> Self:
        """Return a copy that remembers what was said in this phase."""
        twin = copy(self)
        twin._said = {team: dict(said) for team, said in self._said.items()}
        return twin

    def topics(self, event: e.Event, phase: str) -> Iterator[Topic]:
        """Yield the story of the phase, which is judged as a whole."""
        speaks = isinstance(event, e.DecisionRecorded | e.AnswerWritten) and event.decision in self._speaking
        if speaks or labelled(event, self.scenario) is not None or advised(event, self.scenario) is not None:
            yield "story", phase

    def _hear(self, record: Record, phase: str) -> bool:
        """Remember what the event makes a team say; return whether it changes what is compared."""
        event = record.event
        told = advised(event, self.scenario)
        label = labelled(event, self.scenario)
        chosen = event if isinstance(event, e.DecisionRecorded | e.AnswerWritten) else None
        if told is None and label is None and chosen is None:
            return False
        if phase != self._phase:
            self._phase, self._said = phase, {}
        source = chosen.decision if chosen is not None else ""
        changed = chosen is not None and self._forget(chosen)
        if label is not None:
            team, word = label
            self._said.setdefault(team, {})[_LABEL, source] = _Said(word, record.at, record.seq)
        if told is not None:
            team, area, says = told
            self._said.setdefault(team, {})[area, source] = _Said(says, record.at, record.seq)
        return changed or label is not None or told is not None

    def _forget(self, event: e.DecisionRecorded | e.AnswerWritten) -> bool:
        """Drop what an option said that stands no more; what was said in public stays said."""
        said = self._said.get(event.team, {})
        gone = [about for about in said if about[1] == event.decision]
        for about in gone:
            del said[about]
        return bool(gone)

    def _latest(self, team: str) -> dict[str, _Said]:
        """Return what the team said last, by what it is about."""
        said = sorted(self._said.get(team, {}).items(), key=lambda one: one[1].seq)
        return {about: one for (about, _), one in said}

    def _judge(self, team: str, phase: str) -> Finding:
        mine, about = self._latest(team), (team, phase)
        theirs = {partner: self._latest(partner) for partner in self.scenario.partners(team)}
        met = [
            (partner, what, said[what]) for partner, said in theirs.items() for what in mine if what in said
        ]
        if not met:
            return self.finding(about, ())
        spans = mark_spans(self.rule, [team])
        for partner, what, said in met:
            if said.word != mine[what].word:
                ours = f"{_quoted(what, mine[what].word)} from {self.team(team)}"
                words = f"{ours}, {_quoted(what, said.word)} from {self.team(partner)}"
                deed = self._deed(team, f"the {_named(what)} was {words}", [mine[what], said])
                return self.finding(about, spans, blame(self, deed))
        facts = listed([self._agreed(team, what, mine[what].word, met) for what in _each(met)])
        deed = self._deed(team, facts, [one for _, what, said in met for one in (mine[what], said)])
        return self.finding(about, spans, praise(self, deed))

    def _agreed(self, team: str, what: str, word: str, met: Sequence[tuple[str, str, _Said]]) -> str:
        """Say which word, and from whom it came."""
        teams = [team, *(partner for partner, about, _ in met if about == what)]
        known = [self.team(one) for one in self.scenario.teams if one in teams]
        return f"the {_named(what)} was {_quoted(what, word)} from {listed(known)}"

    def _deed(self, team: str, facts: str, said: Sequence[_Said]) -> Deed:
        return Deed(team, facts, tuple(one.seq for one in said), max(one.at for one in said))

    def why_never(self) -> Why:
        """Say that there is nobody to agree with."""
        return self.no_points() or ONE_TEAM

    def sentence(self) -> str:
        """Say what is compared and what it gives."""
        what = "Compared in each phase: the last label and the last advice of each team to the public. "
        return what + self.cases(
            ("They match every partner's that spoke of the same", plus(self.rule), ""),
            ("They contradict one", minus(self.rule), ""),
        )


def _each(met: Sequence[tuple[str, str, _Said]]) -> list[str]:
    """Return what was compared, each once."""
    return list(dict.fromkeys(what for _, what, _ in met))


def _named(about: str) -> str:
    return f"advice in {area_name(about)}" if about else "label"


def _quoted(about: str, word: str) -> str:
    return in_quotes(advice_words(word) if about else word)
