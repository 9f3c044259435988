"""One line for each event, for people who read a log."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.exercise.commands import WALL
from tabletop.exercise.describe import describe
from tabletop.exercise.description import Names, Passage, Reader
from tabletop.plaintext import one_line
from tabletop.scenario.scenario import Scenario


def narrate(event: e.Event, names: Names | None = None) -> str:
    """Describe an event on one line that is safe to print. Markings are the caller's to add.

    With `names`, teams, phases and the like are called what people call them, else by their ids.
    """
    described = describe(event, Reader(names))
    notes = "".join(f" [{note}]" for note in described.notes)
    words = "; ".join(filter(None, map(_passage, described.passages)))
    return one_line(f"{described.sentence}{notes}{f': {words}' if words else ''}")


def _passage(passage: Passage) -> str:
    title, text = passage.title, passage.text
    if passage.kind == "question":  # its title stands in the sentence already
        return text
    if passage.kind == "rationale":
        return f"rationale “{text}”"
    return ": ".join(filter(None, (title, text)))


def names_in(scenario: Scenario) -> Names:
    """Return what exercise control calls the parts of a scenario: teams by name, others by code or title."""
    decisions = {word: one.code or one.title for word, one in scenario.decisions.items()}
    entries = {entry.id: entry.code or entry.inject.title for entry in scenario.timeline}
    return {
        **team_names_in(scenario),
        "decision": decisions,
        "entry": entries,
        "about": {**entries, **decisions},
        "phase": {phase.id: f"“{phase.title}”" for phase in scenario.phases},
        "objective": {word: goal.title for word, goal in scenario.objectives.items()},
    }


def team_names_in(scenario: Scenario) -> Names:
    """Return what players call the parts of a scenario: they know the teams, and words of their own alone."""
    teams = {word: team.name for word, team in scenario.teams.items()}
    return {"team": {**teams, e.CONTROL: "exercise control", WALL: "everybody"}}
