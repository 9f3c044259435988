"""Apply events of play: injects, cards, decisions, consultations, statements, domestic capital."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from immutables import Map

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import (
    ActionTick,
    CardShare,
    ConsultState,
    DecisionState,
    Discussion,
    Exercise,
    HeldCard,
    InjectState,
    InjectStatus,
    ObservationState,
    Proposal,
    StatementState,
    proposer_key,
)


def _inject(state: Exercise, entry: str, **changes: Any) -> Exercise:
    return state.changed(injects=state.injects.set(entry, replace(state.inject(entry), **changes)))


def _off_schedule(state: Exercise, entry: str, **changes: Any) -> Exercise:
    place = state.script.places.get(entry)
    left = tuple(one for one in state.scheduled if one != place)
    return _inject(state.changed(scheduled=left), entry, **changes)


def inject_added(state: Exercise, event: e.InjectAdded, record: Record) -> Exercise:
    """Add an inject."""
    known = InjectState(added=event.inject, code=event.code)
    return state.changed(injects=state.injects.set(event.entry, known), added=state.added + 1)


def inject_edited(state: Exercise, event: e.InjectEdited, record: Record) -> Exercise:
    """Replace the inject's title and text."""
    return _inject(state, event.entry, title=event.title, text=event.text)


def inject_readdressed(state: Exercise, event: e.InjectReaddressed, record: Record) -> Exercise:
    """Replace the inject's audience."""
    return _inject(state, event.entry, to=event.to)


def inject_held(state: Exercise, event: e.InjectHeld, record: Record) -> Exercise:
    """Mark the inject as held."""
    return _off_schedule(state, event.entry, status=InjectStatus.HELD)


def inject_unheld(state: Exercise, event: e.InjectUnheld, record: Record) -> Exercise:
    """Put the inject back on the schedule."""
    planned = state.script.entry(event.entry)
    if planned is not None and not planned.contingency:
        places = {*state.scheduled, state.script.places[planned.id]}
        state = state.changed(scheduled=tuple(one for one in state.script.schedule if one in places))
    return _inject(state, event.entry, status=InjectStatus.SCHEDULED, branch=False)


def inject_skipped(state: Exercise, event: e.InjectSkipped, record: Record) -> Exercise:
    """Mark the inject as skipped."""
    return _off_schedule(state, event.entry, status=InjectStatus.SKIPPED, branch=event.branch)


def delay_began(state: Exercise, event: e.DelayBegan, record: Record) -> Exercise:
    """Record when the inject is due."""
    return _inject(state, event.entry, due=event.due)


def inject_released(state: Exercise, event: e.InjectReleased, record: Record) -> Exercise:
    """Mark the inject as released."""
    return _off_schedule(
        state,
        event.entry,
        status=InjectStatus.RELEASED,
        branch=False,
        to=event.to,
        released_at=record.at,
        timing=event.timing,
        seq=record.seq,
    )


def inject_read(state: Exercise, event: e.InjectRead, record: Record) -> Exercise:
    """Record when the team opened the inject."""
    return _inject(state, event.entry, reads=state.inject(event.entry).reads.set(event.team, record.at))


def card_received(state: Exercise, event: e.CardReceived, record: Record) -> Exercise:
    """Give the card to the team as its own."""
    held = _held(event, record, via=event.entry, sanitised=event.sanitised, own=True)
    return state.changed(hands=state.hands.set((event.team, event.card), held))


def card_dealt(state: Exercise, event: e.CardDealt, record: Record) -> Exercise:
    """Give the card to the team, as its own or as if its owner had shared it before play."""
    own = event.team == event.owner
    via = "" if own else event.owner
    held = _held(event, record, via=via, sanitised=event.sanitised, own=own, clean=event.clean)
    state = state.changed(hands=state.hands.set((event.team, event.card), held))
    if own:
        return state
    share = CardShare(
        by=event.owner,
        to=event.team,
        card=event.card,
        at=record.at,
        seq=record.seq,
        phase=state.phase,
        sanitised=event.clean,
        repeated=False,
    )
    return state.changed(
        shares=state.shares.set(len(state.shares), share),
        given=state.given.set((event.owner, event.team, event.card), record.at),
    )


def _held(
    event: e.CardReceived | e.CardDealt | e.CardShared,
    record: Record,
    *,
    via: str,
    own: bool,
    sanitised: str | None = None,
    clean: bool = False,
) -> HeldCard:
    """Return the card as a team holds it from this event on."""
    return HeldCard(
        at=record.at,
        seq=record.seq,
        via=via,
        title=event.title,
        code=event.code,
        text=event.text,
        sanitised=sanitised,
        window=event.window,
        tags=event.tags,
        own=own,
        clean=clean,
        caveat=event.caveat,
    )


def card_shared(state: Exercise, event: e.CardShared, record: Record) -> Exercise:
    """Give the card to the partners."""
    hands, shares, given, leave = state.hands, state.shares, state.given, state.leave
    owned = hands[event.by, event.card].own if (event.by, event.card) in hands else False
    for to in event.to:
        held = hands.get((to, event.card))
        if held is None or not (held.own or event.sanitised):
            hands = hands.set(
                (to, event.card), _held(event, record, via=event.by, own=False, clean=event.sanitised)
            )
        shares = shares.set(
            len(shares),
            CardShare(
                by=event.by,
                to=to,
                card=event.card,
                at=record.at,
                seq=record.seq,
                phase=state.phase,
                sanitised=event.sanitised,
                repeated=(event.by, to, event.card) in given,
            ),
        )
        if (event.by, to, event.card) not in given:
            given = given.set((event.by, to, event.card), record.at)
        if owned and event.onward:
            leave = leave.set((to, event.card), record.seq)
    return state.changed(hands=hands, shares=shares, given=given, leave=leave)


def leave_granted(state: Exercise, event: e.LeaveGranted, record: Record) -> Exercise:
    """Allow the teams to pass the card on."""
    leave = state.leave
    for team in event.to:
        leave = leave.set((team, event.card), record.seq)
    return state.changed(leave=leave)


def discussion_began(state: Exercise, event: e.DiscussionBegan, record: Record) -> Exercise:
    """Let the team talk until the options open."""
    talk = Discussion(
        began_at=record.at,
        window=event.window,
        opens=event.opens,
        due=event.due,
        entry=event.entry,
    )
    return state.changed(discussions=state.discussions.set((event.decision, event.team), talk))


def discussion_closed(state: Exercise, event: e.DiscussionClosed, record: Record) -> Exercise:
    """End the discussion: the decision was not put."""
    return state.changed(discussions=state.discussions.delete((event.decision, event.team)))


def decision_presented(state: Exercise, event: e.DecisionPresented, record: Record) -> Exercise:
    """Open the decision for the team."""
    asked = DecisionState(
        presented_at=record.at if event.since is None else event.since,
        window=event.window,
        due=event.due,
        entry=event.entry,
        phase=state.phase,
        options=tuple(option.id for option in event.options),
        presented_seq=record.seq,
    )
    key = (event.decision, event.team)
    before = ((one, state.decisions[one]) for one in state.choosable)
    still = (one for one, known in before if known.may_choose(record.at))
    state = state.changed(decisions=state.decisions.set(key, asked), choosable=(*still, key))
    if event.since is not None:
        return state.changed(discussions=state.discussions.delete(key))
    return state


def options_locked(state: Exercise, event: e.OptionsLocked, record: Record) -> Exercise:
    """Replace the options that the team cannot choose."""
    key = (event.decision, event.team)
    after = replace(state.decisions[key], locked=Map(event.reasons))
    return state.changed(decisions=state.decisions.set(key, after))


def option_unlocked(state: Exercise, event: e.OptionUnlocked, record: Record) -> Exercise:
    """Open the option to the team, whatever it costs or requires."""
    key = (event.decision, event.team)
    before = state.decisions[key]
    locked = before.locked.delete(event.option) if event.option in before.locked else before.locked
    after = replace(before, locked=locked, unlocked=before.unlocked | {event.option})
    return state.changed(decisions=state.decisions.set(key, after))


def decision_recorded(state: Exercise, event: e.DecisionRecorded, record: Record) -> Exercise:
    """Record or amend the decision; its cost in domestic capital replaces that of the amended one."""
    key = (event.decision, event.team)
    before = state.decisions[key]
    after = replace(
        before,
        option=event.option,
        rationale=event.rationale,
        decided_at=record.at,
        seq=record.seq,
        late=event.late,
        capital=event.capital,
        words="",
        judged_seq=0,
        marks=(),
        decided_phase=state.phase,
    )
    return _decided(state, key, after, event.charged)


def answer_written(state: Exercise, event: e.AnswerWritten, record: Record) -> Exercise:
    """Record or amend the decision in the team's own words; what an amended one cost is given back."""
    key = (event.decision, event.team)
    after = replace(
        state.decisions[key],
        option=None,
        rationale=event.rationale,
        decided_at=record.at,
        seq=record.seq,
        late=event.late,
        capital=0,
        words=event.text,
        judged_seq=0,
        marks=(),
        decided_phase=state.phase,
    )
    return _decided(state, key, after, event.charged)


def answer_judged(state: Exercise, event: e.AnswerJudged, record: Record) -> Exercise:
    """Record how control judged the words that stand; a judgement of earlier words changes nothing."""
    key = (event.decision, event.team)
    before = state.decisions.get(key)
    if before is None or not before.words:
        return state
    after = replace(
        before, option=event.option, marks=event.marks, judged_seq=record.seq, capital=event.capital
    )
    return state.changed(decisions=state.decisions.set(key, after), taken=record.seq)


def _decided(state: Exercise, key: tuple[str, str], after: DecisionState, charged: int | None) -> Exercise:
    """Keep the decision and charge what it costs in place of what the one before did.

    Logs say what it charged only where a backlash has settled the cost of the one before; those made before
    they did gave it back.
    """
    team, before = key[1], state.decisions[key]
    account = state.accounts[team]
    back = account.capital - before.charged(before.capital)
    had = account if back == account.capital else account.changed(back, state.at)
    after = replace(after, had=state.accounts.set(team, had))
    capital = account.capital + (after.capital - before.capital if charged is None else charged)
    accounts = state.accounts.set(team, account.changed(capital, state.at))
    return state.changed(decisions=state.decisions.set(key, after), accounts=accounts, taken=state.seq)


def decision_lapsed(state: Exercise, event: e.DecisionLapsed, record: Record) -> Exercise:
    """Mark the decision as lapsed."""
    key = (event.decision, event.team)
    after = replace(state.decisions[key], lapsed=True, seq=record.seq, had=state.accounts)
    return state.changed(decisions=state.decisions.set(key, after))


def option_proposed(state: Exercise, event: e.OptionProposed, record: Record) -> Exercise:
    """Record the proposal, replacing the same person's earlier one."""
    who = event.decision, event.team, proposer_key(event.person, event.name)
    words = "" if event.option else event.text
    proposal = Proposal(event.option, event.rationale, record.at, record.seq, words)
    return state.changed(proposals=state.proposals.set(who, proposal))


def proposal_withdrawn(state: Exercise, event: e.ProposalWithdrawn, record: Record) -> Exercise:
    """Delete the proposal."""
    who = event.decision, event.team, proposer_key(event.person, event.name)
    if who not in state.proposals:
        return state
    return state.changed(proposals=state.proposals.delete(who))


def backlash_triggered(state: Exercise, event: e.BacklashTriggered, record: Record) -> Exercise:
    """Reset the team's domestic capital, which settles what its decisions have cost and gained so far."""
    account = state.accounts[event.team]
    account = account.changed(event.capital, record.at)
    account = replace(account, backlashes=account.backlashes + 1)
    decisions = state.decisions
    for key, asked in decisions.items():
        if key[1] == event.team and asked.capital:
            least, most = asked.settled
            settled = (min(least, asked.capital), max(most, asked.capital))
            decisions = decisions.set(key, replace(asked, settled=settled))
    return state.changed(accounts=state.accounts.set(event.team, account), decisions=decisions)


def capital_credited(state: Exercise, event: e.CapitalCredited, record: Record) -> Exercise:
    """Add to the team's domestic capital."""
    account = state.accounts[event.team]
    account = account.changed(account.capital + event.points, record.at)
    return state.changed(accounts=state.accounts.set(event.team, account))


def consult_requested(state: Exercise, event: e.ConsultRequested, record: Record) -> Exercise:
    """Open the consultation."""
    asked = ConsultState(
        by=event.by,
        to=event.to,
        about=event.about,
        at=record.at,
        seq=record.seq,
        phase=state.phase,
        answers=Map(),
    )
    return state.changed(consults=state.consults.set(event.consult, asked))


def consult_answered(state: Exercise, event: e.ConsultAnswered, record: Record) -> Exercise:
    """Record one partner's answer."""
    asked = state.consults[event.consult]
    asked = replace(asked, answers=asked.answers.set(event.by, record.at))
    state = state.changed(consults=state.consults.set(event.consult, asked))
    return _record_consultation(state, event.by, event.to, record)


def _record_consultation(state: Exercise, one: str, other: str, record: Record) -> Exercise:
    """Record that two teams have consulted, in the phase in which it was answered."""
    pair = (min(one, other), max(one, other))
    first_consulted, consulted_in_phase = state.first_consulted, state.consulted_in_phase
    if pair not in first_consulted:
        first_consulted = first_consulted.set(pair, record.at)
    if (state.phase, *pair) not in consulted_in_phase:
        consulted_in_phase = consulted_in_phase.set((state.phase, *pair), record.seq)
    return state.changed(first_consulted=first_consulted, consulted_in_phase=consulted_in_phase)


def consult_implied(state: Exercise, event: e.ConsultImplied, record: Record) -> Exercise:
    """Record a consultation that was requested and answered at once."""
    done = ConsultState(
        by=event.by,
        to=event.to,
        about=event.decision,
        at=record.at,
        seq=record.seq,
        phase=state.phase,
        answers=Map(dict.fromkeys(event.to, record.at)),
        implied=True,
    )
    state = state.changed(consults=state.consults.set(f"implied-{record.seq}", done))
    for partner in event.to:
        state = _record_consultation(state, event.by, partner, record)
    return state


def statement_made(state: Exercise, event: e.StatementMade, record: Record) -> Exercise:
    """Record the public statement."""
    said = StatementState(
        by=event.by,
        at=record.at,
        seq=record.seq,
        phase=state.phase,
        label=event.label,
        decision=event.decision or event.about,
    )
    firsts = state.first_stated
    for label in {"", event.label or ""}:
        if (event.by, label) not in firsts:
            firsts = firsts.set((event.by, label), record.at)
    return state.changed(statements=state.statements.set(record.seq, said), first_stated=firsts)


def observation_made(state: Exercise, event: e.ObservationMade, record: Record) -> Exercise:
    """Record what the observation is about."""
    seen = ObservationState(record.at, event.about, event.team, event.objective, event.kind)
    return state.changed(observations=state.observations.set(record.seq, seen))


def action_ticked(state: Exercise, event: e.ActionTicked, record: Record) -> Exercise:
    """Keep whether that person last saw the expected action done, and when it was."""
    at = record.at if event.happened is None else event.happened
    key = (event.entry, event.number, event.team or "", event.author or record.seat)
    return state.changed(ticks=state.ticks.set(key, ActionTick(event.outcome == "done", at, record.seq)))
