"""The events that points rest on, with the words that were on the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from tabletop.exercise import events as e
from tabletop.exercise.apply import fold
from tabletop.exercise.commands import EVALUATOR, FACILITATOR
from tabletop.exercise.describe import describe
from tabletop.exercise.description import Passage, Reader
from tabletop.exercise.events import Record
from tabletop.exercise.narration import names_in
from tabletop.plaintext import in_quotes
from tabletop.report.model.explanation import Exhibit
from tabletop.report.parts.decided import Locked, locked_options
from tabletop.rules.ledger import LedgerEntry
from tabletop.rules.public_words import advice_words, advised, area_name
from tabletop.scenario.options import option_name
from tabletop.scenario.quantities import Moment
from tabletop.scenario.scenario import Scenario


class Evidence:
    """Finds what stands behind the numbers of events. Needs the whole log."""

    def __init__(self, records: Sequence[Record], scenario: Scenario) -> None:
        self._scenario = scenario
        self._reader = _Reader(self, scenario)
        self._records = {record.seq: record for record in records}
        self._released = {
            record.event.entry: record.event
            for record in records
            if isinstance(record.event, e.InjectReleased)
        }
        self._presented = {
            (record.event.decision, record.event.team): record.event
            for record in records
            if isinstance(record.event, e.DecisionPresented)
        }
        self._asked = {
            record.event.consult: record.event
            for record in records
            if isinstance(record.event, e.ConsultRequested)
        }

    @cached_property
    def chosen(self) -> Mapping[tuple[str, str], str | None]:
        """The option at which each team is in each decision, taken in play or before it; None if at none."""
        state = fold(self._records.values())
        return {key: asked.option for key, asked in (*state.presets.items(), *state.decisions.items())}

    @cached_property
    def locked(self) -> Locked:
        """The options that were locked to each team when it decided, with the reasons that it read."""
        return locked_options(list(self._records.values()))

    def record(self, seq: int) -> Record:
        """Return the record of that number."""
        return self._records[seq]

    def settling(self, entry: LedgerEntry) -> e.Event:
        """Return what brought an entry: the decision taken or let lapse, else the last event it rests on."""
        events = [self._records[seq].event for seq in sorted(entry.evidence)]
        settled = [event for event in events if isinstance(event, e.Settling)]
        return (settled or events)[-1]

    def presented(self, decision: str, team: str) -> e.DecisionPresented:
        """Return how a decision was put to a team."""
        return self._presented[decision, team]

    def name(self, team: str) -> str:
        """Return what a team is called."""
        return self._scenario.teams[team].name

    def decision(self, decision: str) -> str:
        """Return a decision's code and title."""
        known = self._scenario.decisions[decision]
        return f"{known.code} {in_quotes(known.title)}" if known.code else in_quotes(known.title)

    def asked(self, consult: str) -> str:
        """Return the text of a consultation."""
        return self._asked[consult].text

    def exhibits(self, numbers: Sequence[int]) -> tuple[Exhibit, ...]:
        """Return an exhibit for each event, with the question of every decision shown once."""
        found: list[Exhibit] = []
        shown: set[str] = set()
        for number in numbers:
            record = self._records[number]
            described = describe(record.event, self._reader)
            passages = tuple(one for one in described.passages if one.kind != "question")
            if isinstance(record.event, _ABOUT_DECISION) and record.event.decision not in shown:
                shown.add(record.event.decision)
                passages = (*self._question(record.event.decision, record.event.team), *passages)
            who = described.who
            if isinstance(record.event, e.ScoreAdjusted):
                who = who or _SEATS.get(record.seat, record.seat)
            passages = (*passages, *self._public(record.event))
            found.append(Exhibit(number, Moment(record.at), who, described.what, passages))
        return tuple(found)

    def _question(self, decision: str, team: str) -> Iterator[Passage]:
        """Yield the question of a decision, after the inject that asked it."""
        put = self.presented(decision, team)
        yield from self._inject(put.entry, put.team)
        yield Passage("question", self.decision(decision), put.question)

    def _public(self, event: e.Event) -> Iterator[Passage]:
        """Yield the label and the advice that an option or an inject carries and its text need not show."""
        if isinstance(event, e.DecisionRecorded):
            label = self._scenario.decisions[event.decision].options[event.option].label
            if label is not None:
                yield Passage("statement", "", f"label {in_quotes(label)}")
        told = None if isinstance(event, e.StatementMade) else advised(event, self._scenario)
        if told is not None:
            team, area, says = told
            said = f"{self.name(team)} advises {in_quotes(advice_words(says))} in {area_name(area)}"
            yield Passage("statement", "", said)

    def _inject(self, entry: str, team: str) -> Iterator[Passage]:
        """Yield an inject's text as the team read it."""
        gone = self._released.get(entry)
        if gone is not None:
            texts = [gone.text, *(part.text for part in gone.additions if team in part.to)]
            yield Passage("inject", f"{gone.code} {in_quotes(gone.title)}".strip(), "\n".join(texts))


_SEATS: Final = {FACILITATOR: "The facilitator", EVALUATOR: "An evaluator"}

_ABOUT_DECISION: Final = (
    e.DecisionPresented | e.DecisionRecorded | e.AnswerWritten | e.AnswerJudged | e.DecisionLapsed
)
"""The events that a decision's question is shown with."""


class _Reader(Reader):
    """Call decisions by code and title, and options by their code."""

    def __init__(self, evidence: Evidence, scenario: Scenario) -> None:
        super().__init__(names_in(scenario))
        self._evidence = evidence
        self._scenario = scenario

    def name(self, field: str, word: str) -> str:
        """Return the display name of an id in that field of an event."""
        if word in self._scenario.decisions:
            return self._evidence.decision(word)
        return super().name(field, word)

    def decision(self, word: str, code: str = "") -> str:
        """Return a decision's code and title."""
        return self._evidence.decision(word)

    def option(self, decision: str, option: str) -> str:
        """Return the option's letter and title; may be empty."""
        known = self._scenario.decisions[decision].options[option]
        return option_name("", known.code, known.title)

    def lapsed(self, decision: str) -> str:
        """Return the scenario's outcome of a lapsed decision; may be empty."""
        nothing = self._scenario.decisions[decision].none
        return nothing.text or "" if nothing else ""

    def asked(self, consult: str) -> str:
        """Return the text of the consultation that is answered."""
        return self._evidence.asked(consult)
