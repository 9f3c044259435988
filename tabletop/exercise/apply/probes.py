"""Apply events of probes."""

from __future__ import annotations

from dataclasses import replace

from immutables import Map

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise, ProbeState


def opened(state: Exercise, event: e.ProbesOpened, record: Record) -> Exercise:
    """Put the probes to every team."""
    probes = state.probes
    for asked in event.probes:
        options = Map({option.id: option.text for option in asked.options})
        probe = ProbeState(event.gate, record.at, record.seq, asked.asks, options, seconds=event.seconds)
        probes = probes.set(asked.id, probe)
    return state.changed(probes=probes)


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
