"""Say who initialled the rules and objectives, and what the hash beside the initials covers."""

from __future__ import annotations

from typing import Any, Final

from tabletop.exercise.state import Exercise, TeamInitials
from tabletop.plaintext import in_quotes, one_line
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import listed

SHORT_HASH: Final = 12
"""Digits of a content hash that people compare."""

COVERED: Final = "all that was shown, and every inject, decision, option and mark of the scenario"
"""What the content hash covers."""


def consent_sentence(state: Exercise, *, anonymous: bool = False) -> str:
    """Return who initialled what, in one sentence; empty if the rules were never shown.

    `anonymous` leaves out the initials themselves.
    """
    consent = state.consent
    if consent is None:
        return ""
    teams = state.script.scenario.teams
    given = [
        f"{teams[team].name}{_as(one, anonymous=anonymous)}"
        for team in teams
        if (one := consent.initials.get(team)) is not None
    ]
    missing = listed([teams[team].name for team in state.not_initialled])
    who = f"initialled by {listed(given)}" if given else "initialled by nobody"
    but = f", not by {missing}" if missing and given else ""
    return f"{who}{but}; content {consent.hash[:SHORT_HASH]}, which covers {COVERED}"


def _as(one: TeamInitials, *, anonymous: bool) -> str:
    words = [] if anonymous else [f"as {in_quotes(one_line(one.name))}"]
    if not one.before_play:
        words.append(f"at {format_time(one.at)}, after STARTEX")
    return f" {' '.join(words)}" if words else ""


def consent_data(state: Exercise) -> dict[str, Any] | None:
    """Return the same as plain data; None if the rules were never shown."""
    consent = state.consent
    if consent is None:
        return None
    return {
        "hash": consent.hash,
        "shown": consent.seq,
        "initials": {
            team: {"name": one.name, "event": one.seq, "before_play": one.before_play}
            for team in state.script.scenario.teams
            if (one := consent.initials.get(team)) is not None
        },
        "not_initialled": list(state.not_initialled),
    }
