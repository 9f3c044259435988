"""What would have changed the scores, and what would have helped the whole exercise most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tabletop.report.history import History
from tabletop.report.model.explanation import Alternative, CapitalPrice, Improvement, Outlook, Price
from tabletop.rules import whatif
from tabletop.rules.whatif import ScoreShift, WhatIf
from tabletop.scenario.quantities import Points, score
from tabletop.scenario.scenario import Scenario


def outlooks(history: History, tried: WhatIf) -> Iterator[Outlook]:
    """Yield an outlook for each objective and team with a score, in the order of the scenario."""
    found = tried.by_score()
    for goal in history.card.objectives:
        for team, standing in goal.teams.items():
            shown = score(standing.score)
            if shown is not None:
                changes = alternatives(found[team, goal.objective], team, goal.objective, history.scenario)
                yield Outlook(goal.objective, team, shown, changes)


def alternatives(
    changes: Sequence[ScoreShift], team: str, objective: str, scenario: Scenario
) -> tuple[Alternative, ...]:
    """Return changes to one score with the scores as they are shown, and with their price."""
    return tuple(
        Alternative(
            kind=moved.change.kind,
            team=moved.change.team,
            subject=moved.change.subject,
            text=moved.change.deed,
            before=before,
            after=after,
            here=_price(whatif.Price(team, objective, moved.marks), scenario),
            elsewhere=_prices(moved.elsewhere, team, scenario),
            capital=_capital(moved.change.cost, scenario),
        )
        for moved in changes
        if (before := score(moved.before)) is not None and (after := score(moved.after)) is not None
    )


def improvements(tried: WhatIf, scenario: Scenario) -> tuple[Improvement, ...]:
    """Return the changes that would have helped the exercise as a whole most."""
    return tuple(
        Improvement(
            kind=one.change.kind,
            team=one.change.team,
            teams=tuple(part.team for part in one.change.parts) or (one.change.team,),
            subject=one.change.subject,
            text=one.change.deed,
            total=Points(one.total),
            prices=_prices(one.prices, one.change.team, scenario),
            capital=_capital(one.change.cost, scenario),
        )
        for one in tried.best()
    )


def _prices(prices: Iterable[whatif.Price], first: str, scenario: Scenario) -> tuple[Price, ...]:
    """Return prices in the order of teams, one of them first, and of objectives."""
    teams, goals = list(scenario.teams), list(scenario.objectives)
    ordered = sorted(
        prices, key=lambda one: (one.team != first, teams.index(one.team), goals.index(one.objective))
    )
    return tuple(_price(one, scenario) for one in ordered)


def _price(one: whatif.Price, scenario: Scenario) -> Price:
    code = scenario.objectives[one.objective].code
    return Price(one.team, scenario.teams[one.team].name, one.objective, code, Points(one.marks))


def _capital(cost: Mapping[str, int], scenario: Scenario) -> tuple[CapitalPrice, ...]:
    """Return what it costs each team at home, where a scenario counts that."""
    if not scenario.has_capital:
        return ()
    return tuple(CapitalPrice(team, scenario.teams[team].name, Points(by)) for team, by in cost.items())
