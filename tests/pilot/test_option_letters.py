"""Options with letters: a letter chooses as a number does, and never stands as the reason by mistake."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise.events import DecisionRecorded
from tabletop.scenario.scenario import Scenario
from tabletop.tui.kit.picks import Picks
from tests.builders import tiny_scenario
from tests.tui.station.playing import Play, StationApp, dialog, form_text, press, shown

SIZE = (100, 30)


def lettered() -> Scenario:
    """Let the options of every decision have letters."""
    decisions = tiny_scenario().model_dump(mode="json", by_alias=True)["decisions"]
    for decision in decisions.values():
        for letter, option in zip("abcdef", decision["options"].values(), strict=False):
            option["code"] = letter
    return tiny_scenario(decisions=decisions)


def lettered_play() -> Play:
    return Play(lettered()).start().until(6)


def recorded(play: Play) -> list[DecisionRecorded]:
    return [event for event in play.events("decision-recorded") if isinstance(event, DecisionRecorded)]


@pytest.mark.parametrize("key", ["b", "B"])
async def test_a_letter_chooses_the_option_that_has_it(key: str) -> None:
    play = lettered_play()
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "d")
        assert "press its number or letter, then Enter" in shown(app)
        await press(pilot, key)
        second = next(item for item in dialog(app).query_one("#options", Picks).items if item.letter == "b")
        assert dialog(app).picked("options") == (second.key,)
        assert form_text(app) == "", "what chooses is no reason"
        await press(pilot, *"because", "enter")
        (decided,) = recorded(play)
        assert (decided.option, decided.rationale) == (second.key, "because")


async def test_a_letter_that_no_option_has_begins_the_reason() -> None:
    play = lettered_play()
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "d", *"We")
        assert form_text(app) == "We"
        assert not dialog(app).picked("options")


async def test_a_letter_chooses_again_for_whoever_goes_back_to_the_options() -> None:
    play = lettered_play()
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "d", "a", *"first", "enter")
        await press(pilot, "d")
        assert "Press another's number to change the choice; what you type is the reason" in shown(app)
        await press(pilot, "tab", "shift+tab", "b", "enter", "enter")
        items = dialog_items(play)
        assert [one.option for one in recorded(play)] == [items["a"], items["b"]]
        assert recorded(play)[-1].rationale == "first"
        assert "Recorded: D" in shown(app)


async def test_the_letter_of_another_option_in_a_reason_that_stood_is_asked_about() -> None:
    """It was pressed to change the choice, and a choice would be recorded that nobody meant."""
    play = lettered_play()
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "d", "a", *"first", "enter")
        await press(pilot, "d", "b", "enter")
        assert len(recorded(play)) == 1
        assert "Do you mean option b?" in " ".join(shown(app).split())


def dialog_items(play: Play) -> dict[str, str]:
    """Return the options of the decision that stands, by letter."""
    (presented,) = [one for one in play.events("decision-presented") if getattr(one, "team", "") == "tokyo"]
    return {option.letter: option.id for option in getattr(presented, "options", ())}


async def test_letters_typed_over_a_recorded_choice_are_its_reason() -> None:
    play = lettered_play()
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "d", "a", *"first", "enter")
        await press(pilot, "d", *"because")
        items = dialog(app).query_one("#options", Picks).items
        first = next(item.key for item in items if item.letter == "a")
        assert dialog(app).picked("options") == (first,), "what was chosen stays chosen"
        assert form_text(app) == "firstbecause"


@pytest.mark.parametrize("before", [(), ("a",)])
async def test_a_letter_alone_as_the_reason_is_asked_about(before: tuple[str, ...]) -> None:
    play = lettered_play()
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "d", *before, "tab", "b", "enter")
        assert not recorded(play)
        items = dialog(app).query_one("#options", Picks).items
        number = next(index for index, item in enumerate(items, 1) if item.letter == "b")
        said = " ".join(shown(app).split())
        assert f"Do you mean option b? Press Shift+Tab, then {number}, or Ctrl+S" in said
        await press(pilot, "shift+tab", str(number))
        assert dialog(app).picked("options") == (items[number - 1].key,)


async def test_proposals_are_taken_over_by_letters_that_no_option_has() -> None:
    play = lettered_play()
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        proposal = c.Propose(
            decision="alert", option="quiet", rationale="No track", by="Sato", person="tokyo-2"
        )
        play.do("tokyo", proposal)
        await press(pilot, "d")
        letters = {item.letter for item in dialog(app).query_one("#options", Picks).items}
        free = next(letter for letter in "abcdef" if letter not in letters)
        assert f"[{free.upper()}]" in shown(app)
        await press(pilot, "a")
        assert form_text(app) == "", "the letter of an option chooses that option"
        await press(pilot, "tab", "shift+tab", free)
        assert dialog(app).picked("options") == ("quiet",)
        assert form_text(app) == "No track"
