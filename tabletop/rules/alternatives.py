"""What teams could have done otherwise in a recorded exercise, each as an edit of its log.

Tried are: another option, the same option on time, one card shared with one partner when it was received,
one consultation before a team first spoke in public in a phase, and the choices of several teams changed
together so that they fit. An option that was locked and a card that was never held are refused by the engine,
or not tried at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Final, Literal

from tabletop.exercise import events as e
from tabletop.exercise.apply import fold
from tabletop.exercise.commands import Answer, Consult, Decide, Share
from tabletop.exercise.events import Record
from tabletop.exercise.state import DecisionState, Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.public_words import speaker
from tabletop.rules.refolding import LogEdit
from tabletop.scenario import rules as r
from tabletop.scenario.decisions import Decision
from tabletop.scenario.gametime import format_time
from tabletop.scenario.options import Option
from tabletop.scenario.prose import listed, shortened
from tabletop.scenario.scenario import Scenario

_CHOSEN: Final = " had chosen "
_QUOTED: Final = 90
"""Characters of an option's text that a change quotes."""
_SEVERAL: Final = 2
_MOST_SETS: Final = 24
"""Sets of choices that are tried for one decision."""

Kind = Literal["option", "on-time", "share", "consult", "joint"]


@dataclass(frozen=True, slots=True)
class AlternativeMove:
    """One thing that a team, or several together, could have done otherwise, and the edit that does it."""

    kind: Kind
    team: str
    """Who would have done it; of several, the first."""
    subject: str
    """Code or title of the decision or card; '' for a consultation."""
    deed: str
    """What the team had done: “Tokyo had chosen …”."""
    edit: LogEdit
    capital: int = 0
    """By how much the team's domestic capital would have been more."""
    option: str = ""
    """For another option: which."""
    decision: str = ""
    """For another option: of which decision."""
    chosen: bool = False
    """For another option: whether the team chose one."""
    avoided: bool = False
    """Whether it is another option that asks and shares no more than the one that was chosen."""
    parts: tuple[AlternativeMove, ...] = ()
    """For several teams together: what each would have done."""

    @property
    def text(self) -> str:
        """The deed with its subject, as it stands in a list."""
        return f"{self.subject}: {self.deed}" if self.subject else self.deed

    @property
    def cost(self) -> Mapping[str, int]:
        """By how much the domestic capital of each team would have been more, where it would."""
        moves = self.parts or (self,)
        return {move.team: move.capital for move in moves if move.capital}


def single_changes(records: Sequence[Record]) -> Iterator[AlternativeMove]:
    """Yield every change that the log leaves room for: what each team did, then what several did together."""
    played = _Played(records)
    for key, asked in sorted(
        played.state.decisions.items(), key=lambda item: (item[1].presented_seq, item[0])
    ):
        yield from played.other_options(*key, asked)
    yield from played.joint_choices()
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
                chosen = in_quotes(shortened(content.short, _QUOTED))
                deed = f"{who}{_CHOSEN}{chosen}{by}"
                edit = LogEdit(before, at, ((team, command),), without)
                cost = content.capital_for(team) - asked.capital
                taken = decision.options.get(asked.option or "")
                avoided = taken is not None and not _does_more(content, taken)
                yield AlternativeMove(
                    "option",
                    team,
                    title,
                    deed,
                    edit,
                    capital=cost,
                    option=option,
                    decision=name,
                    chosen=taken is not None,
                    avoided=avoided,
                )
        if asked.option is not None and asked.late:
            command = Decide(decision=name, option=asked.option, rationale=asked.rationale)
            before = self._first_after(asked.due, floor=self._index[asked.presented_seq])
            deed = f"{who} had decided the same by {format_time(asked.due)}"
            edit = LogEdit(before, asked.due, ((team, command),), without)
            yield AlternativeMove("on-time", team, title, deed, edit)

    def joint_choices(self) -> Iterator[AlternativeMove]:
        """Yield what several teams could have chosen together so that their choices fit, or fit otherwise."""
        for name, decision in self.scenario.decisions.items():
            asked = {team: one for team in decision.team if (one := self.state.decisions.get((name, team)))}
            if len(asked) < _SEVERAL or any(one.open for one in asked.values()):
                continue
            chosen = {team: one.option for team, one in asked.items()}
            others = {
                (team, move.option): move
                for team, one in asked.items()
                for move in self.other_options(name, team, one)
                if move.kind == "option"
            }
            for choices in islice(_fitting(decision, chosen), _MOST_SETS):
                moves = [others[key] for key in choices.items() if key in others]
                if len(moves) >= _SEVERAL:
                    yield _together(moves)

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
        asked: set[tuple[str, str]] = set()
        phase = ""
        for index, record in enumerate(self.records):
            event = record.event
            if isinstance(event, e.ExerciseStarted | e.PhaseBegan):
                phase, asked = event.phase, set()
            if isinstance(event, e.ConsultRequested):
                asked |= {(event.by, partner) for partner in event.to}
            team = speaker(event, self.scenario)
            if team is None or (team, phase) in spoken:
                continue
            spoken.add((team, phase))
            before, implied = self._batch_start(index), self._asks(event)
            missing = [
                partner
                for partner in self.scenario.partners(team)
                if partner not in implied
                and ((seq := self.state.consulted_in(phase, team, partner)) is None or seq >= record.seq)
            ]
            if missing:
                silent = [partner for partner in missing if (team, partner) in asked]
                yield self._consultation(team, missing, before, record.at, silent=silent)

    def _asks(self, event: e.Event) -> Sequence[str]:
        """Return the partners that the option chosen means asking first; none if it is no decision."""
        if not isinstance(event, e.DecisionRecorded):
            return ()
        return self.scenario.decisions[event.decision].options[event.option].consults or ()

    def _consultation(
        self, team: str, partners: list[str], before: int, at: int, *, silent: Sequence[str]
    ) -> AlternativeMove:
        """Return the consultation of these partners; those in `silent` were asked and had not answered."""
        asked = Consult.model_validate({"with": partners, "text": "Before we speak in public"})
        answers = tuple(
            (partner, Answer.model_validate({"from": team, "text": "Noted"})) for partner in partners
        )
        names = {word: known.name for word, known in self.scenario.teams.items()}
        unasked = listed([names[one] for one in partners if one not in silent])
        answer = f"{listed([names[one] for one in silent])} had answered {names[team]}"
        consult = f"{names[team]} had consulted {unasked}"
        deed = listed([*([answer] if silent else []), *([consult] if unasked else [])])
        whose = names[team] if silent else "it"
        deed = f"{deed} before {whose} spoke in public at {format_time(at)}"
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


def _does_more(one: Option, other: Option) -> bool:
    """Whether an option asks or shares what another does not."""
    asks = set(one.consults or ()) - set(other.consults or ())
    given, less = ({sharing.card for sharing in (*it.shares, *it.shares_raw)} for it in (one, other))
    return bool(asks or given - less)


def _fitting(decision: Decision, chosen: Mapping[str, str | None]) -> Iterator[dict[str, str | None]]:
    """Yield sets of choices that fit together, in which teams keep what they chose where it fits."""
    seen: set[tuple[str | None, ...]] = set()
    sets = (*decision.fits, *(dict.fromkeys(chosen, together) for together in decision.compatible))
    for together in sets:
        ways = [
            (option,) if option in (words := together.get(team, ())) else words
            for team, option in chosen.items()
        ]
        for way in product(*ways):
            if way not in seen:
                seen.add(way)
                yield dict(zip(chosen, way, strict=True))


def _deeds(moves: Sequence[AlternativeMove]) -> str:
    """Return what several teams would have done, those that do alike together."""
    alike: dict[str, list[str]] = {}
    for move in moves:
        who, chose, what = move.deed.partition(_CHOSEN)
        alike.setdefault(f"{chose}{what}", []).append(who)
    return listed([f"{listed(names)}{what}" for what, names in alike.items()])


def _together(moves: Sequence[AlternativeMove]) -> AlternativeMove:
    """Return the moves of several teams as one."""
    first = moves[0]
    return AlternativeMove(
        "joint",
        first.team,
        first.subject,
        _deeds(moves),
        LogEdit.together([move.edit for move in moves]),
        capital=first.capital,
        parts=tuple(moves),
    )
