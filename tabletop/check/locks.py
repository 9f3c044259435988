"""Options that are locked for ever, and decisions that may leave a team without a choice."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.check.facts import Conditions
from tabletop.scenario.capital import CapitalNeeded
from tabletop.scenario.decisions import Decision
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import Place, problem_at
from tabletop.scenario.options import Option
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.scenario import Scenario


def locks(loaded: Loaded) -> Iterator[Problem]:
    """Warn of options that nobody can ever choose, and of decisions with nothing sure to be open."""
    search = _Search(loaded.scenario)
    for word, decision in loaded.scenario.decisions.items():
        place = loaded.places["decision", word] / "options"
        for name, option in decision.options.items():
            whys = [search.why_never(option, team) for team in decision.team]
            if whys and all(whys):
                yield _warning(
                    place / name,
                    "never-open",
                    f"nobody can ever choose option {quoted(name)}: {whys[0]}",
                    "change 'cost' or 'requires', or remove the option",
                )
        shut = [
            team
            for team in decision.team
            if all(search.may_lock(option, team) for option in decision.options.values())
        ]
        yield from _unreachable(word, decision, search, loaded.places["decision", word] / "fits")
        if shut:
            yield _warning(
                place,
                "all-locked",
                f"every option of decision {quoted(word)} may be locked to {quoted(shut[0])} at once, "
                "which leaves it nothing to choose",
                "let one option cost nothing and require nothing",
            )


def _unreachable(word: str, decision: Decision, search: _Search, place: Place) -> Iterator[Problem]:
    """Warn of each set of choices that fit together and that the teams can never make."""
    for index, together in enumerate(decision.fits):
        for team in decision.team:
            options = [decision.options[name] for name in together[team] if name in decision.options]
            if all(search.why_never(option, team) for option in options):
                why = (
                    f"{quoted(team)} can choose none of its options"
                    if options
                    else f"it names no option for {quoted(team)}"
                )
                yield _warning(
                    place / index,
                    "fits-unreachable",
                    f"nobody can reach set {index + 1} of 'fits' of decision {quoted(word)}: {why}",
                    "name an option for each team asked, or 'all'",
                )
                break


class _Search:
    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._conditions = Conditions(scenario)
        self._counts = scenario.score.capital
        """Whether domestic capital counts at all."""
        self._most = {team: self._ceiling(team) for team in scenario.teams}

    def why_never(self, option: Option, team: str) -> str:
        """Say why a team can never choose the option; empty if it may."""
        most, cost = self._most[team], -option.capital_for(team)
        if self._counts and option.cost is not None and cost > most:
            return f"it costs {cost} of domestic capital, and no team can have more than {most}"
        if told := self._dealt(option, team):
            return told
        match option.requires:
            case None:
                return ""
            case CapitalNeeded(capital=needed):
                if needed <= most or not self._counts:
                    return ""
                return f"it takes {needed} of domestic capital, and no team can have more than {most}"
            case condition:
                conflicts = [self._conditions.conflict(way) for way in self._conditions.ways(condition)]
                return f"'requires' contradicts itself about {conflicts[0]}" if all(conflicts) else ""

    def may_lock(self, option: Option, team: str) -> bool:
        """Return whether the option can be locked to the team, with what is left at the least."""
        least = min(1, self._scenario.capital.reset)
        dear = self._counts and option.cost is not None and -option.capital_for(team) > least
        free = option.requires is None or (isinstance(option.requires, CapitalNeeded) and not self._counts)
        return not free or bool(option.keeps) or dear

    def _dealt(self, option: Option, team: str) -> str:
        """Say which card that the option would keep a partner has from the start; empty if none."""
        for deal in self._scenario.deals:
            if deal.card.holder == team and deal.team in option.keeps.get(deal.card.id, ()):
                card, partner = quoted(deal.card.id), quoted(deal.team)
                return f"it keeps card {card} from {partner}, which has it from the start"
        return ""

    def _ceiling(self, team: str) -> int:
        """Return the most domestic capital that the team can ever have."""
        capital = self._scenario.capital
        gains = sum(
            max(0, *(option.capital_for(team) for option in decision.options.values()))
            for decision in self._scenario.decisions.values()
            if team in decision.team
        )
        bonus = capital.gate_bonus
        gates = len(self._scenario.phases) - 1 if bonus is not None else 0
        return max(capital.start, capital.reset) + gains + (int(bonus.points) * gates if bonus else 0)


def _warning(place: Place, code: str, message: str, hint: str) -> Problem:
    return problem_at(place, code, message, hint=hint, at_key=True, severity="warning")
