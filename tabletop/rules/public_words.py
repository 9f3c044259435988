"""What a team says in public, whichever event makes it do so: one definition for every rule."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.scenario.prose import capitalised
from tabletop.scenario.scenario import Scenario


def speaker(event: e.Event, scenario: Scenario) -> str | None:
    """Return the team that speaks in public by an act of its own; None if none does.

    It makes a statement, or takes an option that puts a label on what happened or advises the public. An
    option that is said in public makes a statement too. What an inject says for a team is nobody's act.
    """
    if isinstance(event, e.InjectReleased):
        return None
    if isinstance(event, e.StatementMade):
        return event.by
    told = labelled(event, scenario) or advised(event, scenario)
    return told[0] if told is not None else None


def labelled(event: e.Event, scenario: Scenario) -> tuple[str, str] | None:
    """Return which team an event makes label what happened, and the label."""
    match event:
        case e.StatementMade(by=team, label=str(word)):
            return team, word
        case e.DecisionRecorded(decision=name, option=chosen, team=team):
            label = scenario.decisions[name].options[chosen].label
            return (team, label) if label is not None else None
        case _:
            return None


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


def area_name(area: str) -> str:
    """Return an area as people read it: ``seoul-city`` is "Seoul city"."""
    return capitalised(advice_words(area))


def advice_words(says: str) -> str:
    """Return what the public is told as people read it: ``take-shelter`` is "take shelter"."""
    return says.replace("-", " ")


def _as_word(text: str) -> str:
    """Return an area, or what its public is told, as a scenario writes it: "Seoul city" is ``seoul-city``."""
    return "-".join(text.casefold().split())
