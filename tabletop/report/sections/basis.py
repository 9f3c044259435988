"""What the report rests on, and how its scores are made."""

from __future__ import annotations

from tabletop.pages.content import Column, signed
from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport
from tabletop.rules.tally import FEWEST_RATED
from tabletop.scenario.prose import listed, number


def write_basis(page: Page, report: AfterActionReport) -> None:
    """Write how scores are made, what each rule gave and took, and which log was read."""
    seen = report.overview
    for paragraph in _how_scores_are_made(report):
        page.paragraph(paragraph)
    if seen.rules:
        page.table(
            (
                Column("Rule", 55, key=True),
                Column("Good marks", right=True),
                Column("Bad marks", right=True),
            ),
            [(rule.title, signed(rule.gained), signed(rule.lost)) for rule in seen.rules],
        )
    besides = " and, for how hard the scenario is, from plays of it by the program" if report.anchors else ""
    left_out = " Names of seats, dates and times of day are left out." if report.anonymous else ""
    page.paragraph(
        f"Everything above is drawn from the exercise's log of {seen.events} events{besides}, "
        f"and from nothing else. The complete ledger is in the JSON form of this report.{left_out}"
    )
    if seen.incomplete:
        page.paragraph(seen.incomplete)
    chain = f", chain {seen.chain_head}" if seen.chain_head else ""
    edition = f": {seen.imprint}" if seen.imprint else ""
    page.bullets(
        (
            f"Recorded by tabletop {seen.program}",
            f"Scenario {seen.scenario_id}, content {seen.scenario_hash}{edition}",
            f"Last event number {seen.events}{chain}",
        )
    )


def _how_scores_are_made(report: AfterActionReport) -> tuple[str, ...]:
    """Return what a reader must know to read the scores, in a few sentences."""
    critical = [goal.code for goal in report.all_objectives if goal.time_critical]
    timing = (
        f" On time-critical objectives ({listed(critical)}) a good mark counts for what was done "
        "within its window only."
        if critical
        else ""
    )
    return (
        "Every mark, good (+) or bad (−), has a reason, and the numbers of the events in the log that it "
        f"rests on; those numbers stand in brackets throughout this report.{timing}",
        "Counted are the situations that arose: decisions put to a team, and what the rules between teams "
        "looked at. A bar runs from the worst (0) to the best (100) that those situations allowed. Under "
        f"{number(FEWEST_RATED)} situations nothing is rated.",
        "For all teams together stands their mean (the lowest, where a scenario says so), with the gap from "
        "the lowest to the highest beside it. Means and gaps are made before rounding. No figure stands for "
        "everything.",
        "An adjustment made by a person counts in the bar; the value the rules gave stands beside it.",
        "A rating is proposed by the mean of an objective over all teams "
        f"({', '.join(f'{letter} from {floor:g}' for letter, floor in report.bands.items())}, U below); "
        "where something went badly, S at most. It is for a person to confirm or to change.",
        "What would have changed a bar is found by playing the log again with that one thing done "
        "otherwise and everything else as it was, injects included.",
    )
