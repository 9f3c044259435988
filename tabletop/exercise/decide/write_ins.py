"""Decide commands about decisions in a team's own words: writing them, and control's judgement of them."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.decide.delivery import backlash
from tabletop.exercise.refusal import NOTHING_TO_DO, RefusedError
from tabletop.exercise.state import DecisionState, Exercise, Stage
from tabletop.scenario.base import MAX_REASON_WORDS
from tabletop.scenario.nearest import nearest

_IN_PLAY = frozenset({Stage.RUNNING, Stage.PAUSED, Stage.GATE})


def written(state: Exercise, command: c.Decide, asked: DecisionState, team: str, now: int) -> e.Event:
    """Return the decision in the team's own words; it costs nothing until control says so."""
    decision = state.script.scenario.decisions[command.decision]
    name = decision.code or command.decision
    require_write_in(state, command.decision)
    if (asked.words, asked.rationale) == (command.words, command.rationale):
        raise RefusedError(f"{name} is already decided so", NOTHING_TO_DO)
    back = -asked.charged(asked.capital)
    return e.AnswerWritten(
        decision=command.decision,
        code=decision.code or "",
        team=team,
        text=command.words,
        rationale=command.rationale,
        amended=asked.decided_at is not None,
        late=now > asked.due,
        charged=None if back == -asked.capital else back,
    )


def require_write_in(state: Exercise, decision: str) -> None:
    """Refuse words of a team's own where a decision takes none. Raises `RefusedError`."""
    known = state.script.scenario.decisions[decision]
    if not known.write_in:
        name = known.code or decision
        raise RefusedError(f"{name} takes one of its options, and no answer in your own words", "no-write-in")


def judge(state: Exercise, command: c.Judge, seat: str, now: int) -> list[e.Event]:
    """Judge the words that stand, for the first time or again, and charge what they cost at home."""
    asked = _answer(state, command)
    decision = state.script.scenario.decisions[command.decision]
    name = decision.code or command.decision
    option = decision.options.get(command.as_)
    if command.as_ and option is None:
        near = nearest(command.as_, decision.options)
        raise RefusedError(f"{name} has no option '{command.as_}'{_meant(near)}", "unknown-option")
    marks = _marks(state, command)
    if bool(marks) == (option is not None):
        raise RefusedError(
            "judge it as an option, or objective by objective: one of the two", "bad-judgement"
        )
    if command.capital and not state.script.scenario.score.capital:
        raise RefusedError("no team has domestic capital in this exercise: leave it at 0", "no-capital")
    judgement = (command.as_ or None, marks, command.capital)
    if asked.judged_seq and (asked.option, asked.marks, asked.capital) == judgement:
        raise RefusedError(f"{name} is already judged so", NOTHING_TO_DO)
    judged = e.AnswerJudged(
        decision=command.decision,
        code=decision.code or "",
        team=command.team,
        answer=asked.seq,
        option=command.as_ or None,
        text=option.text if option is not None else "",
        marks=marks,
        capital=command.capital,
        again=bool(asked.judged_seq),
    )
    change = asked.charged(command.capital) - asked.charged(asked.capital)
    return [judged, *_charged(state, command.team, change, name, now)]


def _answer(state: Exercise, command: c.Judge) -> DecisionState:
    known = state.script.scenario
    if command.decision not in known.decisions:
        near = nearest(command.decision, known.decisions)
        raise RefusedError(f"there is no decision '{command.decision}'{_meant(near)}", "unknown-decision")
    if command.team not in known.teams:
        near = nearest(command.team, known.teams)
        raise RefusedError(f"there is no team '{command.team}'{_meant(near)}", "unknown-team")
    name = known.decisions[command.decision].code or command.decision
    team = known.teams[command.team].name
    asked = state.decisions.get((command.decision, command.team))
    if asked is None or asked.open or asked.lapsed:
        raise RefusedError(f"{team} has not decided {name}: there is nothing to judge", "nothing-to-judge")
    if not asked.words:
        raise RefusedError(
            f"{team} took an option of {name}: only an answer in its own words is judged", "no-write-in"
        )
    return asked


def _marks(state: Exercise, command: c.Judge) -> tuple[e.Mark, ...]:
    """Return the marks. Refuses unknown objectives, marks without a reason, two marks on one objective."""
    objectives = state.script.scenario.objectives
    marks = [
        *(e.Mark(objective=goal, mark="good", reason=why) for goal, why in command.good.items()),
        *(e.Mark(objective=goal, mark="bad", reason=why) for goal, why in command.bad.items()),
        *(e.Mark(objective=goal, mark="neither", reason=why) for goal, why in command.neither.items()),
    ]
    seen: set[str] = set()
    for mark in marks:
        if mark.objective not in objectives:
            near = nearest(mark.objective, objectives)
            raise RefusedError(f"there is no objective '{mark.objective}'{_meant(near)}", "unknown-objective")
        code, words = objectives[mark.objective].code, len(mark.reason.split())
        if mark.objective in seen:
            raise RefusedError(f"{code} is marked twice: give it one mark", "bad-judgement")
        if not words:
            raise RefusedError(f"the mark on {code} has no reason: say why in a few words", "no-reason")
        if words > MAX_REASON_WORDS:
            raise RefusedError(
                f"the reason for {code} has {words} words: use at most {MAX_REASON_WORDS}", "long-reason"
            )
        seen.add(mark.objective)
    return tuple(marks)


def _charged(state: Exercise, team: str, change: int, name: str, now: int) -> list[e.Event]:
    """Return the change of domestic capital, which the team sees, and the backlash if that was all."""
    if not change:
        return []
    reason = f"{name}, in its own words"
    events: list[e.Event] = [e.CapitalCredited(team=team, points=change, reason=reason)]
    before = state.accounts[team].capital
    if before > 0 >= before + change and state.stage in _IN_PLAY:
        events += backlash(state, team, now)
    return events


def _meant(near: str | None) -> str:
    return f": did you mean '{near}'?" if near else ""
