"""Commands of consent: the facilitator shows the rules and objectives, teams initial them."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from tabletop.exercise.commands.base import BaseCommand, NonEmptyText

LONGEST_INITIALS: Final = 40
"""Characters of initials, or of the name given in their place."""


_BREAKS: Final = frozenset({"Cc", "Zl", "Zp"})
"""Categories of letters that control a terminal or begin a line."""


def _on_one_line(value: str) -> str:
    if any(unicodedata.category(letter) in _BREAKS for letter in value):
        raise ValueError("give initials or a name, on one line")
    return value.strip()


Initials = Annotated[NonEmptyText, Field(max_length=LONGEST_INITIALS), AfterValidator(_on_one_line)]
"""Initials or a name, on one line."""


class ShowRules(BaseCommand):
    """Show the rules and objectives on the wall and at every station, before STARTEX."""

    do: Literal["show-rules"] = "show-rules"


class Initial(BaseCommand):
    """Put the team's initials under the rules and objectives; again, they replace the earlier ones."""

    do: Literal["initial"] = "initial"
    name: Initials
