"""Before the options of a decision open: what the keys of a station and of the console say and ask."""

from __future__ import annotations

import re

from tabletop.exercise import commands as c
from tabletop.tui.kit.confirm import Confirm
from tests.exercise.test_talk_first import PROMPT, talking_scenario
from tests.tui.console.staging import MEDIUM, Play, console


def talking() -> Play:
    return Play(talking_scenario()).start().release("notice").until(6).release("sighting")


async def test_d_says_what_is_talked_about_and_consult_offers_it() -> None:
    async with console(talking(), MEDIUM, toasts=True) as desk:
        await desk.press("f3", "enter", "d")
        said = " ".join(desk.text.replace("▌", " ").split())
        assert f"Talk first about D2 Alert the public: {PROMPT}" in said
        assert "Its options open at T+6:45" in said
        await desk.press("c")
        assert "D2 Alert the public" in desk.text.partition("About")[2]


async def test_ctrl_o_asks_before_it_opens_the_options() -> None:
    play = talking()
    async with console(play, MEDIUM) as desk:
        await desk.press("ctrl+o")
        assert isinstance(desk.app.screen, Confirm)
        assert "Open the options to Tokyo now?" in desk.text
        assert play.kinds()[-1] != "decision-presented"
        await desk.press("y")
        assert "decision-presented" in play.kinds()


async def test_the_list_of_moves_says_who_talks_first_and_until_when() -> None:
    async with console(talking(), MEDIUM, toasts=True) as desk:
        await desk.press("v")
        assert re.search(r"talks first about D2 Alert the public +options open", desk.text)
        await desk.press(*"talks", "enter")
        said = " ".join(desk.text.replace("▌", " ").split())
        assert "its options open by themselves, or by Ctrl+O" in said


async def test_at_a_gate_a_station_says_that_nothing_can_be_decided() -> None:
    play = Play(talking_scenario()).start().release("notice").until(6).release("sighting").until(7)
    play.do(c.Gate())
    async with console(play, MEDIUM, toasts=True) as desk:
        await desk.press("f3", "enter", "d")
        said = " ".join(desk.text.replace("▌", " ").split())
        assert "nothing can be decided or amended until the next one begins" in said
