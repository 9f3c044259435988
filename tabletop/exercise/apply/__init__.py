"""Apply events to the state. `apply` never refuses: what is in the log has happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from immutables import Map

from tabletop.exercise import events as e
from tabletop.exercise.apply import (
    consent,
    course,
    decisions,
    injects,
    judgements,
    probes,
    self_ratings,
    talk,
)
from tabletop.exercise.compiling import compile_scenario
from tabletop.exercise.events import Record
from tabletop.exercise.state import Account, Exercise

Applier = Callable[[Exercise, Any, Record], Exercise]


def _unchanged(state: Exercise, event: e.Event, record: Record) -> Exercise:
    return state


_APPLIERS: Mapping[type, Applier] = {
    e.ExerciseStarted: course.started,
    e.PlayPaused: course.paused,
    e.PlayResumed: course.resumed,
    e.RateChanged: course.rate_changed,
    e.TimeJumped: course.jumped,
    e.ClockJumped: _unchanged,
    e.LossAccepted: _unchanged,
    e.TimeMarked: _unchanged,
    e.GateReached: course.gate_reached,
    e.PhaseBegan: course.phase_began,
    e.EmergencyDeclared: course.emergency,
    e.EmergencyCleared: course.cleared,
    e.ExerciseEnded: course.ended,
    e.HotWashBegan: course.hot_wash,
    e.ExerciseClosed: course.closed,
    e.AutoReleaseSet: course.auto_set,
    e.InjectAdded: injects.inject_added,
    e.InjectEdited: injects.inject_edited,
    e.InjectReaddressed: injects.inject_readdressed,
    e.InjectHeld: injects.inject_held,
    e.InjectUnheld: injects.inject_unheld,
    e.InjectSkipped: injects.inject_skipped,
    e.DelayBegan: injects.delay_began,
    e.InjectReleased: injects.inject_released,
    e.InjectRead: injects.inject_read,
    e.CardReceived: injects.card_received,
    e.CardDealt: injects.card_dealt,
    e.CardShared: injects.card_shared,
    e.LeaveGranted: injects.leave_granted,
    e.DiscussionBegan: decisions.discussion_began,
    e.DiscussionClosed: decisions.discussion_closed,
    e.DecisionPresented: decisions.decision_presented,
    e.DecisionRecorded: decisions.decision_recorded,
    e.AnswerWritten: decisions.answer_written,
    e.AnswerJudged: judgements.answer_judged,
    e.DecisionLapsed: decisions.decision_lapsed,
    e.OptionProposed: decisions.option_proposed,
    e.ProposalWithdrawn: decisions.proposal_withdrawn,
    e.BacklashTriggered: decisions.backlash_triggered,
    e.CapitalCredited: decisions.capital_credited,
    e.OptionsLocked: decisions.options_locked,
    e.OptionUnlocked: decisions.option_unlocked,
    e.ConsultRequested: talk.consult_requested,
    e.ConsultAnswered: talk.consult_answered,
    e.ConsultImplied: talk.consult_implied,
    e.StatementMade: talk.statement_made,
    e.MessageSent: _unchanged,
    e.RulesShown: consent.shown,
    e.RulesInitialled: consent.initialled,
    e.ProbesOpened: probes.opened,
    e.ProbeAnswered: probes.answered,
    e.ProbesClosed: probes.closed,
    e.SelfRatingsAsked: self_ratings.asked,
    e.TeamRatedItself: self_ratings.rated,
    e.ObservationMade: judgements.observation_made,
    e.NoteTaken: _unchanged,
    e.ScoreAdjusted: _unchanged,
    e.RatingGiven: _unchanged,
    e.ActionTicked: judgements.action_ticked,
}


def apply(state: Exercise, record: Record) -> Exercise:
    """Return the state after the record, which must follow the last one applied."""
    keys = _answered(state, record) if record.key else state.keys
    state = state.changed(seq=record.seq, at=record.at, keys=keys)
    return _APPLIERS[type(record.event)](state, record.event, record)


def create(record: Record) -> Exercise:
    """Return the state after the first record of a log. Raises ValueError if it is not `ExerciseCreated`."""
    created = record.event
    if not isinstance(created, e.ExerciseCreated):
        raise ValueError("the first event of a log creates the exercise")
    script = compile_scenario(created.scenario)
    state = Exercise(
        script=script,
        name=created.name,
        players=created.players,
        seed=created.seed,
        seq=record.seq,
        at=record.at,
        scheduled=script.schedule,
    )
    for team in created.scenario.teams:
        account = Account(0).changed(created.scenario.capital.start, record.at)
        state = state.changed(accounts=state.accounts.set(team, account))
    keys = _answered(state, record) if record.key else state.keys
    return state.changed(presets=decisions.preset_decisions(created.scenario), keys=keys)


def fold(records: Iterable[Record]) -> Exercise:
    """Return the state after all records, the first of which creates the exercise."""
    remaining = iter(records)
    state = create(next(remaining))
    for record in remaining:
        state = apply(state, record)
    return state


def _answered(state: Exercise, record: Record) -> Map[tuple[str, str], tuple[int, int, str]]:
    """Record which events answered which command, so that a retry gets the same answer."""
    known = state.keys.get((record.seat, record.key))
    first = known[0] if known else record.seq
    return state.keys.set((record.seat, record.key), (first, record.seq, record.digest))
