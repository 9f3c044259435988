"""Load a scenario: merge it with its framework and injects, and resolve and check every reference."""

from tabletop.scenario.linking.loading import Loaded, known_ids, load_scenario

__all__ = ["Loaded", "known_ids", "load_scenario"]
