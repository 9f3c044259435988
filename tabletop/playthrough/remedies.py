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
_OPENED: Final = f"{_AT_A_GATE}, then 'do: open-probes'"
_STANDING: Final[Mapping[str, str]] = {
    **dict.fromkeys((c.BeginPhase.verb(), c.OpenProbes.verb(), c.AskSelfRatings.verb()), _AT_A_GATE),
    **dict.fromkeys((c.AnswerProbes.verb(), c.CloseProbes.verb()), _OPENED),
    c.RateSelf.verb(): f"{_AT_A_GATE}, then 'do: ask-self-ratings'",
}
"""What lets play stand for the commands that need that, by verb."""
_CODES: Final[Mapping[str, str]] = {
    "not-held": "give it a time after the inject or the share that brings the card to this team",
    "not-asked": "give it a time after the inject that asks this team the decision",
    "not-released": "give it a time after its inject has gone out",
    "nothing-to-answer": "let the partner ask first: '{at: …, seat: …, do: consult, with: …, text: …}'",
    "closed": "give it a time within the decision's window",
    "locked": "open it first: '{at: …, seat: facilitator, do: unlock, decision: …, team: …, option: …}'",
    "no-self-ratings": "ask for them first: '{at: …, seat: facilitator, do: ask-self-ratings}', at that gate",
    "no-probes": "open them first: '{at: …, seat: facilitator, do: open-probes}', at a gate that has probes",
}


def remedy(verb: str, code: str, stage: Stage) -> str | None:
    """Return what to write before or in place of a move that was refused; None if nothing general helps."""
    if code != "wrong-stage":
        return _CODES.get(code)
    if stage is Stage.RUNNING:
        return _STANDING.get(verb)
    return _STAGES.get(stage)
