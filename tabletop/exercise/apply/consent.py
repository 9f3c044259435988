"""Apply events of consent."""

from __future__ import annotations

from dataclasses import replace

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Consent, Exercise, TeamInitials


def shown(state: Exercise, event: e.RulesShown, record: Record) -> Exercise:
    """Show the rules and objectives."""
    return state.changed(consent=Consent(event.hash, record.seq))


def initialled(state: Exercise, event: e.RulesInitialled, record: Record) -> Exercise:
    """Take a team's initials in place of its earlier ones."""
    consent = state.consent or Consent(event.hash, record.seq)
    given = TeamInitials(event.name, record.at, record.seq, before_play=not state.phase)
    return state.changed(consent=replace(consent, initials=consent.initials.set(event.team, given)))
