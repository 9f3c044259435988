"""Questions about the situation, by which teams show what they know."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Annotated, Final

from pydantic import Field

from tabletop.scenario.base import AnyNumber, Id, IdOf, Line, Part, Several
from tabletop.scenario.conditions import Condition

MOST_ANSWERS: Final = 8
"""Answers to a probe that a team can compare in the minute it has."""

END: Final = "end"
"""Stands for the end of play where a probe names the gate at which it is asked."""


class ProbeAnswer(Part):
    """One answer to a probe, and what makes it the right one."""

    text: Line = Field(description="The answer, as players read it.")
    when: Condition | None = Field(
        default=None, description="What makes it right, judged when the probes are opened."
    )


class Probe(Part):
    """A question about the situation, put to every team at a gate: does it see what happened?"""

    id: Id = Field(description="Its id.")
    at: Annotated[Id, IdOf("phase", (END,))] = Field(
        description="The phase at whose gate it is asked, or 'end' for after ENDEX."
    )
    asks: Line = Field(description="The question, as players read it.")
    options: Several[ProbeAnswer] = Field(
        min_length=2,
        max_length=MOST_ANSWERS,
        description="The answers to choose from; 'I do not know' is added.",
    )
    told_by: AnyNumber[Id] = Field(
        default=(),
        alias="told-by",
        description="Cards and timeline entries by which a team can know the answer.",
    )

    @property
    def answers(self) -> dict[str, ProbeAnswer]:
        """The answers by their letter: a, b, c."""
        return dict(zip(ascii_lowercase, self.options, strict=False))
