"""Scores per objective and team, and ratings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tabletop.pages.content import Column, Gap, Inline, Piece, Row, note, reference, strong, tag
from tabletop.pages.page import Page
from tabletop.report.charts.progress import progress_chart
from tabletop.report.charts.scores import score_chart
from tabletop.report.model import AfterActionReport
from tabletop.report.model.results import ObjectiveResult, RatingRun, ScoreRow
from tabletop.report.sections.anchors import write_anchors
from tabletop.report.sections.self_ratings import write_self_ratings
from tabletop.report.words import NOT_EXERCISED, rating_words
from tabletop.rules.tally import Tally
from tabletop.scenario.objectives import MEANING, meaning
from tabletop.scenario.prose import listed


def write_scores(page: Page, report: AfterActionReport) -> None:
    """Write the scores, what has none, the ratings, and how the scores came to be what they are."""
    if report.objectives:
        page.figure(
            partial(score_chart, report),
            "How the situations that arose went, per objective and team: 0 is the worst that they "
            "allowed, 100 the best. The upright line and the figure on the right stand for all teams.",
        )
        _write_table(page, report)
        _write_teams(page, report)
    else:
        page.paragraph(NOT_EXERCISED, "none")
    if report.not_exercised:
        one = len(report.not_exercised) == 1
        page.paragraph(
            [
                strong("Not exercised:"),
                f" {'; '.join(goal.name for goal in report.not_exercised)}. Nothing that arose in play could "
                f"move {'it' if one else 'them'}.",
            ]
        )
    waiting = [run for run in report.decisions if run.own_words and not run.judgement]
    if waiting:
        named = "; ".join(f"{report.team_name(run.team)} on {run.code or run.title}" for run in waiting)
        page.paragraph(
            [strong("To be judged:"), f" {named}, in the team's own words. They count for nothing so far."]
        )
    write_anchors(page, report.anchors)
    rated = [item for item in report.ratings if item.stands is not None]
    if rated:
        page.heading(3, "Ratings on the HSEEP scale")
        _write_proposed(page, report)
        if any(item.given is not None for item in rated):
            _write_ratings(page, report, [item for item in rated if item.given is not None])
        if report.agreement is not None:
            found = report.agreement
            page.paragraph(
                f"Where several people rated the same, {found.alike} of {found.pairs} "
                f"{'pair' if found.pairs == 1 else 'pairs'} of ratings are alike: "
                f"{found.percent:.0f} % agreement."
            )
    write_self_ratings(page, report)
    page.figure(
        partial(progress_chart, report),
        "Bars of each objective as the exercise went on, by game time in minutes. The last figures are "
        "those of the table.",
    )


def _write_table(page: Page, report: AfterActionReport) -> None:
    teams = [team.name for team in report.overview.teams]
    rows: list[Row] = [
        Row(
            [
                goal.name,
                *(_score(standing) for standing in goal.teams),
                _of_all_teams(goal),
                goal.gap if goal.rated else None,
            ]
        )
        for goal in report.objectives
    ]
    figures = (*teams, "All teams", "Gap")
    page.table((Column("Objective", 30, key=True), *(Column(title, right=True) for title in figures)), rows)


def _write_teams(page: Page, report: AfterActionReport) -> None:
    """Write for each team how its situations went, and where it stood highest and lowest."""
    page.heading(3, "Results of each team")
    page.table(
        (
            Column("Team", 18, key=True),
            Column("Went well", 22),
            Column("Highest", 30),
            Column("Lowest", 30),
        ),
        [(strong(team.name), *_of_team(report, team.id)) for team in report.overview.teams],
    )


def _of_team(report: AfterActionReport, team: str) -> tuple[Inline, Inline, Inline]:
    rows = [(goal, one) for goal in report.objectives for one in goal.teams if one.team == team]
    tally = Tally.total(one.tally for _, one in rows)
    shown = sorted(
        ((one.shown, goal.name) for goal, one in rows if one.shown is not None), key=lambda row: -row[0]
    )
    if not shown:
        return tally.short, None, None
    (high, best), (low, worst) = shown[0], shown[-1]
    return tally.short, f"{best}, {high}", f"{worst}, {low}"


def _score(standing: ScoreRow) -> Inline:
    if standing.score is None:
        return None
    shown: list[Piece] = [tag("not rated") if standing.shown is None else standing.shown]
    if standing.adjusted and standing.shown is not None:
        shown += _by_rules(standing.rule_score)
    badly = f", {standing.badly} badly" if standing.badly else ""
    return [*shown, Gap(" ", line=True), note(f"{standing.well} of {standing.situations} well{badly}")]


def _of_all_teams(goal: ObjectiveResult) -> list[Piece]:
    if not goal.rated:
        return [tag("not rated")]
    return [strong(goal.score), *(_by_rules(goal.rule_score) if goal.adjusted else [])]


def _by_rules(score: float | None) -> list[Piece]:
    return [Gap(" ", line=True), note(f"(rules {score})")]


def _write_proposed(page: Page, report: AfterActionReport) -> None:
    """Write what the scores propose for all teams and each, and room for what evaluators give."""
    teams = [team.name for team in report.overview.teams] if len(report.names) > 1 else []
    page.paragraph(
        "Proposed by the scores, for people to confirm or to change. "
        + "; ".join(f"{letter}: {meaning(letter)}" for letter in MEANING)
        + ".",
        "lead",
    )
    page.table(
        (
            Column("Objective", 34, key=True),
            *(Column(title, 11) for title in (*teams, "All teams" if teams else "Proposed")),
            Column("Given", 16),
        ),
        [
            (
                goal.name,
                *((one.proposed for one in goal.teams) if teams else ()),
                strong(goal.proposed) if goal.proposed else None,
                ", ".join(dict.fromkeys(_given(report, goal.id))) or "",
            )
            for goal in report.objectives
        ],
    )
    capped = list(_capped(report))
    if capped:
        named = listed(capped)
        page.paragraph(
            f"Where something went badly, S is proposed at most, however high the score: {named}.", "note"
        )


def _given(report: AfterActionReport, objective: str) -> list[str]:
    """Return what people gave for all teams together."""
    return [
        item.given for item in report.ratings if item.objective == objective and item.given and not item.team
    ]


def _capped(report: AfterActionReport) -> Iterator[str]:
    """Yield each objective, and each team on it, for which the score alone would propose P."""
    best = max(report.bands.values(), default=0.0)
    for goal in report.objectives:
        alone = len(report.names) < 2
        whole = [] if alone else [("all teams ", goal)]
        teams = [("" if alone else f"{report.team_name(one.team)} ", one) for one in goal.teams]
        results: list[tuple[str, ObjectiveResult | ScoreRow]] = [*whole, *teams]
        found = [
            f"{who}{one.score}, {one.tally.badly} badly"
            for who, one in results
            if one.proposed == "S" and one.shown is not None and one.score is not None
            if float(one.score) >= best
        ]
        if found:
            yield f"{goal.name} ({'; '.join(found)})"


def _write_ratings(page: Page, report: AfterActionReport, rated: list[RatingRun]) -> None:
    page.table(
        (
            Column("Objective", 30, key=True),
            Column("Team", 12),
            Column("Proposed", 20),
            Column("Given", 20),
            "Note",
            *([] if report.anonymous else [Column("By", 10)]),
        ),
        [
            (
                report.goal(item.objective),
                report.team_name(item.team) if item.team else "All teams",
                rating_words(item.proposed),
                strong(rating_words(item.given)) if item.given else None,
                [item.note, " ", reference(item.evidence)] if item.note or item.evidence else None,
                *([] if report.anonymous else [item.author or None]),
            )
            for item in rated
        ],
    )
