"""A team answers in its own words at its station; the console asks control to judge, and one key does."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tests.tui.console.staging import MEDIUM, Play, console
from tests.tui.station.playing import Play as StationPlay
from tests.tui.station.playing import StationApp, press, shown


async def test_a_team_writes_its_decision_in_the_form() -> None:
    play = StationPlay().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d")
        assert "None of these: in our own words" in shown(app)
        await press(pilot, "end", "enter", "enter")
        assert "Write your decision in your own words." in shown(app)
        await press(pilot, *"Islands only", "enter")
        [written] = play.events("answer-written")
        assert isinstance(written, e.AnswerWritten)
        assert written.text == "Islands only"
        await press(pilot, "d")
        assert "Islands only" in shown(app)


async def test_control_judges_from_the_line_and_again_by_the_key() -> None:
    play = Play().start().release("notice").release("sighting")
    async with console(play, MEDIUM) as desk:
        desk.play.do(c.Decide(decision="alert", words="Islands only"), "tokyo")
        await desk.settle()
        assert "answered D2 in its own words" in desk.text
        await desk.press("ctrl+g")
        assert "Judge Tokyo on D2" in desk.text
        assert "“Islands only”" in desk.text
        await desk.press("tab", "tab", "tab")
        await desk.type("They hear it")
        await desk.press("ctrl+s")
        assert "O5: begin with +, 0 or" in desk.text
        await desk.press("home")
        await desk.type("+ ")
        await desk.press("ctrl+s")
        judged = play.last().event
        assert isinstance(judged, e.AnswerJudged)
        assert judged.marks == (e.Mark(objective="warning", mark="good", reason="They hear it"),)
        assert "answered D2 in its own words" not in desk.text
