"""The executive summary's sentences on how teams decided, shared, consulted and spoke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from tabletop.plaintext import in_quotes
from tabletop.report.model import AfterActionReport
from tabletop.report.model.exchange import ConsultationRecord
from tabletop.report.model.play import Timeliness
from tabletop.report.words import NO_DECISIONS, NOBODY_CONSULTED, NOBODY_SPOKE
from tabletop.scenario.prose import capitalised, counted, listed, number, times
from tabletop.scenario.quantities import Stretch

_NAMED = 6
"""How many decisions or cards are named one by one before only their number is given."""


def coordination(report: AfterActionReport) -> Iterator[str]:
    """Yield a sentence or two each on decisions, cards, consultations and statements."""
    yield from _decided(report)
    yield from _shared(report)
    yield from _consulted(report)
    yield from _spoken(report)
    yield from _compared(report)


_OUTCOMES: Mapping[Timeliness, str] = {
    "in time": "taken in time",
    "late": "taken late",
    "not taken": "not taken",
    "open": "still open",
}


def _decided(report: AfterActionReport) -> Iterator[str]:
    runs = report.decisions
    if not runs:
        yield NO_DECISIONS
        return
    by = {outcome: [run for run in runs if run.outcome == outcome] for outcome in _OUTCOMES}
    parts = [
        f"{number(len(found))} {'was' if len(found) == 1 else 'were'} {words}"
        for outcome, words in _OUTCOMES.items()
        if (found := by[outcome])
    ]
    if len(parts) == 1 and len(runs) > 1:
        parts = [f"all were {_OUTCOMES[runs[0].outcome]}"]
    put = "Decisions were put to teams" if len(runs) > 1 else "A decision was put to a team"
    yield f"{put} {times(len(runs))}: {listed(parts)}."
    for words, missed in (("Late", by["late"]), ("Not taken", by["not taken"])):
        named = [f"{run.code or run.title} ({report.names[run.team]})" for run in missed]
        if 0 < len(named) <= _NAMED:
            yield f"{words}: {listed(named)}."


def _shared(report: AfterActionReport) -> Iterator[str]:
    if not report.cards:
        return
    given = [delivery for card in report.cards for delivery in card.deliveries if not delivery.again]
    if not given:
        yield f"Teams held {counted(len(report.cards), 'card')} and shared none."
        return
    givers = Counter(delivery.by for delivery in given)
    by = [
        f"{number(givers[team]) if givers[team] else 'none'} by {name}" for team, name in report.names.items()
    ]
    within = sum(delivery.within for delivery in given)
    inside = "all" if within == len(given) else number(within) if within else "none"
    yield (
        f"Cards were passed to a partner {times(len(given))} ({listed(by)}), {inside} of them within the "
        "card's window."
    )
    by_hand = [delivery.after for delivery in given if delivery.standing is None]
    if by_hand:
        middle = Stretch(round(median(by_hand)))
        by_rule = " by hand" if len(by_hand) < len(given) else ""
        yield f"The median time from having a card to passing it on{by_rule} was {middle}."
    kept = [card.code or card.title for card in report.cards if not card.deliveries]
    if kept:
        holders = "its holder" if len(kept) == 1 else "their holders"
        which = f": {listed(kept)}" if len(kept) <= _NAMED else ""
        yield f"{capitalised(counted(len(kept), 'card'))} stayed with {holders}{which}."


def _consulted(report: AfterActionReport) -> Iterator[str]:
    if not report.consultations:
        yield NOBODY_CONSULTED
        return
    asked = [item for item in report.consultations if not item.implied]
    implied = len(report.consultations) - len(asked)
    parts = []
    if asked:
        full = sum(not item.unanswered for item in asked)
        how = "with" if full == len(asked) else f"{number(full)} of them with" if full else "without"
        each = _each_partner(asked)
        parts.append(f"{times(len(asked))} by request{each}, {how} an answer from every partner asked")
    if implied:
        each = _each_partner([item for item in report.consultations if item.implied])
        parts.append(f"{times(implied)} as part of a decision{each}")
    yield f"Teams consulted partners {', and '.join(parts)}."


def _each_partner(asked: Sequence[ConsultationRecord]) -> str:
    """Say how many partners that makes, each counted, as the matrix has them; empty if one each."""
    partners = sum(len(item.to) for item in asked)
    return f" ({number(partners)} partners, each counted)" if partners > len(asked) else ""


def _spoken(report: AfterActionReport) -> Iterator[str]:
    said = [item for item in report.statements if item.how != "inject"]
    if not said:
        yield NOBODY_SPOKE
        return
    labels = Counter(item.label for item in said if item.label)
    used = [
        f"{label} ({count})" for label, count in sorted(labels.items(), key=lambda item: (-item[1], item[0]))
    ]
    under = {0: "no label was used", 1: f"the only label used was {listed(used)}"}
    yield (
        f"Teams made {counted(len(said), 'statement')} in public; "
        f"{under.get(len(used), f'the labels used were {listed(used)}')}."
    )


def _compared(report: AfterActionReport) -> Iterator[str]:
    """Yield what the rules that compare teams gave and took, and which weighed most on either side."""
    given, taken = Counter[str](), Counter[str]()
    for item in report.crossings:
        if item.points:
            side = given if item.points > 0 else taken
            side[item.title] += len(item.teams) * len(item.objectives)
    good, bad = given.total(), taken.total()
    if not good and not bad:
        return
    yield f"Rules that compare teams gave {counted(good, 'good mark')} and {counted(bad, 'bad one')}."
    for marks, what in ((given, "good"), (taken, "bad")):
        if len(marks) > 1:
            most = max(marks.values())
            titles = [in_quotes(title) for title, count in marks.items() if count == most]
            each = " each" if len(titles) > 1 else ""
            yield f"Most {what} marks came under {listed(titles)}: {number(most)}{each}."


def at_home(report: AfterActionReport) -> Iterator[str]:
    """Yield how domestic capital went, if anything moved it."""
    if not any(run.steps for run in report.capital):
        return
    ends = listed([f"{run.end} for {report.names[run.team]}" for run in report.capital])
    if len(report.capital) > 1 and len({run.end for run in report.capital}) == 1:
        ends = f"{report.capital[0].end} for every team"
    yield f"Domestic capital began at {report.capital[0].start} and ended at {ends}."
    for run in report.capital:
        if run.backlashes:
            at = listed([str(moment) for moment in run.backlashes])
            name = report.names[run.team]
            yield f"{name} used it up {times(len(run.backlashes))}, at {at}."
