"""Warnings that are meant to be so."""

from __future__ import annotations

from pydantic import Field

from tabletop.scenario.base import Id, Line, Part


class Allowance(Part):
    """A warning of ``tabletop check`` that is meant to be so."""

    warning: Id = Field(description="The code of the warning, as check shows it in brackets.")
    of: Line = Field(description="The id of the decision, entry, card, … that it is about.")
    because: Line = Field(description="Why it is meant to be so.")
