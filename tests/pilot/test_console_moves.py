"""Moves that exercise control enters for a team: the team's own form, with what only control can do."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tests.builders import tiny_scenario
from tests.tui.console.staging import MEDIUM, SMALL, Console, Play, console
from tests.tui.station.playing import in_time

SIZES = [SMALL, MEDIUM, (200, 60)]


async def pressed(desk: Console, *keys: str) -> None:
    """Press keys without waiting for a form that asks once more."""
    for key in keys:
        await desk.pilot.press(key)
        await desk.pilot.pause()
    for _ in range(5):
        await desk.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_public_advice_has_its_fields_there_too(size: tuple[int, int]) -> None:
    play = Play().start()
    async with console(play, size) as desk:
        await desk.press("v", *"tokyo", "space", *"speak", "enter")
        desk.app.screen.query_one("#words").focus()
        await desk.type("Stay inside.")
        await desk.press("tab")
        await desk.type("islands")
        await desk.press("ctrl+s")
        assert "Advice to the public needs both" in desk.text
        await desk.type("shelter")
        await pressed(desk, "ctrl+s")
        assert "Advice to the public in islands: shelter" in desk.text
        await pressed(desk, "enter")
        await desk.settle()
        said = play.last().event
        assert isinstance(said, e.StatementMade)
        assert (said.by, said.area, said.says) == ("tokyo", "islands", "shelter")


def with_costs(**costs: int) -> Play:
    """Return a play in which Tokyo is asked, and options cost so much of its six points."""
    decisions: dict[str, Any] = tiny_scenario().model_dump(mode="json", exclude_defaults=True)["decisions"]
    for option, cost in costs.items():
        decisions["alert"]["options"][option].pop("capital", None)
        decisions["alert"]["options"][option]["cost"] = cost
    scenario = tiny_scenario(rules=[], decisions=decisions)
    play = Play(scenario).start().release("notice", "sighting")
    play.session.tick()
    return play


@pytest.mark.parametrize("size", SIZES)
async def test_a_locked_option_is_opened_in_the_form_with_one_key_and_y(size: tuple[int, int]) -> None:
    play = with_costs(okinawa=7)
    async with console(play, size) as desk:
        await desk.press("v", *"tokyo", "enter")
        assert "Locked: it costs 7 of domestic capital, and you have 6 left" in desk.text
        assert "Ctrl+U Unlock" in desk.text
        await pressed(desk, "ctrl+u")
        assert "Open this option?" in desk.text
        assert "it costs 7 of domestic capital" in desk.text
        await pressed(desk, "enter")
        assert play.kinds()[-1] != "option-unlocked", "Enter is pressed by habit"
        await pressed(desk, "y")
        await desk.settle()
        opened = next(
            record.event for record in play.session.records if isinstance(record.event, e.OptionUnlocked)
        )
        assert (opened.option, opened.team) == ("okinawa", "tokyo")
        await in_time(desk.pilot, lambda: "Locked:" not in desk.text and "Ctrl+U Unlock" not in desk.text)
        play.do(c.Decide(decision="alert", option="okinawa"), "tokyo")


async def test_of_several_locked_options_the_one_under_the_cursor_is_opened() -> None:
    play = with_costs(okinawa=7, nationwide=8)
    async with console(play, MEDIUM) as desk:
        await desk.press("v", *"tokyo", "enter", "end", "ctrl+u")
        assert "Choose one of the locked options first" in desk.text
        await pressed(desk, "home", "ctrl+u", "y")
        await desk.settle()
        first = next(iter(play.session.state.decisions["alert", "tokyo"].options))
        kinds = [record.event for record in play.session.records]
        opened = [event.option for event in kinds if isinstance(event, e.OptionUnlocked)]
        assert opened == [first] or first == "quiet"


async def test_a_decision_entered_at_the_console_names_its_team() -> None:
    async with console(with_costs(), MEDIUM) as desk:
        await desk.press("v", *"tokyo", "space", *"decide", "enter")
        assert "Tokyo: Decide" in desk.text


async def test_what_was_recorded_for_a_team_is_said_at_the_console() -> None:
    async with console(with_costs(), MEDIUM, toasts=True) as desk:
        await desk.press("v", *"tokyo", "space", *"decide", "enter", "1", "enter")
        await desk.type("We saw it")
        await desk.press("enter")
        said = " ".join(desk.text.replace("▌", " ").split())
        assert "Tokyo · Recorded: D2: " in said
        assert "V amends it until T+" in said
