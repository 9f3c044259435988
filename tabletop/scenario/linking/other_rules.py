"""Load the rules of another framework or scenario file for a scenario that was played."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from tabletop.scenario.files import FrameworkFile, ScenarioFile
from tabletop.scenario.library import shown
from tabletop.scenario.linking.definitions import Definitions, merge_definitions
from tabletop.scenario.linking.findings import Findings
from tabletop.scenario.linking.partial_file import PartialFile, validate
from tabletop.scenario.linking.participants import Participants
from tabletop.scenario.linking.rulebook import link_rules
from tabletop.scenario.linking.symbols import SymbolTable
from tabletop.scenario.objectives import Objective, Score
from tabletop.scenario.problems import ProblemsFound
from tabletop.scenario.reading import read_document
from tabletop.scenario.scenario import Scenario

_OF_SCENARIOS: Final = ScenarioFile.model_fields.keys() - FrameworkFile.model_fields.keys()
"""Keys that only a scenario file has."""


def load_rules(path: Path, scenario: Scenario) -> Scenario:
    """Return the scenario with the rules of another framework or scenario file.

    The file's rules replace all rules of the scenario. Its rule for late decisions, its rating bands, and the
    weights and time-critical marks of its objectives replace the scenario's where the file gives them.
    Everything else stays as it was played.

    Raises ProblemsFound for problems with the file, including ids that the scenario does not define;
    InputError for a link that leads out of its folder.
    """
    findings = Findings()
    other = _read(path, scenario, findings)
    if other is None:
        raise ProblemsFound([*findings.errors, *findings.warnings])
    options = {word: decision.options for word, decision in scenario.decisions.items()}
    symbols = SymbolTable(findings, _known(scenario), dict(options))
    participants = Participants(
        tuple(scenario.teams), {word: card.holder or "" for word, card in scenario.cards.items()}
    )
    rules = link_rules(other, symbols, participants)
    if other.late is not None:
        symbols.check("objective", other.late.objective, other.place("late") / "objective")
    for word in other.objectives:
        symbols.check("objective", word, other.place("objectives", word), at_key=True)
    if findings.errors:
        raise ProblemsFound([*findings.errors, *findings.warnings])
    changes = {
        "rules": rules,
        "late": other.late or scenario.late,
        "ratings": other.ratings or scenario.ratings,
        "objectives": _reweighted(scenario.objectives, other.objectives),
    }
    # Not a copy: that would keep the cached hash and indexes of the original.
    fields = {name: getattr(scenario, name) for name in Scenario.model_fields}
    return Scenario.model_construct(**{**fields, **changes})


def _read(path: Path, scenario: Scenario, findings: Findings) -> Definitions | None:
    """Read a framework file, or a scenario file with its framework.

    The decisions are those of the played scenario, so that rules are checked against them.
    """
    document = read_document(path, name=shown(path))
    if isinstance(document.data, dict) and not document.data.keys().isdisjoint(_OF_SCENARIOS):
        draft = validate(document, ScenarioFile, findings)
        if draft is None:
            return None
        file = draft.file.model_copy(update={"decisions": scenario.decisions})
        return replace(merge_definitions(path, draft, findings), draft=replace(draft, file=file))
    framework = validate(document, FrameworkFile, findings)
    if framework is None:
        return None
    rules_file = framework.file
    ruled: dict[str, Any] = {"rules": rules_file.rules, "decisions": scenario.decisions}
    return Definitions(
        PartialFile(document, ScenarioFile.model_construct(**ruled), framework.reduced, framework.rows),
        None,
        readable=True,
        teams=rules_file.teams,
        objectives=rules_file.objectives,
        labels=rules_file.labels,
        called=rules_file.called or "teams",
        score=rules_file.score or Score(),
        late=rules_file.late,
        capital=rules_file.capital,
        ratings=rules_file.ratings,
        sources=rules_file.sources,
    )


def _known(scenario: Scenario) -> dict[str, Collection[str]]:
    return {
        "team": scenario.teams,
        "objective": scenario.objectives,
        "label": scenario.labels,
        "decision": scenario.decisions,
        "card": scenario.cards,
        "entry": scenario.entries,
    }


def _reweighted(objectives: Mapping[str, Objective], others: Mapping[str, Objective]) -> dict[str, Objective]:
    return {
        word: goal.model_copy(
            update={"weight": others[word].weight, "time_critical": others[word].time_critical}
        )
        if word in others
        else goal
        for word, goal in objectives.items()
    }
