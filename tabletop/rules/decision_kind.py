"""Rules about decisions put to several teams: judged when one is settled, and again when it is amended."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Self, TypeAlias, TypeVar

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import DecisionState, Exercise
from tabletop.rules.kind import RuleKind, Why
from tabletop.rules.ledger import Finding, LedgerEntry, Spans, TeamSpan
from tabletop.rules.topics import SETTLES, Topic
from tabletop.scenario.base import Effects
from tabletop.scenario.decisions import Decision
from tabletop.scenario.options import Option
from tabletop.scenario.prose import listed
from tabletop.scenario.rules import OnDecisions
from tabletop.scenario.scenario import Scenario

D = TypeVar("D", bound=OnDecisions)

Judgement: TypeAlias = tuple[Iterable[LedgerEntry], Spans]

ASK_ALL: Final = "put a decision to all teams ('team: all'), or remove the rule"
NOT_PUT_TO_ALL: Final = Why("no decision is put to all teams", ASK_ALL)


@dataclass(frozen=True, slots=True)
class Choices:
    """A decision put to several teams, every one of which has chosen or let it lapse."""

    name: str
    decision: Decision
    asked: Mapping[str, DecisionState]
    at: int

    @property
    def evidence(self) -> list[int]:
        """The events that settled it."""
        return [asked.seq for asked in self.asked.values()]

    def option(self, team: str) -> Option | None:
        """Return what the team chose; None if it let the decision lapse."""
        chosen = self.asked[team].option
        return None if chosen is None else self.decision.options[chosen]

    def tagged(self, tag: str) -> list[str]:
        """Return the teams that chose an option with the tag."""
        return [team for team in self.asked if (option := self.option(team)) and tag in option.tags]


class DecisionKind(RuleKind[D], Generic[D]):
    """A rule that compares what teams chose. Its shape says which decisions fit it."""

    looks_at = (*SETTLES, e.StatementMade)

    def __init__(self, rule: D, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._judged = rule.judged(scenario.decisions, scenario.teams)

    @abstractmethod
    def span(self, decision: Decision) -> Spans:
        """Return the best and the worst that can come of a decision."""

    @abstractmethod
    def judge(self, choices: Choices) -> Judgement:
        """Return the entries for a settled decision, and what it could have given."""

    def decisions(self) -> Sequence[str]:
        """Return the decisions that it judges."""
        return self._judged

    def spans(self) -> Iterator[TeamSpan]:
        """Yield the best and the worst of each decision."""
        for name in self._judged:
            yield from self.span(self.scenario.decisions[name])

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding for a decision that the record settles or changes."""
        name = self.subject(record.event)
        if name is None or name not in self._judged:
            return ()
        decision = self.scenario.decisions[name]
        asked = {team: state.decisions.get((name, team)) for team in decision.team}
        settled = {team: one for team, one in asked.items() if one is not None and not one.open}
        if len(settled) < len(asked):
            return ()
        if any(one.words and one.option is None for one in settled.values()):
            # Words that are no option cannot be compared with one.
            return (self.finding((name,), (), ()),)
        entries, spans = self.judge(Choices(name, decision, settled, record.at))
        return (self.finding((name,), spans, entries),)

    def subject(self, event: e.Event) -> str | None:
        """Return the decision that an event may settle or change."""
        return event.decision if isinstance(event, SETTLES) else None

    def fork(self) -> Self:
        """Return self: what was chosen is in the state."""
        return self

    def topics(self, event: e.Event, phase: str) -> Iterable[Topic]:
        """Return nothing: the state keeps a decision together."""
        return ()

    def give(
        self, choices: Choices, teams: Iterable[str], effects: Effects, why: str, more: Iterable[int] = ()
    ) -> Iterator[LedgerEntry]:
        """Return the entries for some of the teams, with what settled the decision as evidence."""
        code = choices.decision.code or choices.decision.title
        return self.entries(teams, effects, f"{code}: {why}", [*choices.evidence, *more], choices.at)

    @property
    def where(self) -> str:
        """Which decisions the rule looks at, for its author."""
        return "decision put to all teams" if self.rule.decisions is None else "decision that it names"

    def none_put_to_all(self) -> Why | None:
        """Say that no decision is put to all teams, if the rule needs one and that is so."""
        everyone = set(self.scenario.teams)
        asked = any(set(decision.team) == everyone for decision in self.scenario.decisions.values())
        return NOT_PUT_TO_ALL if self.rule.decisions is None and not asked else None

    def option_tags(self) -> set[str]:
        """Return every tag that an option of the scenario carries."""
        return {tag for decision in self.scenario.decisions.values() for tag in decision.tags}

    def on(self) -> str:
        """Say on which decisions, where the rule names them."""
        if self.rule.decisions is None:
            return ""
        named = [self.scenario.decisions[name] for name in self.rule.decisions]
        return f"On {listed([decision.code or decision.title for decision in named])}. "
