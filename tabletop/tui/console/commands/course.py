"""The course of the exercise: STARTEX, PAUSEX, the clock, gates, ENDEX, the emergency."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise.decide.probes import to_open
from tabletop.exercise.schedule import gate_due
from tabletop.exercise.state import Stage
from tabletop.plaintext import in_quotes
from tabletop.scenario.gametime import format_time
from tabletop.scenario.problems import count_of
from tabletop.tui.console.commands.consent import initialled
from tabletop.tui.console.commands.probes import PROBES, answered_lines
from tabletop.tui.console.commands.self_ratings import still_to_rate
from tabletop.tui.console.console import Console
from tabletop.tui.console.dialogs.jump import JumpForm
from tabletop.tui.console.reasons import allowed, first_of, unless
from tabletop.tui.kit.command_registry import CommandGroup, ScreenCommand
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.rows import Line
from tabletop.tui.kit.times import span
from tabletop.tui.overview.wording import until

_BEGUN: Final = "The exercise has begun already."
_AFTER_ENDEX: Final = "That comes after ENDEX, which is Ctrl+X."

_FAR: Final = 3_600
"""Seconds of game time over which a jump is asked about."""

RATES: Final = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)


def _startex(console: Console) -> None:
    """Begin; first say which teams have not initialled rules that were shown."""
    state = console.model.state
    if state.consent is None or not state.not_initialled:
        console.send(c.Startex())
        return
    lines: list[Line] = [
        initialled(console),
        (("The log and the report will say whose initials are missing.", "dim"),),
    ]
    question = Confirm("STARTEX without all initials?", lines, yes="STARTEX")
    console.ask(question, lambda _: console.send(c.Startex()), settled=_course_changed(console))


def _pause(console: Console) -> None:
    console.send(c.Resume() if console.model.stage is Stage.PAUSED else c.Pausex())


def _rate(console: Console, step: int) -> None:
    """Return the next rate up or down from the present one, whatever that is."""
    present = console.model.state.rate
    wanted = [rate for rate in RATES if (rate > present if step > 0 else rate < present)]
    if wanted:
        console.send(c.Rate(rate=wanted[0] if step > 0 else wanted[-1]))


def _auto(console: Console) -> None:
    console.send(c.Auto(on=not console.model.state.auto))


def _course_changed(console: Console) -> Callable[[], bool]:
    """Whether stage or phase are others than now, or another console runs the exercise: to be asked later."""
    before = console.model.stage, console.model.phase
    return lambda: console.reading or (console.model.stage, console.model.phase) != before


def lapsing(console: Console) -> list[Line]:
    """Return the decisions that are still open, one on a line, and the injects that have not gone out."""
    model = console.model
    lines: list[Line] = []
    for asked in model.standings.open():
        who = f"{model.team(asked.team)}: {asked.name} {asked.title if asked.code else ''}".rstrip()
        lines.append((("  ", "plain"), (who, "strong"), (f" due {until(asked.due, console.now)}", "warn")))
    if lines:
        lines.insert(0, (("These decisions are open and will count as not taken:", "plain"),))
    due = model.due(console.now)
    if due:
        names = ", ".join(row.code or row.title for row in due)
        lines.append(((f"Due and not released: {names}", "warn"),))
    return lines


def _gate(console: Console) -> None:
    if console.model.stage is Stage.GATE:
        _begin_phase(console)
        return
    phase, lines = console.model.phase, lapsing(console)
    if not lines and gate_due(console.model.state, int(console.now)):
        console.send(c.Gate())
        return
    title = f"Close the phase {in_quotes(phase.title)}?" if phase else "Close this phase?"
    lines = lines or [(("Its planned time is not over yet.", "plain"),)]
    lines += _still_to_come(console)
    lines.append((("The clock stands until the next phase begins.", "dim"),))
    question = Confirm(title, lines, yes="close the phase")
    console.ask(question, lambda _: console.send(c.Gate()), settled=_course_changed(console))


def _still_to_come(console: Console) -> Iterator[Line]:
    """Yield how many injects are planned between now and the end of this phase, which stay on the list."""
    following = console.model.next_phase
    end = console.model.scenario.length if following is None else following.from_
    due = console.model.due(console.now)
    coming = [row for row in console.model.due(end - 1) if row not in due]
    if coming:
        which = count_of(len(coming), "more inject")
        first, last = coming[0].code or coming[0].title, coming[-1].code or coming[-1].title
        named = first if len(coming) == 1 else f"{first} to {last}"
        yield ((f"This phase has {which} to come: {named}.", "warn"),)
        stays = (
            "They stay on the list and are due at once"
            if len(coming) > 1
            else "It stays on the list and is due at once"
        )
        yield ((f"{stays} in the next phase. K skips what is not wanted.", "warn"),)


def _begin_phase(console: Console) -> None:
    phase = console.model.next_phase
    if phase is None:
        return
    ahead = phase.from_ > console.now
    line = f"The clock moves on to {format_time(phase.from_)} and runs." if ahead else "The clock runs."
    lines: list[Line] = [*_unanswered(console), ((line, "plain"),)]
    question = Confirm(f"Begin {in_quotes(phase.title)}?", lines, yes="begin")
    console.ask(question, lambda _: console.send(c.BeginPhase()), settled=_course_changed(console))


def _unanswered(console: Console) -> Iterator[Line]:
    """Yield what teams can only answer while the clock stands here: probes, and ratings of themselves."""
    yield from _probes_left(console)
    yield from still_to_rate(console)


def _probes_left(console: Console) -> Iterator[Line]:
    """Yield what goes with the gate: answers that teams still owe, or probes that nobody was asked."""
    state = console.model.state
    if state.open_probes:
        yield (("The probes close unanswered where a team has not answered all of them:", "warn"),)
        yield from answered_lines(console)
    elif to_open(state):
        never = "The probes that belong here have not been asked, and cannot be asked later."
        yield ((f"{never} {PROBES.shown_as} asks them.", "warn"),)


def _endex(console: Console) -> None:
    lines = [*lapsing(console), *_unanswered(console)]
    lines.append((("Every station shows ENDEX at once. It cannot be taken back.", "plain"),))
    question = Confirm("End the exercise (ENDEX)?", lines, yes="ENDEX", key="Y")
    console.ask(question, lambda _: console.send(c.Endex()), settled=_course_changed(console))


def _hot_wash(console: Console) -> None:
    """Begin it; first say which probes and ratings of teams are still to come."""
    lines = list(_unanswered(console))
    if not lines:
        console.send(c.HotWash())
        return
    question = Confirm("Begin the hot wash?", lines, yes="begin")
    console.ask(question, lambda _: console.send(c.HotWash()), settled=_course_changed(console))


def _close(console: Console) -> None:
    lines: list[Line] = [
        *_unanswered(console),
        (("Nothing more can be recorded then: no note, no observation, no adjustment.", "plain"),),
        (("The report is written from the log, once this console is closed.", "dim"),),
    ]
    question = Confirm("Close the record?", lines, yes="close it", key="Y")
    console.ask(question, lambda _: console.send(c.Close()), settled=_course_changed(console))


def _jump(console: Console) -> None:
    console.ask(_jump_form(console))


def _jump_form(console: Console, _about: str = "") -> Form:
    time, words = _next_stop(console)
    intro: list[Line] = [((words, "plain"),)]
    intro.append((("The clock moves forward only; what falls due on the way goes out late.", "dim"),))
    draft = console.draft("jump", lasting=False)
    return JumpForm(time, console.pending, draft, lambda to: _far_jump(console, to), intro)


def _next_stop(console: Console) -> tuple[str, str]:
    """Return the time of what comes next, an inject or the gate before it, and what that is."""
    row, phase = console.model.msel.ahead(console.model.state, int(console.now)), console.model.next_phase
    due = row.due if row is not None else None
    if phase is not None and console.now < phase.from_ and (due is None or due >= phase.from_):
        return format_time(phase.from_), f"Next is the gate, {until(phase.from_, console.now)}."
    if row is None or due is None:
        return "", "No inject with a known time lies ahead."
    return format_time(due), f"Next is {row.code or row.title}, due {until(due, console.now)}."


def _far_jump(console: Console, to: int) -> Confirm | None:
    """Ask before a jump while a decision is open, out of the phase or over more than an hour.

    A slip of the finger cannot be undone.
    """
    next_phase = console.model.next_phase
    lines: list[Line] = []
    if next_phase is not None and to > next_phase.from_:
        begins = format_time(next_phase.from_)
        lines.append(((f"The next phase, {in_quotes(next_phase.title)}, begins at {begins}.", "plain"),))
    elif to > console.now + _FAR:
        lines.append(((f"That is {until(to, console.now)}.", "plain"),))
    lines += _windows_left(console, to)
    if not lines:
        return None
    due = console.model.msel.due(console.model.state, to)
    if due:
        fall = "injects fall" if len(due) > 1 else "inject falls"
        lines.append(((f"{len(due)} {fall} due by then.", "warn"),))
    lines.append((("The clock cannot be set back.", "plain"),))
    return Confirm(f"Jump to {format_time(to)}?", lines, yes="jump", key="Y")


def _windows_left(console: Console, to: int) -> Iterator[Line]:
    """Yield a line for each open decision, with what the jump leaves of its window."""
    asked = console.model.standings.open()
    if asked:
        yield (("These decisions are open. The jump leaves them:", "plain"),)
    for one in asked:
        name = f"  {console.model.team(one.team)}: {one.code} {one.title} ".replace("  ", " ")
        left = one.due - to
        words = f"{span(left)} left" if left > 0 else "no time left" if left == 0 else f"late by {span(left)}"
        yield ((name, "strong"), (words, "warn" if left > 0 else "bad"))


def _emergency(console: Console) -> None:
    console.screen_action("app.emergency")


def _recover(console: Console) -> None:
    console.screen_action("recover")


EMERGENCY: Final[ScreenCommand[Console]] = ScreenCommand(
    "emergency",
    "ctrl+e,f12",
    "EMERGENCY",
    "REAL-WORLD EMERGENCY: stop play at once. Press it twice. Ctrl+D, then Y, once it is over",
    _emergency,
    allowed(c.Emergency, c.StandDown, closed="The record is closed: no play is left to stop."),
    rank=89,
    shown_as="Ctrl+E",
)

COURSE: Final[CommandGroup[Console]] = CommandGroup(
    "The exercise",
    (
        ScreenCommand(
            "startex",
            "s",
            "STARTEX",
            "Start the exercise: the clock runs and the first phase begins",
            _startex,
            allowed(c.Startex, running=_BEGUN, paused=_BEGUN, gate=_BEGUN, ended=_BEGUN, hot_wash=_BEGUN),
            rank=1,
        ),
        ScreenCommand(
            "pause",
            "p",
            "Pause",
            "PAUSEX: stop the clock, or let play go on",
            _pause,
            allowed(c.Pausex, c.Resume),
            rank=20,
        ),
        ScreenCommand(
            "gate",
            "g",
            "Gate",
            "End the phase, so that open decisions lapse; at a gate, begin the next phase",
            _gate,
            first_of(
                allowed(c.Gate, c.BeginPhase),
                unless(
                    lambda console: console.model.next_phase is not None,
                    "This is the last phase. It ends with ENDEX, which is Ctrl+X.",
                ),
            ),
            rank=22,
        ),
        ScreenCommand(
            "jump",
            "j",
            "Jump",
            "Set the clock forward to the next inject or to a time",
            _jump,
            allowed(c.Jump),
            rank=24,
            form=_jump_form,
        ),
        ScreenCommand(
            "faster",
            "plus,equals_sign",
            "Faster",
            "Run the game clock faster, up to 60 times",
            lambda console: _rate(console, 1),
            first_of(
                allowed(c.Rate),
                unless(
                    lambda console: console.model.state.rate < RATES[-1],
                    f"The clock runs as fast as it can, {RATES[-1]:g} times. - makes it slower.",
                ),
            ),
            rank=40,
            shown_as="+",
        ),
        ScreenCommand(
            "slower",
            "minus",
            "Slower",
            "Run the game clock slower, down to real time",
            lambda console: _rate(console, -1),
            first_of(
                allowed(c.Rate),
                unless(
                    lambda console: console.model.state.rate > RATES[0],
                    "The clock runs in real time and no slower. P stops it.",
                ),
            ),
            rank=41,
            shown_as="-",
        ),
        ScreenCommand(
            "auto",
            "u",
            "Auto",
            "Let injects go out by themselves when due, or stop doing so",
            _auto,
            allowed(c.Auto),
            rank=26,
        ),
        ScreenCommand(
            "endex",
            "ctrl+x",
            "ENDEX",
            "End the exercise",
            _endex,
            allowed(c.Endex),
            rank=44,
            shown_as="Ctrl+X",
        ),
        ScreenCommand(
            "hot-wash",
            "w",
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
        ScreenCommand(
            "close",
            "c",
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
        ScreenCommand(
            "recover",
            "f5",
            "Try again",
            "Try to record again, after the log has failed",
            _recover,
            unless(
                lambda console: console.trouble is not None,
                "Nothing failed: all is recorded. F5 is no team: it tries again when recording fails.",
            ),
            rank=0,
        ),
    ),
)
