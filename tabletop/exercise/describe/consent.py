"""Describe how the rules and objectives were shown and initialled."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.exercise.describe.base import Describers
from tabletop.exercise.description import Description, Reader
from tabletop.plaintext import in_quotes, one_line


def _rules_shown(event: e.RulesShown, reader: Reader) -> Description:
    return Description(
        f"the rules and objectives were shown to everybody, to be initialled (content {event.hash[:12]})"
    )


def _initialled(event: e.RulesInitialled, reader: Reader) -> Description:
    name = in_quotes(one_line(event.name))
    what = f"initialled the rules and objectives as {name} (content {event.hash[:12]})"
    return Description(what, reader.actor(event.team))


DESCRIBERS: Describers = {
    e.RulesShown: _rules_shown,
    e.RulesInitialled: _initialled,
}
