"""What would have changed a score: every single change to what teams did, scored exactly.

A single change is another option, the same option on time, one card shared with one partner when
it was received, or one consultation before a team first spoke in public in a phase.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tabletop.exercise import events as e
from tabletop.exercise.apply import fold
from tabletop.exercise.commands import Answer, Consult, Decide, Share
from tabletop.exercise.events import Record
from tabletop.exercise.state import DecisionState, Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.refolding import LogEdit, Shifts, refold_each
from tabletop.rules.scoring import Scorecard, score_log
from tabletop.scenario import rules as r
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import shortened
from tabletop.scenario.scenario import Scenario

_QUOTED: Final = 90
"""Characters of an option's text that a change quotes."""

Kind = Literal["option", "on-time", "share", "consult"]


@dataclass(frozen=True, slots=True)
class AlternativeMove:
    """One thing that a team could have done otherwise, in words, and the edit that does it."""

    kind: Kind
    team: str
    subject: str
    """Code or title of the decision or card; '' for a consultation."""
    deed: str
    """What the team had done: “Tokyo had chosen …”."""
    edit: LogEdit

    @property
    def text(self) -> str:
        """The deed with its subject, as it stands in a list."""
        return f"{self.subject}: {self.deed}" if self.subject else self.deed


@dataclass(frozen=True, slots=True)
class ScoreShift:
    """What a change does to one team's score on one objective."""

    change: AlternativeMove
    before: float
    after: float

    @property
    def by(self) -> float:
        """How far it moves."""
        return self.after - self.before


def what_would_have_changed(
    records: Sequence[Record], *, most: int = 3, card: Scorecard | None = None
) -> Mapping[tuple[str, str], tuple[ScoreShift, ...]]:
    """Return for each team and objective exercised the changes that would have moved its score most.

    Sorted by how far they move it, gains before losses; changes that move nothing are left out. `card` is
    the scorecard of the log, if it is known already.
    """
    card = card or score_log(records)
    moved: dict[tuple[str, str], list[ScoreShift]] = {
        (team, goal.objective): []
        for goal in card.objectives
        for team in goal.teams
        if goal.teams[team].score is not None
    }
    changes = list(single_changes(records))
    for number, shifts in refold_each(records, [change.edit for change in changes]):
        _compare(card, shifts, changes[number], moved)
    return {key: tuple(sorted(found, key=_weight)[:most]) for key, found in moved.items()}


def _compare(
    card: Scorecard, shifts: Shifts, change: AlternativeMove, moved: dict[tuple[str, str], list[ScoreShift]]
) -> None:
    for (team, objective), shift in shifts.items():
        standing = card.objective(objective).teams[team]
        before, after = standing.score, shift.applied(standing).score
        if before is not None and after is not None and abs(after - before) > 0.05:
            moved[team, objective].append(ScoreShift(change, before, after))


def _weight(moved: ScoreShift) -> tuple[float, bool, str]:
    return (-round(abs(moved.by), 6), moved.by < 0, moved.change.text)


def single_changes(records: Sequence[Record]) -> Iterator[AlternativeMove]:
    """Yield every single change that the log leaves room for, in the order of the log."""
    played = _Played(records)
    for key, asked in sorted(
        played.state.decisions.items(), key=lambda item: (item[1].presented_seq, item[0])
    ):
        yield from played.other_options(*key, asked)
    yield from played.shares()
    yield from played.consultations()


class _Played:
    """A log, its final state, and where in it things happened."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = records
        self.state: Exercise = fold(records)
        self.scenario: Scenario = self.state.script.scenario
        self._index = {record.seq: index for index, record in enumerate(records)}
        self._judged = [
            (index, (record.event.decision, record.event.team))
            for index, record in enumerate(records)
            if isinstance(record.event, e.AnswerJudged)
        ]
        self._settled: dict[tuple[str, str], list[int]] = {}
        for index, record in enumerate(records):
            if isinstance(record.event, e.DecisionRecorded | e.AnswerWritten | e.DecisionLapsed):
                self._settled.setdefault((record.event.decision, record.event.team), []).append(index)

    def other_options(self, name: str, team: str, asked: DecisionState) -> Iterator[AlternativeMove]:
        """Yield the options not chosen, and the one chosen but late, on time."""
        if asked.open:
            return
        decision = self.scenario.decisions[name]
        title = decision.code or decision.title
        who = self.scenario.teams[team].name
        settled = self._settled[name, team]
        without = frozenset(index for one in settled for index in self._batch(one, name, team))
        without |= {index for index, judged in self._judged if judged == (name, team)}
        if asked.decided_at is None:
            at, by = min(asked.due, self.records[settled[-1]].at), f" by {format_time(asked.due)}"
            before = self._first_after(at, floor=self._index[asked.presented_seq])
        else:
            at, by, before = asked.decided_at, "", settled[-1]
        for option, content in decision.options.items():
            if option != asked.option:
                command = Decide(decision=name, option=option, rationale="")
                chosen = in_quotes(shortened(content.text.rstrip(" .\n"), _QUOTED))
                deed = f"{who} had chosen {chosen}{by}"
                yield AlternativeMove(
                    "option", team, title, deed, LogEdit(before, at, ((team, command),), without)
                )
        if asked.option is not None and asked.late:
            command = Decide(decision=name, option=asked.option, rationale=asked.rationale)
            before = self._first_after(asked.due, floor=self._index[asked.presented_seq])
            deed = f"{who} had decided the same by {format_time(asked.due)}"
            edit = LogEdit(before, asked.due, ((team, command),), without)
            yield AlternativeMove("on-time", team, title, deed, edit)

    def shares(self) -> Iterator[AlternativeMove]:
        """Yield each card of a team's own with each partner that it did not reach in time."""
        guarded = {tag for rule in self.scenario.rules if isinstance(rule, r.CaveatKept) for tag in rule.tags}
        for index, record in enumerate(self.records):
            card = record.event
            if not isinstance(card, e.CardReceived):
                continue
            for partner in self.scenario.partners(card.team):
                given = self.state.given.get((card.team, partner, card.card))
                if given is not None and given <= record.at + card.window:
                    continue
                clean = bool(guarded & set(card.tags)) or partner in card.caveat
                command = Share.model_validate({"card": card.card, "with": [partner], "sanitised": clean})
                names = self.scenario.teams
                how = " in clean form" if clean else ""
                deed = (
                    f"{names[card.team].name} had shared {in_quotes(card.title)}{how} "
                    f"with {names[partner].name} at {format_time(record.at)}"
                )
                edit = LogEdit(self._first_after(record.at, floor=index), record.at, ((card.team, command),))
                yield AlternativeMove("share", card.team, card.code or card.title, deed, edit)

    def consultations(self) -> Iterator[AlternativeMove]:
        """Yield a consultation with every partner just before a team first spoke in public in a phase."""
        spoken: set[tuple[str, str]] = set()
        phase = ""
        for index, record in enumerate(self.records):
            event = record.event
            if isinstance(event, e.ExerciseStarted | e.PhaseBegan):
                phase = event.phase
            if not isinstance(event, e.StatementMade) or (event.by, phase) in spoken:
                continue
            spoken.add((event.by, phase))
            before = self._batch_start(index)
            missing = [
                partner
                for partner in self.scenario.partners(event.by)
                if (seq := self.state.consulted_in(phase, event.by, partner)) is None or seq >= record.seq
            ]
            if missing:
                yield self._consultation(event.by, missing, before, record.at)

    def _consultation(self, team: str, partners: list[str], before: int, at: int) -> AlternativeMove:
        asked = Consult.model_validate({"with": partners, "text": "Before we speak in public"})
        answers = tuple(
            (partner, Answer.model_validate({"from": team, "text": "Noted"})) for partner in partners
        )
        names = self.scenario.teams
        deed = (
            f"{names[team].name} had consulted {' and '.join(names[one].name for one in partners)} "
            f"before it spoke in public at {format_time(at)}"
        )
        return AlternativeMove("consult", team, "", deed, LogEdit(before, at, ((team, asked), *answers)))

    def _batch(self, first: int, decision: str, team: str) -> list[int]:
        """Return the indexes of the record that settled a decision and of those that came of it."""
        batch = [first]
        for index in range(first + 1, len(self.records)):
            if not _comes_of(self.records[index].event, decision, team, batch, self.records):
                break
            batch.append(index)
        return batch

    def _batch_start(self, index: int) -> int:
        """Return the decision that a public option's statement came of, or the statement itself."""
        event = self.records[index].event
        decision = event.decision if isinstance(event, e.StatementMade) else None
        while decision is not None and not isinstance(self.records[index].event, e.DecisionRecorded):
            index -= 1
        return index

    def _first_after(self, at: int, *, floor: int) -> int:
        """Return the index of the first record later than a game second, and after the record at `floor`."""
        for index in range(floor + 1, len(self.records)):
            if self.records[index].at > at or isinstance(
                self.records[index].event, e.GateReached | e.ExerciseEnded | e.DecisionLapsed
            ):
                return index
        return len(self.records)


def _comes_of(event: e.Event, decision: str, team: str, batch: list[int], records: Sequence[Record]) -> bool:
    """Whether the event follows from a decision of that team: shares, consultations, words, a backlash."""
    if isinstance(event, e.CardShared | e.ConsultImplied | e.StatementMade):
        return event.decision == decision and event.by == team
    if isinstance(event, e.BacklashTriggered):
        return event.team == team
    if isinstance(event, e.InjectAdded | e.InjectReleased):
        struck = [records[index].event for index in batch]
        return any(isinstance(one, e.BacklashTriggered) and one.entry == event.entry for one in struck)
    return False
