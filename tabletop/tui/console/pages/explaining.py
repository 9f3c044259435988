"""Why each point was given, what would have changed it, and who told whom: lines of a given width. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabletop.plaintext import one_line
from tabletop.report.coordination import consultations_in_order
from tabletop.report.model.coordination import Asking, Coordination, JointDecision, Tie
from tabletop.report.model.explanation import Exhibit, Explanation, Reckoning, Sentence
from tabletop.report.plainlayout import table, wrapped
from tabletop.scenario.prose import listed
from tabletop.scenario.quantities import Points
from tabletop.tui.widgets.rows import Part, Tone

Line = tuple[Part, ...]
_BLANK: Line = ()


def ledger_page(found: Explanation, team: str | None, objective: str | None, width: int) -> list[Line]:
    """Every point as a sentence with its evidence; of one team, one objective, both or all."""
    return list(_reckonings(found, team, objective, width, changes=False))


def changes_page(found: Explanation, team: str | None, objective: str | None, width: int) -> list[Line]:
    """What would have changed each score most."""
    return list(_reckonings(found, team, objective, width, changes=True))


def _set(text: str, tone: Tone, width: int, indent: str = "", hanging: str | None = None) -> Iterator[Line]:
    for line in wrapped(text, width, indent=indent, hanging=hanging):
        yield ((line, tone),)


def _reckonings(
    found: Explanation, team: str | None, objective: str | None, width: int, *, changes: bool
) -> Iterator[Line]:
    chosen = [
        reckoning
        for reckoning in found.reckonings
        if team in (None, reckoning.team)
        and objective in (None, reckoning.objective)
        and not (changes and reckoning.score is None)
    ]
    if not chosen:
        yield (("Nothing of this has given or could have given points so far.", "dim"),)
    heading = ""
    for reckoning in chosen:
        if reckoning.objective != heading:
            yield from [_BLANK] if heading else []
            heading = reckoning.objective
            yield from _set(f"{reckoning.code} {reckoning.title}", "new", width)
        yield _BLANK
        yield from _set(f"{reckoning.name}: {_standing(reckoning)}", "strong", width)
        yield from _changes(reckoning, width) if changes else _sentences(reckoning, width)


def _standing(reckoning: Reckoning) -> str:
    if reckoning.score is None:
        return "not exercised"
    rules = f", by the rules alone {reckoning.rule_score}" if reckoning.adjusted else ""
    points = Points(reckoning.earned + reckoning.adjusted)
    return f"{reckoning.score}{rules} ({points}, possible {reckoning.worst} to {reckoning.best})"


def _sentences(reckoning: Reckoning, width: int) -> Iterator[Line]:
    if not reckoning.sentences:
        yield (("  No points were given or taken.", "dim"),)
    for number, sentence in enumerate(reckoning.sentences):
        yield from [_BLANK] if number else []
        yield from _sentence(sentence, width)


def _sentence(sentence: Sentence, width: int) -> Iterator[Line]:
    tone: Tone = "good" if sentence.points > 0 else "bad" if sentence.points < 0 else "plain"
    yield from _set(sentence.text, tone, width, "  ")
    yield from _set(f"Rule: {sentence.rule_title}", "dim", width, "    ")
    for exhibit in sentence.evidence:
        yield from _exhibit(exhibit, width)


def _exhibit(exhibit: Exhibit, width: int) -> Iterator[Line]:
    lead = f"{exhibit.at}  {exhibit.who} {exhibit.what} [event {exhibit.event}]"
    yield from _set(lead, "plain", width, "    ", "      ")
    for passage in exhibit.passages:
        title = f" {passage.title}" if passage.title else ""
        text = f"{passage.kind.capitalize()}{title}: {passage.text}"
        yield from _set(text, "dim", width, "      ", "        ")


def _changes(reckoning: Reckoning, width: int) -> Iterator[Line]:
    if not reckoning.changes:
        yield (("  No single change would have moved it.", "dim"),)
    for change in reckoning.changes:
        subject = f" ({change.subject})" if change.subject else ""
        text = f"{change.before} to {change.after} ({change.by}), if {change.text}{subject}"
        yield from _set(text, "good" if change.by > 0 else "plain", width, "  ", "    ")


# Coordination ----------------------------------------------------------------------------------


def coordination_page(found: Coordination, width: int) -> list[Line]:
    """The matrix of who told whom, then consultations and joint decisions in the order of the log."""
    return [*_matrix(found, width), *_consultations(found, width), *_joint(found, width)]


def _matrix(found: Coordination, width: int) -> Iterator[Line]:
    yield (("Who shared cards with whom", "new"),)
    shared = [
        (*_pair(found, tie), str(tie.cards), str(tie.within), _or_dash(tie.median)) for tie in found.ties
    ]
    yield from _table(("From", "To", "Cards", "In window", "Median time"), shared)
    yield from _set("Times count from when the giver had the card.", "dim", width)
    yield _BLANK
    yield (("Who consulted whom", "new"),)
    asked = [
        (*_pair(found, tie), str(tie.asked), str(tie.answered), _or_dash(tie.median_answer), str(tie.implied))
        for tie in found.ties
    ]
    yield from _table(("From", "To", "Asked", "Answered", "Median time", "Implied"), asked)
    yield from _set("Implied: consultations that an option stands for.", "dim", width)


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[Line]:
    for number, line in enumerate(table(heads, rows, right=range(2, len(heads)))):
        yield ((line, "plain" if number else "dim"),)


def _pair(found: Coordination, tie: Tie) -> tuple[str, str]:
    return one_line(found.names[tie.by]), one_line(found.names[tie.to])


def _consultations(found: Coordination, width: int) -> Iterator[Line]:
    yield _BLANK
    yield (("Consultations, and what came after", "new"),)
    together = consultations_in_order(found)
    if not together:
        yield (("No team consulted another.", "dim"),)
    for ties, askings in together:
        first = askings[0]
        answers = listed([_answer(found, *pair) for pair in zip(ties, askings, strict=True)])
        about = f" about {first.about}" if first.about else ""
        after = f"; then {first.before.what}, {first.before.at}" if first.before else ""
        text = f"{first.at}  {found.names[ties[0].by]}{about}: {answers}{after}"
        yield from _set(text, "plain", width, "", "    ")


def _answer(found: Coordination, tie: Tie, asking: Asking) -> str:
    to = found.names[tie.to]
    if asking.implied:
        return f"{to} by its option"
    return f"{to} never answered" if asking.answered is None else f"{to} after {asking.answered}"


def _joint(found: Coordination, width: int) -> Iterator[Line]:
    if found.joint:
        yield _BLANK
        yield (("Decisions put to several teams, the first to decide first", "new"),)
    for joint in found.joint:
        yield from _set(_joint_text(found, joint), "plain", width, "", "    ")


def _joint_text(found: Coordination, joint: JointDecision) -> str:
    decided = [
        f"{found.names[one.team]} {one.at}{' (late)' if one.late else ''}" for one in joint.answers
    ] or ["nobody"]
    lag = f"; {joint.lag} apart" if joint.lag is not None else ""
    missing = (
        f"; without a decision: {listed([found.names[team] for team in joint.missing])}"
        if joint.missing
        else ""
    )
    return f"{joint.put}  {joint.name}: {listed(decided)}{lag}{missing}"


def _or_dash(value: object) -> str:
    return "–" if value is None else str(value)
