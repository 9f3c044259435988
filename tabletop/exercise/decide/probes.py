"""Decide commands about probes."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.refusal import NOTHING_TO_DO, RefusedError
from tabletop.exercise.state import Exercise, Stage
from tabletop.scenario.nearest import nearest
from tabletop.scenario.probes import END, Probe

UNKNOWN_TEXT = "I do not know"
"""The answer of a team that does not know, as it reads it."""


def gate_now(state: Exercise) -> str:
    """Return the gate at which the exercise stands, 'end' after play."""
    return state.phase if state.stage is Stage.GATE else END


def to_open(state: Exercise) -> tuple[Probe, ...]:
    """Return the probes that can be opened now: those of this gate that were not asked yet."""
    if state.stage not in (Stage.GATE, Stage.ENDED):
        return ()
    return tuple(
        one for one in state.script.scenario.probes_at(gate_now(state)) if one.id not in state.probes
    )


def open_probes(state: Exercise, command: c.OpenProbes, seat: str, now: int) -> list[e.Event]:
    """Put the probes of this gate to every team."""
    found = to_open(state)
    if not found:
        known = state.script.scenario.probes_at(gate_now(state))
        reason = "the probes of this gate were opened already" if known else "this gate has no probes"
        raise RefusedError(reason, "no-probes")
    asked = tuple(map(_asked, found))
    return [e.ProbesOpened(gate=gate_now(state), probes=asked, seconds=command.seconds)]


def _asked(probe: Probe) -> e.AskedProbe:
    options = (e.ProbeChoice(id=letter, text=answer.text) for letter, answer in probe.answers.items())
    return e.AskedProbe(id=probe.id, asks=probe.asks, options=tuple(options))


def answer_probes(state: Exercise, command: c.AnswerProbes, seat: str, now: int) -> list[e.Event]:
    """Record a team's answers; until the probes are closed it may change them."""
    if not state.open_probes:
        closed = any(probe.gate == gate_now(state) for probe in state.probes.values())
        reason = "the probes are closed: this answer comes too late" if closed else "no probes are open"
        raise RefusedError(reason, "no-probes")
    given = [_answered(state, seat, probe, option) for probe, option in command.answers.items()]
    new = [one for one in given if state.probes[one.probe].answer(seat) != one.option]
    if not new:
        raise RefusedError("these answers are recorded already", NOTHING_TO_DO)
    return [*new]


def _answered(state: Exercise, team: str, name: str, option: str) -> e.ProbeAnswered:
    probe = state.probes.get(name)
    if probe is None or not probe.open:
        known = nearest(name, state.open_probes)
        hint = f"; did you mean '{known}'?" if known else ""
        raise RefusedError(f"no probe '{name}' is open{hint}", "unknown-probe")
    if option != c.UNKNOWN and option not in probe.options:
        letters = ", ".join(sorted(probe.options))
        raise RefusedError(
            f"'{option}' is no answer to probe '{name}': answer with {letters} or {c.UNKNOWN}",
            "unknown-answer",
        )
    text = probe.options.get(option, UNKNOWN_TEXT)
    return e.ProbeAnswered(team=team, probe=name, asks=probe.asks, option=option, text=text)


def close_probes(state: Exercise, command: c.CloseProbes, seat: str, now: int) -> list[e.Event]:
    """Take no more answers. The host's clock gives this once the time is over."""
    closed = close_open(state, timed_out=seat == c.CLOCK)
    if not closed:
        raise RefusedError("no probes are open", "no-probes")
    return closed


def close_open(state: Exercise, *, timed_out: bool = False) -> list[e.Event]:
    """Return the closing of the probes that are open, before what follows the gate."""
    names = state.open_probes
    return [e.ProbesClosed(gate=state.probes[names[0]].gate, timed_out=timed_out)] if names else []
