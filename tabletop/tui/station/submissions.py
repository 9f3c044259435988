"""What was sent from a station and how far it has come. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from tabletop.exercise import commands as c
from tabletop.protocol.submission import Submission
from tabletop.tui.kit.rows import Line, shortened
from tabletop.tui.kit.submission_status import status_line
from tabletop.tui.station.station_model import StationModel

LATEST: Final = 5
"""How many commands of this seat its log shows."""

_LONGEST: Final = 40
"""Cells for what a command is called."""


def sent_lines(submissions: Sequence[Submission], model: StationModel) -> tuple[Line, ...]:
    """Return a line for each of the latest commands, oldest first. That an inject was opened is not one."""
    people_gave = [one for one in submissions if not isinstance(one.command, c.Read)]
    return tuple(
        ((f"{shortened(called(one.command, model), _LONGEST)}: ", "strong"), *status_line(one))
        for one in people_gave[-LATEST:]
    )


def called(command: c.Command, model: StationModel) -> str:
    """Return what a team would call it."""
    call = _CALLS.get(type(command))
    return call(command, model) if call is not None else command.do.replace("-", " ").capitalize()


def _decision(decision: str, model: StationModel) -> str:
    question = model.decisions.questions.get(decision)
    return question.name if question is not None else decision


def _card(command: c.Share, model: StationModel) -> str:
    holding = model.cards.held.get(command.card)
    return f"Card {holding.title if holding else command.card} to {model.names.all(command.with_)}"


_CALLS: Final[Mapping[type, Callable[[Any, StationModel], str]]] = {
    c.Decide: lambda command, model: f"Decision {_decision(command.decision, model)}",
    c.Propose: lambda command, model: f"Proposal for {_decision(command.decision, model)}",
    c.Withdraw: lambda command, model: f"Proposal for {_decision(command.decision, model)} withdrawn",
    c.Share: _card,
    c.Grant: lambda command, model: f"Leave to pass on, to {model.names.all(command.to)}",
    c.Consult: lambda command, model: f"Consultation of {model.names.all(command.with_)}",
    c.Answer: lambda command, model: f"Answer to {model.names.of(command.from_)}",
    c.State: lambda _command, _model: "Public statement",
    c.Initial: lambda _command, _model: "Initials",
    c.Message: lambda command, model: f"Message to {model.names.all(command.to)}",
}
