"""Decide proposals of team members to the one who decides. They never affect scores."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.decide.decisions import require_open, require_open_option, require_option
from tabletop.exercise.decide.write_ins import require_write_in
from tabletop.exercise.refusal import NOTHING_TO_DO, RefusedError
from tabletop.exercise.state import Exercise, proposer_key


def propose(state: Exercise, command: c.Propose, team: str, now: int) -> list[e.Event]:
    """Propose an option or words, replacing the same person's earlier proposal."""
    asked = require_open(state, command.decision, team, now)
    if command.words:
        require_write_in(state, command.decision)
        text = command.words
    else:
        text = require_option(state, command.decision, asked, command.option).text
        require_open_option(state, command.decision, team, command.option, now)
    current = state.proposals.get((command.decision, team, proposer_key(command.person, command.by)))
    given = (command.option, command.words, command.rationale)
    if current is not None and (current.option, current.words, current.rationale) == given:
        raise RefusedError("you have already proposed that", NOTHING_TO_DO)
    return [
        e.OptionProposed(
            decision=command.decision,
            code=state.script.scenario.decisions[command.decision].code or "",
            team=team,
            option=command.option,
            text=text,
            rationale=command.rationale,
            name=command.by,
            office=command.office,
            person=command.person,
        )
    ]


def withdraw(state: Exercise, command: c.Withdraw, team: str, now: int) -> list[e.Event]:
    """Withdraw the same person's proposal."""
    require_open(state, command.decision, team, now)
    if (command.decision, team, proposer_key(command.person, command.by)) not in state.proposals:
        raise RefusedError("you have no proposal to withdraw", NOTHING_TO_DO)
    return [
        e.ProposalWithdrawn(
            decision=command.decision,
            code=state.script.scenario.decisions[command.decision].code or "",
            team=team,
            name=command.by,
            office=command.office,
            person=command.person,
        )
    ]
