"""The rules a scenario is scored by: its framework's with its own over them, every word checked."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.scenario.base import Part
from tabletop.scenario.files import FrameworkFile, ScenarioFile
from tabletop.scenario.linking.cast import Cast
from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.linking.foundation import Foundation
from tabletop.scenario.linking.references import with_teams
from tabletop.scenario.linking.salvage import Salvaged
from tabletop.scenario.linking.vocabulary import Vocabulary
from tabletop.scenario.problems import quoted
from tabletop.scenario.rules import AnyRule, Bonus, OnDecisions, PromptSharing


def link_rules(foundation: Foundation, words: Vocabulary, cast: Cast) -> tuple[AnyRule, ...]:
    """Return the rules in force, having checked their words.

    A rule of the scenario takes the place of the framework's rule with the same id.
    """
    in_force: dict[str, tuple[AnyRule, Place]] = {}
    for salvaged in (foundation.framework, foundation.draft):
        if salvaged is not None:
            in_force |= _by_id(salvaged, words.findings)
    return tuple(_linked(rule, place, words, cast) for rule, place in in_force.values())


def _by_id(
    salvaged: Salvaged[FrameworkFile] | Salvaged[ScenarioFile], findings: Findings
) -> dict[str, tuple[AnyRule, Place]]:
    found: dict[str, tuple[AnyRule, Place]] = {}
    for index, rule in enumerate(salvaged.file.rules):
        place = Place(salvaged.document, ("rules", salvaged.row("rules", index)))
        if rule.id in found:
            findings.error(
                "duplicate-rule",
                f"rule {quoted(rule.id)} is there twice",
                place / "id",
                hint="ids are unique; give one of the two another",
            )
        found[rule.id] = (rule, place)
    return found


def _linked(rule: AnyRule, place: Place, words: Vocabulary, cast: Cast) -> AnyRule:
    if isinstance(rule, OnDecisions):
        words.check_all("decision", rule.decisions, place / "decisions")
    if isinstance(rule, PromptSharing) and rule.relay is not None:
        words.check_team(rule.relay.through, place / "relay" / "through")
    if isinstance(rule, Bonus):
        for team, effects in rule.points.items():
            words.check("team", team, place / "points" / team, at_key=True)
            words.check_effects(effects, place / "points" / team)
        words.check_condition(rule.when, place / "when")
        return rule.model_copy(update={"when": with_teams(rule.when, cast)})
    for key, effects in _effects(rule):
        words.check_effects(effects, place / key)
    return rule


def _effects(rule: Part) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each key of the rule that gives points by objective; no other of its values is a mapping."""
    for name, field in type(rule).model_fields.items():
        value = getattr(rule, name)
        if isinstance(value, dict):
            yield field.alias or name, value
