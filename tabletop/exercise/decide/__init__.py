"""Decide commands: check them against the state and return the resulting events, or a refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tabletop.exercise import commands as c
from tabletop.exercise.decide import (
    cards,
    consent,
    course,
    decisions,
    discussions,
    injects,
    judging,
    locks,
    probes,
    proposals,
    self_ratings,
    talk,
    write_ins,
)
from tabletop.exercise.events import Event, signed
from tabletop.exercise.refusal import Refusal, RefusedError
from tabletop.exercise.schedule import Quiet
from tabletop.exercise.state import Exercise, Stage

Granted = tuple[Event, ...]
Decider = Callable[[Exercise, Any, str, int], list[Event]]

_PLAY = frozenset({Stage.RUNNING})
_STARTED = frozenset({Stage.RUNNING, Stage.PAUSED, Stage.GATE, Stage.EMERGENCY, Stage.ENDED, Stage.HOT_WASH})
_BEFORE_END = frozenset({Stage.READY, Stage.RUNNING, Stage.PAUSED, Stage.GATE})
_STANDING = frozenset({Stage.RUNNING, Stage.PAUSED})
_STANDS_STILL = frozenset({Stage.GATE, Stage.ENDED})
_OPEN = frozenset(Stage) - {Stage.CLOSED}

_TEAM: Mapping[type, tuple[Decider, frozenset[Stage]]] = {
    c.Initial: (consent.initial, _BEFORE_END),
    c.Read: (injects.read, _STARTED),
    c.Decide: (decisions.record, _PLAY),
    c.Propose: (proposals.propose, _PLAY),
    c.Withdraw: (proposals.withdraw, _PLAY),
    c.Share: (cards.share, _PLAY),
    c.Grant: (cards.grant, _PLAY),
    c.Consult: (talk.consult, _PLAY),
    c.Answer: (talk.answer, _PLAY),
    c.State: (talk.state_in_public, _PLAY),
    c.Message: (talk.message, _STARTED),
    c.AnswerProbes: (probes.answer_probes, _STANDS_STILL),
    c.RateSelf: (self_ratings.rate, _STANDS_STILL),
}
_CONTROL: Mapping[type, tuple[Decider, frozenset[Stage]]] = {
    c.ShowRules: (consent.show_rules, frozenset({Stage.READY})),
    c.Startex: (course.startex, frozenset({Stage.READY})),
    c.Pausex: (course.pausex, _PLAY),
    c.Resume: (course.resume, frozenset({Stage.PAUSED})),
    c.Rate: (course.rate, _BEFORE_END),
    c.Jump: (course.jump, _STANDING),
    c.Gate: (course.gate, _STANDING),
    c.BeginPhase: (course.begin_phase, frozenset({Stage.GATE})),
    c.Emergency: (course.emergency, _OPEN - {Stage.EMERGENCY}),
    c.StandDown: (course.stand_down, frozenset({Stage.EMERGENCY})),
    c.Endex: (course.endex, frozenset({Stage.RUNNING, Stage.PAUSED, Stage.GATE})),
    c.HotWash: (course.hot_wash, frozenset({Stage.ENDED})),
    c.Close: (course.close, frozenset({Stage.ENDED, Stage.HOT_WASH})),
    c.Auto: (course.auto, _BEFORE_END),
    c.Release: (injects.release, _PLAY),
    c.Hold: (injects.hold, _BEFORE_END),
    c.Unhold: (injects.unhold, _BEFORE_END),
    c.Skip: (injects.skip, _BEFORE_END),
    c.Edit: (injects.edit, _BEFORE_END),
    c.Address: (injects.address, _BEFORE_END),
    c.AdHoc: (injects.ad_hoc, _STANDING),
    c.Open: (discussions.open_early, _PLAY),
    c.Lapse: (decisions.lapse, _STANDING),
    c.Unlock: (locks.unlock, _STANDING),
    c.Message: (talk.message, _STARTED),
    c.OpenProbes: (probes.open_probes, _STANDS_STILL),
    c.CloseProbes: (probes.close_probes, _STANDS_STILL),
    c.AskSelfRatings: (self_ratings.ask, _STANDS_STILL),
    c.Judge: (write_ins.judge, _STARTED),
    c.Note: (judging.note, _OPEN),
    c.Credit: (judging.credit, frozenset({Stage.GATE})),
}
_JUDGING: Mapping[type, tuple[Decider, frozenset[Stage]]] = {
    c.Observe: (judging.observe, _STARTED),
    c.Adjust: (judging.adjust, _STARTED),
    c.Grade: (judging.grade, _STARTED),
    c.Tick: (judging.tick, _STARTED),
}
_FACILITATOR: Mapping[type, tuple[Decider, frozenset[Stage]]] = {**_CONTROL, **_JUDGING}
_ABOUT_PROBES = (c.OpenProbes, c.AnswerProbes, c.CloseProbes)
_ABOUT_SELF_RATINGS = (c.AskSelfRatings, c.RateSelf)
_STAGES: Mapping[type, frozenset[Stage]] = {
    command: stages for table in (_TEAM, _CONTROL, _JUDGING) for command, (_, stages) in table.items()
}

_PROBES_WAIT = {
    **dict.fromkeys(Stage, "probes are for a gate, and for after ENDEX"),
    Stage.EMERGENCY: "play has stopped for a real-world emergency",
    Stage.HOT_WASH: "the hot wash has begun: no probes are opened or answered any more",
    Stage.CLOSED: "the record of this exercise is closed",
}
_SELF_RATINGS_WAIT = {
    **dict.fromkeys(Stage, "teams rate themselves at a gate, and after ENDEX"),
    Stage.EMERGENCY: "play has stopped for a real-world emergency",
    Stage.HOT_WASH: "the hot wash has begun: teams do not rate themselves any more",
    Stage.CLOSED: "the record of this exercise is closed",
}
_TOO_LATE_TO_SHOW = {
    **dict.fromkeys(Stage, "the rules are shown before STARTEX, for teams to initial"),
    Stage.EMERGENCY: "play has stopped for a real-world emergency",
    Stage.CLOSED: "the record of this exercise is closed",
}
_WAIT = {
    Stage.READY: "the exercise has not begun: STARTEX first",
    Stage.RUNNING: "play is running already",
    Stage.PAUSED: "play is paused: it goes on when the facilitator resumes",
    Stage.GATE: "the phase has ended: play goes on when the next phase begins",
    Stage.EMERGENCY: "play has stopped for a real-world emergency",
    Stage.ENDED: "the exercise has ended",
    Stage.HOT_WASH: "the exercise has ended",
    Stage.CLOSED: "the record of this exercise is closed",
}


def decide(
    state: Exercise, seat: str, command: c.Command | c.Credit, now: int, *, name: str = ""
) -> Granted | Refusal:
    """Return the events of `command` given by `seat` at game second `now`, or why it is refused.

    `name` is that of the person at the seat, for events that people sign.
    """
    try:
        decider = _find(state, seat, command)
        granted = tuple(signed(event, name) for event in decider(state, command, seat, now))
        judging.require_news(state, granted, seat)
        return granted
    except RefusedError as refused:
        return refused.refusal


def may(stage: Stage, command: type[c.BaseCommand]) -> bool:
    """Return whether a stage allows commands of that type, from the seats that may give them."""
    return stage in _STAGES[command]


def needs_play(command: c.Command) -> bool:
    """Return whether this is a team's command that is only granted while play runs."""
    return type(command) in _TEAM and _STAGES[type(command)] == _PLAY


def advance(state: Exercise, now: int, quiet: Quiet | None = None) -> Granted:
    """Return the automatic events at game second `now`: options opened or locked, branches, releases.

    Returns the events of one decision or inject at a time, since each may change what comes next; the caller
    repeats until nothing is returned. `quiet` says when nothing was returned before: what hangs on choices
    alone is not looked at again until another is made.
    """
    if not state.running:
        return ()
    return tuple(
        discussions.advance(state, now) or locks.advance(state, now) or injects.advance(state, now, quiet)
    )


def _find(state: Exercise, seat: str, command: c.Command | c.Credit) -> Decider:
    table: Mapping[type, tuple[Decider, frozenset[Stage]]]
    if seat in state.script.scenario.teams:
        table = _TEAM
    elif seat == c.FACILITATOR:
        table = _FACILITATOR
    elif seat == c.CLOCK:
        table = _CONTROL
    elif seat == c.EVALUATOR:
        table = _JUDGING
    else:
        raise RefusedError(f"the seat {seat!r} may watch but not act", "wrong-seat")
    found = table.get(type(command))
    if found is None:
        raise RefusedError(_not_yours(seat, command), "wrong-seat")
    if not may(state.stage, type(command)):
        raise RefusedError(_wait(command)[state.stage], "wrong-stage")
    return found[0]


def _wait(command: c.Command | c.Credit) -> Mapping[Stage, str]:
    if isinstance(command, _ABOUT_PROBES):
        return _PROBES_WAIT
    if isinstance(command, _ABOUT_SELF_RATINGS):
        return _SELF_RATINGS_WAIT
    return _TOO_LATE_TO_SHOW if isinstance(command, c.ShowRules) else _WAIT


def _not_yours(seat: str, command: c.Command | c.Credit) -> str:
    if type(command) in _TEAM:
        return f"'{command.do}' is for a team: give it from a team's seat, not as {seat}"
    return f"'{command.do}' is for exercise control, not for {seat}"
