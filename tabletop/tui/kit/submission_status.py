"""Format how far a command has come; each word stands only once it is true. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.protocol.submission import Submission, SubmissionStage
from tabletop.tui.kit.rows import Line, Part


@dataclass(frozen=True, slots=True)
class Opened:
    """How many of the teams that an inject was sent to have had its text on a screen."""

    count: int
    of: int


def status_line(submission: Submission, opened: Opened | None = None) -> Line:
    """Return ``Sending …``, ``Waits until play goes on``, ``Recorded #14 → Delivered 1/2 → Opened 0/2``, or
    ``Refused`` with the reason; ``Unchanged`` where it is so already.

    *Delivered* means that a station has it, *Opened* that its text was on a screen. Only of injects does the
    log say who opened them; of everything else *Opened* is not claimed.
    """
    if submission.refusal is not None:
        if submission.refusal.unchanged:
            return (("Unchanged", "warn"),)
        return (("Refused: ", "bad"), (submission.refusal.message, "plain"))
    if submission.stage is SubmissionStage.SENDING:
        return (("Sending …", "warn"),)
    if submission.stage is SubmissionStage.WAITING:
        return ((submission.stage.value, "warn"),)
    parts: list[Part] = [(f"Recorded #{submission.last}" if submission.last else "Recorded", "good")]
    if submission.of:
        # Who has opened it has it, also in the moment before a station says that it arrived.
        delivered = max(submission.delivered, opened.count if opened is not None else 0)
        parts.append(_share(" → Delivered", delivered, submission.of))
    if opened is not None:
        parts.append(_share(" → Opened", opened.count, opened.of))
    return tuple(parts)


def _share(word: str, count: int, of: int) -> Part:
    return (f"{word} {count}/{of}", "good" if count == of else "dim")
