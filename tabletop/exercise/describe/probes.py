"""Describe probes and their answers."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.exercise.describe.base import Describers
from tabletop.exercise.description import Description, Passage, Reader
from tabletop.plaintext import in_quotes


def _probed(event: e.ProbesOpened, reader: Reader) -> Description:
    passages = tuple(Passage("probe", "", probe.asks) for probe in event.probes)
    return Description("the probes were put to every team", passages=passages)


def _answered_probe(event: e.ProbeAnswered, reader: Reader) -> Description:
    """Tell the answer to the team alone: exercise control learns it in the hot wash."""
    passages = (Passage("answer", "", event.text),) if reader.team == event.team else ()
    return Description(f"answered the probe {in_quotes(event.asks)}", reader.actor(event.team), passages)


DESCRIBERS: Describers = {
    e.ProbesOpened: _probed,
    e.ProbeAnswered: _answered_probe,
    e.ProbesClosed: lambda event, _: Description(
        "the time was over: the probes were closed" if event.timed_out else "the probes were closed"
    ),
}
