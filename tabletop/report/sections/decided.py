"""Every decision with the marks of all its options: also those that nobody chose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tabletop.pages.content import Gap, Piece, code, note, signed
from tabletop.pages.page import Page
from tabletop.plaintext import in_quotes
from tabletop.report.model.decided import Choosing, ExplainedDecision, ExplainedOption, OptionMark
from tabletop.scenario.prose import listed


def write_decided(page: Page, decisions: Sequence[ExplainedDecision]) -> None:
    """Write each decision with its options, who chose which, what was locked, and what fits together."""
    if not decisions:
        return
    page.heading(3, "Every option and its marks")
    page.paragraph(
        "The marks that each option carries, chosen or not. A mark under a condition stands in place of the "
        "plain one where the condition held.",
        "note",
    )
    for one in decisions:
        page.heading(4, [code(one.code), f" {one.title}"] if one.code else one.title)
        page.choices([(bool(option.chosen), _option(option)) for option in one.options])
        if one.fits:
            page.paragraph(f"Fits together: {'; or '.join(one.fits)}.", "note")


def _option(option: ExplainedOption) -> list[Piece]:
    found: list[Piece] = [option.words]
    if option.cost:
        found += [Gap(" – ", line=True), note("Domestic capital: "), option.cost]
    found += _who(option)
    for line in _marks(option.marks):
        found += [Gap("; ", line=True), *line]
    return found


def _who(option: ExplainedOption) -> Iterator[Piece]:
    if option.chosen:
        yield Gap(" – ", line=True)
        yield note("Chosen by " if option.id else "Not decided by ")
        yield listed([_when(one) for one in option.chosen])
    for one in option.locked:
        yield Gap(" – ", line=True)
        yield note(f"Locked to {one.name}: {in_quotes(one.locked)}")


def _when(one: Choosing) -> str:
    return one.name if one.at is None else f"{one.name} {one.at}"


def _marks(marks: Sequence[OptionMark]) -> Iterator[list[Piece]]:
    """Yield the plain marks on a line, and those under each condition on one of its own."""
    for (when, teams), several in groupby(marks, key=lambda mark: (mark.when, mark.teams)):
        case = f"for {listed(teams)}" if teams else ""
        case = " ".join(filter(None, (case, f"if {when}" if when else "")))
        line: list[Piece] = [note(f"{case}: ")] if case else []
        for number, mark in enumerate(several):
            line += ["; "] if number else []
            why = f" {mark.why}" if mark.why else ""
            line += [f"{mark.code} ", signed(mark.points) if mark.points else "no mark", why]
        yield line
