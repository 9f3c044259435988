"""What stands on the cover of a scenario and of its report."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from tabletop.scenario.base import Line, Part, Text, is_none


def _calendar_date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("a date is written year-month-day, as 2026-06-03") from None


class Imprint(Part):
    """Who wrote the scenario, which version it is, and how far it has been tried."""

    author: Line | None = Field(default=None, description="Who wrote it: an office or a cell, or a person.")
    version: Line | None = Field(default=None, description="The version of the text, in quotes: '1.2'.")
    licence: Line | None = Field(default=None, description="On which terms others may use it.")
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = Field(
        default=None, description="The language that players read, as 'en', 'ja' or 'ko'."
    )
    date: Annotated[str, AfterValidator(_calendar_date)] | None = Field(
        default=None, description="The date of this version, as 2026-06-03."
    )
    status: Literal["draft", "unpiloted", "piloted", "signed"] | None = Field(
        default=None,
        description="How far it is: not finished, never played, played with people, signed off.",
    )

    @property
    def imprint(self) -> str:
        """On one line: version and date, status, author, language, licence; empty if nothing is known."""
        edition = " of ".join(filter(None, (self.version and f"version {self.version}", self.date)))
        parts = (edition, self.status, self.author and f"by {self.author}", self.language, self.licence)
        return ", ".join(filter(None, parts))


class Report(Part):
    """What the after-action report says about the exercise as planned."""

    scope: Text | None = Field(default=None, description="What the exercise covers.")
    threat: Text | None = Field(default=None, description="What threatens in it.")
    sponsor: Line | None = Field(default=None, description="Who ordered it.")
    handling: Line | None = Field(
        default=None, exclude_if=is_none, description="How the report is to be handled: to whom it may go."
    )
