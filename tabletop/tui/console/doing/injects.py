"""Injects: released, held, skipped, edited, addressed, written on the spot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise.decide import may
from tabletop.exercise.decide.delivery import content
from tabletop.exercise.state import InjectStatus, Stage
from tabletop.tui.console.desk import ConsoleCommand, Desk, Group
from tabletop.tui.console.dialogs.reader import Reader
from tabletop.tui.console.pages.inject import inject_page
from tabletop.tui.console.reasons import allowed, first_of, not_pending, pending, unless
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.fields import Field, FlagField, LineField, SeveralField, TextField, Values
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.rows import Part
from tabletop.tui.overview.msel import Row, RowMark
from tabletop.tui.overview.wording import until


def _release(desk: Desk) -> None:
    """One key for an inject that is due. Anything else is shown to players too soon, so it is asked about."""
    row = pending(desk)
    if row is None:
        return
    command = c.Release(inject=row.entry)
    if row.mark is RowMark.DUE:
        desk.send(command)
        return
    why = {
        RowMark.HELD: "It is held.",
        RowMark.SKIPPED: "It was skipped.",
        RowMark.NOT_TAKEN: "Its branch was not taken.",
    }
    reason = why.get(row.mark, "It goes out by hand only.")
    if row.mark is RowMark.SCHEDULED:
        reason = (
            f"It is due {until(row.due, desk.now)}." if row.due is not None else f"It waits ({row.waits})."
        )
    lines: list[tuple[Part, ...]] = [
        ((row.title, "strong"),),
        (("To ", "dim"), (desk.model.teams(row.to), "strong")),
        ((reason, "warn"),),
    ]
    question = Confirm(f"Release {row.code} now?", lines, yes="release")
    desk.ask(question, lambda _: desk.send(command), settled=lambda: _gone_out(desk, row))


def _gone_out(desk: Desk, row: Row) -> bool:
    """Whether an inject was released since, or another console is to do it."""
    now = desk.model.msel.row(row.entry)
    return desk.reading or now is None or now.sent is not None


def _hold(desk: Desk) -> None:
    row = pending(desk)
    if row is not None:
        desk.keep_cursor()
        desk.send(c.Unhold(inject=row.entry) if row.mark is RowMark.HELD else c.Hold(inject=row.entry))


def _skip(desk: Desk) -> None:
    row = pending(desk)
    if row is None:
        return
    desk.keep_cursor()
    skipped = desk.model.state.inject(row.entry).status is InjectStatus.SKIPPED
    desk.send(c.Unhold(inject=row.entry) if skipped else c.Skip(inject=row.entry))


def _changed(desk: Desk, entry: str) -> Row | None:
    """The inject of a form that changes it; None once it cannot be changed any more."""
    row = desk.model.msel.row(entry)
    return row if row is not None and row.sent is None and may(desk.model.stage, c.Edit) else None


def _edit(desk: Desk) -> None:
    _ask(desk, _edit_form)


def _ask(desk: Desk, form: Callable[[Desk, str], Form | None]) -> None:
    """Open a form about the inject under the cursor."""
    row = pending(desk)
    made = form(desk, row.entry) if row is not None else None
    if made is not None:
        desk.ask(made)


def _edit_form(desk: Desk, entry: str) -> Form | None:
    row = _changed(desk, entry)
    if row is None:
        return None
    words = content(desk.model.state, entry)

    def command(values: Values) -> c.Edit:
        return c.Edit(inject=entry, title=values.line("title"), text=values.text("text"))

    fields: list[Field] = [
        LineField("title", "Title", value=words.title),
        TextField("text", "Text", value=words.text, short=False),
    ]
    draft = desk.draft(f"edit {entry}")
    return Form(f"Edit {row.code}", fields, command, desk.submit, draft=draft, verb="save")


def _address(desk: Desk) -> None:
    _ask(desk, _address_form)


def _address_form(desk: Desk, entry: str) -> Form | None:
    row = _changed(desk, entry)
    if row is None:
        return None

    def command(values: Values) -> c.Address:
        to = values.several("to")
        if not to:
            raise ValueError("choose at least one team")
        return c.Address(inject=entry, to=to)

    names = [(team, known.name) for team, known in desk.model.scenario.teams.items()]
    fields: list[Field] = [SeveralField("to", "Send it to", names, chosen=row.to)]
    intro: list[tuple[Part, ...]] = [((row.title, "strong"),)]
    draft = desk.draft(f"address {entry}", lasting=False)
    return Form(f"Address {row.code}", fields, command, desk.submit, intro=intro, draft=draft, verb="address")


def _ad_hoc(desk: Desk) -> None:
    desk.ask(_ad_hoc_form(desk))


def _ad_hoc_form(desk: Desk, _about: str = "") -> Form:
    running = desk.model.stage is Stage.RUNNING
    names = [(team, known.name) for team, known in desk.model.scenario.teams.items()]
    fields: list[Field] = [
        LineField("title", "Title"),
        LineField("from", "From"),
        LineField("channel", "Channel", value="message"),
        SeveralField("to", "To", names, chosen=()),
        TextField("text", "Text", short=False),
        FlagField("release", "", "Send it at once (else it waits to be released by hand)", value=running),
    ]
    draft = desk.draft("ad-hoc")
    return Form("Ad hoc inject", fields, _ad_hoc_command, desk.submit, draft=draft, verb="add")


def _ad_hoc_command(values: Values) -> c.AdHoc:
    to = values.several("to")
    if not to:
        raise ValueError("choose at least one team")
    return c.AdHoc(
        title=values.line("title"),
        sender=values.line("from"),
        channel=values.line("channel"),
        to=to,
        text=values.text("text"),
        release=values.flag("release"),
    )


def _read(desk: Desk) -> None:
    row = desk.row
    if row is None:
        return
    keys = [command for command in INJECTS.commands if command.id in ABOUT_THE_CURSOR]
    page = inject_page(desk.model, row, desk.now, full=True)
    reader = Reader(
        f"{row.code} {row.title}".strip(), page, [(command, command.why_not(desk)) for command in keys]
    )
    desk.ask(reader, lambda command: command.run(desk))


ABOUT_THE_CURSOR: Final = frozenset({"release", "hold", "skip", "edit", "address"})
"""Commands about the inject under the cursor: any other that acts sends the cursor on to the next inject."""

INJECTS: Final = Group(
    "Injects",
    (
        ConsoleCommand(
            "release",
            "r",
            "R",
            "Release",
            "Send out the inject under the cursor, which is the next one unless you chose another",
            _release,
            first_of(not_pending, allowed(c.Release)),
            rank=3,
        ),
        ConsoleCommand(
            "read",
            "enter",
            "Enter",
            "Read",
            "Open the inject under the cursor in full",
            _read,
            unless(lambda desk: desk.row is not None, "There is no inject under the cursor."),
            rank=30,
            acts=False,
        ),
        ConsoleCommand(
            "hold",
            "h",
            "H",
            "Hold",
            "Keep the inject back, or put it on the schedule again",
            _hold,
            first_of(not_pending, allowed(c.Hold, c.Unhold)),
            rank=5,
        ),
        ConsoleCommand(
            "skip",
            "k",
            "K",
            "Skip",
            "Leave the inject out, or take it in again",
            _skip,
            first_of(not_pending, allowed(c.Skip, c.Unhold)),
            rank=6,
        ),
        ConsoleCommand(
            "edit",
            "e",
            "E",
            "Edit",
            "Change the words of the inject",
            _edit,
            first_of(not_pending, allowed(c.Edit)),
            rank=7,
            form=_edit_form,
        ),
        ConsoleCommand(
            "address",
            "a",
            "A",
            "Address",
            "Send the inject to other teams than planned",
            _address,
            first_of(not_pending, allowed(c.Address)),
            rank=8,
            form=_address_form,
        ),
        ConsoleCommand(
            "ad-hoc",
            "x",
            "X",
            "Ad hoc",
            "Write an inject on the spot",
            _ad_hoc,
            allowed(c.AdHoc),
            rank=9,
            form=_ad_hoc_form,
        ),
    ),
)
