"""The executive summary: sentences that say no more than the log does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tabletop.plaintext import in_quotes
from tabletop.report.model import AfterActionReport
from tabletop.report.model.outline import Summary, SummaryParagraph, Turn
from tabletop.report.model.results import ObjectiveResult, Occasion
from tabletop.report.parts.coordination import at_home, coordination
from tabletop.report.parts.objectives import without_adjustments
from tabletop.report.parts.overview import EMERGENCY
from tabletop.report.words import band
from tabletop.rules.ledger import LedgerEntry
from tabletop.rules.scoring import ADJUSTMENT, Scorecard
from tabletop.rules.tally import Tally
from tabletop.rules.worth import RULE
from tabletop.scenario.prose import counted, ended, listed, number, shortened, times
from tabletop.scenario.quantities import Moment, Points, Score, score

_CLIP = 150
_NAMED = 6
"""How many objectives are named one by one before only their number is given."""


def summary(report: AfterActionReport, card: Scorecard) -> Summary:
    """Return the summary of a report that has none yet; without play it says only that there was none."""
    overall = score(card.overall)
    rule_score = score(without_adjustments(card).overall)
    best, costliest = _turns(card)
    sentences: dict[str, Iterable[str]] = {"The exercise": _course(report)}
    if report.overview.started:
        sentences |= {
            "Scores": _scores(report),
            "Turning points": _moments(report, best, costliest),
            ("Coordination" if report.judges_coordination else "Between the teams"): coordination(report),
            "At home": at_home(report),
        }
    paragraphs = (SummaryParagraph(title, " ".join(words)) for title, words in sentences.items())
    return Summary(
        score=overall,
        rule_score=rule_score,
        words=None if overall is None else band(overall),
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph.text),
        best=best,
        costliest=costliest,
    )


def _turns(card: Scorecard) -> tuple[Turn | None, Turn | None]:
    """Return the act that gained most and the one that cost most; of equal ones the first, with their number.

    All that a team was given at one moment is one act, so that none is both. Each is told by a mark of its
    own sign.
    """
    order = [goal.objective for goal in card.objectives]
    acts: dict[tuple[str, int], list[LedgerEntry]] = {}
    for entry in card.ledger:
        if entry.rule != ADJUSTMENT and entry.points:
            acts.setdefault((entry.team, entry.at), []).append(entry)
    turns = [_act(entries, order) for entries in acts.values()]
    alike = Counter(turn.points for turn in turns)
    turns = [replace(turn, alike=alike[turn.points]) for turn in turns]
    best = max(turns, key=lambda turn: turn.points, default=None)
    worst = min(turns, key=lambda turn: turn.points, default=None)
    return (
        best if best is not None and best.points > 0 else None,
        worst if worst is not None and worst.points < 0 else None,
    )


def _act(entries: Sequence[LedgerEntry], order: Sequence[str]) -> Turn:
    total = sum(entry.points for entry in entries)
    first = sorted(entries, key=lambda entry: entry.rule != RULE)
    told = next((entry for entry in first if entry.points * total > 0), entries[0])
    gained = {entry.objective for entry in entries if entry.points * total > 0}
    lost = {entry.objective for entry in entries if entry.points * total < 0}
    return Turn(
        team=told.team,
        at=Moment(told.at),
        points=Points(total),
        objectives=tuple(goal for goal in order if goal in gained),
        against=tuple(goal for goal in order if goal in lost),
        reason=told.why if told.facts and len(told.reason) > _CLIP else told.reason,
        sources=len({entry.rule for entry in entries}),
        alike=1,
        evidence=tuple(sorted({number for entry in entries for number in entry.evidence})),
    )


# The course of the exercise ------------------------------------------------------------------------


def _course(report: AfterActionReport) -> Iterator[str]:
    seen, teams = report.overview, [team.name for team in report.overview.teams]
    who = f"{counted(len(teams), 'team')}: {listed(teams)}" if len(teams) > 1 else f"one team, {teams[0]}"
    if not seen.started:
        yield (
            f"{in_quotes(seen.title)} was set up with the scenario {seen.scenario} for {who}. "
            "It had not been started when this report was made, so there is nothing to assess."
        )
        return
    on = f" on {seen.date}" if seen.date else ""
    with_ = f"the scenario {seen.scenario} and " if seen.title != seen.scenario else ""
    yield f"{in_quotes(seen.title)} was played{on} with {with_}{who}."
    if seen.ended:
        real = f" and {seen.real} of real time" if seen.real else ""
        yield f"From STARTEX to ENDEX it took {seen.played} of game time{real}."
    else:
        yield f"ENDEX had not been called when this report was made, at {Moment(seen.played)}."
    stops = sum(turn.what == EMERGENCY for turn in seen.course)
    if stops:
        yield f"Play was stopped {times(stops)} for a real-world emergency."


# Scores --------------------------------------------------------------------------------------------


def _scores(report: AfterActionReport) -> Iterator[str]:
    exercised, count = report.objectives, len(report.goals)
    if not exercised:
        yield "No objective was exercised."
        return
    went = Tally.total(result.tally for result in exercised)
    over = "the one objective" if count == 1 else f"all {number(count)} objectives"
    if len(exercised) < count:
        verb = "was" if len(exercised) == 1 else "were"
        over = f"the {number(len(exercised))} of {number(count)} objectives that {verb} exercised"
    yield f"Over {over}, {went}."
    if report.adjustments:
        yield f"People made {counted(len(report.adjustments), 'adjustment')}."
    rated = [result for result in exercised if result.rated]
    if len(rated) > 1:
        yield from _extremes(report, rated)
    yield from _widest_gap(report, rated)


def _extremes(report: AfterActionReport, exercised: Sequence[ObjectiveResult]) -> Iterator[str]:
    scores = [float(result.score or 0) for result in exercised]
    if max(scores) == min(scores):
        yield f"All of them stand at {exercised[0].score} of 100."
        return
    for what, level in (("strongest", max(scores)), ("weakest", min(scores))):
        found = [result for result in exercised if result.score == level]
        named = listed([result.name for result in found[:_NAMED]])
        if len(found) > 1:
            yield f"The {what} objectives were {named}, at {Score(level)} each."
            continue
        yield f"The {what} objective was {named}, at {found[0].score}: {found[0].tally}."
        yield _why(report, found[0], gain=what == "strongest")


def _why(report: AfterActionReport, result: ObjectiveResult, *, gain: bool) -> str:
    findings = result.strengths if gain else result.improvements
    finding = next((item for item in findings if item.points is not None), None)
    if finding is None:
        return "No good mark was given on it." if gain else "No bad mark was given on it."
    what = "good" if gain else "bad"
    return f"A {what} mark on it went to {_whom(report, finding.occasions)}. {_clipped(finding.text)}"


def _whom(report: AfterActionReport, occasions: Sequence[Occasion]) -> str:
    if not all(occasion.team for occasion in occasions):
        return listed([_at(report, occasion) for occasion in occasions])
    wanted = {occasion.team for occasion in occasions}
    teams = listed([name for team, name in report.names.items() if team in wanted])
    moments = list(dict.fromkeys(str(occasion.at) for occasion in occasions))
    return f"{teams} at {moments[0]}" if len(moments) == 1 else teams


def _at(report: AfterActionReport, found: Occasion | Turn) -> str:
    team = report.names[found.team] if found.team else "the teams"
    return f"{team} at {found.at}"


def _clipped(text: str) -> str:
    return ended(shortened(text, _CLIP))


def _widest_gap(report: AfterActionReport, exercised: Sequence[ObjectiveResult]) -> Iterator[str]:
    compared = [result for result in exercised if result.gap]
    if not compared:
        return
    widest = max(compared, key=lambda result: result.gap or 0)
    scored = [
        (standing.score, standing.team)
        for standing in widest.teams
        if standing.score is not None and standing.tally.rated
    ]
    high, low = max(value for value, _ in scored), min(value for value, _ in scored)
    above = listed([report.names[team] for value, team in scored if value == high])
    below = listed([report.names[team] for value, team in scored if value == low])
    yield f"Teams stood furthest apart on {widest.name}: {above} at {high}, {below} at {low}."


def _moments(report: AfterActionReport, best: Turn | None, costliest: Turn | None) -> Iterator[str]:
    if best is not None:
        yield f"The best moment{_alike(best)} was {best.points} in all for {_turn(report, best)}"
    if costliest is not None:
        yield f"The costliest{_alike(costliest)} was {costliest.points} in all for {_turn(report, costliest)}"


def _alike(turn: Turn) -> str:
    """Say that other moments came to as much."""
    return f", one of {number(turn.alike)} alike," if turn.alike > 1 else ""


def _turn(report: AfterActionReport, turn: Turn) -> str:
    codes, against = (
        listed([report.goals[goal][0] for goal in goals]) for goals in (turn.objectives, turn.against)
    )
    sign = "bad" if turn.points > 0 else "good"
    but = f", with a {sign} mark on {against}" if against else ""
    among = ". Among these marks" if turn.sources > 1 else ""
    return f"{_at(report, turn)}, on {codes}{but}{among}: {_clipped(turn.reason)}"
