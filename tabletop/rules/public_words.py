"""What a team tells the public of an area, whichever event makes it do so."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.scenario.scenario import Scenario


def advised(event: e.Event, scenario: Scenario) -> tuple[str, str, str] | None:
    """Return which team an event makes advise the public of an area, the area, and what it says.

    What a team says in its own words need not be a word of the scenario's, and may be written otherwise.
    """
    team, area, says = None, "", ""
    match event:
        case e.DecisionRecorded(decision=name, option=chosen, team=by):
            if (advice := scenario.decisions[name].options[chosen].advice) is not None:
                team, area, says = by, advice.area, advice.says
        case e.InjectReleased(entry=name):
            entry = scenario.entries.get(name)
            if entry is not None and (advice := entry.inject.advice) is not None:
                team, area, says = advice.by, advice.area, advice.says
        case e.StatementMade(by=by, area=str(where), says=str(what)):
            team, area, says = by, where, what
    return (team, _as_word(area), _as_word(says)) if team is not None and area and says else None


def _as_word(text: str) -> str:
    """Return an area, or what its public is told, as a scenario writes it: "Seoul city" is ``seoul-city``."""
    return "-".join(text.casefold().split())
