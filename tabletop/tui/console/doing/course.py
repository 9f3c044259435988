"""The course of the exercise: STARTEX, PAUSEX, the clock, gates, ENDEX, the emergency."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise.schedule import gate_due
from tabletop.exercise.state import Stage
from tabletop.scenario.gametime import format_time
from tabletop.tui.console.desk import ConsoleCommand, Desk, Group
from tabletop.tui.console.dialogs.jump import JumpForm
from tabletop.tui.console.reasons import allowed, first_of, unless
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.rows import Part
from tabletop.tui.overview.wording import until

_BEGUN: Final = "The exercise has begun already."
_AFTER_ENDEX: Final = "That comes after ENDEX, which is Ctrl+X."

_FAR: Final = 3_600
"""Seconds of game time over which a jump is asked about."""

RATES: Final = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)


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


def _course_changed(desk: Desk) -> Callable[[], bool]:
    """Whether stage or phase are others than now, or another console runs the exercise: to be asked later."""
    before = desk.model.stage, desk.model.phase
    return lambda: desk.reading or (desk.model.stage, desk.model.phase) != before


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
    if not lines and gate_due(desk.model.state, int(desk.now)):
        desk.send(c.Gate())
        return
    title = f"Close the phase “{phase.title}”?" if phase else "Close this phase?"
    lines = lines or [(("Its planned time is not over yet.", "plain"),)]
    lines.append((("The clock stands until the next phase begins.", "dim"),))
    question = Confirm(title, lines, yes="close the phase")
    desk.ask(question, lambda _: desk.send(c.Gate()), settled=_course_changed(desk))


def _begin_phase(desk: Desk) -> None:
    phase = desk.model.next_phase
    if phase is None:
        return
    ahead = phase.from_ > desk.now
    line = f"The clock moves on to {format_time(phase.from_)} and runs." if ahead else "The clock runs."
    lines: list[tuple[Part, ...]] = [((line, "plain"),)]
    question = Confirm(f"Begin “{phase.title}”?", lines, yes="begin")
    desk.ask(question, lambda _: desk.send(c.BeginPhase()), settled=_course_changed(desk))


def _endex(desk: Desk) -> None:
    lines = lapsing(desk)
    lines.append((("Every station shows ENDEX at once. It cannot be taken back.", "plain"),))
    question = Confirm("End the exercise (ENDEX)?", lines, yes="ENDEX", grave=True)
    desk.ask(question, lambda _: desk.send(c.Endex()), settled=_course_changed(desk))


def _hot_wash(desk: Desk) -> None:
    desk.send(c.HotWash())


def _close(desk: Desk) -> None:
    lines: list[tuple[Part, ...]] = [
        (("Nothing more can be recorded then: no note, no observation, no adjustment.", "plain"),),
        (("Reports can be written at any time.", "dim"),),
    ]
    question = Confirm("Close the record?", lines, yes="close it", grave=True)
    desk.ask(question, lambda _: desk.send(c.Close()), settled=_course_changed(desk))


def _jump(desk: Desk) -> None:
    desk.ask(_jump_form(desk))


def _jump_form(desk: Desk, _about: str = "") -> Form:
    row = desk.model.msel.ahead(desk.model.state, int(desk.now))
    time, words = "", "No inject with a known time lies ahead."
    if row is not None and row.due is not None:
        time, words = (
            format_time(row.due),
            f"Next is {row.code or row.title}, due {until(row.due, desk.now)}.",
        )
    intro: list[tuple[Part, ...]] = [((words, "plain"),)]
    intro.append((("The clock moves forward only; what falls due on the way goes out late.", "dim"),))
    draft = desk.draft("jump", lasting=False)
    return JumpForm(time, desk.submit, lambda to: _far_jump(desk, to), intro=intro, draft=draft)


def _far_jump(desk: Desk, to: int) -> Confirm | None:
    """Ask before a jump out of the phase or over more than an hour: a slip of the finger cannot be undone."""
    next_phase = desk.model.next_phase
    lines: list[tuple[Part, ...]] = []
    if next_phase is not None and to > next_phase.from_:
        begins = format_time(next_phase.from_)
        lines.append(((f"The next phase, “{next_phase.title}”, begins at {begins}.", "plain"),))
    elif to > desk.now + _FAR:
        lines.append(((f"That is {until(to, desk.now)}.", "plain"),))
    else:
        return None
    due = desk.model.msel.due(desk.model.state, to)
    if due:
        fall = "injects fall" if len(due) > 1 else "inject falls"
        lines.append(((f"{len(due)} {fall} due by then.", "warn"),))
    lines.append((("The clock cannot be set back.", "plain"),))
    return Confirm(f"Jump to {format_time(to)}?", lines, yes="jump", grave=True)


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
    allowed(c.Emergency, c.StandDown, closed="The record is closed: no play is left to stop."),
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
            allowed(c.Startex, running=_BEGUN, paused=_BEGUN, gate=_BEGUN, ended=_BEGUN, hot_wash=_BEGUN),
            rank=1,
        ),
        ConsoleCommand(
            "pause",
            "p",
            "P",
            "Pause",
            "PAUSEX: stop the clock, or let play go on",
            _pause,
            allowed(c.Pausex, c.Resume),
            rank=20,
        ),
        ConsoleCommand(
            "gate",
            "g",
            "G",
            "Gate",
            "End the phase, so that open decisions lapse; at a gate, begin the next phase",
            _gate,
            first_of(
                allowed(c.Gate, c.BeginPhase),
                unless(
                    lambda desk: desk.model.next_phase is not None,
                    "This is the last phase. It ends with ENDEX, which is Ctrl+X.",
                ),
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
            allowed(c.Jump),
            rank=24,
            form=_jump_form,
        ),
        ConsoleCommand(
            "faster",
            "plus,equals_sign",
            "+",
            "Faster",
            "Run the game clock faster, up to 60 times",
            lambda desk: _rate(desk, 1),
            first_of(
                allowed(c.Rate),
                unless(
                    lambda desk: desk.model.state.rate < RATES[-1],
                    f"The clock runs as fast as it can, {RATES[-1]:g} times. - makes it slower.",
                ),
            ),
            rank=40,
        ),
        ConsoleCommand(
            "slower",
            "minus",
            "-",
            "Slower",
            "Run the game clock slower, down to real time",
            lambda desk: _rate(desk, -1),
            first_of(
                allowed(c.Rate),
                unless(
                    lambda desk: desk.model.state.rate > RATES[0],
                    "The clock runs in real time and no slower. P stops it.",
                ),
            ),
            rank=41,
        ),
        ConsoleCommand(
            "auto",
            "u",
            "U",
            "Auto",
            "Let injects go out by themselves when due, or stop doing so",
            _auto,
            allowed(c.Auto),
            rank=26,
        ),
        ConsoleCommand(
            "endex",
            "ctrl+x",
            "Ctrl+X",
            "ENDEX",
            "End the exercise",
            _endex,
            allowed(c.Endex),
            rank=44,
        ),
        ConsoleCommand(
            "hot-wash",
            "w",
            "W",
            "Hot wash",
            "Begin the hot wash, right after ENDEX",
            _hot_wash,
            allowed(
                c.HotWash,
                running=_AFTER_ENDEX,
                paused=_AFTER_ENDEX,
                gate=_AFTER_ENDEX,
                hot_wash="The hot wash has begun already.",
            ),
            rank=1,
        ),
        ConsoleCommand(
            "close",
            "c",
            "C",
            "Close record",
            "Close the record: nothing more is recorded after that",
            _close,
            allowed(
                c.Close,
                running=_AFTER_ENDEX,
                paused=_AFTER_ENDEX,
                gate=_AFTER_ENDEX,
                closed="The record is closed already.",
            ),
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
            unless(lambda desk: desk.trouble is not None, "Nothing failed: all is recorded."),
            rank=0,
        ),
    ),
)
