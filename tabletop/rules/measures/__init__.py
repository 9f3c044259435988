"""One class a kind of measure; a scenario's rules made ready to watch an exercise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tabletop.rules.effects import OptionEffects
from tabletop.rules.measure import Measure
from tabletop.rules.measures.bonus import BonusMeasure
from tabletop.rules.measures.cards import CaveatMeasure, PromptMeasure, ReciprocityMeasure, ThirdPartyMeasure
from tabletop.rules.measures.choices import (
    FreeRiderMeasure,
    JointChoiceMeasure,
    LabelMeasure,
    NobodyCameMeasure,
)
from tabletop.rules.measures.speech import ConsultedMeasure, WarningMeasure
from tabletop.scenario import rules as r
from tabletop.scenario.scenario import Scenario

_KINDS: Mapping[type, Callable[[Any, Scenario], Measure]] = {
    r.SameLabel: LabelMeasure,
    r.ConsultedBefore: ConsultedMeasure,
    r.Reciprocity: ReciprocityMeasure,
    r.CaveatKept: CaveatMeasure,
    r.ThirdParty: ThirdPartyMeasure,
    r.ContradictoryWarning: WarningMeasure,
    r.JointChoice: JointChoiceMeasure,
    r.FreeRider: FreeRiderMeasure,
    r.NobodyCame: NobodyCameMeasure,
    r.Bonus: BonusMeasure,
    r.PromptSharing: PromptMeasure,
}


def make_measures(scenario: Scenario) -> list[Measure]:
    """The option effects that every scenario has, then its own rules in their order."""
    return [OptionEffects(scenario), *(_KINDS[type(rule)](rule, scenario) for rule in scenario.rules)]
