"""Deciding, or proposing without the pen: the question, its options, who proposes what, a reason."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase
from typing import Any, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.events import DescendantFocus, Key

from tabletop.exercise.commands import Command, Decide, Propose, Unlock, Withdraw
from tabletop.plaintext import in_quotes
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import ended
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.fields import Field, PicksField, TextField
from tabletop.tui.kit.form import MissingValueError
from tabletop.tui.kit.pending import Feedback
from tabletop.tui.kit.picks import Pick, Picks
from tabletop.tui.kit.rows import Line, Part, shortened
from tabletop.tui.kit.sizes import TALL
from tabletop.tui.kit.styling import as_title
from tabletop.tui.kit.times import span
from tabletop.tui.kit.unsent import KEY as UNSENT
from tabletop.tui.kit.words_field import WordsField
from tabletop.tui.station.forms.team_form import TeamForm, TeamSeat
from tabletop.tui.station.pen import holder, proposing
from tabletop.tui.station.state.decisions import Question
from tabletop.tui.station.state.proposals import PutForward
from tabletop.tui.station.times import due_part

_WITHDRAW: Final = "w"
_LETTERS: Final = ascii_lowercase.replace(_WITHDRAW, "")
_MOST: Final = 10
"""Proposals that a letter takes over; nobody reads more."""

_QUOTED: Final = 160
_NAMED: Final = 28
"""Cells of an option in a receipt, which stands on one line of the smallest terminal."""

OWN_WORDS: Final = "=own-words"
"""The choice of no option; the id of an option cannot hold its sign."""


class DecideForm(TeamForm):
    """Number, reason, Enter: recorded by the seat with the pen, proposed by any other.

    Follows the pen while it is open. What was recorded can be amended until the window closes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Record", key_display="Ctrl+S", id="dialog.send", priority=True),
        Binding("ctrl+s", "propose", "Propose", key_display="Ctrl+S", id="dialog.propose", priority=True),
        *(
            Binding(
                letter,
                f"take_over('{letter}')",
                "Take over a proposal",
                show=letter == "a",
                key_display="A…" if letter == "a" else None,
                id=f"dialog.take-{letter}",
            )
            for letter in _LETTERS
        ),
        Binding(_WITHDRAW, "withdraw", "Withdraw", key_display="W", id="dialog.withdraw"),
        Binding("ctrl+u", "unlock", "Unlock", key_display="Ctrl+U", id="dialog.unlock", priority=True),
    ]

    def __init__(self, seat: TeamSeat, decision: str, *, for_member: bool = False) -> None:
        """`for_member` is whether exercise control notes a proposal for somebody of the team."""
        super().__init__(seat, seat.draft("propose" if for_member else "decide", decision))
        self._decision = decision
        self._for_member = for_member
        self._began_with_pen = seat.model.team.mine
        self._allowed: tuple[bool, int, bool, bool] | None = None
        self._chose = False
        """Whether an option was just chosen by its number: then letters are the reason, and no commands."""
        self._came_back = False
        """Whether somebody went back to the options: then letters choose, whatever is chosen already."""

    @property
    def question(self) -> Question:
        """The decision as it stands now."""
        return self.seat.model.decisions.questions[self._decision]

    @property
    def _decides(self) -> bool:
        return self.seat.model.team.mine and not self._for_member

    @property
    def _own(self) -> PutForward | None:
        """What this seat proposes."""
        return self.seat.model.proposals.own(self._decision, self.seat.model.team.me)

    @property
    def _others(self) -> list[PutForward]:
        """What can be taken over."""
        return [item for item in self.seat.model.proposals.of(self._decision) if item is not self._own]

    # The form ---------------------------------------------------------------------------------

    def title_now(self) -> str:
        """Return what sending does."""
        return "Decide" if self._decides else "Propose"

    def draft_title(self) -> str:
        """Also say which decision."""
        return f"{super().draft_title()}: {self.question.full_name}"

    def left(self) -> Feedback | None:
        """Say that the draft is kept, and where it can be read once the decision is closed."""
        if self.question.open or self.question.amendable(self.seat.link.now()):
            return super().left()
        return Feedback(f"Not sent: the decision is closed. Your draft is kept; {UNSENT} shows it.", "warn")

    def heading(self, now: float) -> list[Part]:
        """Return what is asked, how long is left, who decides."""
        question = self.question
        parts: list[Part] = [(f"{question.full_name}  ", "strong"), *_standing(question, now)]
        if not self._decides and not self._for_member:
            parts.append((f"\n{proposing(self.seat.model.team)}", "warn"))
        elif self._decides and not self._began_with_pen:
            parts.append(("\nYou hold the pen now: what you send is recorded as the decision.", "warn"))
        return [*parts, (f"\n{question.question}", "plain")]

    def fields(self) -> Sequence[Field]:
        """Return options and reason, with what was recorded or proposed before."""
        option, rationale = self._before()
        said = self._said()
        items = [
            Pick(item.id, item.words, "\n".join(item.below), said.get(item.id, ""), item.letter)
            for item in self.question.options
        ]
        if self._may_write:
            note = "Write the decision below; exercise control judges it."
            items.append(Pick(OWN_WORDS, "None of these: in our own words", note, said.get(OWN_WORDS, "")))
        member = (TextField("by", "Who proposes it", single=True), TextField("office", "Office", single=True))
        return (
            PicksField(
                "options",
                self._how_to_choose(option),
                items,
                chosen=(option,) if option is not None else (),
                attribute="option",
                needed="Choose an option first: press its number.",
            ),
            TextField("reason", self._reason(), rationale, attribute="rationale"),
            *(member if self._for_member else ()),
        )

    def _how_to_choose(self, before: str | None) -> str:
        """Say which keys choose: with a choice to begin with, letters go on with its reason."""
        if before is not None or self.draft.before.choices.get("options"):
            return "Press another's number to change the choice; what you type is the reason"
        return f"Choose one: press its number{' or letter' if self._option_letters else ''}, then Enter"

    @property
    def _option_letters(self) -> dict[str, int]:
        """The letters of the options, each with the number that stands before it."""
        options = enumerate(self.question.options, 1)
        return {option.letter.lower(): number for number, option in options if option.letter}

    @property
    def _taking(self) -> str:
        """The letters that take proposals over: none of them belongs to an option."""
        free = [letter for letter in _LETTERS if letter not in self._option_letters]
        return "".join(free[: min(_MOST, len(self._others))])

    @property
    def _may_write(self) -> bool:
        return self.question.write_in

    @property
    def _writes(self) -> bool:
        """Whether the choice is the team's own words."""
        return self.picked("options") == (OWN_WORDS,)

    @property
    def _rationale(self) -> str:
        return str(self.value("reason")).strip()

    @property
    def _typed_alone(self) -> str:
        """What stands in the reason besides the one that stood there before, at its beginning or its end."""
        _, before = self._before()
        now, before = self._rationale, before.strip()
        return now.removeprefix(before).removesuffix(before).strip() if before else now

    def _before(self) -> tuple[str | None, str]:
        """Return what stands already, of this seat's own."""
        if self._decides and self.question.words:
            return OWN_WORDS, self.question.words
        if self._decides:
            return self.question.option, self.question.rationale
        own = self._own
        if own is None:
            return None, ""
        return (own.option, own.rationale) if own.option else (OWN_WORDS, own.text)

    def _reason(self) -> str:
        sends = "records" if self._decides else "proposes"
        if self._made and self._writes:
            return f"Your decision, in your own words · Enter {sends}"
        return f"Reason, in one line · Enter {sends}"

    def _said(self) -> dict[str, str]:
        """Why an option is locked, and who proposes it, with the letter that takes the proposal over."""
        said = {option: [f"Locked: {why}"] for option, why in self.question.locked.items()}
        for index, item in enumerate(self._others):
            letter = f"[{self._taking[index].upper()}] " if index < len(self._taking) else ""
            reason = item.rationale if item.option else item.text
            why = f": {in_quotes(shortened(reason, _QUOTED))}" if reason.strip() else ""
            who = shortened(item.called, 60)
            said.setdefault(item.option or OWN_WORDS, []).append(f"{letter}{who} proposes this{why}")
        if self._own is not None:
            said.setdefault(self._own.option or OWN_WORDS, []).append("You propose this")
        return {option: "\n".join(lines) for option, lines in said.items()}

    def see(self) -> None:
        """Also follow the pen, and what others propose meanwhile."""
        super().see()
        said = self._said()
        for picks in self.query("#options").results(Picks):
            for choice in (*(item.id for item in self.question.options), OWN_WORDS):
                picks.say(choice, said.get(choice, ""))
        for box in self.query("#box"):
            box.border_title = self.whole_title()
        for field in self.query("#reason"):
            field.border_title = as_title(f" {self._reason()} ")
        allowed = self._decides, len(self._others), self._own is None, bool(self.question.locked)
        if allowed != self._allowed:
            self._allowed = allowed
            self.refresh_bindings()

    def on_resize(self) -> None:
        """Long lists of options scroll by themselves, so that the reason stays in sight."""
        taken = 0 if self._decides else 1
        self.query_one("#options").styles.max_height = max(
            6, self.size.height - taken - (11 if self.size.height < TALL else 20)
        )

    @on(Picks.Chosen)
    def _go_on(self, event: Picks.Chosen) -> None:
        """Go on to the reason, or send with the reason that is there; let a number be corrected first."""
        chosen, self._chose = self._chose, not event.goes_on
        self._came_back = False
        self.refresh_bindings()
        for field in self.query("#reason"):
            field.border_title = as_title(f" {self._reason()} ")
        if event.goes_on and chosen and self._rationale:
            self.action_send()
        elif event.goes_on:
            self.query_one("#reason").focus()

    def on_key(self, event: Key) -> None:
        """Let an option's letter choose it in the list; once one is chosen, letters are the reason.

        Whoever has gone back to the list means the list.
        """
        here = self.focused
        free = self._came_back or (not self._chose and not self.picked("options"))
        if free and isinstance(here, Picks) and here.pick_letter(event.character or ""):
            event.stop()
            event.prevent_default()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Let letters be commands again in the list, once the reason has had the focus."""
        if event.widget.id == "reason":
            self._chose = False
            self._came_back = True
            self.refresh_bindings()

    # Doing ------------------------------------------------------------------------------------

    @on(WordsField.Sent)
    def _ask_for_reason(self, event: WordsField.Sent) -> None:
        """Record no choice without a reason by Enter, which is pressed by habit and chose a moment ago."""
        open_still = self.question.open or self.question.amendable(self.seat.link.now())
        letter = self._typed_alone
        meant = self._option_letters.get(letter.lower())
        if open_still and meant is not None and not self._writes:
            event.prevent_default()
            press = f"Press Shift+Tab, then {meant}, or Ctrl+S to send it as a reason."
            self.complain(f"“{letter}” stands in the reason. Do you mean option {letter}? {press}")
        elif open_still and self.picked("options") and not self._rationale:
            event.prevent_default()
            if self._writes:
                self.complain("Write your decision in your own words.")
                return
            what = "record" if self._decides else "propose"
            self.complain(f"Give a reason, or press Ctrl+S to {what} without one.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the pen and the proposals allow."""
        match action:
            case "send":
                return self._decides
            case "propose":
                return not self._decides
            case "take_over":
                return not self._chose and str(parameters[0]) in self._taking
            case "withdraw":
                return not self._chose and self._own is not None
            case "unlock":
                return self.seat.control is not None and bool(self.question.locked)
        return True

    def action_propose(self) -> None:
        """Propose what is filled in."""
        self.action_send()

    def action_take_over(self, letter: str) -> None:
        """Choose as somebody proposes, with their reason as a draft."""
        item = self._others[self._taking.index(letter)]
        self.query_one("#options", Picks).choose(item.option or OWN_WORDS)
        field = self.query_one("#reason", WordsField)
        reason = item.rationale if item.option else item.text
        if reason.strip() not in field.text:
            own = field.text.strip()
            field.load_text(f"{own} {reason}" if own else reason)
            field.move_cursor(field.document.end)
        field.focus()

    @work(group="send")
    async def action_withdraw(self) -> None:
        """Take back what this seat proposes."""
        name = self.question.full_name
        await self.give(
            Withdraw(decision=self._decision), lambda: ended(f"Withdrawn: your proposal for {name}")
        )

    @work(group="send")
    async def action_unlock(self) -> None:
        """Ask whether to open the locked option under the cursor, or the only one, and open it."""
        option = self._locked_here()
        if option is None:
            self.say([("Choose one of the locked options first, then press Ctrl+U.", "warn")])
            return
        words = next(item.words for item in self.question.options if item.id == option)
        lines: list[Line] = [
            ((words, "strong"),),
            ((f"Locked: {self.question.locked[option]}.", "warn"),),
            ((f"{self.seat.model.team_name} can choose it then, whatever it costs or requires.", "plain"),),
        ]
        question = Confirm("Open this option?", lines, yes="open it", key="Y")
        if await self.sure(question) and self.seat.control is not None:
            self.seat.control(Unlock(decision=self._decision, option=option, team=self.seat.model.seat))

    def _locked_here(self) -> str | None:
        """Return the locked option that is chosen or under the cursor, or the only one."""
        locked = [item.id for item in self.question.options if item.id in self.question.locked]
        picks = self.query_one("#options", Picks)
        here = picks.items[picks.highlighted].key if picks.highlighted is not None else ""
        if here in locked:
            return here
        return locked[0] if len(locked) == 1 else None

    def build(self, given: dict[str, Any]) -> Command:
        """Return the decision, or the proposal."""
        kind = Decide if self._decides else Propose
        if given["option"] == OWN_WORDS:
            words = given["rationale"].strip()
            if not words:
                raise MissingValueError("Write your decision in your own words.", "reason")
            member = {name: value for name, value in given.items() if name in ("by", "office")}
            return kind(decision=self._decision, words=words, **member)
        return kind(decision=self._decision, **{**given, "rationale": given["rationale"].strip()})

    def doubt(self, command: Command) -> Confirm | None:
        """Ask once more whoever began to write a proposal and was given the pen meanwhile."""
        if self._began_with_pen or not isinstance(command, Decide):
            return None
        parts: Line = (
            ("You were given the pen while you wrote. This is no proposal any more: ", "plain"),
            ("it is recorded as your team's decision.", "warn"),
        )
        return Confirm("Record it as the decision?", [parts], yes="record it", key="Enter")

    def done(self) -> str:
        """Say that it is recorded, and for how long it can be changed; or proposed, and to whom."""
        question, key = self.question, "V" if self.seat.at_console else "D"
        if not self._decides and (self._own is not None or self._for_member):
            return f"Proposed: {self._named_choice()}; {holder(self.seat.model.team)}. {key} changes it."
        until = f" {key} amends it until {format_time(question.due)}."
        recorded = f"Recorded: {self._named_choice()}."
        return f"{recorded}{until if question.amendable(self.seat.link.now()) else ''}"

    def _named_choice(self) -> str:
        """Return the decision and what was chosen, as a receipt names them."""
        chosen = next((one for one in self.question.options if (one.id,) == self.picked("options")), None)
        what = "in your own words"
        if chosen is not None:
            what = f"{chosen.letter} {in_quotes(shortened(chosen.title or chosen.text, _NAMED))}".strip()
        return f"{self.question.name.rstrip('.')}: {what}"


def _standing(question: Question, now: float) -> list[Part]:
    if question.lapsed is not None:
        return [(f"closed: {question.lapsed}", "bad")]
    if question.open:
        halved: list[Part] = [("  (window halved)", "warn")] if question.halved else []
        return [due_part(question.due, now), *halved]
    if question.amendable(now):
        return [("recorded", "good"), (f" · can be amended for {span(question.left(now))}", "plain")]
    return [("recorded; its window has closed", "dim")]
