"""Write a scorecard as lines of text, for `tabletop score`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tabletop.exercise.marking import MARKING
from tabletop.plaintext import display_width, one_line
from tabletop.rules.ratings import Rating, agreement
from tabletop.rules.scorefile import picture_words
from tabletop.rules.scoring import ObjectiveScore, Scorecard, TeamScore
from tabletop.rules.tally import FEWEST_RATED
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import listed, number
from tabletop.scenario.quantities import Level, Points
from tabletop.scenario.scenario import Scenario

_BAR: Final = 20
"""Cells of a bar."""
_WIDEST: Final = 44
"""Maximum cells of a title; longer ones are cut."""


class ScorecardText:
    """The lines of one scorecard, with the names that the scenario gives to its teams."""

    def __init__(self, card: Scorecard, scenario: Scenario) -> None:
        self._card, self._scenario = card, scenario
        self.teams = {team: one_line(known.name) for team, known in scenario.teams.items()}
        self._codes = {goal.objective: goal.code for goal in card.objectives}
        self._wide = max(map(display_width, self.teams.values()))

    def lines(self, compared: Sequence[str], notes: Sequence[str] = ()) -> Iterator[str]:
        """Yield the whole scorecard between its markings: notes, table, what it is compared with, marks."""
        yield MARKING
        yield ""
        for note in notes:
            yield note
            yield ""
        yield from self._table()
        yield ""
        yield from self._picture()
        yield from self._to_judge()
        yield from compared
        yield from self._ledger()
        yield ""
        yield MARKING

    def ratings(self, rated: Sequence[Rating]) -> list[str]:
        """Return what people gave for each objective, side by side, and how often they agree."""
        if not any(one.given for one in rated):
            return []
        lines = ["rated by people:"]
        for one in rated:
            people = ", ".join(f"{person.letter} ({one_line(person.by)})" for person in one.given)
            if people:
                whose = self.teams[one.team] if one.team else "all teams"
                lines.append(f"  {self._codes[one.objective]} {whose}: {people}")
        whole = agreement(rated)
        return [*lines, *([f"  {whole}"] if whole.pairs else []), ""]

    def across(self, goal: ObjectiveScore) -> str:
        """Return what stands for all teams, and the gap between them."""
        if goal.score is None:
            return "no situation arose"
        if goal.rated:
            return f"{goal.across} {goal.score:.0f}, gap {goal.gap:.0f}"
        if not goal.rated_teams:
            return f"not rated, under {number(FEWEST_RATED)} situations"
        rated = listed([self.teams[team] for team in goal.rated_teams])
        return f"not rated for all, {rated} alone had {number(FEWEST_RATED)} situations"

    def _table(self) -> Iterator[str]:
        """Yield each objective with the mean and the gap, and each team's bar and count below it."""
        codes = max(map(display_width, self._codes.values()), default=0)
        for goal in self._card.objectives:
            yield f"{_padded(goal.code, codes)}  {_cut(one_line(goal.title))}: {self.across(goal)}"
            for team, standing in goal.teams.items():
                if standing.score is not None:
                    result = f"{bar(standing)}  {standing.tally}{ruled(standing)}"
                    yield f"{' ' * codes}  {_padded(self.teams[team], self._wide)}  {result}"
        if self._scenario.has_capital:
            levels = (f"{self.teams[team]} {Level(level)}" for team, level in self._card.capital.items())
            yield ""
            yield f"domestic capital: {', '.join(levels)}"

    def _picture(self) -> Iterator[str]:
        """Yield the shared picture: the figures, then each probe with what was true and who was right."""
        picture = self._card.picture
        if not picture.probes:
            return
        words = picture_words(picture)
        yield f"Shared {words}" if words else "Shared picture: no answer could be judged"
        for probe in picture.probes:
            truth = " or ".join(map(one_line, probe.truth)) or "nothing came true: not counted"
            right = ", ".join(self.teams[answer.team] for answer in probe.answers if answer.right) or "nobody"
            answered = f"right: {right}" if probe.answered else "not answered"
            yield f"  {one_line(probe.asks)}  {truth}; {answered}"
        yield ""

    def _to_judge(self) -> Iterator[str]:
        if not self._card.to_judge:
            return
        yield "to be judged, and without marks until then:"
        for decision, team in self._card.to_judge:
            asked = self._scenario.decisions[decision]
            yield f"  {one_line(asked.code or asked.title)}  {self.teams[team]}, in its own words"
        yield ""

    def _ledger(self) -> Iterator[str]:
        """Yield all entries, by time."""
        if not self._card.ledger:
            yield "No mark was given."
            return
        for entry in sorted(self._card.ledger, key=lambda entry: (entry.at, max(entry.evidence), entry.team)):
            events = ", ".join(map(str, entry.evidence))
            points, code = _right(str(Points(entry.points)), 4), _padded(self._codes[entry.objective], 4)
            team, when = _padded(self.teams[entry.team], self._wide), _padded(format_time(entry.at), 9)
            yield f"{points}  {code} {team}  {when}{one_line(entry.reason)} [{events}]"


def bar(standing: TeamScore) -> str:
    """Draw the bar with its figure behind it."""
    if standing.score is None or not standing.tally.rated:
        return f"{'not rated':<{_BAR + 5}}"
    filled = round(standing.score / 100 * _BAR)
    return f"{'#' * filled:.<{_BAR}}  {standing.score:3.0f}"


def ruled(standing: TeamScore) -> str:
    """Say what the rules alone give where a person adjusted it."""
    if not standing.adjusted or standing.rule_score is None:
        return ""
    if not standing.rated:
        return " (adjusted by a person)"
    return f" (adjusted by a person; the rules alone give {standing.rule_score:.0f})"


def _cut(text: str) -> str:
    while display_width(text) > _WIDEST:
        text = text[:-2] + "…"
    return text


def _padded(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


def _right(text: str, width: int) -> str:
    return " " * (width - display_width(text)) + text
