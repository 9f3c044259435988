"""Anchors: what silence, chance and the best play found came to, to hold a result against."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from tabletop.scenario.base import Id


def counts_in_brief(well: int, situations: int, badly: int) -> str:
    """Return counts as they stand in a table: ``7 of 9, 1 badly``."""
    also = f", {badly} badly" if badly else ""
    return f"{well} of {situations}{also}" if situations else "–"


class Result(BaseModel):
    """A result on one objective: its bar from 0 to 100, and its situations."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    bar: float | None = None
    situations: int | None = None
    well: int = 0
    badly: int = 0

    @property
    def words(self) -> str:
        """As it stands in a table: ``7 of 9, 1 badly``; the bar alone where situations were not counted."""
        if self.situations is None:
            return "–" if self.bar is None else f"{self.bar:.0f}"
        return counts_in_brief(self.well, self.situations, self.badly)

    @property
    def brief(self) -> str:
        """As it stands where there is little room: ``7/9``."""
        if self.situations is None:
            return "-" if self.bar is None else f"{self.bar:.0f}"
        return f"{self.well}/{self.situations}" if self.situations else "-"


class AnchorResult(BaseModel):
    """What one play came to."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    overall: float | None = None
    objectives: dict[Id, Result]
    """All teams together."""
    teams: dict[Id, dict[Id, Result]]
    """Each team by objective."""


class Anchors(BaseModel):
    """The anchors of one version of a scenario."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[1] = 1
    scenario: str
    scenario_hash: str
    engine: str
    """The version of the program that played."""
    plays: int
    seed: int
    median_play: int
    """The random play that stands at the median."""
    climbed: int = 0
    """Plays of the search for the best."""
    silence: AnchorResult
    random: AnchorResult
    best: AnchorResult

    @property
    def results(self) -> tuple[AnchorResult, AnchorResult, AnchorResult]:
        """Silence, the median of chance, the best found: in the order in which they are shown."""
        return self.silence, self.random, self.best

    @property
    def sentence(self) -> str:
        """Say what they rest on."""
        climbed = f" and {self.climbed:,} plays of a search for the best" if self.climbed else ""
        return f"It rests on {self.plays:,} random plays{climbed} (seed {self.seed}, tabletop {self.engine})."
