"""Teams: moves entered for them, messages to them, decisions closed."""

from __future__ import annotations

from typing import Any, Final

from tabletop.exercise import commands as c
from tabletop.plaintext import in_quotes
from tabletop.tui.console.commands.consent import SHOW_RULES
from tabletop.tui.console.commands.moves import asked_at_gate, initials_wanted, move_form, moves, why_no_form
from tabletop.tui.console.commands.probes import PROBES
from tabletop.tui.console.commands.self_ratings import SELF_RATINGS
from tabletop.tui.console.console import Console
from tabletop.tui.console.reasons import allowed, first_of, unless
from tabletop.tui.kit.command_registry import CommandGroup, ScreenCommand
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.fields import SeveralField, TextField
from tabletop.tui.kit.form import Build, Form
from tabletop.tui.kit.list_window import ListItem, ListWindow
from tabletop.tui.kit.pending import Feedback
from tabletop.tui.kit.rows import Line, Part, shortened
from tabletop.tui.kit.times import game_clock
from tabletop.tui.overview.overview_model import OverviewModel
from tabletop.tui.overview.standing import Asked
from tabletop.tui.overview.wording import until

NOTED: Final = "Noted."
"""What a team reads that asked something to which there is nothing to say."""

NOBODY: Final = "Choose at least one team."

_QUOTED: Final = 240
_QUOTED_AT_MOST: Final = 2
"""Characters of a message, and messages, that an answer's form shows: it has to fit a small screen."""


def _move(console: Console) -> None:
    def chosen(about: str) -> None:
        form = move_form(console, about)
        if form is None:
            console.tell(why_no_form(about))
            return
        team = form.seat.model.team_name
        console.ask(form, lambda answer: _receipt(console, team, answer))

    items = [ListItem(move.about, move.parts) for move in moves(console)]
    console.ask(ListWindow[str]("Enter a move for a team", items, verb="choose"), chosen)


def _receipt(console: Console, team: str, answer: object) -> None:
    """Say what was recorded for a team; that it was not is said already."""
    if isinstance(answer, Feedback) and answer.tone == "good":
        console.tell(f"{team} · {answer.text}")


def _message(console: Console) -> None:
    """Answer the team that has waited longest for exercise control; write to all if none waits."""
    teams = console.model.inquiries.teams
    console.ask(_answer(console, teams[0]) if teams else _to_all(console))


def _message_form(console: Console, team: str) -> Form | None:
    """Return the answer to a team, as long as that waits for one; without a team the message to all."""
    if not team:
        return _to_all(console)
    return _answer(console, team) if team in console.model.inquiries.teams else None


def _to_all(console: Console) -> Form:
    teams = tuple(console.model.scenario.teams)
    fields = [_to(console, teams), TextField("text", "Text")]
    return Form(
        "Message from exercise control",
        console.pending,
        console.draft("message"),
        fields=fields,
        build=_once_more(console.model),
        verb="send",
    )


def _to(console: Console, chosen: tuple[str, ...]) -> SeveralField:
    names = [(team, known.name) for team, known in console.model.scenario.teams.items()]
    return SeveralField("to", "To", names, chosen=chosen, needed=NOBODY)


def _answer(console: Console, team: str) -> Form:
    """Make the form of an answer: the words first, so that Enter sends; other teams can be ticked too."""
    return Form(
        f"Answer {console.model.team(team)}",
        console.pending,
        console.draft(f"message {team}"),
        fields=[TextField("text", "Answer"), _to(console, (team,))],
        build=_once_more(console.model, instead=NOTED),
        intro=asked_lines(console.model, team),
        verb="send",
    )


def asked_lines(model: OverviewModel, team: str) -> list[Line]:
    """Return what a team asked that one answer settles: the oldest in words, the others counted."""
    asked = model.inquiries.of(team)
    lines: list[Line] = [
        ((f"{game_clock(item.at)} ", "dim"), (in_quotes(shortened(item.text, _QUOTED)), "strong"))
        for item in asked[:_QUOTED_AT_MOST]
    ]
    if len(asked) > _QUOTED_AT_MOST:
        lines.append(((f"and {len(asked) - _QUOTED_AT_MOST} more: panel 3 and L show them", "dim"),))
    return [*lines, ((f"With nothing written, Enter answers “{NOTED}”", "dim"),)]


def _once_more(model: OverviewModel, *, instead: str = "") -> Build:
    """Have a message sent again that would answer what a team asked while it was being written.

    `instead` is sent where nothing was written.
    """
    known = set(model.inquiries.waiting)

    def command(given: dict[str, Any]) -> c.Message:
        message = c.Message(to=given["to"], text=given["text"] if given["text"].strip() else instead)
        fresh = [item for item in model.inquiries.waiting if item not in known and item.team in message.to]
        if fresh:
            known.update(fresh)
            asked = shortened(fresh[-1].text, _QUOTED)
            raise ValueError(
                f"{model.team(fresh[-1].team)} asked meanwhile: {in_quotes(asked)} What you send counts as "
                "the answer to that too: send it again to confirm"
            )
        return message

    return command


def _lapse(console: Console) -> None:
    items = []
    for asked in console.model.standings.open():
        late = asked.due < int(console.now)
        words = f"{'late, ' if late else ''}due {until(asked.due, console.now)}"
        items.append(_item(console, asked, (words, "bad" if late else "dim")))
    chosen = ListWindow[Asked]("Close an open decision: it counts as not taken", items, verb="close it")
    console.ask(chosen, lambda asked: console.send(c.Lapse(decision=asked.decision, team=asked.team)))


def _item(console: Console, asked: Asked, when: Part) -> ListItem[Asked]:
    who: Part = (f"{console.model.team(asked.team):<12} ", "strong")
    return ListItem(asked, (who, (f"{asked.code:<5} ", "new"), (f"{asked.title}  ", "plain"), when))


def _open(console: Console) -> None:
    """Open the options now: ask whether, or which where several decisions are talked about."""
    talking = console.model.standings.talking()

    def give(asked: Asked) -> None:
        console.send(c.Open(decision=asked.decision, team=asked.team))

    if len(talking) == 1:
        (only,) = talking
        settled = lambda: only not in console.model.standings.talking()  # noqa: E731
        console.ask(_open_now(console, only), lambda _: give(only), settled=settled)
        return
    items = [
        _item(console, asked, (f"opens {until(asked.opens or 0, console.now)}", "dim")) for asked in talking
    ]
    console.ask(ListWindow[Asked]("Open the options of a decision now", items, verb="open them"), give)


def _open_now(console: Console, asked: Asked) -> Confirm:
    team = console.model.team(asked.team)
    lines: list[Line] = [
        ((f"{asked.code} {asked.title}".strip(), "strong"),),
        ((f"{team} talks first. They open by themselves {until(asked.opens or 0, console.now)}.", "plain"),),
    ]
    return Confirm(f"Open the options to {team} now?", lines, yes="open them")


def _unlock(console: Console) -> None:
    """Choose one of the options that are locked to a team, and open it."""
    model, items = console.model, []
    for asked in model.standings.open():
        options = model.state.script.scenario.decisions[asked.decision].options
        for word, why in asked.locked.items():
            items.append(
                ListItem(
                    c.Unlock(decision=asked.decision, option=word, team=asked.team),
                    (
                        (f"{model.team(asked.team):<12} ", "strong"),
                        (f"{asked.code:<5} ", "new"),
                        (f"{shortened(options[word].text, _QUOTED)}  ", "plain"),
                        (why, "dim"),
                    ),
                )
            )
    console.ask(ListWindow[c.Unlock]("Open a locked option to a team", items, verb="open it"), console.send)


def _any_locked(console: Console) -> bool:
    return any(asked.locked for asked in console.model.standings.open())


TEAMS: Final[CommandGroup[Console]] = CommandGroup(
    "Teams",
    (
        ScreenCommand(
            "move",
            "v",
            "Move",
            "Enter a move for a team: decide, share, consult, answer, speak in public, write",
            _move,
            first_of(
                unless(
                    lambda console: bool(console.acting_teams),
                    "The teams enter their moves at their own stations, not here.",
                ),
                lambda console: (
                    "" if asked_at_gate(console) or initials_wanted(console) else allowed(c.Decide)(console)
                ),
            ),
            rank=12,
            form=move_form,
        ),
        ScreenCommand(
            "open",
            "ctrl+o",
            "Open options",
            "Open the options of a decision that a team talks about first",
            _open,
            first_of(
                allowed(c.Open),
                unless(
                    lambda console: bool(console.model.standings.talking()),
                    "No team talks about a decision whose options are not open.",
                ),
            ),
            rank=27,
            shown_as="Ctrl+O",
        ),
        ScreenCommand(
            "lapse",
            "d",
            "Close decision",
            "Close a decision that a team has not taken",
            _lapse,
            first_of(
                allowed(c.Lapse),
                unless(lambda console: bool(console.model.standings.open()), "No decision is open."),
            ),
            rank=28,
        ),
        ScreenCommand(
            "unlock",
            "ctrl+u",
            "Open option",
            "Open an option that a team cannot choose: it costs too much, or requires something",
            _unlock,
            first_of(allowed(c.Unlock), unless(_any_locked, "No option is locked to a team.")),
            rank=29,
            shown_as="Ctrl+U",
        ),
        ScreenCommand(
            "message",
            "m",
            "Message",
            "Write to teams as exercise control; answer a team that asks it something",
            _message,
            allowed(c.Message),
            rank=16,
            form=_message_form,
        ),
        PROBES,
        SELF_RATINGS,
        SHOW_RULES,
    ),
)
