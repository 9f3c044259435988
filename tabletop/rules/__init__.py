"""Scoring rules: pure functions from what happened to a ledger with a reason for every point."""
