"""From files to a scenario ready to play: merged with its framework and its injects, every word resolved."""

from tabletop.scenario.linking.loading import Loaded, load_scenario

__all__ = ["Loaded", "load_scenario"]
