"""How teams worked together: who told whom and how fast, who consulted whom, who spoke in public."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from tabletop.pages.content import Column, Gap, Piece, joined, note, reference, signed, strong, tag
from tabletop.pages.page import Page
from tabletop.plaintext import in_quotes
from tabletop.report.charts.sharing import sharing_chart
from tabletop.report.model import AfterActionReport
from tabletop.report.model.coordination import Coordination
from tabletop.report.model.exchange import CardRun, Delivery, StatementRecord
from tabletop.report.sections.ties import write_consultations, write_joint_decisions, write_matrix
from tabletop.report.sections.timed import write_cards_judged
from tabletop.report.words import NOBODY_SPOKE
from tabletop.scenario.prose import ended


def write_coordination(page: Page, report: AfterActionReport) -> None:
    """Write the matrix, joint decisions, what rules found, cards, consultations, statements and messages."""
    tied = Coordination(
        report.ties, report.joint, report.consultations, report.judges_coordination, report.names
    )
    write_matrix(page, tied)
    write_joint_decisions(page, tied)
    if report.crossings:
        _write_crossings(page, report)
    page.heading(3, "Information shared")
    page.figure(
        partial(sharing_chart, report),
        "Cards given by one team to another, each counted once; how many came within the card’s window, and "
        "the median time from having the card to passing it on.",
    )
    _write_cards(page, report)
    write_cards_judged(page, report.timed)
    write_consultations(page, tied)
    page.heading(3, "Statements in public")
    _write_statements(page, report)
    page.heading(3, "Messages")
    _write_messages(page, report)


def _write_crossings(page: Page, report: AfterActionReport) -> None:
    page.heading(3, "What comparing the teams shows")
    page.paragraph(
        "Marks given by rules that look at several teams at once, beside those of each decision. The marks "
        "go to each team named.",
        "lead",
    )
    page.table(
        (Column("Time", 8), Column("Rule", 12), "Finding", Column("Teams", 12), Column("Marks", 8)),
        [
            (
                item.at,
                item.title if item.title != item.text else "Condition of the scenario",
                [item.text, " ", reference(item.evidence)],
                report.team_names(item.teams),
                joined(([f"{report.code(goal)} ", signed(item.points)] for goal in item.objectives), ", "),
            )
            for item in report.crossings
        ],
    )


def _write_cards(page: Page, report: AfterActionReport) -> None:
    if not report.cards:
        page.paragraph("No team held a card.", "none")
        return
    page.table(
        (Column("Card", 25, key=True), Column("First held by", 18), Column("Window", 10), "Passed on"),
        [
            (
                [strong(f"{card.code} {card.title}".strip()), *_guarded(report, card)],
                f"{report.team_name(card.holder)}, {card.received}",
                card.window,
                _passed_on(report, card),
            )
            for card in report.cards
        ],
    )


def _guarded(report: AfterActionReport, card: CardRun) -> list[Piece]:
    """Return the caveat of a card, if it has one."""
    if not card.caveat:
        return []
    return [Gap("; ", line=True), note(f"caveat: clean form only for {report.team_names(card.caveat)}")]


def _passed_on(report: AfterActionReport, card: CardRun) -> list[Piece]:
    parts = [
        _delivery(report, list(sent)) for _, sent in groupby(card.deliveries, key=lambda item: item.evidence)
    ]
    if card.without:
        parts.append([note(f"not passed on to {report.team_names(card.without)}")])
    if card.clean and any(delivery.sanitised for delivery in card.deliveries):
        parts.append([note(f"clean form: {in_quotes(card.clean.strip())}")])
    return joined(parts, Gap("; ", line=True))


def _delivery(report: AfterActionReport, sent: Sequence[Delivery]) -> list[Piece]:
    first = sent[0]
    remarks = [
        *([] if first.within else [tag("past its window", "bad")]),
        *([tag("clean form")] if first.sanitised else []),
        *([tag("against its caveat", "bad")] if any(item.against_caveat for item in sent) else []),
        *([tag(f"by {first.standing}")] if first.standing else []),
        *([tag("again")] if first.again else []),
    ]
    to = report.team_names([item.to for item in sent])
    return [
        f"{report.team_name(first.by)} to {to}: {first.at}, after {first.after}",
        *(piece for remark in remarks for piece in (Gap(", "), remark)),
        " ",
        reference(first.evidence),
    ]


def _write_statements(page: Page, report: AfterActionReport) -> None:
    if not report.statements:
        page.paragraph(NOBODY_SPOKE, "none")
        return
    page.table(
        (Column("Time", 9), Column("Said by", 12), Column("Label", 18), "Words"),
        [
            (
                item.at,
                report.team_name(item.by),
                [item.label, note(f" ({item.meaning})" if item.meaning else "")] if item.label else None,
                _said(item),
            )
            for item in report.statements
        ],
    )


def _said(item: StatementRecord) -> list[Piece]:
    about: list[Piece] = [strong(item.decision), " "] if item.decision else []
    advice: list[Piece] = [" ", note(f"Advice to the public in {item.advice}")] if item.advice else []
    text = ended(item.text) if advice else item.text
    return [*about, text, *advice, " ", reference(item.evidence)]


def _write_messages(page: Page, report: AfterActionReport) -> None:
    if not report.messages:
        page.paragraph("No messages were written.", "none")
        return
    counts = "; ".join(
        f"{report.team_name(item.by)} to {report.team_name(item.to)} {item.messages}"
        for item in report.messages
    )
    page.paragraph(
        f"{counts}. A message to several receivers counts once for each. Their words stay in the log."
    )
