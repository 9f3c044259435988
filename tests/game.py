"""A game played with `decide` and `apply` alone: no log, no clock but the one the test winds."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.exercise.apply import apply, create
from tabletop.exercise.decide import advance, decide
from tabletop.exercise.events import Event, Record
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Exercise, Stage
from tabletop.rules.scoring import Scorecard, score_log
from tabletop.scenario.scenario import Scenario
from tests.builders import created, records_of, tiny_scenario


class Game:
    """An exercise and its records. Times are game seconds."""

    def __init__(self, scenario: Scenario | None = None, *, seed: int = 7) -> None:
        first = created(scenario or tiny_scenario(), seed=seed)
        self.records: list[Record] = records_of([first], at=0, key="", digest="")
        self.state: Exercise = create(self.records[0])
        self.now = 0

    def start(self) -> Game:
        """STARTEX with automatic release."""
        self.grant("facilitator", c.Startex())
        self.grant("facilitator", c.Auto(on=True))
        return self

    def do(
        self, seat: str, command: c.Command | c.Credit, *, at: int | None = None, name: str = ""
    ) -> Refusal | list[Event]:
        """Give a command at game second `at` (else now) and keep what happens; `name` is who gives it."""
        if at is not None:
            self.pass_to(at)
        granted = decide(self.state, seat, command, self.now, name=name)
        if isinstance(granted, Refusal):
            return granted
        self._take(seat, list(granted))
        return list(granted)

    def grant(
        self, seat: str, command: c.Command | c.Credit, *, at: int | None = None, name: str = ""
    ) -> list[Event]:
        """The same for a command that must be granted."""
        answer = self.do(seat, command, at=at, name=name)
        assert not isinstance(answer, Refusal), answer.message
        return answer

    def refuse(
        self, seat: str, command: c.Command | c.Credit, *, at: int | None = None, name: str = ""
    ) -> str:
        """The code with which a command that must be refused is refused."""
        answer = self.do(seat, command, at=at, name=name)
        assert isinstance(answer, Refusal), answer
        return answer.code

    def pass_to(self, at: int) -> Game:
        """Let time pass, minute by minute, and happen what is due."""
        while self.now < at:
            self.now = min(at, (self.now // 60 + 1) * 60) if self.state.running else at
            self.settle()
        self.settle()
        return self

    def settle(self) -> None:
        """Let happen what is due now."""
        while due := advance(self.state, self.now):
            self._take("clock", list(due))

    def score(self) -> Scorecard:
        """The scorecard of the records so far."""
        return score_log(self.records)

    def events(self, kind: type[Event]) -> list[Event]:
        """Every event of a kind so far."""
        return [record.event for record in self.records if isinstance(record.event, kind)]

    def _take(self, seat: str, events: list[Event]) -> None:
        for event in events:
            record = Record(
                seq=self.state.seq + 1, at=self.now, wall="", seat=seat, key="", digest="", event=event
            )
            self.state = apply(self.state, record)
            self.records.append(record)
            self.now = max(self.now, self.state.at)
        if self.state.stage is Stage.RUNNING:
            self.settle()
