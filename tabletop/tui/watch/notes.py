"""What became of what an evaluator gave, in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.description import Names
from tabletop.exercise.narration import narrate
from tabletop.protocol.submission import Submission, SubmissionStage
from tabletop.tui.kit.rows import Line, Tone, shortened

_TONES: Final[dict[SubmissionStage, Tone]] = {SubmissionStage.SENDING: "warn", SubmissionStage.REFUSED: "bad"}


def told(command: c.Command, names: Names) -> str:
    """Return what was given, as the log would tell it."""
    event: e.Event
    match command:
        case c.Observe():
            event = e.ObservationMade(**command.model_dump(exclude={"do"}))
        case c.Grade():
            event = e.RatingGiven(**command.model_dump(exclude={"do"}))
        case c.Adjust():
            event = e.ScoreAdjusted(**command.model_dump(exclude={"do"}))
        case c.Tick():
            inject = names.get("entry", {}).get(command.inject, command.inject)
            return f"Expected action {command.action} of {inject}: {command.outcome}"
        case _:
            return command.do
    return narrate(event, names)


def notes_lines(given: Sequence[Submission], names: Names, width: int, height: int) -> list[Line]:
    """Return a line for each, the newest last; what was refused also says why."""
    lines: list[Line] = []
    for one in given[-height:] if height > 0 else ():
        stage = one.stage
        state = str(one) if stage is SubmissionStage.REFUSED else str(one).partition(",")[0]
        tone = _TONES.get(stage, "good")
        room = max(8, width - len(state) - 2)
        if stage is SubmissionStage.REFUSED:
            lines.append(((shortened(state, max(8, width)), tone),))
            lines.append(((f"  {shortened(told(one.command, names), max(8, width - 2))}", "plain"),))
        else:
            lines.append(((f"{state}  ", tone), (shortened(told(one.command, names), room), "plain")))
    if not lines:
        return [(("Nothing yet. O notes what you see, Y rates an objective.", "dim"),)]
    return lines[-height:]


def waiting(given: Sequence[Submission]) -> int:
    """How many have not been answered yet."""
    return sum(one.stage is SubmissionStage.SENDING for one in given)
