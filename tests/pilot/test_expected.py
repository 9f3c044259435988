"""Expected actions at the console: what is ticked, and why nothing can be."""

from __future__ import annotations

from tabletop.scenario.scenario import Scenario
from tabletop.tui.kit.form import Form
from tests.builders import expecting, tiny_scenario
from tests.tui.console.staging import LARGE, MEDIUM, Play, console


def saying_nothing() -> Scenario:
    """A scenario in which no inject says what is expected."""
    written = tiny_scenario().model_dump(mode="json")
    for entry in written["timeline"]:
        entry["inject"]["expected"] = None
    return Scenario.model_validate(written)


async def test_a_text_is_ticked_and_the_tick_stands_beside_it() -> None:
    play = Play(expecting(expected="Somebody rings.")).start().until(5).release("detection")
    async with console(play, LARGE) as desk:
        await desk.press("down", "ctrl+t")
        assert "Somebody rings." in desk.text
        await desk.press("ctrl+s")
        assert play.kinds()[-1] == "action-ticked"
        assert "Expected: Somebody rings. done T+5" in desk.text


async def test_the_key_says_why_nothing_can_be_ticked() -> None:
    for scenario, why in (
        (expecting(), "No inject that says what is expected has gone out yet."),
        (saying_nothing(), "No inject of this scenario says what is expected"),
    ):
        async with console(Play(scenario).start(), MEDIUM, toasts=True) as desk:
            await desk.press("ctrl+t")
            assert not isinstance(desk.app.screen, Form)
            assert why in desk.text
