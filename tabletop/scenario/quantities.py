"""Number types whose `str` is their display form: game times, lengths of time, points, scores."""

from __future__ import annotations

from tabletop.scenario.gametime import format_time

MINUS = "\u2212"


class Moment(int):
    """Game seconds after STARTEX, written ``T+36:30``."""

    __slots__ = ()

    def __str__(self) -> str:
        return format_time(int(self))


class Stretch(int):
    """A length of time in seconds, written ``1 min 30 s``."""

    __slots__ = ()

    @property
    def minutes(self) -> str:
        """The length in minutes, with at most one decimal: ``1.5``."""
        return f"{round(self / 60, 1):g}"

    def __str__(self) -> str:
        minutes, seconds = divmod(int(self), 60)
        hours, minutes = divmod(minutes, 60)
        parts = [
            f"{value} {unit}" for value, unit in ((hours, "h"), (minutes, "min"), (seconds, "s")) if value
        ]
        return " ".join(parts) or "0 s"


class Points(float):
    """Points won or lost, written with their sign: ``+2``, ``−0.5``."""

    __slots__ = ()

    def __str__(self) -> str:
        value = float(self)
        sign = "+" if value > 0 else MINUS if value < 0 else ""
        return f"{sign}{abs(value):g}"


class Level(int):
    """A whole number that may be negative, written with a true minus sign: ``−1``."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{MINUS if self < 0 else ''}{abs(int(self))}"


class Score(float):
    """A bar from 0 to 100, written as a whole number: a decimal would be false precision."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{float(self):.0f}"


def score(value: float | None) -> Score | None:
    """Return the score rounded as it is shown, so that shown differences agree with shown scores."""
    return None if value is None else Score(round(value))
