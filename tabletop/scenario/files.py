"""Models of the files that authors write: scenario, framework, and inject library."""

from __future__ import annotations

from pydantic import Field

from tabletop.scenario.base import AnyNumber, Format, Id, Line, OneOrMore, Part, Text
from tabletop.scenario.content import (
    Capital,
    Decision,
    Imprint,
    Inject,
    Late,
    LocalClock,
    Objective,
    Phase,
    RatingBands,
    Report,
    Team,
    TimelineEntry,
)
from tabletop.scenario.gametime import Length
from tabletop.scenario.rules import AnyRule

FORMAT = 1
"""The version of the scenario format that this program writes and reads."""


class FrameworkFile(Part):
    """``scenarios/frameworks/<id>.yaml``: teams, objectives and scoring that scenarios share."""

    format: Format
    id: Id
    title: Line
    teams: dict[Id, Team] = Field(default_factory=dict)
    objectives: dict[Id, Objective] = Field(default_factory=dict)
    labels: dict[Line, Line] = Field(
        default_factory=dict, description="Labels a statement may carry, and their meaning."
    )
    late: Late | None = None
    capital: Capital | None = None
    ratings: RatingBands | None = None
    rules: AnyNumber[AnyRule] = Field(default=(), description="Measures that compare what the teams did.")
    sources: dict[Line, Line] = Field(default_factory=dict)


class ScenarioFile(Imprint):
    """``scenario.yaml``: one exercise. Everything a framework may hold may also stand here."""

    format: Format
    id: Id
    title: Line
    framework: Id | None = None
    summary: Text | None = Field(default=None, description="Two lines for whoever picks a scenario.")
    situation: Text | None = Field(default=None, description="The starting situation, read by every player.")
    report: Report = Report()
    length: Length
    hot_wash: Length | None = Field(default=None, alias="hot-wash")
    players: Line | None = None
    ground_rules: AnyNumber[Line] = Field(default=(), alias="ground-rules")
    clock: LocalClock | None = None
    teams: dict[Id, Team] = Field(default_factory=dict)
    objectives: dict[Id, Objective] = Field(default_factory=dict)
    labels: dict[Line, Line] = Field(default_factory=dict)
    late: Late | None = None
    capital: Capital | None = None
    ratings: RatingBands | None = None
    rules: AnyNumber[AnyRule] = Field(default=(), description="Measures that compare what the teams did.")
    phases: OneOrMore[Phase]
    timeline: OneOrMore[TimelineEntry]
    decisions: dict[Id, Decision] = Field(default_factory=dict)
    injects: dict[Id, Inject] = Field(default_factory=dict, description="Injects of this scenario alone.")
    sources: dict[Line, Line] = Field(default_factory=dict)


InjectFile = dict[Id, Inject]
"""``injects/<topic>.yaml``: injects by id."""
