"""Format events as one line each, for logs."""

from __future__ import annotations

from collections.abc import Collection

from tabletop.exercise import events as e
from tabletop.exercise.commands import WALL
from tabletop.exercise.describe import describe
from tabletop.exercise.description import Names, Passage, Reader
from tabletop.plaintext import in_quotes, one_line
from tabletop.scenario.prose import capitalised, listed
from tabletop.scenario.scenario import Scenario


def narrate(event: e.Event, names: Names | None = None) -> str:
    """Describe an event on one line that is safe to print. The caller adds exercise markings.

    `names` gives display names of teams, phases and the like; without it, ids are used.
    """
    described = describe(event, Reader(names))
    notes = "".join(f" [{note}]" for note in described.notes)
    words = "; ".join(filter(None, (_passage(one, described.what) for one in described.passages)))
    return one_line(f"{described.sentence}{notes}{f': {words}' if words else ''}")


def narrate_withheld(event: e.RatingGiven, names: Names | None = None, *, hint: str = "withheld") -> str:
    """Say that an objective was rated and not how, to an evaluator who has not rated it.

    `hint` says when the rating is shown, where that is known.
    """
    reader = Reader(names)
    whose = reader.seat(event.team) if event.team else "all teams"
    objective = reader.name("objective", event.objective)
    return one_line(f"{event.author or 'Somebody else'} rated {objective} for {whose}: {hint}")


def narrate_self_rating(
    event: e.TeamRatedItself,
    names: Names | None = None,
    *,
    shown: Collection[str] = (),
    hint: str = "withheld",
) -> str:
    """Describe how a team rated itself: of objectives that are not `shown` only that it did.

    `hint` says when these are shown, where that is known.
    """
    told = tuple(one for one in event.ratings if one.id in shown)
    hidden = [in_quotes(one.name) for one in event.ratings if one.id not in shown]
    if not hidden:
        return narrate(event, names)
    team = Reader(names).seat(event.team)
    given = f" {', '.join(f'{one.name} {one.rating}' for one in told)};" if told else ""
    return one_line(f"{capitalised(team)} rated itself:{given} {listed(hidden)} ({hint})")


def _passage(passage: Passage, sentence: str) -> str:
    """Return the words of a passage, and its title unless the sentence names it."""
    if passage.kind == "rationale":
        return f"rationale {in_quotes(passage.text)}"
    title = "" if passage.title in sentence else passage.title
    return ": ".join(filter(None, (title, passage.text)))


def names_in(scenario: Scenario) -> Names:
    """Return the names for exercise control: teams by name, everything else by code or title."""
    decisions = {word: one.code or one.title for word, one in scenario.decisions.items()}
    entries = {entry.id: entry.code or entry.inject.title for entry in scenario.timeline}
    return {
        **team_names_in(scenario),
        "decision": decisions,
        "entry": entries,
        "about": {**entries, **decisions},
        "phase": {phase.id: in_quotes(phase.title) for phase in scenario.phases},
        "objective": {word: goal.title for word, goal in scenario.objectives.items()},
    }


def team_names_in(scenario: Scenario) -> Names:
    """Return the names for players, who only know those of teams."""
    teams = {word: team.name for word, team in scenario.teams.items()}
    return {"team": {**teams, e.CONTROL: "exercise control", WALL: "everybody"}}
