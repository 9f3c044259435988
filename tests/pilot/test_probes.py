"""Probes at a gate: a clock at the console, a form at each station, and words for who comes too late."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tests.exercise.test_probes import scenario
from tests.tui.console.staging import MEDIUM, SMALL, Console, console
from tests.tui.console.staging import Play as ConsolePlay
from tests.tui.station.playing import Play, StationApp, press, shown

SIZES = [SMALL, MEDIUM, (200, 60)]


async def later(desk: Console, seconds: float) -> None:
    """Let real time pass."""
    desk.play.time.seconds += seconds
    desk.play.session.tick()
    desk.screen._look()
    await desk.settle()


@pytest.mark.parametrize("size", SIZES)
async def test_the_console_shows_how_long_and_who_has_answered(size: tuple[int, int]) -> None:
    play = ConsolePlay(scenario()).start().do(c.Gate())
    async with console(play, size) as desk:
        assert "Ctrl+L" in desk.text
        await desk.press("ctrl+l", "x", "enter")
        assert "write a number from 1 to 3,600" in desk.text
        await desk.press("backspace", "6", "0", "enter")
        assert "Probes are open for 1:00: 0 of 3 teams have answered." in desk.text
        play.do(c.AnswerProbes(answers={"who-knew": "a", "siren": "a"}), "tokyo")
        await later(desk, 17)
        assert "Probes are open for 0:43: 1 of 3 teams have answered." in desk.text
        await desk.press("ctrl+l")
        assert "Close the probes?" in desk.text
        assert "for 0:43" in desk.text, "in the window's border too"
        await later(desk, 43)
        assert isinstance(play.last().event, e.ProbesClosed)
        await desk.pilot.pause(0.3)
        assert desk.app.screen is desk.screen, "the question is settled"
        assert "Probes are open" not in desk.text


@pytest.mark.parametrize("size", SIZES)
async def test_who_was_right_is_read_whole_in_the_hot_wash(size: tuple[int, int]) -> None:
    play = ConsolePlay(scenario()).start().do(c.Gate()).do(c.OpenProbes())
    play.do(c.AnswerProbes(answers={"who-knew": "a", "siren": "a"}), "tokyo")
    play.do(c.CloseProbes()).do(c.Endex()).do(c.HotWash())
    asked = play.session.state.probes
    async with console(play, size) as desk:
        await desk.press("ctrl+l")
        words = " ".join(desk.text.replace("│", " ").split())
        for probe in asked.values():
            assert probe.asks in words
        assert words.count("True: ") == words.count("Right: ") == len(asked)
        await desk.press("ctrl+l")
        assert desk.app.screen is desk.screen, "the key that opened it closes it"


async def test_the_gate_asks_before_it_leaves_probes_behind() -> None:
    play = ConsolePlay(scenario()).start().do(c.Gate())
    async with console(play, MEDIUM) as desk:
        assert "2 probes wait" in desk.text
        await desk.press("g")
        assert "The probes that belong here have not been asked" in desk.text
        await desk.press("escape", "ctrl+l", "enter")
        play.do(c.AnswerProbes(answers={"who-knew": "a"}), "tokyo")
        await desk.press("g")
        assert "The probes close unanswered" in desk.text
        assert "Tokyo" in desk.text
        assert "1 of 2" in desk.text
        await desk.press("enter")
        assert not play.session.state.open_probes


@pytest.mark.parametrize("key", ["w", "c"])
async def test_the_probes_after_endex_are_not_lost_without_a_word(key: str) -> None:
    play = ConsolePlay(scenario()).start().do(c.Endex())
    async with console(play, MEDIUM) as desk:
        await desk.press(key)
        assert "The probes that belong here have not been asked" in desk.text


@pytest.mark.parametrize("size", SIZES)
async def test_a_station_answers_in_time_and_is_told_when_it_is_over(size: tuple[int, int]) -> None:
    play = Play(scenario()).start()
    play.do("facilitator", c.Gate())
    play.do("facilitator", c.OpenProbes(seconds=60))
    app = StationApp(play)
    async with app.run_test(size=size) as pilot:
        await press(pilot)
        assert "2 QUESTIONS FOR YOUR TEAM" in shown(app)
        assert "1:00 left" in shown(app)
        await press(pilot, "q", "1", "ctrl+s")
        assert "What was sent out?." not in shown(app)
        # The cursor has gone to the question that is left.
        await press(pilot, "2", "ctrl+s")
        assert "ANSWERED" in shown(app)
        assert len(play.events("probe-answered")) == 2
        await press(pilot, "q", "ctrl+s")
        assert "these answers are recorded already" in shown(app)
        assert len(play.events("probe-answered")) == 2
        await press(pilot, "1")
        play.time.seconds += 60
        play.session.tick()
        app.station._tick()
        await press(pilot)
        assert app.screen is app.station
        assert "QUESTIONS CLOSED" in shown(app)
        assert "The 60 seconds are over. Your answers are recorded." in " ".join(shown(app).split())
        assert "what you chose since was not sent" in " ".join(shown(app).split())
        await press(pilot, "q")
        assert app.screen is app.station
        play.do("facilitator", c.BeginPhase())
        await press(pilot)
        assert "QUESTIONS CLOSED" not in shown(app)


async def test_a_team_that_did_not_answer_reads_so() -> None:
    play = Play(scenario()).start()
    app = StationApp(play)
    async with app.run_test(size=MEDIUM) as pilot:
        play.do("facilitator", c.Gate())
        play.do("facilitator", c.OpenProbes())
        play.do("facilitator", c.CloseProbes())
        await press(pilot)
        assert "QUESTIONS CLOSED  2 questions have no answer of yours." in shown(app)


async def test_without_a_limit_no_clock_hurries_the_room() -> None:
    """One keyboard may serve all teams: the facilitator closes the probes."""
    play = ConsolePlay(scenario()).start().do(c.Gate())
    async with console(play, MEDIUM) as desk:
        await desk.press("ctrl+l", "enter")
        assert "Probes are open: 0 of 3 teams have answered. Press Ctrl+L to close them" in desk.text
        await later(desk, 3_600)
        assert play.session.state.open_probes
        assert "seconds" not in desk.text
        await desk.press("f3", "enter")
        assert "Q opens them. Answer without asking anybody." in desk.text
        await desk.press("q")
        assert "seconds" not in desk.text
