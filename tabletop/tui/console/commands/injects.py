"""Injects: released, held, skipped, edited, addressed, written on the spot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise.decide import may
from tabletop.exercise.decide.delivery import content
from tabletop.exercise.state import InjectStatus, Stage
from tabletop.tui.console.commands.teams import NOBODY
from tabletop.tui.console.console import Console
from tabletop.tui.console.pages.inject import inject_page
from tabletop.tui.console.reasons import allowed, first_of, not_pending, pending, unless
from tabletop.tui.kit.command_registry import CommandGroup, ScreenCommand
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.fields import FlagField, LineField, SeveralField, TextField
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.reader import ReadingWindow
from tabletop.tui.kit.rows import Line
from tabletop.tui.overview.msel import MselRow, RowMark
from tabletop.tui.overview.wording import until


def _release(console: Console) -> None:
    """One key for an inject that is due. Anything else is shown to players too soon, so it is asked about."""
    row = pending(console)
    if row is None:
        return
    command = c.Release(inject=row.entry)
    if row.mark is RowMark.DUE:
        console.send(command)
        return
    why = {
        RowMark.HELD: "It is held.",
        RowMark.SKIPPED: "It was skipped.",
        RowMark.NOT_TAKEN: "Its branch was not taken.",
    }
    reason = why.get(row.mark, "It goes out by hand only.")
    if row.mark is RowMark.SCHEDULED:
        reason = (
            f"It is due {until(row.due, console.now)}." if row.due is not None else f"It waits ({row.waits})."
        )
    lines: list[Line] = [
        ((row.title, "strong"),),
        (("To ", "dim"), (console.model.teams(row.to), "strong")),
        ((reason, "warn"),),
    ]
    question = Confirm(f"Release {row.code} now?", lines, yes="release")
    console.ask(question, lambda _: console.send(command), settled=lambda: _gone_out(console, row))


def _gone_out(console: Console, row: MselRow) -> bool:
    """Whether an inject was released since, or another console is to do it."""
    now = console.model.msel.row(row.entry)
    return console.reading or now is None or now.sent is not None


def _hold(console: Console) -> None:
    row = pending(console)
    if row is not None:
        console.keep_cursor()
        console.send(c.Unhold(inject=row.entry) if row.mark is RowMark.HELD else c.Hold(inject=row.entry))


def _skip(console: Console) -> None:
    row = pending(console)
    if row is None:
        return
    console.keep_cursor()
    skipped = console.model.state.inject(row.entry).status is InjectStatus.SKIPPED
    console.send(c.Unhold(inject=row.entry) if skipped else c.Skip(inject=row.entry))


def _changed(console: Console, entry: str) -> MselRow | None:
    """Return the inject of a form that changes it; None once it cannot be changed any more."""
    row = console.model.msel.row(entry)
    return row if row is not None and row.sent is None and may(console.model.stage, c.Edit) else None


def _edit(console: Console) -> None:
    _ask(console, _edit_form)


def _ask(console: Console, form: Callable[[Console, str], Form | None]) -> None:
    """Open a form about the inject under the cursor."""
    row = pending(console)
    made = form(console, row.entry) if row is not None else None
    if made is not None:
        console.ask(made)


def _edit_form(console: Console, entry: str) -> Form | None:
    row = _changed(console, entry)
    if row is None:
        return None
    words = content(console.model.state, entry)
    fields = [
        LineField("title", "Title", value=words.title),
        TextField("text", "Text", value=words.text, short=False),
    ]
    return Form(
        f"Edit {row.code}",
        console.pending,
        console.draft(f"edit {entry}"),
        fields=fields,
        build=lambda given: c.Edit(inject=entry, **given),
        verb="save",
    )


def _address(console: Console) -> None:
    _ask(console, _address_form)


def _address_form(console: Console, entry: str) -> Form | None:
    row = _changed(console, entry)
    if row is None:
        return None

    return Form(
        f"Address {row.code}",
        console.pending,
        console.draft(f"address {entry}", lasting=False),
        fields=[SeveralField("to", "Send it to", _teams(console), chosen=row.to, needed=NOBODY)],
        build=lambda given: c.Address(inject=entry, **given),
        intro=[((row.title, "strong"),)],
        verb="address",
    )


def _teams(console: Console) -> list[tuple[str, str]]:
    return [(team, known.name) for team, known in console.model.scenario.teams.items()]


def _ad_hoc(console: Console) -> None:
    console.ask(_ad_hoc_form(console))


def _ad_hoc_form(console: Console, _about: str = "") -> Form:
    running = console.model.stage is Stage.RUNNING
    fields = [
        LineField("title", "Title"),
        LineField("from", "From", attribute="sender"),
        LineField("channel", "Channel", value="message"),
        SeveralField("to", "To", _teams(console), needed=NOBODY),
        TextField("text", "Text", short=False),
        FlagField("release", "", "Send it at once (else it waits to be released by hand)", value=running),
    ]
    return Form(
        "Ad hoc inject",
        console.pending,
        console.draft("ad-hoc"),
        fields=fields,
        build=lambda given: c.AdHoc(**given),
        verb="add",
    )


def _read(console: Console) -> None:
    row = console.row
    if row is None:
        return
    keys = [command for command in INJECTS.commands if command.id in ABOUT_THE_CURSOR]
    page = inject_page(console.model, row, console.now, full=True)
    reader = ReadingWindow(
        f"{row.code} {row.title}".strip(), page, [(command, command.why_not(console)) for command in keys]
    )
    console.ask(reader, lambda command: command.run(console))


ABOUT_THE_CURSOR: Final = frozenset({"release", "hold", "skip", "edit", "address"})
"""Commands about the inject under the cursor: any other that acts sends the cursor on to the next inject."""

INJECTS: Final[CommandGroup[Console]] = CommandGroup(
    "Injects",
    (
        ScreenCommand(
            "release",
            "r",
            "Release",
            "Send out the inject under the cursor, which is the next one unless you chose another",
            _release,
            first_of(not_pending, allowed(c.Release)),
            rank=3,
        ),
        ScreenCommand(
            "read",
            "enter",
            "Read",
            "Open the inject under the cursor in full",
            _read,
            unless(lambda console: console.row is not None, "There is no inject under the cursor."),
            rank=30,
            acts=False,
            shown_as="Enter",
        ),
        ScreenCommand(
            "hold",
            "h",
            "Hold",
            "Keep the inject back, or put it on the schedule again",
            _hold,
            first_of(not_pending, allowed(c.Hold, c.Unhold)),
            rank=5,
        ),
        ScreenCommand(
            "skip",
            "k",
            "Skip",
            "Leave the inject out, or take it in again",
            _skip,
            first_of(not_pending, allowed(c.Skip, c.Unhold)),
            rank=6,
        ),
        ScreenCommand(
            "edit",
            "e",
            "Edit",
            "Change the words of the inject",
            _edit,
            first_of(not_pending, allowed(c.Edit)),
            rank=7,
            form=_edit_form,
        ),
        ScreenCommand(
            "address",
            "a",
            "Address",
            "Send the inject to other teams than planned",
            _address,
            first_of(not_pending, allowed(c.Address)),
            rank=8,
            form=_address_form,
        ),
        ScreenCommand(
            "ad-hoc",
            "x",
            "Ad hoc",
            "Write an inject on the spot",
            _ad_hoc,
            allowed(c.AdHoc),
            rank=9,
            form=_ad_hoc_form,
        ),
    ),
)
