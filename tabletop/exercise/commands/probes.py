"""Commands about probes: the facilitator opens and closes them, teams answer."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from tabletop.exercise.commands.base import BaseCommand

UNKNOWN: Final = "unknown"
"""The answer of a team that does not know."""

MOST_SECONDS: Final = 3_600
"""For how long probes can be open by the clock, at most."""


class OpenProbes(BaseCommand):
    """Put the probes of this gate to every team, or those of the end after ENDEX."""

    do: Literal["open-probes"] = "open-probes"
    seconds: Annotated[int, Field(ge=0, le=MOST_SECONDS)] = 0
    """Real seconds after which they close by themselves; 0 if the facilitator closes them."""


class AnswerProbes(BaseCommand):
    """Answer probes: for each its id, and the letter of the answer or 'unknown'."""

    do: Literal["answer-probes"] = "answer-probes"
    answers: Annotated[dict[str, str], Field(min_length=1)]


class CloseProbes(BaseCommand):
    """Take no more answers."""

    do: Literal["close-probes"] = "close-probes"
