"""Who joins, with which code, who has joined: and codes made and seats taken back from here."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tabletop.exercise.refusal import Refusal
from tabletop.protocol.console_link import ConsoleLink
from tabletop.tui.console.pages.seats import endpoint_lines, seat_rows, who
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.keyed_list import KeyedList
from tabletop.tui.kit.rows import Line, Tone
from tabletop.tui.kit.styling import page
from tabletop.tui.kit.window import Window, keys_line
from tabletop.tui.kit.words import Words

if TYPE_CHECKING:
    from tabletop.protocol.messages import Act, Reception, SeatLine

LOOK: Final = 0.25
"""Seconds between looks at what has changed."""

READING: Final = (
    "Another console runs this exercise, and codes are shown there alone. Go back and press Z to take over."
)


class SeatsWindow(Window[None]):
    """Shows everything as it changes, without losing the cursor's place."""

    DEFAULT_CSS = """
    SeatsWindow {
        & > .window { max-width: 86; }
        & #entrance { padding-bottom: 1; }
        & KeyedList { height: auto; max-height: 60vh; padding: 0; }
        & KeyedList, & KeyedList:focus { border: none; }
        & #said { height: auto; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "codes('new-code')", "New code", id="seats.new-code"),
        Binding("w", "codes('withdraw-codes')", "Withdraw codes", id="seats.withdraw-codes"),
        Binding("r", "revoke", "Revoke", id="seats.revoke"),
        Binding("p", "pen", "Pen", id="seats.pen"),
        Binding("x", "block", "Block or unblock", id="seats.block"),
        Binding("b", "leave", "Back", show=False, id="seats.close"),
    ]

    def __init__(self, front_desk: ConsoleLink, names: Mapping[str, str]) -> None:
        """`names` are the teams' names by id."""
        super().__init__("Seats: who joins, and who is here")
        self._front_desk = front_desk
        self._names = names
        self._shown: Reception | None = None

    def inside(self) -> Iterable[Widget]:
        """Yield what to read out, the codes and seats, and room for what went wrong."""
        yield Static("", id="entrance", markup=False)
        yield KeyedList(empty=READING, id="seats")
        yield Words(id="said")

    def keys(self) -> Content:
        """Return what can be done about the line under the cursor."""
        addresses = self._shown.addresses if self._shown is not None else ()
        return keys_line(
            ("N", "new code"),
            ("W", "void codes"),
            ("R", "revoke"),
            ("P", "pen to or from"),
            *((("X", "block or unblock"),) if addresses else ()),
            ("Esc", "back"),
        )

    def on_mount(self) -> None:
        """Show what there is, and what comes."""
        self._look()
        self.query_one(KeyedList).focus()
        self.set_interval(LOOK, self._look)

    def _look(self) -> None:
        reception = self._front_desk.enrolment
        if reception is self._shown and reception is not None:
            return
        self._shown = reception
        lines = endpoint_lines(reception) if reception is not None else []
        self.query_one("#entrance", Static).update(page(lines))
        rows = seat_rows(reception, self._names) if reception is not None else ()
        self.query_one(KeyedList).show_rows(rows)
        self.query_one(".window-keys", Static).update(self.keys())

    # Doing --------------------------------------------------------------------------------------

    @property
    def _seat(self) -> SeatLine | None:
        """The seat under the cursor."""
        key = self.query_one(KeyedList).key or ""
        seats = self._shown.seats if self._shown is not None else ()
        return next((seat for seat in seats if key == f"seat/{seat.id}"), None)

    @property
    def _kind(self) -> str | None:
        """The kind of seat that the line under the cursor is about, if there are codes for it."""
        key, seat = self.query_one(KeyedList).key or "", self._seat
        kind = seat.acts_as if seat is not None else key.split("/")[1] if key.startswith("code/") else ""
        codes = self._shown.codes if self._shown is not None else ()
        return kind if any(code.acts_as == kind for code in codes) else None

    def action_codes(self, act: Act) -> None:
        """Make another code, or void those that are open."""
        kind = self._kind
        if kind is None:
            self._say("Put the cursor on a team first: codes are for its seats.", "warn")
            return
        name = self._names.get(kind, kind)
        done = (
            f"Another code for {name}."
            if act == "new-code"
            else f"The open codes for {name} are void; here is a fresh one."
        )
        self._arrange(act, kind, done)

    def action_revoke(self) -> None:
        """Take the seat under the cursor back, after asking."""
        seat = self._seat
        if seat is None:
            self._say("Put the cursor on a seat first: a code is not one yet (W voids it).", "warn")
            return

        def sure(yes: bool | None) -> None:
            if yes:
                self._arrange("revoke", seat.id, f"{who(seat)} has no seat any more.")

        lines: list[Line] = [
            ((f"{self._names.get(seat.acts_as, seat.acts_as)}: {who(seat)}", "strong"),),
            (("Its terminal is sent away at once. To come back it needs a new code.", "plain"),),
        ]
        self.app.push_screen(Confirm("Revoke this seat?", lines, yes="revoke it"), sure)

    def action_pen(self) -> None:
        """Give the pen to the seat under the cursor, or take it away."""
        seat = self._seat
        if seat is None or seat.acts_as not in self._names:
            self._say("Put the cursor on a team's seat first: only teams have a pen.", "warn")
        elif seat.pen:
            taken = self._front_desk.hand_pen(None, seat.acts_as)
            self._do(taken, "Nobody decides for this team until you give its pen away.")
        else:
            given = self._front_desk.hand_pen(seat.id, seat.acts_as)
            self._do(given, f"{who(seat)} holds the pen now.")

    def action_block(self) -> None:
        """Accept nothing more from the address under the cursor, or accept it again."""
        key = self.query_one(KeyedList).key or ""
        addresses = self._shown.addresses if self._shown is not None else ()
        one = next((one for one in addresses if key == f"address/{one.address}"), None)
        if one is None:
            self._say(
                "Put the cursor on an address first: those that flood this host stand at the end.", "warn"
            )
        elif one.blocked:
            self._arrange("unblock", one.address, f"{one.address} can connect again.")
        else:
            self._arrange(
                "block", one.address, f"Nothing comes in from {one.address} any more, until X again."
            )

    def _arrange(self, act: Act, of: str, done: str) -> None:
        self._do(self._front_desk.arrange(act, of), done)

    @work(group="arrange")
    async def _do(self, asked: Awaitable[Refusal | None], done: str) -> None:
        refusal = await asked
        if refusal is None:
            self._say(done, "good")
        else:
            self._say(f"{refusal.message[:1].upper()}{refusal.message[1:]}.", "bad")
        self._look()

    def _say(self, text: str, tone: Tone) -> None:
        self.query_one("#said", Words).show_parts([(text, tone)])
