"""Explaining, rating and naming at the console."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence

import pytest
from textual.widgets import Select, Static

from tabletop.exercise import commands as c
from tabletop.exercise.events import RatingGiven, Record
from tabletop.report import explaining
from tabletop.report.model.explanation import Explanation
from tabletop.tui.console.screen import ConsoleScreen
from tabletop.tui.overview.explain import ExplainWindow
from tabletop.tui.overview.rating import RatingForm
from tests.builders import expecting
from tests.tui.console.staging import LARGE, MEDIUM, SMALL, Console, Play, console


def played() -> Play:
    """Washington has decided well, Tokyo has consulted Seoul, and asked is what nobody answered."""
    play = Play().start().release("notice").until(5).release("detection")
    play.do(c.Decide(decision="push-track", option="both", rationale="Partners first"), "washington")
    return play.do(c.Consult(with_=("seoul",), text="What do you see?"), "tokyo")


def intro(desk: Console) -> str:
    """What the form says above its fields."""
    return str(desk.app.screen.query_one(".intro", Static).content)


async def test_explain_shows_the_ledger_its_evidence_and_the_rest() -> None:
    """Each part under its number."""
    async with console(played(), LARGE) as desk:
        await desk.press("i")
        assert isinstance(desk.app.screen, ExplainWindow)
        assert "O1 Timely warning data" in desk.text
        assert "Washington, Timely warning data, +1" in desk.text
        assert "Rationale: Partners first" in desk.text
        assert "Rule: Marks of the options chosen" in desk.text
        await desk.press("2")
        assert "if Washington had chosen" in desk.text
        await desk.press("3")
        assert "From team to team" in desk.text
        assert "Washington Tokyo 1 1" in desk.text
        assert "“What do you see?”" in desk.text
        assert "not answered by Seoul" in desk.text
        await desk.press("4")
        assert "O1 Timely warning data, time-critical" in desk.text
        await desk.press("escape")
        assert isinstance(desk.app.screen, ConsoleScreen)


async def test_explain_narrows_to_a_team_and_an_objective() -> None:
    """By keys, there and back."""
    async with console(played(), LARGE) as desk:
        await desk.press("i", "t")
        assert "Team Washington" in desk.text
        assert "Washington, Accurate public warning, +1" in desk.text
        await desk.press("o")
        assert "Objective O1 Timely warning data" in desk.text
        assert "Washington, Timely warning data, +1" in desk.text
        assert "Accurate public warning" not in desk.text
        await desk.press("t")
        assert "Team Tokyo" in desk.text
        assert "Washington, Timely warning data" not in desk.text
        await desk.press("backspace", "backspace", "o", "backspace", "backspace")
        assert "Team all Objective all" in desk.text


async def shows(desk: Console, words: str) -> None:
    """Wait until words stand on the screen, without waiting for what is still being worked out."""
    for _ in range(200):
        await desk.pilot.pause(0.02)
        if words in desk.text:
            return
    raise AssertionError(f"not shown: {words}")


async def test_the_ledger_is_there_while_the_rest_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for what would have changed it."""
    free, real = threading.Event(), explaining.explain

    def slow(records: Sequence[Record], *, what_if: bool = True) -> Explanation:
        if what_if:
            free.wait(10)
        return real(records, what_if=what_if)

    monkeypatch.setattr(explaining, "explain", slow)
    async with console(played(), MEDIUM) as desk:
        await desk.pilot.press("i")
        await shows(desk, "Washington, Timely warning data, +1")
        await desk.pilot.press("2")
        await shows(desk, "working out what would have changed it")
        free.set()
        await shows(desk, "if Washington had chosen")
        assert "working out what would have changed it" not in desk.text


async def test_leaving_does_not_wait_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes too late is dropped."""
    free, real = threading.Event(), explaining.explain

    def slow(records: Sequence[Record], *, what_if: bool = True) -> Explanation:
        free.wait(10)
        return real(records, what_if=what_if)

    monkeypatch.setattr(explaining, "explain", slow)
    async with console(played(), MEDIUM) as desk:
        await desk.pilot.press("i")
        await shows(desk, "working out why each point was given")
        await desk.pilot.press("escape")
        await shows(desk, "MSEL")
        free.set()
        await desk.pilot.pause(0.1)
        assert isinstance(desk.app.screen, ConsoleScreen)


async def test_a_fault_in_it_does_not_stop_the_exercise(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said in its place, and the rules are still there."""

    def broken(records: Sequence[Record], *, what_if: bool = True) -> Explanation:
        raise RuntimeError(len(records), what_if)

    monkeypatch.setattr(explaining, "explain", broken)
    async with console(played(), MEDIUM) as desk:
        await desk.pilot.press("i")
        await shows(desk, "It could not be worked out")
        await desk.pilot.press("4")
        await shows(desk, "Timely warning data, time-critical")
        assert desk.app.is_running


async def test_rules_before_play_and_at_any_time() -> None:
    """On the page before STARTEX, and first in the window that explains."""
    async with console(Play(), LARGE) as desk:
        assert "What gives points (I shows this at any time)" in desk.text
        assert "O1 Timely warning data, time-critical" in desk.text
        await desk.press("i")
        assert isinstance(desk.app.screen, ExplainWindow)
        assert "Domestic capital" in desk.text
        await desk.press("1")
        assert "Nothing of this has given or could have given a mark so far." in desk.text
        await desk.press("2", "3", "home", "pagedown", "i")
        assert isinstance(desk.app.screen, ConsoleScreen)


async def test_what_the_score_proposes_is_hidden_until_a_rating_is_entered() -> None:
    """For each objective and team; then it is said."""
    play = played()
    async with console(play, LARGE, toasts=True) as desk:
        await desk.press("y")
        form = desk.app.screen
        assert isinstance(form, RatingForm)
        objective, team, rating = form.query(Select)
        assert "what the score proposes and others gave is shown afterwards" in desk.text
        assert "went well" not in intro(desk)
        assert rating.value == ""
        await desk.press("ctrl+s")
        assert "Choose a rating" in desk.text
        objective.value, team.value = "share", "washington"
        await desk.settle()
        rating.value = "S"
        await desk.settle()
        assert "went well" not in intro(desk)
        form.query_one("WordsField").focus()
        await desk.type("Two calls were needed")
        await desk.press("ctrl+s")
        event = play.last().event
        assert isinstance(event, RatingGiven)
        assert (event.objective, event.team, event.rating) == ("share", "washington", "S")
        assert event.note == "Two calls were needed"
        assert "Rated Timely warning data S for Washington" in desk.text
        await desk.press("y")
        form = desk.app.screen
        assert isinstance(form, RatingForm)
        objective, team, _ = form.query(Select)
        assert "You rated" not in desk.text  # all teams together: another rating
        objective.value, team.value = "share", "washington"
        await desk.settle()
        assert "You rated S. 1 of 1 situation went well: too few to propose a rating." in intro(desk)


async def test_a_rating_begun_is_kept_and_needs_a_note() -> None:
    """And the rating given so far is said."""
    play = played().do(c.Grade(objective="share", rating="M", note="Slow"))
    async with console(play, MEDIUM) as desk:
        await desk.press("y")
        assert "You rated M." in desk.text
        await desk.press("ctrl+s")
        assert isinstance(desk.app.screen, RatingForm)
        _, _, rating = desk.app.screen.query(Select)
        rating.value = "U"
        await desk.settle()
        await desk.press("escape", "y")
        assert [select.value for select in desk.app.screen.query(Select)] == ["share", "", "U"]


async def test_ratings_of_others_stand_beside_ones_own_and_only_then() -> None:
    play = played().do(c.Grade(objective="share", rating="P", note="At once"), "evaluator")
    async with console(play, LARGE) as desk:
        await desk.press("y")
        assert "evaluator P" not in intro(desk)
        await desk.press("escape")
        play.do(c.Grade(objective="share", rating="M", note="Slow"))
        await desk.settle()
        await desk.press("y")
        assert "Side by side: evaluator P, facilitator M; 0 % agreement (0 of 1 pair" in intro(desk)


async def test_ticked_actions_stand_where_their_objective_is_rated() -> None:
    play = Play(expecting()).start().release("notice").until(5).release("detection")
    async with console(play, LARGE) as desk:
        await desk.press("y")
        assert re.search("not ticked  K2 .*Push the track", intro(desk))
        await desk.press("escape")
        play.do(c.Tick(inject="detection", action=1, outcome="done"), "evaluator")
        await desk.settle()
        await desk.press("y")
        assert re.search("done  K2 .*Push the track", intro(desk))
        objective, _, _ = desk.app.screen.query(Select)
        objective.value = "message"
        await desk.settle()
        assert "Push the track" not in intro(desk)


async def test_rating_waits_for_startex() -> None:
    """As all that is judged does."""
    play = Play()
    async with console(play, SMALL) as desk:
        await desk.press("y")
        assert isinstance(desk.app.screen, ConsoleScreen)
        play.start().do(c.Endex()).do(c.Close())
        await desk.settle()
        await desk.press("y")
        assert isinstance(desk.app.screen, ConsoleScreen)
        await desk.press("i")
        assert isinstance(desk.app.screen, ExplainWindow)


async def test_events_are_told_by_name() -> None:
    """In the feed and in the log."""
    async with console(played(), LARGE) as desk:
        assert "Tokyo consulted Seoul: What do you see?" in desk.text
        assert "Washington decided D1" in desk.text
        assert "push-track" not in desk.text
        await desk.press("l")
        assert "Tokyo consulted Seoul: What do you see?" in desk.text
