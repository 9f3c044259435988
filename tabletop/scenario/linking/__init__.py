"""Load a scenario: merge it with its framework and injects, and resolve and check every reference."""

from tabletop.scenario.linking.loading import Loaded, load_scenario

__all__ = ["Loaded", "load_scenario"]
