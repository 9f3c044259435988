"""Why each point was given: the ledger in sentences, its evidence, and what would have changed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.report.model.explanation import Exhibit, Explanation, Reckoning, Sentence
from tabletop.report.parts.evidence import Evidence
from tabletop.report.parts.outlooks import alternatives
from tabletop.report.parts.sentences import Speaker
from tabletop.report.plainlayout import wrapped
from tabletop.rules.ledger import LedgerEntry
from tabletop.rules.scoring import ObjectiveScore, Scorecard, TeamScore, score_log
from tabletop.rules.whatif import ScoreShift, what_would_have_changed
from tabletop.scenario.quantities import Moment, Points, score
from tabletop.scenario.scenario import Scenario

Changes = Mapping[tuple[str, str], Sequence[ScoreShift]]


def explain(
    records: Sequence[Record], *, team: str | None = None, objective: str | None = None, what_if: bool = True
) -> Explanation:
    """Explain the scorecard of a log, all of it or what concerns one team, one objective or both.

    `what_if` also looks for the single changes that would have moved each score most. Raises ValueError
    for a log that creates no exercise.
    """
    if not records or not isinstance(records[0].event, e.ExerciseCreated):
        raise ValueError("the first event of a log creates the exercise")
    created = records[0].event
    changes = what_would_have_changed(records) if what_if else {}
    explaining = _Explaining(records, created.scenario, changes)
    return Explanation(
        exercise=created.name,
        scenario=created.scenario.title,
        rules_version=created.rules_version,
        what_if=what_if,
        reckonings=tuple(
            reckoning
            for reckoning in explaining.reckonings()
            if team in (None, reckoning.team) and objective in (None, reckoning.objective)
        ),
    )


class _Explaining:
    """One log on its way to an explanation."""

    def __init__(self, records: Sequence[Record], scenario: Scenario, changes: Changes) -> None:
        self._card: Scorecard = score_log(records)
        self._scenario = scenario
        self._changes = changes
        self._evidence = Evidence(records, self._scenario)
        self._speaker = Speaker(self._scenario, self._evidence)
        self._entries: dict[tuple[str, str], list[LedgerEntry]] = {}
        for entry in self._card.ledger:
            self._entries.setdefault((entry.objective, entry.team), []).append(entry)

    def reckonings(self) -> Iterator[Reckoning]:
        """Every objective and team that something was given to or could have been."""
        for goal in self._card.objectives:
            for team, standing in goal.teams.items():
                entries = self._entries.get((goal.objective, team), [])
                if entries or standing.score is not None:
                    yield self._reckoning(goal, team, standing, entries)

    def _reckoning(
        self, goal: ObjectiveScore, team: str, standing: TeamScore, entries: Sequence[LedgerEntry]
    ) -> Reckoning:
        heaviest = sorted(entries, key=lambda entry: (-abs(entry.points), entry.at, max(entry.evidence)))
        return Reckoning(
            objective=goal.objective,
            code=goal.code,
            title=goal.title,
            team=team,
            name=self._scenario.teams[team].name,
            score=score(standing.score),
            rule_score=score(standing.rule_score),
            earned=Points(standing.earned),
            adjusted=Points(standing.adjusted),
            best=Points(standing.best),
            worst=Points(standing.worst),
            sentences=tuple(self._sentence(entry) for entry in heaviest),
            changes=alternatives(self._changes.get((team, goal.objective), ())),
        )

    def _sentence(self, entry: LedgerEntry) -> Sentence:
        return Sentence(
            text=self._speaker.say(entry),
            points=Points(entry.points),
            rule=entry.rule,
            rule_title=self._speaker.rule_title(entry.rule),
            at=Moment(entry.at),
            evidence=self._evidence.exhibits(entry.evidence),
        )


# As text ---------------------------------------------------------------------------------------


def render_text(explanation: Explanation, *, width: int = 100) -> str:
    """The explanation in lines of at most `width` cells, safe to print. Markings are the caller's to add."""
    return "\n".join(_lines(explanation, width)) + "\n"


def _lines(explanation: Explanation, width: int) -> Iterator[str]:
    yield from wrapped(f"{explanation.exercise} ({explanation.scenario}): why each point was given", width)
    if not explanation.reckonings:
        yield ""
        yield "Nothing that was asked for could move a score."
    objective = ""
    for reckoning in explanation.reckonings:
        if reckoning.objective != objective:
            objective = reckoning.objective
            yield ""
            yield from wrapped(f"{reckoning.code} {reckoning.title}".upper(), width)
        yield ""
        yield from _reckoning_lines(reckoning, width, what_if=explanation.what_if)


def _reckoning_lines(reckoning: Reckoning, width: int, *, what_if: bool) -> Iterator[str]:
    yield from wrapped(f"{reckoning.name}: {_standing(reckoning)}", width)
    if not reckoning.sentences:
        yield "  No points were given or taken."
    for sentence in reckoning.sentences:
        yield ""
        yield from wrapped(sentence.text, width, indent="  ")
        yield from wrapped(f"Rule: {sentence.rule_title}", width, indent="      ")
        for exhibit in sentence.evidence:
            yield from _exhibit_lines(exhibit, width)
    if what_if and reckoning.score is not None:
        yield ""
        yield "  What would have changed it:"
        if not reckoning.changes:
            yield "    No single change would have."
        for change in reckoning.changes:
            subject = f" ({change.subject})" if change.subject else ""
            text = f"{change.before} to {change.after} ({change.by}), if {change.text}{subject}"
            yield from wrapped(text, width, indent="    ", hanging="      ")


def _standing(reckoning: Reckoning) -> str:
    if reckoning.score is None:
        return "not exercised"
    rules = f", by the rules alone {reckoning.rule_score}" if reckoning.adjusted else ""
    points = Points(reckoning.earned + reckoning.adjusted)
    return (
        f"{reckoning.score}{rules}. {points} points, where what arose could have given from "
        f"{reckoning.worst} to {reckoning.best}."
    )


def _exhibit_lines(exhibit: Exhibit, width: int) -> Iterator[str]:
    lead = f"[{exhibit.event}] {exhibit.at}  {exhibit.who} {exhibit.what}"
    yield from wrapped(lead, width, indent="      ", hanging="          ")
    for passage in exhibit.passages:
        title = f" {passage.title}" if passage.title else ""
        text = f"{passage.kind.capitalize()}{title}: {passage.text}"
        yield from wrapped(text, width, indent="          ", hanging="            ")


# As data ---------------------------------------------------------------------------------------


def to_data(explanation: Explanation) -> dict[str, Any]:
    """The explanation for JSON. Game times are strings such as ``T+36:30``."""
    return {
        "exercise": explanation.exercise,
        "scenario": explanation.scenario,
        "rules_version": explanation.rules_version,
        "explained": [
            _reckoning_data(reckoning, what_if=explanation.what_if) for reckoning in explanation.reckonings
        ],
    }


def _reckoning_data(reckoning: Reckoning, *, what_if: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "objective": reckoning.objective,
        "code": reckoning.code,
        "title": reckoning.title,
        "team": reckoning.team,
        "score": reckoning.score,
        "rule_score": reckoning.rule_score,
        "earned": float(reckoning.earned),
        "adjusted": float(reckoning.adjusted),
        "best": float(reckoning.best),
        "worst": float(reckoning.worst),
        "sentences": [_sentence_data(sentence) for sentence in reckoning.sentences],
    }
    if what_if:
        data["changes"] = [
            {
                "kind": change.kind,
                "team": change.team,
                "subject": change.subject,
                "text": change.text,
                "before": change.before,
                "after": change.after,
            }
            for change in reckoning.changes
        ]
    return data


def _sentence_data(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "points": float(sentence.points),
        "rule": sentence.rule,
        "rule_title": sentence.rule_title,
        "at": str(sentence.at),
        "evidence": [
            {
                "event": exhibit.event,
                "at": str(exhibit.at),
                "who": exhibit.who,
                "what": exhibit.what,
                "passages": [
                    {"kind": passage.kind, "title": passage.title, "text": passage.text}
                    for passage in exhibit.passages
                ],
            }
            for exhibit in sentence.evidence
        ],
    }
