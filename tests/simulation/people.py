"""What the people at the stations do: mostly sensible at that moment, always random."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random
from typing import Protocol, TypeVar

from tabletop.exercise import commands as c
from tabletop.exercise.state import Exercise, InjectStatus, Stage
from tabletop.scenario.gametime import format_time
from tests.simulation.witness import PUBLIC

TeamMove = Callable[["People", Exercise, str], c.Command | None]
T = TypeVar("T")
ControlMove = Callable[["People", Exercise], c.Command | None]


class Canaries(Protocol):
    """Issue unique words."""

    def canary(self, audience: Iterable[str] | None) -> str:
        """Return a word that may only be sent to these viewers and to exercise control."""


class People:
    """All participants. Each private text they write holds a canary."""

    def __init__(self, random: Random, canaries: Canaries) -> None:
        self._random = random
        self._canaries = canaries

    def wish(self, kind: str, state: Exercise) -> c.Command | None:
        """Return the next command from a station of that kind; None if there is none."""
        if kind in state.script.scenario.teams:
            return self._pick(_TEAM)(self, state, kind)
        if kind == c.FACILITATOR:
            return self._course(state) or self._pick(_CONTROL)(self, state)
        return self._pick(_JUDGING)(self, state) if kind == c.EVALUATOR else None

    def _course(self, state: Exercise) -> c.Command | None:
        """Return the command that play needs to continue, if any."""
        match state.stage:
            case Stage.READY:
                return c.Startex() if state.auto else c.Auto(on=True)
            case Stage.PAUSED if self._random.random() < 0.7:
                return c.Resume()
            case Stage.GATE if self._random.random() < 0.7:
                return c.BeginPhase()
            case Stage.EMERGENCY if self._random.random() < 0.7:
                return c.StandDown()
            case Stage.RUNNING if state.rate < 2:
                return c.Rate(rate=self._random.choice([4.0, 8.0, 15.0]))
        return None

    # Teams ----------------------------------------------------------------------------------------

    def _decide(self, state: Exercise, team: str) -> c.Command | None:
        asked = sorted(key for key, one in state.decisions.items() if key[1] == team and not one.lapsed)
        if not asked:
            return None
        decision = self._random.choice(asked)
        option = self._random.choice(state.decisions[decision].options)
        return c.Decide(decision=decision[0], option=option, rationale=self._private(team))

    def _read(self, state: Exercise, team: str) -> c.Command | None:
        out = sorted(entry for entry, one in state.injects.items() if one.status is InjectStatus.RELEASED)
        return c.Read(inject=self._random.choice(out)) if out else None

    def _share(self, state: Exercise, team: str) -> c.Command | None:
        held = sorted(card for holder, card in state.hands if holder == team)
        if not held:
            return None
        sanitised, onward = self._random.random() < 0.3, self._random.random() < 0.3
        card, partners = self._random.choice(held), self._partners(state, team)
        return c.Share(card=card, with_=partners, sanitised=sanitised, onward=onward)

    def _grant(self, state: Exercise, team: str) -> c.Command | None:
        own = sorted(card for (holder, card), held in state.hands.items() if holder == team and held.own)
        return c.Grant(card=self._random.choice(own), to=self._partners(state, team)) if own else None

    def _consult(self, state: Exercise, team: str) -> c.Command:
        partners = self._partners(state, team)
        return c.Consult(with_=partners, text=self._private(team, *partners))

    def _answer(self, state: Exercise, team: str) -> c.Command | None:
        asking = sorted({one.by for one in state.consults.values() if team in one.to})
        if not asking:
            return None
        by = self._random.choice(asking)
        return c.Answer(from_=by, text=self._private(team, by))

    def _speak(self, state: Exercise, team: str) -> c.Command:
        label = self._random.choice([None, "missile", "satellite"])
        return c.State(text=self._canaries.canary(PUBLIC), label=label)

    def _write(self, state: Exercise, team: str) -> c.Command:
        to = self._random.choice([self._partners(state, team), ("control",)])
        return c.Message(to=to, text=self._private(team, *to))

    # Exercise control -------------------------------------------------------------------------------

    def _pause(self, state: Exercise) -> c.Command:
        return c.Pausex(reason=self._private())

    def _gate(self, state: Exercise) -> c.Command | None:
        return c.Gate() if self._random.random() < 0.3 else None

    def _emergency(self, state: Exercise) -> c.Command | None:
        return c.Emergency(text=self._canaries.canary(PUBLIC)) if self._random.random() < 0.3 else None

    def _jump(self, state: Exercise) -> c.Command:
        to = format_time(state.at + self._random.randrange(1, 120))
        return c.Jump.model_validate({"do": "jump", "to": to})

    def _rate(self, state: Exercise) -> c.Command:
        return c.Rate(rate=self._random.choice([2.0, 5.0, 20.0]))

    def _release(self, state: Exercise) -> c.Command:
        return c.Release(inject=self._entry(state), confirm=True)

    def _hold(self, state: Exercise) -> c.Command:
        if self._random.random() < 0.5:
            return c.Skip(inject=self._entry(state), reason=self._private())
        return c.Hold(inject=self._entry(state), reason=self._private())

    def _unhold(self, state: Exercise) -> c.Command:
        return c.Unhold(inject=self._entry(state))

    def _ad_hoc(self, state: Exercise) -> c.Command:
        to = self._some(sorted(state.script.scenario.teams))
        words = self._private(*to)
        return c.AdHoc(title=words, sender=words, to=to, text=words)

    def _lapse(self, state: Exercise) -> c.Command | None:
        asked = sorted(decision for decision, _ in state.decisions)
        return c.Lapse(decision=self._random.choice(asked)) if asked else None

    def _tell(self, state: Exercise) -> c.Command:
        to = self._some(sorted(state.script.scenario.teams))
        return c.Message(to=to, text=self._private(*to))

    def _note(self, state: Exercise) -> c.Command:
        return c.Note(text=self._private())

    def _end(self, state: Exercise) -> c.Command | None:
        if self._random.random() < 0.9:
            return None
        return c.HotWash() if state.stage is Stage.ENDED else c.Endex()

    # Evaluators -------------------------------------------------------------------------------------

    def _observe(self, state: Exercise) -> c.Command:
        team = self._random.choice([None, *sorted(state.script.scenario.teams)])
        return c.Observe(text=self._private(), team=team)

    def _adjust(self, state: Exercise) -> c.Command:
        scenario = state.script.scenario
        return c.Adjust(
            team=self._random.choice(sorted(scenario.teams)),
            objective=self._random.choice(sorted(scenario.objectives)),
            points=self._random.choice([-1.0, -0.5, 0.5, 1.0]),
            reason=self._private(),
        )

    # Words --------------------------------------------------------------------------------------------

    def _private(self, *audience: str) -> str:
        return self._canaries.canary(audience)

    def _partners(self, state: Exercise, team: str) -> tuple[str, ...]:
        return self._some([one for one in sorted(state.script.scenario.teams) if one != team])

    def _some(self, words: list[str]) -> tuple[str, ...]:
        return tuple(self._random.sample(words, self._random.randint(1, len(words))))

    def _entry(self, state: Exercise) -> str:
        return self._random.choice([entry.id for entry in state.script.scenario.timeline])

    def _pick(self, moves: list[T]) -> T:
        return self._random.choice(moves)


_TEAM: list[TeamMove] = [
    *(People._decide,) * 3,
    *(People._write,) * 3,
    *(People._speak,) * 2,
    People._read,
    People._share,
    People._grant,
    People._consult,
    People._answer,
]
_JUDGING: list[ControlMove] = [People._observe, People._adjust]
_CONTROL: list[ControlMove] = [
    *_JUDGING,
    *(People._tell,) * 2,
    *(People._note,) * 3,
    *(People._release,) * 2,
    People._pause,
    People._gate,
    People._emergency,
    People._jump,
    People._rate,
    People._hold,
    People._unhold,
    People._ad_hoc,
    People._lapse,
    People._end,
]
