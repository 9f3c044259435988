"""Why each point was given, and what would have changed each score: sentences to read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from tabletop.exercise.description import Passage
from tabletop.pages.content import Column, Gap, Piece, Role, Span, code, note, reference, strong
from tabletop.pages.page import Page
from tabletop.plaintext import in_quotes
from tabletop.report.model.decided import ExplainedSituation
from tabletop.report.model.explanation import Exhibit, ExplainedScore, Explanation, Sentence, ToJudge
from tabletop.report.sections.changes import write_alternatives, write_improvements
from tabletop.report.sections.decided import write_decided
from tabletop.report.sections.timed import write_cards_judged
from tabletop.report.words import NOTHING_MOVED
from tabletop.rules.tally import Tally
from tabletop.scenario.prose import capitalised
from tabletop.scenario.quantities import Points


def write_explanation(page: Page, found: Explanation) -> None:
    """Write every point as a sentence and, where that was looked for, what would have changed each score."""
    write_to_judge(page, found.to_judge)
    _write(page, found.explained, points=True, changes=found.what_if)
    if found.what_if and found.explained:
        write_best(page, found)
    write_decided(page, found.decisions)
    _write_timed(page, found)


def write_best(page: Page, found: Explanation) -> None:
    """Write what would have helped the exercise as a whole most."""
    page.heading(3, "What would have helped most")
    write_improvements(page, found.best)


def write_points(page: Page, found: Explanation) -> None:
    """Write every point as a sentence with what it rests on."""
    write_to_judge(page, found.to_judge)
    _write(page, found.explained, points=True, changes=False)
    write_decided(page, found.decisions)
    _write_timed(page, found)


def _write_timed(page: Page, found: Explanation) -> None:
    if found.timed:
        page.heading(3, "Cards judged by when partners got them")
        write_cards_judged(page, found.timed)


def write_outlooks(page: Page, found: Explanation) -> None:
    """Write what would have changed each score most."""
    scored = [one for one in found.explained if one.score is not None]
    _write(page, scored, points=False, changes=True)


def write_to_judge(page: Page, waiting: Sequence[ToJudge]) -> None:
    """Write which answers in a team's own words still give no mark."""
    if waiting:
        page.heading(3, "Still to be judged")
        page.paragraph(
            "Exercise control has yet to judge these answers. Until then they give no mark.", "note"
        )
        page.bullets([[code(one.decision), f" {one.name}: ", in_quotes(one.words)] for one in waiting])


def _write(page: Page, explained: Sequence[ExplainedScore], *, points: bool, changes: bool) -> None:
    if not explained:
        page.paragraph(NOTHING_MOVED, "none")
    shown = _Shown()
    for (short, title), scores in groupby(explained, key=lambda one: (one.code, one.title)):
        page.heading(3, [code(short), f" {title}"])
        for one in scores:
            page.heading(4, f"{one.name}: {_came_to(one)}")
            if points:
                _write_situations(page, one)
                _write_sentences(page, one.sentences, shown)
            if changes and one.score is not None:
                if points:
                    page.label(strong("What would have changed it"))
                write_alternatives(page, one.changes, rated=tally_of(one).rated)


def _came_to(one: ExplainedScore) -> str:
    if one.score is None:
        return "not exercised"
    tally = tally_of(one)
    if not tally.rated:
        return f"{tally}: too few to rate"
    rules = f" (by the rules alone {one.rule_score})" if one.adjusted else ""
    marks = f"marks add up to {Points(one.earned + one.adjusted)}, possible were {one.worst} to {one.best}"
    return f"{tally}. Bar {one.score}{rules}: {marks}."


def tally_of(one: ExplainedScore) -> Tally:
    """Return the three numbers of a score."""
    return Tally(one.situations, one.well, one.badly)


class _Shown:
    """The texts that stand on the page already: each is written once."""

    def __init__(self) -> None:
        self._known: set[Passage] = set()

    def new(self, passages: Sequence[Passage]) -> list[Passage]:
        """Return those that do not stand there yet."""
        found = [one for one in dict.fromkeys(passages) if one not in self._known]
        self._known.update(found)
        return found


_SITUATIONS: Final = (
    Column("Time", 9),
    Column("Source", 16),
    Column("What happened"),
    Column("Mark", 6, right=True),
    Column("Best", 6, right=True),
    Column("Worst", 6, right=True),
)


def _write_situations(page: Page, one: ExplainedScore) -> None:
    """Write every situation that could move a score, from which its bar can be added up by hand."""
    if one.judged:
        page.table(
            _SITUATIONS,
            [
                (str(row.at) if row.at is not None else "–", row.source, row.what, *_figures(row))
                for row in one.judged
            ],
        )


def _figures(row: ExplainedSituation) -> tuple[str, str, str]:
    mark, best, worst = (str(value) if value else "0" for value in (row.mark, row.best, row.worst))
    return mark, best, worst


def _write_sentences(page: Page, sentences: Sequence[Sentence], shown: _Shown) -> None:
    if not sentences:
        page.paragraph("No mark was given.", "none")
    for sentence in sentences:
        role: Role = "gain" if sentence.points > 0 else "loss" if sentence.points < 0 else ""
        page.paragraph(Span(sentence.text, role))
        page.paragraph(f"Rule: {sentence.rule_title}", "note")
        page.bullets([_exhibit(exhibit, shown) for exhibit in sentence.evidence])


def _exhibit(exhibit: Exhibit, shown: _Shown) -> list[Piece]:
    found: list[Piece] = [reference((exhibit.event,)), f" {exhibit.at}  {exhibit.sentence}"]
    for passage in shown.new(exhibit.passages):
        named = passage.kind in passage.title
        said = passage.title if named else f"{passage.kind} {passage.title}".rstrip()
        found += [Gap(" ", line=True), note(f"{capitalised(said)}: {passage.text}")]
    return found
