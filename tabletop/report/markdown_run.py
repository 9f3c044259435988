"""What happened, as Markdown: coordination, domestic capital, decisions, the MSEL."""

from __future__ import annotations

from itertools import groupby

from tabletop.plaintext import in_quotes
from tabletop.report.contents import ComparedDecision, questions
from tabletop.report.markdown_results import names, refs
from tabletop.report.markdown_ties import add_matrix
from tabletop.report.mdtext import Page, Piece, Strong
from tabletop.report.model import (
    AfterActionReport,
    CardRun,
    ConsultationRecord,
    DecisionRun,
    Delivery,
    InjectRun,
    Proposed,
    StatementRecord,
)


def add_coordination(page: Page, report: AfterActionReport) -> None:
    """Cards, consultations, statements and messages."""
    add_matrix(page, report)
    if report.crossings:
        _add_crossings(page, report)
    page.heading(3, "Information shared")
    _add_sharing(page, report)
    page.heading(3, "Consultations")
    if report.consultations:
        page.table(
            ("Time", "Asked by", "Asked", "About, and answers"),
            [
                (str(item.at), report.team_name(item.by), names(report, item.to), _consultation(report, item))
                for item in report.consultations
            ],
        )
    else:
        page.paragraph("No team consulted another.")
    page.heading(3, "Statements in public")
    if report.statements:
        page.table(
            ("Time", "Said by", "Label", "Words"),
            [
                (
                    str(item.at),
                    report.team_name(item.by),
                    f"{item.label} ({item.meaning})" if item.meaning else item.label or "–",
                    _spoken(item),
                )
                for item in report.statements
            ],
        )
    else:
        page.paragraph("No team spoke in public.")
    page.heading(3, "Messages")
    if not report.messages:
        page.paragraph("No messages were written.")
        return
    counts = "; ".join(
        f"{report.team_name(item.by)} to {report.team_name(item.to)} {item.messages}"
        for item in report.messages
    )
    page.paragraph(
        f"{sum(item.messages for item in report.messages)} written: {counts}. A message to several receivers "
        "counts once for each. Their words stay in the log."
    )


def _spoken(item: StatementRecord) -> list[Piece]:
    words = f"{item.text} {refs(item.evidence)}"
    return [Strong(item.decision), f" {words}"] if item.decision else [words]


def _add_crossings(page: Page, report: AfterActionReport) -> None:
    page.heading(3, "What comparing the teams shows")
    page.paragraph(
        "Points given by rules that look at several teams at once, beside those of each decision. The points "
        "go to each team named."
    )
    page.table(
        ("Time", "Rule", "Finding", "Teams", "Points"),
        [
            (
                str(item.at),
                item.title if item.title != item.text else "Condition of the scenario",
                f"{item.text} {refs(item.evidence)}",
                names(report, item.teams),
                ", ".join(f"{report.code(goal)} {item.points}" for goal in item.objectives),
            )
            for item in report.crossings
        ],
    )


def _add_sharing(page: Page, report: AfterActionReport) -> None:
    if not report.cards:
        page.paragraph("No team held a card.")
        return
    page.table(
        ("Card", "First held by", "Window", "Passed on"),
        [
            (
                Strong(f"{card.code} {card.title}"),
                f"{report.team_name(card.holder)}, {card.received}",
                str(card.window),
                _passed_on(report, card),
            )
            for card in report.cards
        ],
    )


def _passed_on(report: AfterActionReport, card: CardRun) -> str:
    parts = [
        _delivery(report, list(sent)) for _, sent in groupby(card.deliveries, key=lambda item: item.evidence)
    ]
    if card.without:
        parts.append(f"not passed on to {names(report, card.without)}")
    return "; ".join(parts)


def _delivery(report: AfterActionReport, sent: list[Delivery]) -> str:
    first = sent[0]
    flags = {"past its window": not first.within, "sanitised": first.sanitised, "again": first.again}
    remarks = "".join(f", {remark}" for remark, holds in flags.items() if holds)
    to = names(report, [item.to for item in sent])
    by = report.team_name(first.by)
    return f"{by} to {to}: {first.at}, after {first.after}{remarks} {refs(first.evidence)}"


def _consultation(report: AfterActionReport, item: ConsultationRecord) -> list[Piece]:
    parts: list[Piece] = [Strong(item.about), " "] if item.about else []
    parts.append(f"part of the decision {refs(item.evidence)}" if item.implied else refs(item.evidence))
    if item.text:
        parts.append(f" {in_quotes(item.text)}")
    parts += [
        f" – {report.team_name(reply.by)}, after {reply.after}: {in_quotes(reply.text)}"
        for reply in item.replies
    ]
    if item.unanswered:
        parts.append(f" – not answered by {names(report, item.unanswered)}")
    act = None if item.implied else report.next_act(item)
    if act is not None:
        parts.append(f" – then it {act.what}, {act.at}")
    return parts


def add_capital(page: Page, report: AfterActionReport) -> None:
    """Domestic capital, team by team."""
    page.paragraph(
        "What each team could still afford at home. Used up, it brings a backlash, is set anew, and halves "
        "the team's next window."
    )
    page.table(
        ("Team", "Start", "Lowest", "End", "Backlashes"),
        [
            (
                report.team_name(run.team),
                str(run.start),
                str(run.lowest),
                str(run.end),
                ", ".join(map(str, run.backlashes)) or "none",
            )
            for run in report.capital
        ],
        right=(1, 2, 3),
    )


def add_decisions(page: Page, report: AfterActionReport) -> None:
    """Every decision, with the choices of all teams that were asked."""
    if not report.decisions:
        page.paragraph("No decision was put to the teams.")
    for question in questions(report.decisions):
        _add_question(page, report, question)


def _add_question(page: Page, report: AfterActionReport, question: ComparedDecision) -> None:
    first = question.first
    page.heading(3, f"{first.code} {first.title}" if first.code else first.title)
    page.quotation(first.question)
    local = f" ({first.local}, {report.overview.zone})" if first.local else ""
    page.paragraph(
        f"Put with {first.inject} at {first.presented}{local}; window {first.window}, due {first.due}."
    )
    options: list[list[Piece]] = []
    for option in question.options:
        by = question.chosen_by(option.id)
        words = f"{option.code}: {option.text}" if option.code else option.text
        tradeoff = f" ({option.tradeoff})" if option.tradeoff else ""
        options.append(
            [Strong(words), f"{tradeoff} – chosen by {names(report, by)}"] if by else [words + tradeoff]
        )
    page.bullets(options)
    page.table(
        ("Team", "Outcome", "Points", "Capital", "Rationale"),
        [
            (
                Strong(report.team_name(run.team)),
                _outcome(run),
                _points(report, run),
                str(run.capital),
                _rationale(run),
            )
            for run in question.runs
        ],
        right=(3,),
    )
    made = [_proposal(report, run, proposed) for run in question.runs for proposed in run.proposed]
    if made:
        page.bullets(made)


def _proposal(report: AfterActionReport, run: DecisionRun, proposed: Proposed) -> list[Piece]:
    """Who in a team proposed what, and what came of it."""
    code = next((option.code for option in run.options if option.id == proposed.option), "")
    option = f"{code}: {proposed.text}" if code else proposed.text
    why = f" – {proposed.rationale}" if proposed.rationale else ""
    fate = {"replaced": "; replaced later", "withdrawn": "; withdrawn"}.get(proposed.fate, "")
    fate = "; so decided" if proposed.taken else fate
    who = f"Proposed in {report.team_name(run.team)} at {proposed.at} by {proposed.who}: "
    return [who, Strong(option), f"{why}{fate} {refs(proposed.evidence)}"]


def _outcome(run: DecisionRun) -> str:
    halved = f"; window halved to {run.window}" if run.halved else ""
    if run.taken is None:
        reason = f" ({run.reason})" if run.reason else ""
        return f"{run.outcome}{reason}{halved}"
    option = (run.chosen.code or run.chosen.id) if run.chosen else ""
    when = f"late by {run.late_by}" if run.outcome == "late" else run.outcome
    return f"{option} at {run.taken}, {when}{halved}"


def _points(report: AfterActionReport, run: DecisionRun) -> str:
    awards = ", ".join(
        f"{report.code(award.objective)} {award.points}{' (too late)' if award.rule == 'late' else ''}"
        for award in run.points
    )
    return f"{awards or 'none'} {refs(run.evidence)}"


def _rationale(run: DecisionRun) -> str:
    parts = [run.rationale or run.nothing or "–"]
    for earlier in run.earlier:
        why = f": {earlier.rationale}" if earlier.rationale else ""
        parts.append(f"Amended. At {earlier.at} the choice was {in_quotes(earlier.text)}{why}")
    return " ".join(parts)


def add_msel(page: Page, report: AfterActionReport) -> None:
    """The master scenario events list as played."""
    page.table(
        ("Code", "Planned", "Released", "Inject", "To", "Read"),
        [
            (
                Strong(row.code or "–"),
                row.planned,
                _released(row),
                _inject(row),
                names(report, row.to),
                _read(report, row),
            )
            for row in report.msel
        ],
    )


def _released(row: InjectRun) -> str:
    if row.released is None:
        return row.fate
    return f"{row.released}{f' ({row.local})' if row.local else ''}, {row.fate}"


def _inject(row: InjectRun) -> list[Piece]:
    puts = f"; puts {', '.join(row.decisions)}" if row.decisions else ""
    flags = {"edited": row.edited, "re-addressed": row.readdressed}
    changed = "".join(f" ({flag})" for flag, holds in flags.items() if holds)
    expected = f"Expected: {row.expected}" if row.expected else ""
    reason = f"{row.fate.capitalize()}: {row.reason}" if row.reason else ""
    details = (f"{row.sender}, {row.channel}{puts}", refs(row.evidence), expected, reason)
    return [Strong(row.title), f"{changed} – {' '.join(part for part in details if part)}"]


def _read(report: AfterActionReport, row: InjectRun) -> str:
    parts = [f"{report.team_name(reading.team)} {reading.at}" for reading in row.read]
    if row.unread:
        parts.append(f"not read: {names(report, row.unread)}" if row.read else "not read")
    return "; ".join(parts)
