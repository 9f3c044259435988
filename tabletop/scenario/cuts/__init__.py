"""Shorter forms of a scenario: what an author writes of one, and how it is made from the whole."""

from tabletop.scenario.cuts.model import Cut, Dropped

__all__ = ["Cut", "Dropped"]
