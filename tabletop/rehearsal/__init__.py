"""Rehearse a scenario: seeded plays through the real engine, without log, screens or network."""
