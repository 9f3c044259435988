"""The coordination matrix: who shared with whom and how fast, who consulted whom before what, who decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from tabletop.exercise.events import Record
from tabletop.plaintext import one_line
from tabletop.report.history import read_history
from tabletop.report.model.coordination import Asking, Coordination, JointAnswer, JointDecision, Tie
from tabletop.report.parts import ties
from tabletop.report.parts.exchange import cards, consultations
from tabletop.report.plainlayout import table
from tabletop.scenario.prose import listed
from tabletop.scenario.quantities import Stretch

_HEADS: Final = (
    "From",
    "To",
    "Cards",
    "In window",
    "Median",
    "Minutes",
    "Asked",
    "Answered",
    "Median answer",
    "Implied",
)


def coordination(records: Sequence[Record]) -> Coordination:
    """What passed between each team and each other one. Raises ValueError for an empty log."""
    history = read_history(records)
    return ties.coordination(history, cards(history), consultations(history))


# As text ---------------------------------------------------------------------------------------


def render_text(found: Coordination) -> str:
    """The matrix and what stands behind it, in aligned columns, safe to print."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Coordination) -> Iterator[str]:
    yield "COORDINATION BETWEEN TEAMS"
    yield ""
    rows = [
        (
            one_line(found.names[tie.by]),
            one_line(found.names[tie.to]),
            str(tie.cards),
            str(tie.within),
            _or_dash(tie.median),
            " ".join(one.after.minutes for one in tie.handovers) or "–",
            str(tie.asked),
            str(tie.answered),
            _or_dash(tie.median_answer),
            str(tie.implied),
        )
        for tie in found.ties
    ]
    yield from table(_HEADS, rows, right=(2, 3, 4, 6, 7, 8, 9))
    yield ""
    yield "Minutes count from when the giver had the card. Implied: consultations that an option stands for."
    yield ""
    yield from _consultation_lines(found)
    yield from _joint_lines(found)


def _consultation_lines(found: Coordination) -> Iterator[str]:
    rows = [
        (
            str(askings[0].at),
            one_line(found.names[together[0].by]),
            one_line(askings[0].about or "–"),
            ", ".join(_answer(found, *pair) for pair in zip(together, askings, strict=True)),
            _next(askings[0]),
        )
        for together, askings in consultations_in_order(found)
    ]
    if rows:
        yield from table(("At", "Consulted by", "About", "Answered after", "Came before"), rows)
    else:
        yield "No team consulted another."


def _joint_lines(found: Coordination) -> Iterator[str]:
    if not found.joint:
        return
    rows = [
        (
            one_line(joint.name),
            str(joint.put),
            ", ".join(_answered(found, answer) for answer in joint.answers) or "–",
            _or_dash(joint.lag),
            listed([one_line(found.names[team]) for team in joint.missing]) or "–",
        )
        for joint in found.joint
    ]
    yield ""
    heads = ("Put to several", "At", "Decided, the first to the last", "Lag", "Did not decide")
    yield from table(heads, rows, right=(3,))


def consultations_in_order(found: Coordination) -> list[tuple[list[Tie], list[Asking]]]:
    """Every consultation in the order of the log, with an asking for each partner."""
    same: dict[tuple[int, ...], tuple[list[Tie], list[Asking]]] = {}
    for tie in found.ties:
        for asking in tie.askings:
            together, askings = same.setdefault(asking.evidence, ([], []))
            together.append(tie)
            askings.append(asking)
    return [same[evidence] for evidence in sorted(same)]


def ends(joint: JointDecision) -> tuple[JointAnswer | None, JointAnswer | None]:
    """The first and the last capital to decide; None where there is none."""
    first = joint.answers[0] if joint.answers else None
    return first, joint.answers[-1] if len(joint.answers) > 1 else None


def _answered(found: Coordination, answer: JointAnswer) -> str:
    return f"{one_line(found.names[answer.team])} {answer.at}{' (late)' if answer.late else ''}"


def _answer(found: Coordination, tie: Tie, asking: Asking) -> str:
    to = one_line(found.names[tie.to])
    if asking.implied:
        return f"{to} (implied)"
    return f"{to} never" if asking.answered is None else f"{to} {asking.answered}"


def _next(asking: Asking) -> str:
    if asking.before is None:
        return "–"
    return f"{one_line(asking.before.what)}, {asking.before.at}"


def _or_dash(value: object) -> str:
    return "–" if value is None else str(value)


# As data ---------------------------------------------------------------------------------------


def to_data(found: Coordination) -> dict[str, Any]:
    """The matrix for JSON. Game times are strings such as ``T+36:30``, lengths of time are seconds."""
    return {
        "ties": [_tie_data(tie) for tie in found.ties],
        "joint": [_joint_data(joint) for joint in found.joint],
    }


def _tie_data(tie: Tie) -> dict[str, Any]:
    return {
        "by": tie.by,
        "to": tie.to,
        "cards": tie.cards,
        "within": tie.within,
        "median": _seconds(tie.median),
        "handovers": [
            {
                "card": one.card,
                "code": one.code,
                "at": str(one.at),
                "after": int(one.after),
                "within": one.within,
                "evidence": list(one.evidence),
            }
            for one in tie.handovers
        ],
        "asked": tie.asked,
        "answered": tie.answered,
        "unanswered": tie.unanswered,
        "median_answer": _seconds(tie.median_answer),
        "implied": tie.implied,
        "askings": [
            {
                "at": str(one.at),
                "about": one.about,
                "implied": one.implied,
                "answered": _seconds(one.answered),
                "before": one.before
                and {"what": one.before.what, "at": str(one.before.at), "public": one.before.public},
                "evidence": list(one.evidence),
            }
            for one in tie.askings
        ],
    }


def _joint_data(joint: JointDecision) -> dict[str, Any]:
    first, last = ends(joint)
    return {
        "decision": joint.id,
        "code": joint.code,
        "title": joint.title,
        "put": str(joint.put),
        "first": first.team if first else None,
        "last": last.team if last else None,
        "lag": _seconds(joint.lag),
        "answers": [
            {
                "team": one.team,
                "option": one.option,
                "at": str(one.at),
                "after": int(one.after),
                "late": one.late,
                "evidence": list(one.evidence),
            }
            for one in joint.answers
        ],
        "missing": list(joint.missing),
    }


def _seconds(length: Stretch | None) -> int | None:
    return None if length is None else int(length)
