"""What ties capitals together: cards given and how fast, partners asked before what, joint decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from tabletop.exercise import events as e
from tabletop.exercise.state import DecisionState
from tabletop.report.history import History
from tabletop.report.model.coordination import (
    Act,
    Asking,
    Coordination,
    Handover,
    JointAnswer,
    JointDecision,
    Tie,
)
from tabletop.report.model.exchange import CardRun, ConsultationRecord, Delivery
from tabletop.scenario.quantities import Moment, Stretch


def coordination(
    history: History, held: Sequence[CardRun], asked: Sequence[ConsultationRecord]
) -> Coordination:
    """Return what passed between each team and each other one, from the cards and consultations found."""
    given: dict[tuple[str, str], list[tuple[CardRun, Delivery]]] = {}
    for card in held:
        for delivery in card.deliveries:
            if not delivery.again:
                given.setdefault((delivery.by, delivery.to), []).append((card, delivery))
    askings = _askings(history, asked)
    teams = history.scenario.teams
    return Coordination(
        ties=tuple(
            _tie(by, to, given.get((by, to), []), askings.get((by, to), []))
            for by in teams
            for to in teams
            if by != to
        ),
        joint=tuple(_joint_decisions(history)),
        consultations=tuple(asked),
        judged=history.scenario.judges_coordination,
        names={word: team.name for word, team in teams.items()},
    )


def _tie(by: str, to: str, given: Sequence[tuple[CardRun, Delivery]], askings: Sequence[Asking]) -> Tie:
    handovers = tuple(
        Handover(card.id, card.code, card.title, one.at, one.after, one.within, one.evidence)
        for card, one in given
    )
    asked = [one for one in askings if not one.implied]
    answers = [one.answered for one in asked if one.answered is not None]
    return Tie(
        by=by,
        to=to,
        cards=len(handovers),
        within=sum(one.within for one in handovers),
        median=_middle([one.after for one in handovers]),
        handovers=handovers,
        asked=len(asked),
        answered=len(answers),
        unanswered=len(asked) - len(answers),
        median_answer=_middle(answers),
        implied=len(askings) - len(asked),
        askings=tuple(askings),
    )


def _middle(lengths: Sequence[Stretch]) -> Stretch | None:
    return Stretch(round(median(lengths))) if lengths else None


def _askings(history: History, asked: Sequence[ConsultationRecord]) -> dict[tuple[str, str], list[Asking]]:
    """Return every consultation, once for each partner asked."""
    acts = _acts(history)
    found: dict[tuple[str, str], list[Asking]] = {}
    for item in asked:
        replies = {reply.by: reply.after for reply in item.replies}
        number = item.evidence[0]
        # What an option implies was done before the decision that it is part of.
        since = _decided(history, number) if item.implied else number + 1
        before = next((act for act in acts.get(item.by, ()) if act.evidence[0] >= since), None)
        for to in item.to:
            answered = Stretch(0) if item.implied else replies.get(to)
            asking = Asking(item.at, item.about, item.implied, answered, before, item.evidence)
            found.setdefault((item.by, to), []).append(asking)
    return found


def _decided(history: History, implied: int) -> int:
    """Return the number of the decision that a consultation came with."""
    event = history.records[implied - 1].event
    return max(
        (
            record.seq
            for record, one in history.of(e.DecisionRecorded)
            if record.seq < implied
            and isinstance(event, e.ConsultImplied)
            and (one.decision, one.team) == (event.decision, event.by)
        ),
        default=implied,
    )


def _acts(history: History) -> dict[str, list[Act]]:
    """Return decisions taken and words said in public, by team; a public option's words stand with it."""
    acts: dict[str, list[Act]] = {}
    decisions = history.scenario.decisions
    for record in history.records:
        event = record.event
        if isinstance(event, e.DecisionRecorded):
            public = bool(decisions[event.decision].options[event.option].heard)
            what = f"decided {history.decision_label(event.decision)}"
            acts.setdefault(event.team, []).append(Act(what, Moment(record.at), public, (record.seq,)))
        elif isinstance(event, e.AnswerWritten):
            what = f"decided {history.decision_label(event.decision)} in its own words"
            acts.setdefault(event.team, []).append(Act(what, Moment(record.at), False, (record.seq,)))
        elif isinstance(event, e.StatementMade) and event.decision is None:
            advised = f", with advice to the public ({event.advice})" if event.advice else ""
            act = Act(f"spoke in public{advised}", Moment(record.at), public=True, evidence=(record.seq,))
            acts.setdefault(event.by, []).append(act)
    return acts


def _joint_decisions(history: History) -> Iterator[JointDecision]:
    """Yield decisions put to several capitals, in the order in which they were first put."""
    asked: dict[str, dict[str, DecisionState]] = {}
    for (name, team), state in sorted(
        history.state.decisions.items(), key=lambda item: (item[1].presented_seq, item[0])
    ):
        asked.setdefault(name, {})[team] = state
    for name, teams in asked.items():
        if len(teams) > 1:
            yield _joint_decision(history, name, teams)


def _joint_decision(history: History, name: str, teams: dict[str, DecisionState]) -> JointDecision:
    decision = history.scenario.decisions[name]
    answers = []
    for team, state in teams.items():
        if state.decided_at is not None:
            option = decision.options[state.option] if state.option is not None else None
            answers.append(
                JointAnswer(
                    team=team,
                    option=option.code or state.option or "" if option is not None else "own words",
                    title=(option.title or "") if option is not None else "",
                    text=state.words or (option.text if option is not None else ""),
                    at=Moment(state.decided_at),
                    after=Stretch(state.decided_at - state.presented_at),
                    late=state.late,
                    evidence=(state.seq,),
                )
            )
    answers.sort(key=lambda answer: answer.evidence)
    return JointDecision(
        id=name,
        code=decision.code or "",
        title=decision.title,
        put=Moment(min(state.presented_at for state in teams.values())),
        lag=Stretch(answers[-1].at - answers[0].at) if len(answers) > 1 else None,
        answers=tuple(answers),
        missing=tuple(team for team, state in teams.items() if state.decided_at is None),
    )
