"""Teams: moves entered for them, messages to them, decisions closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tabletop.exercise import commands as c
from tabletop.tui.console.desk import ConsoleCommand, Desk, Group
from tabletop.tui.console.doing.moves import TeamMove, form_of, move_form, moves
from tabletop.tui.console.reasons import allowed, first_of, unless
from tabletop.tui.kit.fields import Field, SeveralField, TextField, Values
from tabletop.tui.kit.form import Build, Form
from tabletop.tui.kit.pick import Pick, PickItem
from tabletop.tui.kit.rows import Part, shortened
from tabletop.tui.kit.times import game_clock
from tabletop.tui.overview.model import ConsoleModel
from tabletop.tui.overview.standing import Asked
from tabletop.tui.overview.wording import until

NOTED: Final = "Noted."
"""What a team reads that asked something to which there is nothing to say."""

_QUOTED: Final = 240
_QUOTED_AT_MOST: Final = 2
"""Characters of a message, and messages, that an answer's form shows: it has to fit a small screen."""


def _move(desk: Desk) -> None:
    items = [PickItem(move, move.parts) for move in moves(desk)]
    chosen = Pick[TeamMove]("Enter a move for a team", items, verb="choose")
    desk.ask(chosen, lambda move: desk.ask(form_of(desk, move)))


def _message(desk: Desk) -> None:
    """Answer the team that has waited longest for exercise control; write to all if none waits."""
    teams = desk.model.inquiries.teams
    desk.ask(_answer(desk, teams[0]) if teams else _to_all(desk))


def _message_form(desk: Desk, team: str) -> Form | None:
    """The answer to a team, as long as that waits for one; without a team the message to all."""
    if not team:
        return _to_all(desk)
    return _answer(desk, team) if team in desk.model.inquiries.teams else None


def _to_all(desk: Desk) -> Form:
    names = [(team, known.name) for team, known in desk.model.scenario.teams.items()]
    fields: list[Field] = [
        SeveralField("to", "To", names, chosen=tuple(desk.model.scenario.teams)),
        TextField("text", "Text"),
    ]
    draft = desk.draft("message")
    return Form(
        "Message from exercise control",
        fields,
        _once_more(desk.model, message_command),
        desk.submit,
        draft=draft,
        verb="send",
    )


def _answer(desk: Desk, team: str) -> Form:
    """The words first, so that Enter sends; other teams can be ticked too."""
    names = [(key, known.name) for key, known in desk.model.scenario.teams.items()]
    fields: list[Field] = [TextField("text", "Answer"), SeveralField("to", "To", names, chosen=(team,))]
    return Form(
        f"Answer {desk.model.team(team)}",
        fields,
        _once_more(desk.model, _answer_command),
        desk.submit,
        intro=asked_lines(desk.model, team),
        draft=desk.draft(f"message {team}"),
        verb="send",
    )


def asked_lines(model: ConsoleModel, team: str) -> list[tuple[Part, ...]]:
    """What a team has asked and one answer settles: the oldest messages in words, the others counted."""
    asked = model.inquiries.of(team)
    lines: list[tuple[Part, ...]] = [
        ((f"{game_clock(item.at)} ", "dim"), (f"“{shortened(item.text, _QUOTED)}”", "strong"))
        for item in asked[:_QUOTED_AT_MOST]
    ]
    if len(asked) > _QUOTED_AT_MOST:
        lines.append(((f"and {len(asked) - _QUOTED_AT_MOST} more: panel 3 and L show them", "dim"),))
    return [*lines, ((f"With nothing written, Enter answers “{NOTED}”", "dim"),)]


def _answer_command(values: Values) -> c.Message:
    """The answer; if nothing was written, that it was noted."""
    if values.text("text").strip():
        return message_command(values)
    return message_command(Values({**values.given, "text": NOTED}))


def _once_more(model: ConsoleModel, build: Callable[[Values], c.Message]) -> Build:
    """Have a message sent again that would answer what a team asked while it was being written."""
    known = set(model.inquiries.waiting)

    def command(values: Values) -> c.Message:
        message = build(values)
        fresh = [item for item in model.inquiries.waiting if item not in known and item.team in message.to]
        if fresh:
            known.update(fresh)
            asked = shortened(fresh[-1].text, _QUOTED)
            raise ValueError(
                f"{model.team(fresh[-1].team)} asked meanwhile: “{asked}” What you send counts as the answer "
                "to that too: send it again to confirm"
            )
        return message

    return command


def message_command(values: Values) -> c.Message:
    """A message, from whichever seat sends it."""
    to = values.several("to")
    if not to:
        raise ValueError("choose at least one team")
    return c.Message(to=to, text=values.text("text"))


def _lapse(desk: Desk) -> None:
    model, items = desk.model, []
    for asked in model.standings.open():
        tone, late = ("bad", "late, due ") if asked.due < int(desk.now) else ("strong", "due ")
        items.append(
            PickItem(
                asked,
                (
                    (f"{model.team(asked.team):<12} ", "strong"),
                    (f"{asked.code:<5} ", "new"),
                    (f"{asked.title}  ", "plain"),
                    (f"{late}{until(asked.due, desk.now)}", "bad" if tone == "bad" else "dim"),
                ),
            )
        )
    chosen = Pick[Asked]("Close an open decision: it counts as not taken", items, verb="close it")
    desk.ask(chosen, lambda asked: desk.send(c.Lapse(decision=asked.decision, team=asked.team)))


TEAMS: Final = Group(
    "Teams",
    (
        ConsoleCommand(
            "move",
            "v",
            "V",
            "Move",
            "Enter a move for a team: decide, share, consult, answer, speak in public, write",
            _move,
            first_of(
                unless(
                    lambda desk: bool(desk.acting_teams),
                    "The teams enter their moves at their own stations, not here.",
                ),
                allowed(c.Decide),
            ),
            rank=12,
            form=move_form,
        ),
        ConsoleCommand(
            "lapse",
            "d",
            "D",
            "Close decision",
            "Close a decision that a team has not taken",
            _lapse,
            first_of(
                allowed(c.Lapse),
                unless(lambda desk: bool(desk.model.standings.open()), "No decision is open."),
            ),
            rank=28,
        ),
        ConsoleCommand(
            "message",
            "m",
            "M",
            "Message",
            "Write to teams as exercise control; answer a team that asks it something",
            _message,
            allowed(c.Message),
            rank=16,
            form=_message_form,
        ),
    ),
)
