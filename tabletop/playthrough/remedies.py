"""What a planner may write so that a refused move is made the next time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise.state import Stage

_STAGES: Final[Mapping[Stage, str]] = {
    Stage.GATE: "begin the next phase first: '{at: …, seat: facilitator, do: phase}'",
    Stage.PAUSED: "resume play first: '{at: …, seat: facilitator, do: resume}'",
    Stage.EMERGENCY: "end the emergency first: 'do: stand-down', then 'do: resume'",
    Stage.ENDED: "give it a time before ENDEX",
    Stage.HOT_WASH: "give it a time before ENDEX",
}
_AT_A_GATE: Final = "pass the gate first: '{at: …, seat: facilitator, do: gate}'"
_GATE_VERBS: Final = frozenset({c.BeginPhase.verb(), c.OpenProbes.verb()})
_OPENED: Final = f"{_AT_A_GATE}, then 'do: open-probes'"
_PROBE_VERBS: Final = frozenset({c.AnswerProbes.verb(), c.CloseProbes.verb()})
_CODES: Final[Mapping[str, str]] = {
    "not-held": "give it a time after the inject or the share that brings the card to this team",
    "not-asked": "give it a time after the inject that asks this team the decision",
    "not-released": "give it a time after its inject has gone out",
    "nothing-to-answer": "let the partner ask first: '{at: …, seat: …, do: consult, with: …, text: …}'",
    "closed": "give it a time within the decision's window",
    "locked": "open it first: '{at: …, seat: facilitator, do: unlock, decision: …, team: …, option: …}'",
    "no-probes": "open them first: '{at: …, seat: facilitator, do: open-probes}', at a gate that has probes",
}


def remedy(verb: str, code: str, stage: Stage) -> str | None:
    """Return what to write before or in place of a move that was refused; None if nothing general helps."""
    if code != "wrong-stage":
        return _CODES.get(code)
    if stage is Stage.RUNNING:
        return _AT_A_GATE if verb in _GATE_VERBS else _OPENED if verb in _PROBE_VERBS else None
    return _STAGES.get(stage)
