"""What is said of a leap of the host's clocks: to exercise control, in the log and in the report."""

from __future__ import annotations


def leap_in_words(missed: int, stepped: int, wall: str = "") -> str:
    """Without a capital or a full stop; seconds, as in the event `ClockJumped`.

    `wall` is the time of day after the leap, as in a record, and may be left out.
    """
    parts = []
    if missed:
        parts.append(f"the host stood still for {duration(missed)}")
    if stepped:
        whose = "its" if missed else "the host's"
        parts.append(f"{whose} clock jumped {'forward' if stepped > 0 else 'back'} {duration(abs(stepped))}")
    when = f" {'at' if stepped else 'until'} {wall[11:16]} UTC" if wall else ""
    return " and ".join(parts) + when


def duration(seconds: int) -> str:
    """``45 s``, ``2 min 5 s`` or ``1 h 2 min``."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    named = ((hours, "h"), (minutes, "min"), (0 if hours else rest, "s"))
    return " ".join(f"{count} {unit}" for count, unit in named if count) or "0 s"
