"""Compare the scores of a log by its own and by other rules, for `tabletop score --rules`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tabletop.exercise.apply import create
from tabletop.exercise.events import Record
from tabletop.pages.content import Column
from tabletop.pages.text import TextPage
from tabletop.plaintext import one_line
from tabletop.rules.rescoring import Difference, differences
from tabletop.rules.scorefile import rounded
from tabletop.rules.scoring import Scorecard, score_log
from tabletop.scenario.linking.other_rules import load_rules
from tabletop.scenario.quantities import Points

_WIDTH: Final = 1000
"""Cells that the table may take: it is not wrapped."""


def score_by(rules: Path, records: Sequence[Record]) -> Scorecard:
    """Return the scorecard of the log by the rules in a file. Raises ProblemsFound."""
    scenario = create(records[0]).script.scenario
    return score_log(records, load_rules(rules, scenario))


def other_data(rules: Path, own: Scorecard, other: Scorecard) -> dict[str, Any]:
    """Return the other scores with their differences from the log's own, for JSON."""
    found = {(one.objective, one.team): one for one in differences(own, other)}
    return {
        "rules": str(rules),
        **_scored(found[None, None], "overall"),
        "objectives": [
            {
                "id": goal.objective,
                "weight": goal.weight,
                **_scored(found[goal.objective, None], "score"),
                "teams": {team: _scored(found[goal.objective, team], "score") for team in goal.teams},
            }
            for goal in other.objectives
        ],
    }


def _scored(one: Difference, key: str) -> dict[str, float | None]:
    return {key: rounded(one.other), "difference": _shown_difference(one)}


def _shown_difference(one: Difference) -> float | None:
    """Return the difference of the rounded scores, as a reader would compute it."""
    own, other = rounded(one.own), rounded(one.other)
    return None if own is None or other is None else round(other - own, 1)


def other_lines(rules: Path, own: Scorecard, other: Scorecard, names: Mapping[str, str]) -> Iterator[str]:
    """Yield a table of the scores by both rules. `names` has the teams by their ids."""
    codes = max((len(goal.code) for goal in own.objectives), default=0)  # codes are plain ASCII
    found = {(one.objective, one.team): one for one in differences(own, other)}
    rows = [
        (
            f"{goal.code:{codes}}  {one_line(goal.title)}",
            *(_moved(found[goal.objective, team]) for team in (*names, None)),
        )
        for goal in own.objectives
    ]
    yield one_line(f"By the rules of {rules}:")
    yield ""
    page = TextPage(_WIDTH)
    page.table((Column(""), *(Column(name, right=True) for name in (*names.values(), "mean"))), rows)
    yield from page.text().splitlines()


def _moved(one: Difference) -> str:
    own, other = (None if value is None else round(value) for value in (one.own, one.other))
    if own == other:
        return "–" if own is None else f"{own}"
    change = None if own is None or other is None else other - own
    remark = f" ({Points(change)})" if change is not None else ""
    return " → ".join("–" if value is None else f"{value}" for value in (own, other)) + remark
