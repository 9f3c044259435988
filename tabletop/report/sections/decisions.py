"""Every decision, with the choices of all teams that were asked."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.pages.content import (
    Column,
    Gap,
    Inline,
    Piece,
    code,
    joined,
    note,
    reference,
    signed,
    strong,
    tag,
)
from tabletop.pages.page import Page
from tabletop.plaintext import in_quotes
from tabletop.report.model import AfterActionReport
from tabletop.report.model.play import Choice, DecisionRun, Proposed
from tabletop.report.words import NO_DECISIONS
from tabletop.scenario.prose import ended

_COLUMNS = (
    Column("Team", 18, key=True),
    Column("Outcome"),
    Column("Marks", 40),
    Column("Rationale", below=True),
)
_CAPITAL = Column("Capital", 10, right=True)


def write_decisions(page: Page, report: AfterActionReport) -> None:
    """Write each decision once, in the order in which they were first put."""
    found: dict[str, list[DecisionRun]] = {}
    for run in report.decisions:
        found.setdefault(run.id, []).append(run)
    if not found:
        page.paragraph(NO_DECISIONS, "none")
    for runs in found.values():
        with page.group("card"):
            _write_decision(page, report, runs)


def _write_decision(page: Page, report: AfterActionReport, runs: Sequence[DecisionRun]) -> None:
    first = runs[0]
    page.heading(3, [code(first.code), f" {first.title}"] if first.code else first.title)
    if first.opened is not None:
        until = f"Talked about first, until the options opened at {first.opened}: "
        page.paragraph([until, strong(first.talked_first)], "note")
    page.quotation(first.question)
    local = f" ({first.local}, {report.overview.zone})" if first.local else ""
    page.paragraph(
        f"Put with {first.inject} at {first.presented}{local}; window {first.window}, due {first.due}.",
        "note",
    )
    page.choices([_option(report, option, runs) for option in first.options])
    capital = bool(report.capital)
    page.table(
        (*_COLUMNS[:-1], _CAPITAL, _COLUMNS[-1]) if capital else _COLUMNS,
        [
            (
                strong(report.team_name(run.team)),
                _outcome(run),
                _points(report, run),
                *([signed(run.capital)] if capital else []),
                _rationale(run),
            )
            for run in runs
        ],
    )
    made = [_proposal(report, run, proposed) for run in runs for proposed in run.proposed]
    if made:
        page.bullets(made)


def _option(
    report: AfterActionReport, option: Choice, runs: Sequence[DecisionRun]
) -> tuple[bool, list[Piece]]:
    by = [run.team for run in runs if run.chosen is not None and run.chosen.id == option.id]
    words = option.words
    tradeoff = [note(f" ({option.tradeoff})")] if option.tradeoff else []
    if not by:
        return False, [words, *tradeoff]
    return True, [strong(words), *tradeoff, f" – chosen by {report.team_names(by)}"]


def _proposal(report: AfterActionReport, run: DecisionRun, proposed: Proposed) -> list[Piece]:
    """Return who in a team proposed what, and what came of it."""
    option = next((one.words for one in run.options if one.id == proposed.option), proposed.text)
    option = option if proposed.option else f"in own words: {proposed.text}"
    fate = {"replaced": "replaced later", "withdrawn": "withdrawn"}.get(proposed.fate, "")
    came_to: list[Piece] = [Gap("; "), tag(fate)] if fate else []
    if proposed.taken:
        came_to = [Gap("; "), tag("so decided", "good")]
    return [
        f"Proposed in {report.team_name(run.team)} at {proposed.at} by {proposed.who}: ",
        strong(option),
        f" – {proposed.rationale}" if proposed.rationale else "",
        *came_to,
        " ",
        reference(proposed.evidence),
    ]


def _outcome(run: DecisionRun) -> list[Piece]:
    halved: list[Piece] = [Gap("; "), tag(f"window halved to {run.window}")] if run.halved else []
    if run.taken is None:
        reason = [f" ({run.reason})"] if run.reason else []
        return [tag(run.outcome, "tag" if run.outcome == "open" else "bad"), *reason, *halved]
    option = run.chosen.name if run.chosen and not run.own_words else ""
    option = "own words" if run.own_words else option
    late = run.outcome == "late"
    when = tag(f"late by {run.late_by}", "bad") if late else tag(run.outcome, "good")
    return [f"{option} at {run.taken}", Gap(", "), when, *halved]


def _points(report: AfterActionReport, run: DecisionRun) -> list[Piece]:
    awards = joined(
        (
            [
                f"{report.code(award.objective)} ",
                signed(award.points),
                note(" (too late)" if award.rule == "late" else ""),
            ]
            for award in run.points
            if award.points
        ),
        ", ",
    )
    return [*(awards or ["none"]), " ", reference(run.evidence)]


def _rationale(run: DecisionRun) -> Inline:
    said = run.rationale or run.nothing
    if run.own_words:
        said = f"{ended(f'In its own words: {in_quotes(run.own_words)}')} " + (
            f"Control judged it {run.judgement}."
            if run.judgement
            else "To be judged: it counts for nothing yet."
        )
    if not run.earlier:
        return said or None
    amended = [
        note(
            f"Amended. At {earlier.at} the choice was {in_quotes(earlier.text)}"
            f"{f': {earlier.rationale}' if earlier.rationale else ''}"
        )
        for earlier in run.earlier
    ]
    return joined([said or "–", *amended], Gap(" ", line=True))
