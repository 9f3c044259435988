"""What the test of each kind of rule gives to the tests of all kinds: no kind can be left out of them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tabletop.rules.kinds import MODULES

_TESTS = [import_module(f"tests.rules.kinds.test_{module.__name__.rpartition('.')[2]}") for module in MODULES]

EXAMPLES: list[dict[str, Any]] = [rule for test in _TESTS for rule in test.EXAMPLES]
"""Rules of every kind that the plays of `tests.rules.measured` meet."""

SENTENCES: list[tuple[dict[str, Any], str]] = [told for test in _TESTS for told in test.SENTENCES]
"""Rules of every kind, each with its sentence."""
