"""The course of the exercise: STARTEX, PAUSEX, the clock, gates, ENDEX, the emergency."""

from __future__ import annotations

from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise.schedule import gate_due
from tabletop.exercise.state import Stage
from tabletop.scenario.gametime import format_time, parse_time
from tabletop.tui.console.desk import ConsoleCommand, Desk, Group
from tabletop.tui.console.dialogs.confirm import Confirm
from tabletop.tui.console.dialogs.fields import Field, LineField, Values
from tabletop.tui.console.dialogs.form import Form
from tabletop.tui.console.wording import until
from tabletop.tui.widgets.rows import Part

RATES: Final = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
_BEFORE_END = frozenset({Stage.READY, Stage.RUNNING, Stage.PAUSED, Stage.GATE})
_STANDING = frozenset({Stage.RUNNING, Stage.PAUSED})


def _startex(desk: Desk) -> None:
    desk.send(c.Startex())


def _pause(desk: Desk) -> None:
    desk.send(c.Resume() if desk.model.stage is Stage.PAUSED else c.Pausex())


def _rate(desk: Desk, step: int) -> None:
    """The next rate up or down from the present one, whatever that is."""
    present = desk.model.state.rate
    wanted = [rate for rate in RATES if (rate > present if step > 0 else rate < present)]
    if wanted:
        desk.send(c.Rate(rate=wanted[0] if step > 0 else wanted[-1]))


def _auto(desk: Desk) -> None:
    desk.send(c.Auto(on=not desk.model.state.auto))


def lapsing(desk: Desk) -> list[tuple[Part, ...]]:
    """The decisions that are still open, one on a line, and the injects that have not gone out."""
    model = desk.model
    lines: list[tuple[Part, ...]] = []
    for asked in model.standings.open():
        who = f"{model.team(asked.team)}: {asked.name} {asked.title if asked.code else ''}".rstrip()
        lines.append((("  ", "plain"), (who, "strong"), (f" due {until(asked.due, desk.now)}", "warn")))
    if lines:
        lines.insert(0, (("These decisions are open and will count as not taken:", "plain"),))
    due = model.due(desk.now)
    if due:
        names = ", ".join(row.code or row.title for row in due)
        lines.append(((f"Due and not released: {names}", "warn"),))
    return lines


def _gate(desk: Desk) -> None:
    if desk.model.stage is Stage.GATE:
        _begin_phase(desk)
        return
    phase, lines = desk.model.phase, lapsing(desk)
    if desk.model.next_phase is None:
        desk.tell("This is the last phase: it ends with ENDEX")
        return
    if not lines and gate_due(desk.model.state, int(desk.now)):
        desk.send(c.Gate())
        return
    title = f"Close the phase “{phase.title}”?" if phase else "Close this phase?"
    lines = lines or [(("Its planned time is not over yet.", "plain"),)]
    lines.append((("The clock stands until the next phase begins.", "dim"),))
    desk.ask(Confirm(title, lines, yes="close the phase"), lambda _: desk.send(c.Gate()))


def _begin_phase(desk: Desk) -> None:
    phase = desk.model.next_phase
    if phase is None:
        return
    ahead = phase.from_ > desk.now
    line = f"The clock moves on to {format_time(phase.from_)} and runs." if ahead else "The clock runs."
    lines: list[tuple[Part, ...]] = [((line, "plain"),)]
    desk.ask(Confirm(f"Begin “{phase.title}”?", lines, yes="begin"), lambda _: desk.send(c.BeginPhase()))


def _endex(desk: Desk) -> None:
    lines = lapsing(desk)
    lines.append((("Every station shows ENDEX at once. It cannot be taken back.", "plain"),))
    desk.ask(
        Confirm("End the exercise (ENDEX)?", lines, yes="ENDEX", grave=True), lambda _: desk.send(c.Endex())
    )


def _hot_wash(desk: Desk) -> None:
    desk.send(c.HotWash())


def _close(desk: Desk) -> None:
    lines: list[tuple[Part, ...]] = [
        (("Nothing more can be recorded then: no note, no observation, no adjustment.", "plain"),),
        (("Reports can be written at any time.", "dim"),),
    ]
    desk.ask(Confirm("Close the record?", lines, yes="close it", grave=True), lambda _: desk.send(c.Close()))


def _jump(desk: Desk) -> None:
    row = desk.model.msel.ahead(desk.model.state, int(desk.now))
    time, words = "", "No inject with a known time lies ahead."
    if row is not None and row.due is not None:
        time, words = (
            format_time(row.due),
            f"Next is {row.code or row.title}, due {until(row.due, desk.now)}.",
        )
    intro: list[tuple[Part, ...]] = [((words, "plain"),)]
    intro.append((("The clock moves forward only; what falls due on the way goes out late.", "dim"),))
    fields: list[Field] = [LineField("to", "Game time", value=time, hint="T+36")]
    desk.ask(Form("Jump to", fields, _jump_command, desk.submit, intro=intro, verb="jump"))


def _jump_command(values: Values) -> c.Jump:
    text = values.line("to").strip().upper()
    if text[:1].isdigit():
        text = f"T+{text}"
    parse_time(text)
    return c.Jump.model_validate({"to": text})


def _emergency(desk: Desk) -> None:
    desk.screen_action("app.emergency")


def _recover(desk: Desk) -> None:
    desk.screen_action("recover")


EMERGENCY: Final = ConsoleCommand(
    "emergency",
    "ctrl+e,f12",
    "Ctrl+E",
    "EMERGENCY",
    "REAL-WORLD EMERGENCY: stop play at once. Press it twice. The same keys stand down when it is over",
    _emergency,
    lambda desk: desk.model.stage is not Stage.CLOSED,
    rank=89,
)

COURSE: Final = Group(
    "The exercise",
    (
        ConsoleCommand(
            "startex",
            "s",
            "S",
            "STARTEX",
            "Start the exercise: the clock runs and the first phase begins",
            _startex,
            lambda desk: desk.model.stage is Stage.READY,
            rank=1,
        ),
        ConsoleCommand(
            "pause",
            "p",
            "P",
            "Pause",
            "PAUSEX: stop the clock, or let play go on",
            _pause,
            lambda desk: desk.model.stage in _STANDING,
            rank=20,
        ),
        ConsoleCommand(
            "gate",
            "g",
            "G",
            "Gate",
            "End the phase, so that open decisions lapse; at a gate, begin the next phase",
            _gate,
            lambda desk: (
                desk.model.stage in {Stage.RUNNING, Stage.PAUSED, Stage.GATE}
                and desk.model.next_phase is not None
            ),
            rank=22,
        ),
        ConsoleCommand(
            "jump",
            "j",
            "J",
            "Jump",
            "Set the clock forward to the next inject or to a time",
            _jump,
            lambda desk: desk.model.stage in _STANDING,
            rank=24,
        ),
        ConsoleCommand(
            "faster",
            "plus,equals_sign",
            "+",
            "Faster",
            "Run the game clock faster, up to 60 times",
            lambda desk: _rate(desk, 1),
            lambda desk: desk.model.stage in _BEFORE_END and desk.model.state.rate < RATES[-1],
            rank=40,
        ),
        ConsoleCommand(
            "slower",
            "minus",
            "-",
            "Slower",
            "Run the game clock slower, down to real time",
            lambda desk: _rate(desk, -1),
            lambda desk: desk.model.stage in _BEFORE_END and desk.model.state.rate > RATES[0],
            rank=41,
        ),
        ConsoleCommand(
            "auto",
            "u",
            "U",
            "Auto",
            "Let injects go out by themselves when due, or stop doing so",
            _auto,
            lambda desk: desk.model.stage in _BEFORE_END,
            rank=26,
        ),
        ConsoleCommand(
            "endex",
            "ctrl+x",
            "Ctrl+X",
            "ENDEX",
            "End the exercise",
            _endex,
            lambda desk: desk.model.stage in {Stage.RUNNING, Stage.PAUSED, Stage.GATE},
            rank=44,
        ),
        ConsoleCommand(
            "hot-wash",
            "w",
            "W",
            "Hot wash",
            "Begin the hot wash, right after ENDEX",
            _hot_wash,
            lambda desk: desk.model.stage is Stage.ENDED,
            rank=1,
        ),
        ConsoleCommand(
            "close",
            "c",
            "C",
            "Close record",
            "Close the record: nothing more is recorded after that",
            _close,
            lambda desk: desk.model.stage in {Stage.ENDED, Stage.HOT_WASH},
            rank=2,
        ),
        EMERGENCY,
        ConsoleCommand(
            "recover",
            "f5",
            "F5",
            "Try again",
            "Try to record again, after the log has failed",
            _recover,
            lambda desk: desk.trouble is not None,
            rank=0,
        ),
    ),
)
