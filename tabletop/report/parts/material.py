"""What the executive summary is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.report.model import (
    Adjustment,
    CapitalRun,
    CardRun,
    ConsultationRecord,
    DecisionRun,
    ObjectiveResult,
    Overview,
    RuleResult,
    StatementRecord,
)
from tabletop.rules.scoring import Scorecard


@dataclass(frozen=True)
class Material:
    """What the summary is written from."""

    overview: Overview
    card: Scorecard
    results: tuple[ObjectiveResult, ...]
    decisions: tuple[DecisionRun, ...]
    crossings: tuple[RuleResult, ...]
    cards: tuple[CardRun, ...]
    consultations: tuple[ConsultationRecord, ...]
    statements: tuple[StatementRecord, ...]
    capital: tuple[CapitalRun, ...]
    adjustments: tuple[Adjustment, ...]
    names: Mapping[str, str]
    goals: Mapping[str, tuple[str, str]]

    @property
    def exercised(self) -> list[ObjectiveResult]:
        """Objectives that have a score."""
        return [result for result in self.results if result.score is not None]
