"""Decide commands of communication: consultations, statements, messages."""

from __future__ import annotations

from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.decide.cards import partners_named
from tabletop.exercise.decide.delivery import opaque_id
from tabletop.exercise.refusal import RefusedError
from tabletop.exercise.state import Exercise
from tabletop.scenario.prose import number

MOST_ADVICE_WORDS: Final = 3
"""Words of an area, or of an advice to the public: others are told it, and compare it with theirs."""


def consult(state: Exercise, command: c.Consult, team: str, now: int) -> list[e.Event]:
    """Consult partners."""
    partners = partners_named(state, team, command.with_)
    if not _asked(state, team, command.about):
        raise RefusedError("a consultation can be about a decision that was put to this team", "not-asked")
    consult_id = opaque_id(state, "consult", team)
    return [
        e.ConsultRequested(consult=consult_id, by=team, to=partners, about=command.about, text=command.text)
    ]


def _asked(state: Exercise, team: str, about: str | None) -> bool:
    """Whether nothing is named, or a decision that was put to the team or that it talks about first."""
    return about is None or (about, team) in state.decisions or (about, team) in state.discussions


def answer(state: Exercise, command: c.Answer, team: str, now: int) -> list[e.Event]:
    """Answer a partner's latest consultation that this team has not answered, or the one named."""
    waiting = [
        (item.seq, name)
        for name, item in state.consults.items()
        if item.by == command.from_ and team in item.to and team not in item.answers
        if command.consult in (None, name)
    ]
    if not waiting:
        raise RefusedError("this team has no open consultation from them to answer", "nothing-to-answer")
    return [e.ConsultAnswered(consult=max(waiting)[1], by=team, to=command.from_, text=command.text)]


def state_in_public(state: Exercise, command: c.State, team: str, now: int) -> list[e.Event]:
    """Make a public statement, with a label if one is given."""
    labels = state.script.scenario.labels
    if command.label and labels and command.label not in labels:
        raise RefusedError(f"unknown label; the labels are {', '.join(labels)}", "unknown-label")
    if not _asked(state, team, command.about):
        raise RefusedError("a statement can be about a decision that was put to this team", "not-asked")
    if bool(command.area) != bool(command.says):
        raise RefusedError("public advice needs both an area and what to do there", "half-advice")
    if any(len((words or "").split()) > MOST_ADVICE_WORDS for words in (command.area, command.says)):
        most = number(MOST_ADVICE_WORDS)
        raise RefusedError(
            f"public advice names an area, and what to do there, in one word or at most {most}", "long-advice"
        )
    return [
        e.StatementMade(
            by=team,
            text=command.text,
            label=command.label or None,
            area=command.area or None,
            says=command.says or None,
            about=command.about,
        )
    ]


def message(state: Exercise, command: c.Message, seat: str, now: int) -> list[e.Event]:
    """Write to partners or to exercise control."""
    sender = seat if seat in state.script.scenario.teams else e.CONTROL
    known = {*state.script.scenario.teams, e.CONTROL} - {sender}
    unknown = [to for to in command.to if to not in known]
    if unknown:
        raise RefusedError(f"a message cannot go to '{unknown[0]}'", "unknown-team")
    if not state.running and sender != e.CONTROL and set(command.to) != {e.CONTROL}:
        raise RefusedError("while play is stopped, messages can only go to exercise control", "wrong-stage")
    return [e.MessageSent(by=sender, to=_unique(command.to), text=command.text)]


def _unique(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
