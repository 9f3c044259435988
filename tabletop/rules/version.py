"""The version of the rules by which logs are scored, and what to say of a log made under others."""

from __future__ import annotations

from typing import Final

RULES_VERSION: Final = 2
"""Written into the first event of every log. 1 had points; since 2 marks are good or bad."""


def rescored_sentence(version: int, program: str) -> str:
    """Say that a log made under other rules is scored by today's; nothing if it was made under these."""
    if version == RULES_VERSION:
        return ""
    return (
        f"This log was made by tabletop {program} under rules {version}. It is scored by today's rules "
        f"({RULES_VERSION}): results differ from those shown then."
    )
