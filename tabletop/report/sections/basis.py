"""What the report rests on, and how its scores are made."""

from __future__ import annotations

from tabletop.pages.content import Column, signed
from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport
from tabletop.report.words import BANDS
from tabletop.scenario.prose import listed


def write_basis(page: Page, report: AfterActionReport) -> None:
    """Write how scores are made, what each rule gave and took, and which log was read."""
    seen = report.overview
    for paragraph in _how_scores_are_made(report):
        page.paragraph(paragraph)
    if seen.rules:
        page.table(
            (
                Column("Rule", 55, key=True),
                Column("Entries", right=True),
                Column("Points given", right=True),
                Column("Points taken", right=True),
            ),
            [(rule.title, rule.entries, signed(rule.gained), signed(rule.lost)) for rule in seen.rules],
        )
    left_out = " Names of seats, dates and times of day are left out." if report.anonymous else ""
    page.paragraph(
        f"Everything above is drawn from the exercise's log of {seen.events} events and from nothing else. "
        f"The complete ledger is in the JSON form of this report.{left_out}"
    )
    chain = f", chain {seen.chain_head}" if seen.chain_head else ""
    page.bullets(
        (
            f"Recorded by tabletop {seen.program}",
            f"Scenario {seen.scenario_id}, content {seen.scenario_hash}",
            f"Last event number {seen.events}{chain}",
        )
    )


def _how_scores_are_made(report: AfterActionReport) -> tuple[str, ...]:
    """Return what a reader must know to read the scores, in a few sentences."""
    critical = [goal.code for goal in report.all_objectives if goal.time_critical]
    timing = (
        f" On time-critical objectives ({listed(critical)}) a good effect counts in full within the window, "
        "half up to one and a half windows, and not at all after that."
        if critical
        else ""
    )
    bands = [f"{word} from {floor:g}" if floor else f"{word} below {BANDS[-2][0]:g}" for floor, word in BANDS]
    return (
        "Every point in the ledger has a rule, a reason, and the numbers of the events in the log that it "
        f"rests on; those numbers stand in brackets throughout this report.{timing}",
        "A team's score on an objective is its points on a scale from the worst (0) to the best (100) that "
        "the decisions put to it and the rules in play allowed. An objective that nothing could move is not "
        "exercised and has no score.",
        "Across teams, the score of an objective is the mean less a quarter of the gap between the highest "
        "and the lowest team. The overall score is the weighted mean of the exercised objectives. In words: "
        f"{listed(bands)}.",
        "An adjustment made by a person counts in the score; the value the rules gave stands beside it.",
        "A rating is proposed by the score of an objective over all teams "
        f"({', '.join(f'{letter} from {floor:g}' for letter, floor in report.bands.items())}, U below). It "
        "is for a person to confirm or to change.",
        "What would have changed a score is found by playing the log again with that one thing done "
        "otherwise and everything else as it was, injects included.",
    )
