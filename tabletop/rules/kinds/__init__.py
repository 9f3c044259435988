"""Every kind of rule, each in a module of its own. Modules of this folder are found by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any, Final

from tabletop.rules.kind import REGISTERED, RuleKind
from tabletop.scenario.rules import Rule
from tabletop.scenario.scenario import Scenario

MODULES: Final = tuple(import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))

KINDS: Final[Mapping[type[Rule], type[RuleKind[Any]]]] = MappingProxyType(REGISTERED)
"""The kind of each shape of a rule."""


def kind_of(rule: Rule, scenario: Scenario) -> RuleKind[Any]:
    """Return the rule as its kind sees it in the scenario."""
    return KINDS[type(rule)](rule, scenario)


def kinds_of(scenario: Scenario) -> list[RuleKind[Any]]:
    """Return every rule of the scenario, in its order."""
    return [kind_of(rule, scenario) for rule in scenario.rules]
