"""Decide commands about decisions, including the side effects of options."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.decide.cards import held_by, kept_by, share_by_option
from tabletop.exercise.decide.delivery import backlash
from tabletop.exercise.decide.locks import locked
from tabletop.exercise.decide.write_ins import written
from tabletop.exercise.refusal import NOTHING_TO_DO, RefusedError
from tabletop.exercise.state import DecisionState, Exercise
from tabletop.scenario.gametime import format_time
from tabletop.scenario.options import Option


def record(state: Exercise, command: c.Decide, team: str, now: int) -> list[e.Event]:
    """Record an option, or amend an earlier one within the window, with its side effects."""
    asked = require_open(state, command.decision, team, now)
    decision = state.script.scenario.decisions[command.decision]
    if command.words:
        return [written(state, command, asked, team, now)]
    option = require_option(state, command.decision, asked, command.option)
    require_open_option(state, command.decision, team, command.option, now)
    if asked.stands_with(command.option) and asked.rationale == command.rationale:
        raise RefusedError(f"{decision.code or command.decision} is already decided so", NOTHING_TO_DO)
    change = option.capital_for(team) if state.script.scenario.score.capital else 0
    charged = asked.charged(change) - asked.charged(asked.capital)
    recorded = e.DecisionRecorded(
        decision=command.decision,
        code=decision.code or "",
        team=team,
        option=command.option,
        text=option.text,
        rationale=command.rationale,
        capital=change,
        amended=asked.decided_at is not None,
        late=now > asked.due,
        keeps=tuple(kept_by(option, command.decision, team, held_by(state, team))),
        charged=None if charged == change - asked.capital else charged,
    )
    if asked.stands_with(command.option):
        return [recorded]
    left = state.accounts[team].capital
    before = left - asked.charged(asked.capital)
    penalty = backlash(state, team, now) if before > 0 >= left + charged else []
    return [recorded, *_side_effects(state, command.decision, team, option, now), *penalty]


def _side_effects(state: Exercise, decision: str, team: str, option: Option, now: int) -> list[e.Event]:
    """Return the side effects of an option: cards shared, consultations implied, public statements."""
    done = share_by_option(state, decision, team, option)
    if option.consults:
        partners = tuple(partner for partner in option.consults if partner != team)
        done.append(e.ConsultImplied(by=team, to=partners, decision=decision))
    if option.heard:
        done.append(
            e.StatementMade(
                by=team,
                text=option.heard,
                label=option.label,
                decision=decision,
                announced=bool(option.announced),
            )
        )
    return done


def lapse(state: Exercise, command: c.Lapse, seat: str, now: int) -> list[e.Event]:
    """Close a decision by hand, for one team or for all that have not decided."""
    keys = (*state.decisions, *state.discussions)
    teams = [team for name, team in keys if name == command.decision]
    if not teams or (command.team is not None and command.team not in teams):
        raise RefusedError("that decision has not been put to the team", "not-asked")
    wanted = [command.team] if command.team is not None else sorted(teams)
    lapsed = [_lapsed(state, command.decision, team, "closed by exercise control") for team in wanted]
    found = [event for event in lapsed if event is not None]
    if not found:
        raise RefusedError("that decision is no longer open", "closed")
    return found


def lapse_open(state: Exercise, reason: str) -> list[e.Event]:
    """Return the lapse of every open decision, in the order in which they were presented."""
    keys = sorted(state.decisions, key=lambda key: (state.decisions[key].presented_seq, key))
    keys += sorted(state.discussions)
    lapsed = (_lapsed(state, decision, team, reason) for decision, team in keys)
    return [event for event in lapsed if event is not None]


def _lapsed(state: Exercise, decision: str, team: str, reason: str) -> e.Event | None:
    code = state.script.scenario.decisions[decision].code or ""
    if (decision, team) in state.discussions:
        return e.DiscussionClosed(decision=decision, code=code, team=team, reason=reason)
    if not state.decisions[decision, team].open:
        return None
    return e.DecisionLapsed(decision=decision, code=code, team=team, reason=reason)


def require_open(state: Exercise, decision: str, team: str, now: int) -> DecisionState:
    """Return the state of a decision that the team may still make or amend. Raises `RefusedError`."""
    asked, talk = state.decisions.get((decision, team)), state.discussions.get((decision, team))
    if talk is not None:
        named = state.script.scenario.decisions[decision].code or decision
        raise RefusedError(f"{named} opens at {format_time(talk.opens)}: talk about it first", "not-open")
    if asked is None:
        raise RefusedError("that decision has not been put to this team", "not-asked")
    name = state.script.scenario.decisions[decision].code or decision
    if asked.lapsed:
        raise RefusedError(f"{name} is closed: nothing was recorded in time", "closed")
    if asked.decided_at is not None and now > asked.due:
        raise RefusedError(f"{name} was decided; its window closed at {format_time(asked.due)}", "closed")
    return asked


def require_open_option(state: Exercise, decision: str, team: str, option: str, now: int) -> None:
    """Refuse an option that is locked to the team, with the reason. Raises `RefusedError`."""
    reason = locked(state, decision, team, now).get(option)
    if reason is not None:
        known = state.script.scenario.decisions[decision]
        raise RefusedError(f"{known.code or decision}: that option is locked: {reason}", "locked")


def require_option(state: Exercise, decision: str, asked: DecisionState, option: str) -> Option:
    """Return one of the options that the team was given. Raises `RefusedError` for any other."""
    known = state.script.scenario.decisions[decision]
    if option not in asked.options:
        raise RefusedError(f"{known.code or decision} has no option '{option}'", "unknown-option")
    return known.options[option]
