"""Every decision: when it was put, when it was taken, what was chosen and what it brought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tabletop.exercise import events as e
from tabletop.exercise.describe.judgements import SIGNS
from tabletop.exercise.events import Record
from tabletop.exercise.state import DecisionState
from tabletop.report.history import History
from tabletop.report.model.play import Award, Choice, DecisionRun, Earlier, Timeliness
from tabletop.report.parts.proposals import Asked, proposals
from tabletop.rules.ledger import LedgerEntry
from tabletop.rules.worth import NONE_RULE, RULE
from tabletop.scenario.decisions import Decision
from tabletop.scenario.quantities import Moment, Points, Stretch

Taken = e.DecisionRecorded | e.AnswerWritten
"""A decision as it was taken: an option, or the team's own words."""

_OF_DECISIONS = frozenset({RULE, NONE_RULE})


def decisions(history: History) -> tuple[DecisionRun, ...]:
    """Return every decision that was put to a team, in the order in which they were put."""
    taken: dict[Asked, list[tuple[Record, Taken]]] = {}
    for record in history.records:
        if isinstance(record.event, Taken):
            taken.setdefault((record.event.decision, record.event.team), []).append((record, record.event))
    lapsed = {(event.decision, event.team): event.reason for _, event in history.of(e.DecisionLapsed)}
    awards = _awards(history.card.ledger, list(history.scenario.objectives))
    proposed = proposals(history)
    prompts = {(event.decision, event.team): event.prompt for _, event in history.of(e.DiscussionBegan)}
    return tuple(
        replace(
            _run(history, record, event, taken.get((event.decision, event.team), []), lapsed, awards),
            proposed=proposed.get((event.decision, event.team), ()),
            own_words=history.state.decisions[event.decision, event.team].words,
            judgement=_judgement(history, event.decision, event.team),
            talked_first=prompts.get((event.decision, event.team), ""),
        )
        for record, event in history.of(e.DecisionPresented)
    )


def _run(
    history: History,
    record: Record,
    event: e.DecisionPresented,
    taken: Sequence[tuple[Record, Taken]],
    lapsed: Mapping[Asked, str],
    awards: Mapping[tuple[int, str], list[Award]],
) -> DecisionRun:
    asked = history.state.decisions[event.decision, event.team]
    known = history.scenario.decisions[event.decision]
    put = record.at if event.since is None else event.since
    choices = _choices(known, event)
    outcome = _outcome(asked)
    nothing = known.none.text if asked.lapsed and known.none else None
    return DecisionRun(
        id=event.decision,
        code=event.code,
        title=event.title,
        question=event.question,
        team=event.team,
        inject=history.entry_label(event.entry),
        presented=Moment(put),
        local=history.local(put),
        opened=Moment(record.at) if event.since is not None else None,
        due=Moment(event.due),
        window=Stretch(event.window),
        halved=event.halved,
        taken=Moment(asked.decided_at) if asked.decided_at is not None else None,
        outcome=outcome,
        late_by=Stretch((asked.decided_at or 0) - asked.due) if outcome == "late" else None,
        options=tuple(choices.values()),
        chosen=choices.get(asked.option) if asked.option is not None else None,
        rationale=asked.rationale,
        nothing=nothing,
        reason=lapsed.get((event.decision, event.team), ""),
        points=tuple(awards.get((record.seq, event.team), ())),
        capital=Points(asked.capital),
        earlier=tuple(_earlier(taken)),
        evidence=(record.seq, asked.seq) if asked.seq else (record.seq,),
    )


def _judgement(history: History, decision: str, team: str) -> str:
    """Return how control judged the words that stand, in words; empty if it has not."""
    asked = history.state.decisions[decision, team]
    if not asked.words or not asked.judged_seq:
        return ""
    event = history.records[asked.judged_seq - 1].event
    if not isinstance(event, e.AnswerJudged):
        return ""
    if event.option is not None:
        return f"as option {history.scenario.decisions[decision].option_name(event.option)}"
    goals = history.scenario.objectives
    return "; ".join(
        f"{SIGNS[mark.mark]} {goals[mark.objective].code}: {mark.reason}" for mark in event.marks
    )


def _outcome(asked: DecisionState) -> Timeliness:
    if asked.lapsed:
        return "not taken"
    if asked.decided_at is None:
        return "open"
    return "late" if asked.late else "in time"


def _choices(known: Decision, event: e.DecisionPresented) -> dict[str, Choice]:
    """Return the options as the team read them, in the order of the scenario and not in the shuffled one."""
    offered = {option.id: option for option in event.options}
    return {
        name: Choice(name, option.code or "", option.title or "", offered[name].text, offered[name].tradeoff)
        for name, option in known.options.items()
        if name in offered
    }


def _earlier(taken: Sequence[tuple[Record, Taken]]) -> Iterator[Earlier]:
    for record, event in taken[:-1]:
        option = event.option if isinstance(event, e.DecisionRecorded) else ""
        yield Earlier(Moment(record.at), option, event.text, event.rationale)


def _awards(ledger: Sequence[LedgerEntry], order: Sequence[str]) -> dict[tuple[int, str], list[Award]]:
    """Return what decisions brought, by the number of the event that put the question, and by team."""
    found: dict[tuple[int, str], list[Award]] = {}
    for entry in ledger:
        if entry.rule in _OF_DECISIONS:
            award = Award(entry.objective, Points(entry.points), entry.rule, entry.reason, entry.evidence)
            found.setdefault((entry.evidence[0], entry.team), []).append(award)
    for awards in found.values():
        awards.sort(key=lambda award: (order.index(award.objective), award.rule != RULE))
    return found
