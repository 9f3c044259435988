"""The coordination matrix, joint decisions and consultations: for the report, and while an exercise runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tabletop.pages.content import Column, Gap, Piece, Span, joined, note, reference, strong, tag
from tabletop.pages.page import Page
from tabletop.plaintext import in_quotes
from tabletop.report.model.coordination import Act, Coordination, JointDecision
from tabletop.report.model.exchange import ConsultationRecord
from tabletop.report.words import NOBODY_CONSULTED

_LATE: Final[tuple[Piece, ...]] = (Gap(" ("), tag("late", "bad"), Gap(")"))


def write_matrix(page: Page, found: Coordination) -> None:
    """Write what each team gave each other one and asked of it."""
    page.heading(3, "Coordination matrix" if found.judged else "From team to team")
    page.table(
        (
            Column("From", key=True),
            "To",
            Column("Cards", right=True),
            Column("In window", right=True),
            Column("Median", right=True),
            "Minutes of each",
            Column("Asked", right=True),
            Column("Answered", right=True),
            Column("Median answer", right=True),
            Column("Part of a decision", right=True),
        ),
        [
            (
                found.names[tie.by],
                found.names[tie.to],
                tie.cards,
                tie.within,
                tie.median,
                ", ".join(one.after.minutes for one in tie.handovers) or None,
                tie.asked,
                tie.answered,
                tie.median_answer,
                tie.implied,
            )
            for tie in found.ties
        ],
    )
    page.paragraph(
        "Each card counts once, from when the giver had it until it passed it on. Asked and answered are "
        "consultations by request; beside them stand those that were part of a decision. A consultation of "
        "several partners counts once for each of them.",
        "note",
    )


def write_joint_decisions(page: Page, found: Coordination) -> None:
    """Write the decisions that were put to several teams, if there are any."""
    if not found.joint:
        return
    page.heading(3, "Decisions put to several teams")
    page.table(
        (
            Column("Decision", 25, key=True),
            Column("Put at", 10),
            "Decided, the first to the last",
            Column("Lag", 12, right=True),
            Column("Did not decide", 16),
        ),
        [
            (
                strong(joint.name),
                joint.put,
                _answers(found, joint) or None,
                joint.lag,
                _names(found, joint.missing) or None,
            )
            for joint in found.joint
        ],
    )


def _answers(found: Coordination, joint: JointDecision) -> list[Piece]:
    return joined(
        (
            [
                f"{found.names[one.team]} {one.at}",
                *(_LATE if one.late else ()),
                f": {one.name}",
            ]
            for one in joint.answers
        ),
        Gap("; ", line=True),
    )


def write_consultations(page: Page, found: Coordination) -> None:
    """Write every consultation: about what, how it was answered, and what the team that asked did next."""
    page.heading(3, "Consultations")
    if not found.consultations:
        page.paragraph(NOBODY_CONSULTED, "none")
        return
    page.table(
        (Column("Time", 10), Column("Asked by", 18), Column("Asked", 18), "About, and answers"),
        [
            (item.at, found.names[item.by], _names(found, item.to) or None, _consultation(found, item))
            for item in found.consultations
        ],
    )


def _consultation(found: Coordination, item: ConsultationRecord) -> list[Piece]:
    parts: list[Piece] = [strong(item.about), " "] if item.about else []
    parts += [tag("part of the decision"), " "] if item.implied else []
    parts.append(reference(item.evidence))
    if item.text:
        parts += [" ", Span(in_quotes(item.text), "quote")]
    for reply in item.replies:
        answer = f"{found.names[reply.by]}, after {reply.after}: {in_quotes(reply.text)}"
        parts += [Gap(" – "), Span(answer, "quote")]
    if item.unanswered:
        parts += [Gap(" – ", line=True), tag("not answered by", "bad"), f" {_names(found, item.unanswered)}"]
    act = None if item.implied else next_act(found, item)
    if act is not None:
        parts += [Gap(" – ", line=True), note(f"then it {act.what}, {act.at}")]
    return parts


def next_act(found: Coordination, asked: ConsultationRecord) -> Act | None:
    """Return what the team that consulted did next."""
    askings = (asking for tie in found.ties if tie.by == asked.by for asking in tie.askings)
    return next((asking.before for asking in askings if asking.evidence == asked.evidence), None)


def _names(found: Coordination, teams: Sequence[str]) -> str:
    return ", ".join(found.names[team] for team in teams)
