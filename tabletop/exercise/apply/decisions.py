"""Apply events of decisions: discussions, choices, proposals, domestic capital."""

from __future__ import annotations

from dataclasses import replace

from immutables import Map

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import (
    DecisionState,
    Discussion,
    Exercise,
    Proposal,
    proposer_key,
)
from tabletop.scenario.scenario import Scenario


def preset_decisions(scenario: Scenario) -> Map[tuple[str, str], DecisionState]:
    """Return the decisions taken before play in a cut. No event records them, since nobody was asked."""
    return Map(
        {
            (name, team): DecisionState(
                presented_at=0,
                window=0,
                due=0,
                entry="",
                phase="",
                options=tuple(scenario.decisions[name].options),
                presented_seq=0,
                option=option,
                decided_at=0,
            )
            for name, chosen in scenario.presets.items()
            for team, option in chosen.items()
        }
    )


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
    if before.stands_with(event.option):
        # Only the reason is another: what counts is when the option was taken.
        after = replace(before, rationale=event.rationale, seq=record.seq)
        return state.changed(decisions=state.decisions.set(key, after), taken=state.seq)
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
