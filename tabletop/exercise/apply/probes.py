"""Apply events of probes."""

from __future__ import annotations

from dataclasses import replace

from immutables import Map

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise, ProbeState
from tabletop.scenario.probes import Probe


def opened(state: Exercise, event: e.ProbesOpened, record: Record) -> Exercise:
    """Put the probes to every team, and keep what was true then: later nothing may tell."""
    probes = state.probes
    planned = {probe.id: probe for probe in state.script.scenario.probes}
    for asked in event.probes:
        known = planned.get(asked.id)
        probe = ProbeState(
            event.gate,
            record.at,
            record.seq,
            asked.asks,
            Map({option.id: option.text for option in asked.options}),
            right=_right(state, known) if known is not None else (),
            told=_told(state, known) if known is not None else frozenset(),
            seconds=event.seconds,
        )
        probes = probes.set(asked.id, probe)
    return state.changed(probes=probes)


def _right(state: Exercise, probe: Probe) -> tuple[str, ...]:
    """Return the letters of the answers that are true now."""
    tests = state.script.right_when
    letters = [letter for letter in probe.answers if (probe.id, letter) in tests]
    return tuple(letter for letter in letters if tests[probe.id, letter](state, state.at))


def _told(state: Exercise, probe: Probe) -> frozenset[str]:
    """Return the teams that a card or an inject by which they can know has reached."""
    teams = state.script.scenario.teams
    return frozenset(team for team in teams if any(_reached(state, word, team) for word in probe.told_by))


def _reached(state: Exercise, word: str, team: str) -> bool:
    if (team, word) in state.hands:
        return True
    inject, planned = state.inject(word), state.script.entry(word)
    return planned is not None and inject.released_at is not None and team in (inject.to or planned.inject.to)


def answered(state: Exercise, event: e.ProbeAnswered, record: Record) -> Exercise:
    """Record the team's answer, replacing an earlier one."""
    probe = state.probes[event.probe]
    answers = probe.answers.set(event.team, (event.option, record.seq))
    return state.changed(probes=state.probes.set(event.probe, replace(probe, answers=answers)))


def closed(state: Exercise, event: e.Event, record: Record) -> Exercise:
    """Take no more answers."""
    probes = state.probes
    for name in state.open_probes:
        probes = probes.set(name, replace(probes[name], open=False))
    return state.changed(probes=probes)
