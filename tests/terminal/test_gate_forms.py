"""Forms before and between phases, in a terminal: initials, probes; typed, resized, pasted and left."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.terminal.console import CTRL_S, ENTER, F2, Console
from tests.terminal.frames import filled, window
from tests.terminal.terminal import Size

pytestmark = pytest.mark.slow

BACKSPACE = "\x7f"
CTRL_L = "\x0c"
CTRL_R = "\x12"
CTRL_Y = "\x19"
TOUR = [(200, 60), (120, 40), (60, 20)]
"""Sizes that the terminal gets under a form."""


def to_gate(console: Console) -> None:
    """Begin, and close the first phase."""
    console.startex()
    console.open("g", "Close the phase")
    console.type(ENTER)
    console.shows("GATE")


def tour(console: Console, title: str, size: Size) -> None:
    """Resize the terminal under a form, and back: it is drawn whole at every size."""
    for other in TOUR:
        console.resize(other)
        console.until(window(title), f"a whole form at {other}")
        console.until(filled, f"a screen that is used at {other}")
    console.resize(size)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("key", ["i", "I"])
def test_a_team_initials_the_rules_before_startex(
    start_console: Callable[..., Console], size: Size, key: str
) -> None:
    console = start_console(size=size)
    console.open(CTRL_R, "Show the rules and objectives")
    console.type(ENTER)
    console.shows("Rules shown: Recorded")
    console.to_team(F2)
    console.shows("RULES AND OBJECTIVES")
    title = "Initial the rules and objectives"
    console.open(key, title)
    console.shows("Enter or Ctrl\\+S Send")
    tour(console, title, size)
    console.leave(title)
    console.open(key, title)
    console.paste("KN\nTokyo desk\nline three")
    console.shows("KN Tokyo desk line three")
    console.leave(title)
    console.open(key, title)
    console.shows("KN Tokyo desk line three")
    console.type(f"{BACKSPACE * 22}{ENTER}")
    console.shows("Recorded: your initials stand", "INITIALLED")
    console.to_console()
    assert console.quit() == 0


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("key", ["q", "Q"])
def test_a_team_answers_the_probes_of_a_gate(
    start_console: Callable[..., Console], size: Size, key: str
) -> None:
    console = start_console(size=size)
    to_gate(console)
    console.open(CTRL_L, "Put these probes to every team")
    console.shows("You close them")
    console.type(ENTER)
    console.shows("Probes are open: 0 of 3 teams have answered")
    console.to_team(F2)
    console.shows("3 QUESTIONS FOR YOUR TEAM")
    title = "How do you see the situation"
    console.open(key, title)
    tour(console, title, size)
    console.type(f"1\t2\t3{CTRL_S}")
    console.shows("Recorded: your answers can be changed", "ANSWERED")
    console.to_console()
    console.shows("1 of 3 teams have answered")
    assert console.quit() == 0


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("key", ["y", "Y"])
def test_a_team_rates_itself_at_a_gate(start_console: Callable[..., Console], size: Size, key: str) -> None:
    console = start_console(size=size)
    to_gate(console)
    console.open(CTRL_Y, "Ask every team to rate itself")
    console.type(ENTER)
    console.shows("Ask self ratings: Recorded")
    console.to_team(F2)
    console.shows("RATE YOUR TEAM")
    title = "How did your team do"
    console.open(key, title)
    tour(console, title, size)
    console.type(f"s1U{CTRL_S}")
    console.shows("Recorded: your ratings can be changed", "RATED")
    console.to_console()
    console.open(CTRL_Y, "How teams rate themselves")
    console.shows("Washington +O1 S +O2 P +O3 U", "Tokyo +not yet")
    console.leave("How teams rate themselves")
    assert console.quit() == 0
