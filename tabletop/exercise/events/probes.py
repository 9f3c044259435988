"""Events of probes: questions at a gate that show how each team sees the situation."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from tabletop.exercise.events.base import BaseEvent


class ProbeChoice(BaseModel):
    """An answer that can be chosen."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    text: str


class AskedProbe(BaseModel):
    """A probe as teams read it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    asks: str
    options: tuple[ProbeChoice, ...]


class ProbesOpened(BaseEvent):
    """The probes of a gate were put to every team."""

    type: Literal["probes-opened"] = "probes-opened"
    gate: str
    probes: tuple[AskedProbe, ...]
    seconds: int = 0
    """Real seconds that teams have; 0 where they stay open until exercise control closes them."""


class ProbeAnswered(BaseEvent):
    """A team answered a probe, or changed its answer."""

    type: Literal["probe-answered"] = "probe-answered"
    team: str
    probe: str
    asks: str
    option: str
    """The answer's letter, or ``unknown``."""
    text: str


class ProbesClosed(BaseEvent):
    """Pencils down: nothing more is answered."""

    type: Literal["probes-closed"] = "probes-closed"
    gate: str
    timed_out: bool = False
    """Whether the time was over; else exercise control closed them, or play went on."""


ProbeEvent = ProbesOpened | ProbeAnswered | ProbesClosed
