"""Probes at a gate: open them, see who has answered, close them, and in the hot wash read who was right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tabletop.exercise import commands as c
from tabletop.exercise.decide.probes import to_open
from tabletop.exercise.state import Stage
from tabletop.rules.picture import Picture, ProbeResult, shared_picture
from tabletop.rules.scorefile import picture_words
from tabletop.tui.console.console import Console
from tabletop.tui.kit.command_registry import ScreenCommand
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.fields import LineField
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.reader import ReadingWindow
from tabletop.tui.kit.rows import Line, Tone

_KEY: Final = "ctrl+l"

_HOW: Final = (
    "Every team answers alone, without talking. You close them, with the same key. Where each team has a "
    "station of its own, a number of seconds closes them by itself."
)

_TOLD: Final = frozenset({Stage.HOT_WASH, Stage.CLOSED})
"""The stages in which exercise control may read who was right."""


def answered_lines(console: Console) -> list[Line]:
    """Say how many of the open probes each team has answered, never how."""
    state = console.model.state
    probes = [state.probes[name] for name in state.open_probes]
    lines: list[Line] = []
    for team in console.model.scenario.teams:
        count = sum(team in probe.answers for probe in probes)
        tone: Tone = "good" if count == len(probes) else "warn"
        lines.append(((f"{console.model.team(team):<12} ", "strong"), (f"{count} of {len(probes)}", tone)))
    return lines


def _probes(console: Console) -> None:
    state = console.model.state
    if state.open_probes:
        title = "Close the probes? Answered so far:"
        question = Confirm(title, answered_lines(console), yes="close them")
        console.ask(
            question,
            lambda _: console.send(c.CloseProbes()),
            settled=lambda: not console.model.state.open_probes,
        )
    elif to_open(state):
        lines: list[Line] = [
            ((f"{number}. {probe.asks}", "plain"),) for number, probe in enumerate(to_open(state), 1)
        ]
        lines.append(((_HOW, "dim"),))
        console.ask(_opening(console, lines))
    else:
        console.ask(_result_window(console, shared_picture(state)))


def _opening(console: Console, lines: list[Line]) -> Form:
    """Ask for how long: a limit is the facilitator's choice, since one keyboard may serve all teams."""
    seconds = LineField("seconds", "Seconds", hint="no limit; else the real seconds, as 60")
    draft = console.draft("open-probes", lasting=False)
    title = "Put these probes to every team?"
    return Form(title, console.pending, draft, fields=[seconds], build=_open, intro=lines, verb="open them")


def _open(given: dict[str, Any]) -> c.OpenProbes:
    typed = given["seconds"].strip()
    if not typed:
        return c.OpenProbes()
    short = typed.isascii() and typed.isdigit() and len(typed) <= len(str(c.MOST_SECONDS))
    if not (short and 1 <= int(typed) <= c.MOST_SECONDS):
        raise ValueError(f"Seconds: write a number from 1 to {c.MOST_SECONDS:,}, or nothing for no limit")
    return c.OpenProbes(seconds=int(typed))


def _result_window(console: Console, picture: Picture) -> ReadingWindow:
    lines: list[Line] = []
    for probe in picture.probes:
        lines += [*([()] if lines else []), *_result_lines(console, probe)]
    words = picture_words(picture)
    return ReadingWindow(f"Shared {words}" if words else "Shared picture", lines, closing=(_KEY,))


def _result_lines(console: Console, probe: ProbeResult) -> Iterator[Line]:
    """Yield what was asked, what was true and which teams were right."""
    right = ", ".join(console.model.team(one.team) for one in probe.answers if one.right) or "nobody"
    truth = " or ".join(probe.truth) or "nothing came true"
    yield ((probe.asks, "plain"),)
    yield (("True: ", "dim"), (truth, "strong"))
    yield ((f"Right: {right}", "good") if probe.answered else ("Not answered", "dim"),)


def _why_not(console: Console) -> str:
    state = console.model.state
    if not console.model.scenario.probes:
        return "This scenario has no probes."
    if state.open_probes or to_open(state) or (state.probes and state.stage in _TOLD):
        return ""
    if state.probes and state.stage in (Stage.GATE, Stage.ENDED):
        return "The probes of this gate are closed. Who was right is told in the hot wash."
    return "Probes are put to the teams at a gate, and after ENDEX."


PROBES: Final[ScreenCommand[Console]] = ScreenCommand(
    "probes",
    _KEY,
    "Probes",
    "At a gate: ask every team how it sees the situation; in the hot wash: who was right",
    _probes,
    _why_not,
    rank=29,
    shown_as="Ctrl+L",
)
