"""A team asks exercise control: the console says so until it is answered, and one key answers."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tests.tui.console.staging import LARGE, MEDIUM, SMALL, Console, Play, console


def count_bells(desk: Console, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count what rings from now on."""
    rung: list[str] = []
    monkeypatch.setattr(desk.app, "bell", lambda: rung.append("bell"))
    return rung


async def ask(desk: Console, text: str, team: str = "seoul") -> None:
    """A team at a terminal elsewhere writes to exercise control."""
    desk.play.do(c.Message(to=("control",), text=text), team)
    await desk.settle()


@pytest.mark.parametrize("size", [SMALL, MEDIUM, LARGE])
async def test_f10_a_question_stands_on_the_line_until_it_is_answered(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    play = Play().start().release("notice")
    async with console(play, size) as desk:
        rung = count_bells(desk, monkeypatch)
        await ask(desk, "Is the typhoon real?")
        assert "» Seoul asks control: “Is the typhoon real?”, press M to answer" in desk.text
        assert ("SEO asks (1)" if size == SMALL else "asks control (1)") in desk.text
        await ask(desk, "May we go on?", "tokyo")
        assert "» Seoul asks control (+1 more)" in desk.text
        assert rung == ["bell", "bell"]
        await desk.press("m")
        assert "Answer Seoul" in desk.text
        assert "T+0:00 “Is the typhoon real?”" in desk.text
        await desk.type("It is part of the exercise.")
        await desk.press("enter")
        sent = e.MessageSent(by="control", to=("seoul",), text="It is part of the exercise.")
        assert play.last().event == sent
        assert "» Tokyo asks control: “May we go on?”" in desk.text
        await desk.press("m", "enter")
        assert play.last().event == e.MessageSent(by="control", to=("tokyo",), text="Noted.")
        assert "asks control" not in desk.text
        assert rung == ["bell", "bell"], "it rings for what comes in, and once"


async def test_f10_a_console_opened_later_shows_what_waits_and_does_not_ring(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rung: list[str] = []
    monkeypatch.setattr("tabletop.tui.app.TabletopApp.bell", lambda _: rung.append("bell"))
    play = Play().start().release("notice").do(c.Message(to=("control",), text="Hello?"), "tokyo")
    async with console(play) as desk:
        assert "» Tokyo asks control: “Hello?”, press M to answer" in desk.text
        assert rung == []


async def test_f10_a_question_that_comes_while_a_message_is_written_takes_nothing_away() -> None:
    """The form stays what it was; the answer has a form and a draft of its own."""
    play = Play().start().release("notice")
    async with console(play) as desk:
        await desk.press("m")
        await desk.press("tab", "tab", "tab")
        await desk.type("Ten minutes left.")
        await desk.press("escape")
        await ask(desk, "Is the typhoon real?")
        await desk.press("m")
        assert "Answer Seoul" in desk.text
        assert "Ten minutes left." not in desk.text
        await desk.press("enter", "m")
        assert "Ten minutes left." in desk.text


async def test_f10_what_is_asked_while_a_message_is_written_is_not_answered_unseen() -> None:
    """A message to all would count as the answer, so the question is shown before it goes out."""
    play = Play().start().release("notice")
    async with console(play) as desk:
        await desk.press("m")
        await desk.press("tab", "tab", "tab")
        await desk.type("Ten minutes left.")
        await ask(desk, "Is the typhoon real?")
        await desk.press("enter")
        assert "Seoul asked meanwhile: “Is the typhoon real?”" in desk.text
        assert play.kinds().count("message-sent") == 1, "Seoul's own"
        await desk.press("enter")
        assert play.last().event == e.MessageSent(
            by="control", to=("washington", "tokyo", "seoul"), text="Ten minutes left."
        )
        assert "asks control" not in desk.text


async def test_f10_a_second_question_of_the_same_team_is_shown_before_the_answer_to_the_first_goes_out() -> (
    None
):
    play = Play().start().release("notice")
    async with console(play) as desk:
        await ask(desk, "Is the typhoon real?")
        await desk.press("m")
        await ask(desk, "And the ferry?")
        await ask(desk, "Are we late?", "tokyo")
        await desk.press("enter")
        assert "Seoul asked meanwhile: “And the ferry?”" in desk.text
        await desk.press("enter")
        assert "» Tokyo asks control: “Are we late?”" in desk.text
