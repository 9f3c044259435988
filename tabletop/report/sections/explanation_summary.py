"""What each team came to on each objective, in a few lines: where to look before reading every reason."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from tabletop.pages.content import Column, code
from tabletop.pages.page import Page
from tabletop.report.model.explanation import ExplainedScore, Explanation
from tabletop.report.sections.changes import write_improvements
from tabletop.report.sections.explanation import tally_of, write_to_judge
from tabletop.report.words import NOTHING_MOVED

_COLUMNS: Final = (
    Column("Team", 14),
    Column("Went well", 16),
    Column("Bar", 5, right=True),
    Column("Good marks", 30),
    Column("Bad marks", 30),
)


def write_explanation_summary(page: Page, found: Explanation, deeper: Sequence[str]) -> None:
    """Write a line for each team on each objective, what would have helped most, and how to go deeper."""
    write_to_judge(page, found.to_judge)
    if not found.explained:
        page.paragraph(NOTHING_MOVED, "none")
    for (short, title), scores in groupby(found.explained, key=lambda one: (one.code, one.title)):
        page.heading(3, [code(short), f" {title}"])
        page.table(
            _COLUMNS,
            [
                (
                    one.name,
                    tally_of(one).short,
                    str(one.score) if one.score is not None and tally_of(one).rated else "–",
                    _sources(one, 1),
                    _sources(one, -1),
                )
                for one in scores
            ],
        )
    if found.what_if and found.explained:
        page.heading(3, "What would have helped most")
        write_improvements(page, found.best)
    page.heading(3, "Every mark with its reason")
    page.bullets(list(deeper))


def _sources(one: ExplainedScore, sign: int) -> str:
    """Return what gave marks of one sign: decisions by their code, rules by their title."""
    return ", ".join(
        dict.fromkeys(
            sentence.source
            for sentence in sorted(one.sentences, key=lambda sentence: sentence.at)
            if sign * sentence.points > 0
        )
    )
