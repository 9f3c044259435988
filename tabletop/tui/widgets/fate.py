"""How far a command has come, in words: each word stands only once it is true. Pure."""

from __future__ import annotations

from tabletop.link.submission import Stage, Submission
from tabletop.tui.widgets.rows import Part


def fate(submission: Submission) -> tuple[Part, ...]:
    """``Sending …``, ``Recorded #14 → Delivered 1/2 → Seen 0/2``, or ``Refused`` with the reason."""
    match submission.stage:
        case Stage.SENDING:
            return (("Sending …", "warn"),)
        case Stage.REFUSED:
            return (("Refused: ", "bad"), (submission.refusal, "plain"))
    recorded: Part = (f"Recorded #{submission.last}" if submission.last else "Recorded", "good")
    if not submission.of:
        return (recorded,)
    return (
        recorded,
        _share(" → Delivered", submission.delivered, submission.of),
        _share(" → Seen", submission.seen, submission.of),
    )


def _share(word: str, count: int, of: int) -> Part:
    return (f"{word} {count}/{of}", "good" if count == of else "dim")
