"""Teams rate themselves: a question at the console, a form at each station, and who reads what was given."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.tui.kit.form import Form
from tests.builders import tiny_scenario
from tests.tui.console.staging import MEDIUM, SMALL, console
from tests.tui.console.staging import Play as ConsolePlay
from tests.tui.station.playing import Play, StationApp, press, shown
from tests.tui.watch.watching import WatchApp

SIZES = [SMALL, MEDIUM, (200, 60)]
GOALS = tiny_scenario().objectives


def said(app: StationApp | WatchApp) -> str:
    return " ".join(shown(app).split())


def at_gate() -> Play:
    play = Play().start()
    play.do("facilitator", c.Gate())
    return play


@pytest.mark.parametrize("size", SIZES)
async def test_the_console_asks_once_and_shows_who_has_given_what(size: tuple[int, int]) -> None:
    play = ConsolePlay().start()
    async with console(play, size) as desk:
        await desk.press("g", "enter", "ctrl+y")
        assert "Ask every team to rate itself on these objectives?" in desk.text
        assert GOALS["warning"].title in desk.text
        await desk.press("enter")
        assert isinstance(play.last().event, e.SelfRatingsAsked)
        assert "0 of 3" in desk.text
        assert "rated themselves" in desk.text
        play.do(c.RateSelf(ratings={"share": "S", "warning": "U"}, note="We rang late"), "tokyo")
        await desk.settle()
        assert "1 of 3" in desk.text
        await desk.press("ctrl+y")
        words = " ".join(desk.text.split())
        assert "How teams rate themselves" in words
        assert f"Tokyo {GOALS['share'].code} S {GOALS['warning'].code} U" in words
        assert "“We rang late”" in words
        assert "Washington not yet" in words
        await desk.press("ctrl+y", "g")
        assert "Teams cannot rate themselves any more then" in desk.text
        assert "has not yet" in desk.text
        await desk.press("enter")
        await desk.press("ctrl+y")
        assert "did not rate itself" in desk.text, "it can be read while play goes on"


@pytest.mark.parametrize("key", ["ctrl+x", "w", "c"])
async def test_whatever_ends_the_time_for_ratings_says_who_has_given_none(key: str) -> None:
    play = ConsolePlay().start().do(c.Gate() if key == "ctrl+x" else c.Endex()).do(c.AskSelfRatings())
    async with console(play, MEDIUM) as desk:
        await desk.press(key)
        assert "Teams cannot rate themselves any more then" in desk.text
        assert "has not yet" in desk.text


async def test_a_team_on_paper_is_rated_at_the_console() -> None:
    play = ConsolePlay().start().do(c.Gate()).do(c.AskSelfRatings())
    async with console(play, MEDIUM) as desk:
        await desk.press("v", *"seoul", "space", *"rate", "enter")
        assert "Seoul: How did your team do?" in desk.text
        await desk.press("p", "ctrl+s")
        rated = play.last().event
        assert isinstance(rated, e.TeamRatedItself)
        assert (rated.team, [one.rating for one in rated.ratings]) == ("seoul", ["P"])


@pytest.mark.parametrize("size", SIZES)
async def test_a_station_rates_its_team_and_changes_it(size: tuple[int, int]) -> None:
    play = at_gate()
    app = StationApp(play)
    async with app.run_test(size=size) as pilot:
        play.do("facilitator", c.AskSelfRatings())
        await press(pilot)
        assert "RATE YOUR TEAM" in shown(app)
        assert "Y Rate yourselves" in said(app)
        await press(pilot, "y", "ctrl+s")
        assert "Rate at least one objective: press P, S, M or U." in said(app)
        await press(pilot, "S", "1", "tab", *"late", "enter")
        assert "RATED Your ratings of your team are recorded. Y changes them until play goes on." in said(app)
        await press(pilot, "y", "ctrl+s")
        assert "these ratings are recorded already" in said(app)
        await press(pilot, "home", "5", "ctrl+s")
        first, second = play.events("team-rated-itself")
        assert isinstance(first, e.TeamRatedItself)
        assert isinstance(second, e.TeamRatedItself)
        goals = list(GOALS)
        assert [(one.id, one.rating) for one in first.ratings] == [(goals[0], "S"), (goals[1], "P")]
        assert [(one.id, one.rating) for one in second.ratings] == [(goals[1], "P")]
        assert first.note == second.note == "late"


@pytest.mark.parametrize("sent", [False, True])
async def test_the_form_closes_when_play_goes_on_and_says_what_counted(sent: bool) -> None:
    play = at_gate()
    play.do("facilitator", c.AskSelfRatings())
    app = StationApp(play)
    async with app.run_test(size=MEDIUM) as pilot:
        await press(pilot, "y", "m", *(("ctrl+s", "y") if sent else ()), "2")
        play.do("facilitator", c.BeginPhase())
        app.screen.see()  # type: ignore[attr-defined]
        await press(pilot)
        assert app.screen is app.station
        counted = "Recorded stands: O1 M." if sent else "No rating was recorded this time."
        assert f"{counted} What stood in the form was not sent." in said(app)
        await press(pilot, "y")
        assert app.screen is app.station


async def test_after_the_last_line_letters_are_the_note() -> None:
    """People go on typing without a look at the cursor."""
    play = at_gate()
    play.do("facilitator", c.AskSelfRatings())
    app = StationApp(play)
    async with app.run_test(size=MEDIUM) as pilot:
        await press(pilot, "y", *"1" * len(GOALS), *"so", "enter")
        [rated] = play.events("team-rated-itself")
        assert isinstance(rated, e.TeamRatedItself)
        assert ({one.rating for one in rated.ratings}, rated.note) == ({"P"}, "so")


async def test_each_row_has_its_letter_and_what_it_means() -> None:
    play = at_gate()
    play.do("facilitator", c.AskSelfRatings())
    app = StationApp(play)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "y")
        first, second, third = GOALS.values()
        assert "P performed without challenges; S performed with some challenges" in said(app)
        await press(pilot, "m", "up", "space", "down", "space", "space", "up", "enter", *"so")
        assert f"(U) {first.code} {first.title}" in said(app)
        assert f"(S) {second.code} {second.title}" in said(app)
        assert f"( ) {third.code} {third.title}" in said(app)
        assert said(app).count("left out") == 1
        assert "unable to be performed" in shown(app)
        await press(pilot, "escape", "y")
        assert f"(U) {first.code} {first.title}" in said(app), "it is kept as a draft"
        await press(pilot, "ctrl+s")
        [rated] = play.events("team-rated-itself")
        assert isinstance(rated, e.TeamRatedItself)
        assert ([one.rating for one in rated.ratings], rated.note) == (["U", "S"], "so")


async def test_an_evaluator_reads_it_once_the_same_was_rated_here() -> None:
    play = at_gate()
    play.do("facilitator", c.AskSelfRatings())
    app = WatchApp(play)
    async with app.run_test(size=(200, 60)) as pilot:
        play.do("tokyo", c.RateSelf(ratings={"share": "S", "warning": "U"}, note="A deaf wall"))
        await press(pilot)
        assert "Tokyo rated itself" in said(app)
        assert "shown once you have rated that" in said(app)
        assert f"{GOALS['share'].title} S" not in said(app)
        await press(pilot, "y")
        form = app.screen
        assert isinstance(form, Form)
        assert "Teams on themselves" not in said(app)
        form._made["rating"][0].value = "M"  # type: ignore[attr-defined]
        form._made["note"][0].text = "Late"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert f"{GOALS['share'].title} S" in said(app)
        assert f"{GOALS['warning'].title} U" not in said(app)
        assert "A deaf wall" not in said(app)
        await press(pilot, "y")
        assert "Teams on themselves: Tokyo S." in said(app)


async def test_a_letter_in_the_list_changes_what_was_rated() -> None:
    play = at_gate()
    play.do("facilitator", c.AskSelfRatings())
    app = StationApp(play)
    async with app.run_test(size=MEDIUM) as pilot:
        await press(pilot, "y", *"sm", "home", "u", "ctrl+s")
        [rated] = play.events("team-rated-itself")
        assert isinstance(rated, e.TeamRatedItself)
        assert ([one.rating for one in rated.ratings], rated.note) == (["U", "M"], "")
