"""What a rehearsal found, set on any page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from tabletop.exercise.state import InjectStatus
from tabletop.pages.content import Column, Inline, code, note, strong
from tabletop.pages.page import Page
from tabletop.rehearsal.balance import LONG_IDLE, TOO_CLOSE, claims
from tabletop.rehearsal.figures import Spread, spread_of
from tabletop.rehearsal.findings import Findings
from tabletop.rehearsal.players import PLAYERS, Random
from tabletop.rehearsal.plots import Line, bar, picture
from tabletop.rehearsal.rehearsal import BEST, Rehearsal, Weight
from tabletop.rehearsal.tally import ALL_TEAMS
from tabletop.rules.tally import FEWEST_RATED
from tabletop.scenario.prose import listed, number

OVER_ALL: Final = "over all"
"""Stands for a figure of all objectives together, which no page shows."""

_WEIGHTIEST: Final = 12
"""Decisions shown by how much they matter; JSON has all."""
_CLOSEST: Final = 10
"""Pairs of objectives shown; JSON has all."""


def show(page: Page, found: Rehearsal) -> None:
    """Write the whole rehearsal."""
    page.heading(1, f"Rehearsal: {found.scenario.title}")
    _extent(page, found)
    if not found.random.plays:
        return
    findings = Findings(found)
    _players(page, found)
    _claims(page, findings)
    _spreads(page, found)
    _injects(page, findings)
    _choices(page, findings)
    _weights(page, found)
    _winners(page, findings)
    _correlations(page, findings)
    _pacing(page, found)


def _extent(page: Page, found: Rehearsal) -> None:
    done, wanted = found.random.plays, found.plan.plays
    extent = f"{done:,} random plays" if done == wanted else f"{done:,} of {wanted:,} random plays"
    stopped = " It was interrupted: this is what was done by then." if found.interrupted else ""
    page.paragraph(
        f"{extent}, seed {found.plan.seed}. A play has a number: the same number is the same play on any "
        f"machine.{stopped}"
    )
    page.paragraph(
        "Figures are bars from 0, the worst possible in the situations that arose, to 100, the best possible."
    )


def _players(page: Page, found: Rehearsal) -> None:
    page.heading(2, "Players")
    names = [*PLAYERS, BEST]
    goals = found.scenario.objectives
    columns = [
        Column("player", key=True),
        *(Column(g.code, right=True) for g in goals.values()),
    ]
    rows = [
        [
            PLAYERS[name].title if name in PLAYERS else BEST,
            *(_figure(found.result(name, goal) if found.rated(name, goal) else None) for goal in goals),
        ]
        for name in names
    ]
    page.table(columns, rows)
    page.paragraph(
        "Random is the median of its plays. Best found is what climbing with restarts came to. A dash stands "
        f"where under {number(FEWEST_RATED)} situations arose in most plays: that is not rated.",
        "note",
    )


def _claims(page: Page, findings: Findings) -> None:
    page.heading(2, "Whether it is balanced")
    columns: list[Column | str] = [Column("a balanced scenario", key=True), "figure", "holds"]
    rows: list[Sequence[Inline]] = [
        [one.text, OVER_ALL if one.overall else one.figure, "yes" if one.holds else strong("no")]
        for one in claims(findings)
    ]
    page.table(columns, rows)


def _spreads(page: Page, found: Rehearsal) -> None:
    page.heading(2, "Results of random plays")
    lines = _lines(found)
    page.figure(
        lambda: picture("spreads", "Results of random plays", lines), "Median, 5 to 95 %, worst and best."
    )
    columns: list[Column | str] = ["", Column("from 0 to 100"), *_SPREAD_COLUMNS]
    page.table(columns, [[_name(line), bar(line.spread), *_numbers(line)] for line in lines])


_SPREAD_COLUMNS: Final = [Column(name, right=True) for name in ("worst", "5 %", "median", "95 %", "best")]


def _lines(found: Rehearsal) -> list[Line]:
    lines = []
    for goal, objective in found.scenario.objectives.items():
        lines.append(Line(f"{objective.code} {objective.title}", _spread(found, goal), strong=True))
        lines += [
            Line(f"  {team.name}", _spread(found, goal, name)) for name, team in found.scenario.teams.items()
        ]
    return lines


def _spread(found: Rehearsal, goal: str, team: str = ALL_TEAMS) -> Spread | None:
    """Return the spread of a result that is rated in most random plays."""
    return found.spread(goal, team) if found.rated(Random.name, goal, team) else None


def _name(line: Line) -> Inline:
    return strong(line.name) if line.strong else line.name


def _numbers(line: Line) -> list[Inline]:
    one = line.spread
    values = [None] * 5 if one is None else [one.worst, one.low, one.median, one.high, one.best]
    return [_figure(value) for value in values]


def _injects(page: Page, findings: Findings) -> None:
    found = findings.rehearsal
    page.heading(2, "Injects and branches")
    statuses = (InjectStatus.RELEASED, InjectStatus.SKIPPED, InjectStatus.SCHEDULED)
    rows: list[Sequence[Inline]] = [
        [
            code(entry.code or entry.id),
            entry.inject.title,
            *(
                _share(found.random.injects[entry.id, status.value], found.random.plays)
                for status in statuses
            ),
        ]
        for entry in found.scenario.timeline
        if not entry.contingency and found.random.injects[entry.id, "released"] < found.random.plays
    ]
    if not rows:
        page.paragraph("Every inject went out in every play.")
        return
    page.table(
        [
            Column("", key=True),
            "inject",
            *(Column(name, right=True) for name in ("went out", "branch not taken", "never due")),
        ],
        rows,
    )
    never = findings.never_released
    page.paragraph(
        f"Never went out: {', '.join(never)}." if never else "Each of them went out at least once.",
        "" if never else "note",
    )


def _choices(page: Page, findings: Findings) -> None:
    page.heading(2, "Options that never came up")
    never = [findings.rehearsal.called(choice) for choice in findings.never_chosen]
    if never:
        page.bullets(never)
    else:
        page.paragraph("Every option was chosen at least once by every team that has it.")


def _weights(page: Page, found: Rehearsal) -> None:
    page.heading(2, "Decisions that matter most")
    goals = [goal for goal in found.scenario.objectives if found.rated(Random.name, goal)]
    rows: list[Sequence[Inline]] = [
        [
            code(found.code(one.decision)),
            found.scenario.teams[one.team].name,
            found.scenario.objectives[one.objective].code,
            f"{one.apart:.1f}",
            _means(found, one),
        ]
        for one in found.weights(goals)[:_WEIGHTIEST]
    ]
    if not rows:
        page.paragraph("Too few situations arise to rate any objective for all teams.")
        return
    columns: list[Column | str] = [
        Column("", key=True),
        "team",
        "moves",
        Column("apart", right=True),
        "mean of its bar by option",
    ]
    page.table(columns, rows)


def _means(found: Rehearsal, weight: Weight) -> str:
    best_first = sorted(weight.means.items(), key=lambda item: -item[1])
    return ", ".join(f"{found.option(weight.decision, option)} {mean:.1f}" for option, mean in best_first)


def _winners(page: Page, findings: Findings) -> None:
    found = findings.rehearsal
    page.heading(2, "What wins everywhere")
    player = found.best_everywhere()
    if player is not None:
        page.paragraph(f"The player “{PLAYERS[player].title}” is best on every objective.")
    best = [found.called(choice) for choice in findings.always_best]
    if best:
        page.paragraph("Nothing speaks against these options: they are best or equal on every objective.")
        page.bullets(best)
    if unrated := findings.unrated:
        are = "is" if len(unrated) == 1 else "are"
        page.paragraph(f"Of options that cannot be said: {listed(unrated)} {are} not rated in most plays.")
    elif player is None and not best:
        page.paragraph("No player and no option is best on every objective.")


def _correlations(page: Page, findings: Findings) -> None:
    page.heading(2, "Objectives that move together")
    pairs = findings.correlations[:_CLOSEST]
    if not pairs:
        page.paragraph("There is nothing to compare.")
        return
    goals = findings.rehearsal.scenario.objectives
    rows: list[Sequence[Inline]] = [
        [
            f"{goals[one].code} and {goals[other].code}",
            f"{value:+.2f}",
            note("they measure nearly the same") if value > TOO_CLOSE else "",
        ]
        for one, other, value in pairs
    ]
    page.table([Column("", key=True), Column("correlation", right=True), ""], rows)


def _pacing(page: Page, found: Rehearsal) -> None:
    page.heading(2, "Pacing as played")
    rows = [
        [team.name, *_minutes(found.random.idle, name), *_minutes(found.random.longest_idle, name)]
        for name, team in found.scenario.teams.items()
    ]
    page.table(
        [
            Column("team", key=True),
            *(Column(title, right=True) for title in ("idle", "at most", "longest span", "at most")),
        ],
        rows,
    )
    page.paragraph(
        "Minutes, median and most, without the window of a decision and without that of a card of one's own. "
        f"More than {LONG_IDLE} in one span are too many.",
        "note",
    )


def _minutes(counted: dict[str, Counter[int]], team: str) -> Iterator[str]:
    spread = spread_of(counted.get(team, Counter()), scale=1.0)
    yield from ("–", "–") if spread is None else (f"{spread.median:g}", f"{spread.best:g}")


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _share(count: int, of: int) -> str:
    return f"{100 * count / of:.0f} %"
