"""Why each point was given, and what would have changed each score: sentences to read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tabletop.pages.content import Gap, Piece, Role, Span, code, note, reference, strong
from tabletop.pages.page import Page
from tabletop.plaintext import in_quotes
from tabletop.report.model.explanation import Exhibit, ExplainedScore, Explanation, Sentence, ToJudge
from tabletop.report.sections.changes import write_alternatives, write_improvements
from tabletop.report.words import NOTHING_MOVED
from tabletop.rules.tally import Tally
from tabletop.scenario.quantities import Points


def write_explanation(page: Page, found: Explanation) -> None:
    """Write every point as a sentence and, where that was looked for, what would have changed each score."""
    _write_to_judge(page, found.to_judge)
    _write(page, found.explained, points=True, changes=found.what_if)
    if found.what_if and found.explained:
        write_best(page, found)


def write_best(page: Page, found: Explanation) -> None:
    """Write what would have helped the exercise as a whole most."""
    page.heading(3, "What would have helped most")
    write_improvements(page, found.best)


def write_points(page: Page, found: Explanation) -> None:
    """Write every point as a sentence with what it rests on."""
    _write_to_judge(page, found.to_judge)
    _write(page, found.explained, points=True, changes=False)


def write_outlooks(page: Page, found: Explanation) -> None:
    """Write what would have changed each score most."""
    scored = [one for one in found.explained if one.score is not None]
    _write(page, scored, points=False, changes=True)


def _write_to_judge(page: Page, waiting: Sequence[ToJudge]) -> None:
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
    for (short, title), scores in groupby(explained, key=lambda one: (one.code, one.title)):
        page.heading(3, [code(short), f" {title}"])
        for one in scores:
            page.heading(4, f"{one.name}: {_came_to(one)}")
            if points:
                _write_sentences(page, one.sentences)
            if changes and one.score is not None:
                if points:
                    page.label(strong("What would have changed it"))
                write_alternatives(page, one.changes, rated=_tally(one).rated)


def _came_to(one: ExplainedScore) -> str:
    if one.score is None:
        return "not exercised"
    tally = _tally(one)
    if not tally.rated:
        return f"{tally}: too few to rate"
    rules = f" (by the rules alone {one.rule_score})" if one.adjusted else ""
    marks = f"marks add up to {Points(one.earned + one.adjusted)}, possible were {one.worst} to {one.best}"
    return f"{tally}. Bar {one.score}{rules}: {marks}."


def _tally(one: ExplainedScore) -> Tally:
    return Tally(one.situations, one.well, one.badly)


def _write_sentences(page: Page, sentences: Sequence[Sentence]) -> None:
    if not sentences:
        page.paragraph("No mark was given.", "none")
    for sentence in sentences:
        role: Role = "gain" if sentence.points > 0 else "loss" if sentence.points < 0 else ""
        page.paragraph(Span(sentence.text, role))
        page.paragraph(f"Rule: {sentence.rule_title}", "note")
        page.bullets([_exhibit(exhibit) for exhibit in sentence.evidence])


def _exhibit(exhibit: Exhibit) -> list[Piece]:
    found: list[Piece] = [reference((exhibit.event,)), f" {exhibit.at}  {exhibit.sentence}"]
    for passage in exhibit.passages:
        title = f" {passage.title}" if passage.title else ""
        found += [Gap(" ", line=True), note(f"{passage.kind.capitalize()}{title}: {passage.text}")]
    return found
