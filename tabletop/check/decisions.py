"""Decisions whose outcome or audience the author may have forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import problem_at
from tabletop.scenario.problems import Problem, quoted


def without_none(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each decision that does not say what it means when nobody decides."""
    for word, decision in loaded.scenario.decisions.items():
        if decision.none is None:
            yield problem_at(
                loaded.places["decision", word],
                "no-none",
                f"decision {quoted(word)} does not say what it means when nobody decides",
                hint="add 'none' with the effects of silence; 'none: {}' says that there are none",
                at_key=True,
                severity="warning",
            )


def unasked_teams(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each team that has to decide on an inject it does not receive."""
    scenario = loaded.scenario
    for entry in scenario.timeline:
        for word in entry.decisions:
            blind = [team for team in scenario.decisions[word].team if team not in entry.inject.to]
            if blind:
                yield problem_at(
                    loaded.places["entry", entry.id] / "decision",
                    "decides-blind",
                    f"{', '.join(blind)} must take decision {quoted(word)} without receiving this inject",
                    hint="address the inject to them too, or put the decision with another inject",
                    severity="warning",
                )
