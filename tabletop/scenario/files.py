"""Models of the files that authors write: scenario, framework, and inject library."""

from __future__ import annotations

from pydantic import Field

from tabletop.scenario.allowances import Allowance
from tabletop.scenario.attachments import Attachment
from tabletop.scenario.base import AnyNumber, Format, Id, Line, OneOrMore, Part, Text
from tabletop.scenario.capital import Capital
from tabletop.scenario.cards import CardContent
from tabletop.scenario.clock import WrittenClock
from tabletop.scenario.cuts import Cut
from tabletop.scenario.cuts.model import CutId
from tabletop.scenario.decisions import Decision
from tabletop.scenario.gametime import Length
from tabletop.scenario.imprint import Imprint, Report
from tabletop.scenario.injects import Inject
from tabletop.scenario.objectives import Late, Objective, RatingBands, Score
from tabletop.scenario.probes import Probe
from tabletop.scenario.rules import AnyRule, WrittenRule
from tabletop.scenario.teams import Team
from tabletop.scenario.timeline import Phase, TimelineEntry

FORMAT = 1
"""The version of the scenario format that this program writes and reads."""


class FrameworkFile(Part):
    """``scenarios/frameworks/<id>.yaml``: teams, objectives and scoring that scenarios share."""

    format: Format = Field(description="The version of the format: 1.")
    id: Id = Field(description="Its id: lower-case words joined by hyphens.")
    title: Line = Field(description="Its title, as people read it.")
    teams: dict[Id, Team] = Field(default_factory=dict, description="The teams by id.")
    objectives: dict[Id, Objective] = Field(
        default_factory=dict, description="What is trained and scored, by id."
    )
    labels: dict[Line, Line] = Field(
        default_factory=dict, description="Labels a statement may carry, and their meaning."
    )
    called: Line | None = Field(
        default=None, description="What the teams are called together: 'capitals', 'agencies'; else 'teams'."
    )
    score: Score | None = Field(
        default=None, description="How teams are taken together; whether capital counts."
    )
    late: Late | None = Field(
        default=None, description="What a decision costs that comes too late to do its good."
    )
    capital: Capital | None = Field(default=None, description="What each team can still afford at home.")
    ratings: RatingBands | None = Field(
        default=None, description="The scores from which P, S and M are proposed."
    )
    rules: AnyNumber[AnyRule] = Field(default=(), description="Measures that compare what the teams did.")
    sources: dict[Line, Line] = Field(
        default_factory=dict, description="Where the facts come from: a name and an address."
    )


class ScenarioFile(Imprint):
    """``scenario.yaml``: one exercise. Everything a framework may hold may also stand here."""

    format: Format = Field(description="The version of the format: 1.")
    id: Id = Field(description="Its id: lower-case words joined by hyphens.")
    title: Line = Field(description="Its title, as people read it.")
    framework: Id | None = Field(
        default=None, description="The framework whose teams, objectives and rules it uses."
    )
    summary: Text | None = Field(default=None, description="Two lines for whoever picks a scenario.")
    situation: Text | None = Field(default=None, description="The starting situation, read by every player.")
    report: Report = Field(
        default=Report(),
        description="What its after-action report says: scope, threat, sponsor, handling.",
    )
    length: Length = Field(description="Length of play, without the hot wash: '40 min'.")
    hot_wash: Length | None = Field(
        default=None, alias="hot-wash", description="Length of the talk straight after play."
    )
    players: Line | None = Field(default=None, description="Who plays, and how many in each team.")
    ground_rules: AnyNumber[Line] = Field(
        default=(), alias="ground-rules", description="The rules of play, read by every player."
    )
    clock: WrittenClock | None = Field(default=None, description="The local time that game time stands for.")
    teams: dict[Id, Team] = Field(default_factory=dict, description="The teams by id.")
    objectives: dict[Id, Objective] = Field(
        default_factory=dict, description="What is trained and scored, by id."
    )
    labels: dict[Line, Line] = Field(
        default_factory=dict,
        description="Labels that a statement or an option may put on an event, and their meaning.",
    )
    called: Line | None = Field(
        default=None, description="What the teams are called together: 'capitals', 'agencies'; else 'teams'."
    )
    score: Score | None = Field(
        default=None, description="How teams are taken together; whether capital counts."
    )
    late: Late | None = Field(
        default=None, description="What a decision costs that comes too late to do its good."
    )
    capital: Capital | None = Field(default=None, description="What each team can still afford at home.")
    ratings: RatingBands | None = Field(
        default=None, description="The scores from which P, S and M are proposed."
    )
    rules: AnyNumber[WrittenRule] = Field(
        default=(), description="Measures that compare what the teams did; or a framework's, left out."
    )
    allow: AnyNumber[Allowance] = Field(
        default=(), description="Warnings of check that are meant to be so, each with the reason."
    )
    phases: OneOrMore[Phase] = Field(description="The phases, in their order; a gate stands between two.")
    timeline: OneOrMore[TimelineEntry] = Field(description="When each inject goes out, in order.")
    decisions: dict[Id, Decision] = Field(default_factory=dict, description="Questions to the teams, by id.")
    probes: AnyNumber[Probe] = Field(
        default=(), description="Questions at gates that show how each team sees the situation."
    )
    injects: dict[Id, Inject] = Field(default_factory=dict, description="Injects of this scenario alone.")
    attachments: AnyNumber[Attachment] = Field(
        default=(), description="Pictures and pages that every player gets before play."
    )
    cards: dict[Id, CardContent] = Field(
        default_factory=dict, description="Cards by id, which injects and additions name: 'card: track'."
    )
    sources: dict[Line, Line] = Field(
        default_factory=dict, description="Where the facts come from: a name and an address."
    )
    cuts: dict[CutId, Cut] = Field(
        default_factory=dict, description="Shorter forms of the scenario, by a word or their minutes: 45."
    )


InjectFile = dict[Id, Inject]
"""``injects/<topic>.yaml``: injects by id."""
