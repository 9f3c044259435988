"""The events that points rest on, with the words that were on the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from tabletop.exercise import events as e
from tabletop.exercise.commands import CLOCK, EVALUATOR, FACILITATOR
from tabletop.exercise.events import Record
from tabletop.report.model.explanation import Exhibit, Passage
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import listed
from tabletop.scenario.quantities import Moment
from tabletop.scenario.scenario import Scenario

_SEATS: Final = {CLOCK: "Exercise control", FACILITATOR: "The facilitator", EVALUATOR: "An evaluator"}


class Evidence:
    """Finds what stands behind the numbers of events. Needs the whole log."""

    def __init__(self, records: Sequence[Record], scenario: Scenario) -> None:
        self._scenario = scenario
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

    def record(self, seq: int) -> Record:
        """Return the record of that number."""
        return self._records[seq]

    def presented(self, decision: str, team: str) -> e.DecisionPresented:
        """Return how a decision was put to a team."""
        return self._presented[decision, team]

    def name(self, team: str) -> str:
        """Return what a team is called."""
        return self._scenario.teams[team].name

    def decision(self, decision: str) -> str:
        """Return a decision's code and title."""
        known = self._scenario.decisions[decision]
        return f"{known.code} “{known.title}”" if known.code else f"“{known.title}”"

    def exhibits(self, numbers: Sequence[int]) -> tuple[Exhibit, ...]:
        """Return an exhibit for each event, with the question of every decision shown once."""
        found: list[Exhibit] = []
        shown: set[str] = set()
        for number in numbers:
            record = self._records[number]
            decision = _decision(record.event)
            ask = decision is not None and decision not in shown
            found.append(self._exhibit(record, ask=ask))
            shown |= {decision} if decision is not None else set()
        return tuple(found)

    def _exhibit(self, record: Record, *, ask: bool) -> Exhibit:
        event = record.event
        what, passages = _TELLERS[type(event)](self, event) if type(event) in _TELLERS else (event.type, [])
        if ask:
            passages = [*self._question(event), *passages]
        who = getattr(event, "team", None) or getattr(event, "by", None) or record.seat
        if isinstance(event, e.ScoreAdjusted):
            who = record.seat
        shown = self._scenario.teams[who].name if who in self._scenario.teams else _SEATS.get(who, who)
        return Exhibit(record.seq, Moment(record.at), shown, what, tuple(passages))

    def _question(self, event: Any) -> Iterator[Passage]:  # noqa: ANN401 - any event about a decision
        put = self.presented(event.decision, event.team)
        yield from self._inject(put.entry, put.team)
        yield Passage("question", self.decision(put.decision), put.question)

    def _inject(self, entry: str, team: str) -> Iterator[Passage]:
        """Yield an inject's words as the team read them."""
        gone = self._released.get(entry)
        if gone is not None:
            texts = [gone.text, *(part.text for part in gone.additions if team in part.to)]
            yield Passage("inject", f"{gone.code} “{gone.title}”".strip(), "\n".join(texts))

    def names(self, teams: Sequence[str]) -> str:
        """Return what several teams are called."""
        return listed([self.name(team) for team in teams])

    def _put(self, event: e.DecisionPresented) -> tuple[str, list[Passage]]:
        halved = ", half the usual window after a backlash at home," if event.halved else ""
        what = f"was asked {self.decision(event.decision)}{halved} until {format_time(event.due)}"
        return what, []

    def _recorded(self, event: e.DecisionRecorded) -> tuple[str, list[Passage]]:
        code = self._scenario.decisions[event.decision].options[event.option].code
        passages = [Passage("option", code or "", event.text)]
        if event.rationale:
            passages.append(Passage("rationale", "", event.rationale))
        verb = "changed its decision on" if event.amended else "decided"
        late = ", after its window" if event.late else ""
        return f"{verb} {self.decision(event.decision)}{late}", passages

    def _lapsed(self, event: e.DecisionLapsed) -> tuple[str, list[Passage]]:
        nothing = self._scenario.decisions[event.decision].none
        outcome = [Passage("outcome", "", nothing.text)] if nothing and nothing.text else []
        return f"took no decision on {self.decision(event.decision)}: {event.reason}", outcome

    def _received(self, event: e.CardReceived) -> tuple[str, list[Passage]]:
        return "had the card", [Passage("card", f"{event.code} “{event.title}”".strip(), event.text)]

    def _shared(self, event: e.CardShared) -> tuple[str, list[Passage]]:
        form = ", sanitised," if event.sanitised else ""
        through = f" by its decision {self.decision(event.decision)}" if event.decision else ""
        what = f"gave the card{form} to {self.names(event.to)}{through}"
        return what, [Passage("card", f"{event.code} “{event.title}”".strip(), event.text)]

    def _consulted(self, event: e.ConsultRequested) -> tuple[str, list[Passage]]:
        about = f" about {self.decision(event.about)}" if event.about else ""
        return f"consulted {self.names(event.to)}{about}", [Passage("consultation", "", event.text)]

    def _answered(self, event: e.ConsultAnswered) -> tuple[str, list[Passage]]:
        asked = self._asked[event.consult]
        passages = [Passage("consultation", "", asked.text), Passage("answer", "", event.text)]
        return f"answered {self.name(event.to)}", passages

    def _implied(self, event: e.ConsultImplied) -> tuple[str, list[Passage]]:
        return f"consulted {self.names(event.to)} as part of its decision {self.decision(event.decision)}", []

    def _stated(self, event: e.StatementMade) -> tuple[str, list[Passage]]:
        label = f" under the label {event.label}" if event.label else ""
        return f"spoke in public{label}", [Passage("statement", "", event.text)]

    def _went_out(self, event: e.InjectReleased) -> tuple[str, list[Passage]]:
        passage = Passage("inject", f"{event.code} “{event.title}”".strip(), event.text)
        return f"sent an inject to {self.names(event.to)}", [passage]

    def _gate(self, event: e.GateReached) -> tuple[str, list[Passage]]:
        titles = {phase.id: phase.title for phase in self._scenario.phases}
        return f"ended the phase “{titles.get(event.phase, event.phase)}”", []

    def _ended(self, event: e.ExerciseEnded) -> tuple[str, list[Passage]]:
        return "called ENDEX", []

    def _adjusted(self, event: e.ScoreAdjusted) -> tuple[str, list[Passage]]:
        return f"adjusted {self.name(event.team)}'s score", [Passage("reason", "", event.reason)]


def _decision(event: e.Event) -> str | None:
    """Return the decision whose question belongs beside the event."""
    about = e.DecisionPresented | e.DecisionRecorded | e.DecisionLapsed
    return event.decision if isinstance(event, about) else None


_Teller = Callable[[Evidence, Any], tuple[str, list[Passage]]]
_TELLERS: Final[Mapping[type, _Teller]] = {
    e.DecisionPresented: Evidence._put,
    e.DecisionRecorded: Evidence._recorded,
    e.DecisionLapsed: Evidence._lapsed,
    e.CardReceived: Evidence._received,
    e.CardShared: Evidence._shared,
    e.ConsultRequested: Evidence._consulted,
    e.ConsultAnswered: Evidence._answered,
    e.ConsultImplied: Evidence._implied,
    e.StatementMade: Evidence._stated,
    e.InjectReleased: Evidence._went_out,
    e.GateReached: Evidence._gate,
    e.ExerciseEnded: Evidence._ended,
    e.ScoreAdjusted: Evidence._adjusted,
}
