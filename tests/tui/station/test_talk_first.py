"""What a station shows while a team talks before the options open."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.tui.station.attention import decision_to_open, next_steps
from tabletop.tui.station.lists import todo_rows
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.page import reading
from tests.tui.station.sights import Watching, asked

PROMPT = "Who would ask you why?"
BEGAN = e.DiscussionBegan(
    decision="alert",
    code="D2",
    team="tokyo",
    title="Alert the public",
    prompt=PROMPT,
    window=180,
    opens=45,
    due=180,
    entry="sighting",
)


def talking() -> Watching:
    watching = Watching()
    watching.see(e.ExerciseStarted(phase="launch"))
    watching.see(BEGAN)
    return watching


def test_the_prompt_is_shown_alone_with_the_time_at_which_the_options_open() -> None:
    model = talking().model
    [row] = todo_rows(model, 15)
    assert row.text == "… 0:30  D2 Alert the public talk first"
    page = reading(model, row.key)
    assert page is not None
    assert page.paragraphs == (((PROMPT, "strong"),),)
    assert "open at T+0:45" in "".join(text for text, _ in page.hints)
    steps = "".join(text for text, _ in next_steps(model, StationMemory(), 15))
    assert f"talk first: {PROMPT}" in steps
    assert decision_to_open(model, "alert", 15) is None


def test_the_question_takes_its_place_and_keeps_the_prompt() -> None:
    watching = talking()
    watching.see(asked().model_copy(update={"since": 0}), at=45)
    model = watching.model
    assert model.decisions.talks == {}
    assert decision_to_open(model, None, 50) == "alert"
    page = reading(model, "decision/alert")
    assert page is not None
    assert "".join(text for text, _ in page.paragraphs[0]) == f"You talked about: {PROMPT}"
    assert page.origin.startswith("Put to you T+0 ")


def test_a_talk_that_was_cut_short_leaves_only_its_sentence() -> None:
    watching = talking()
    watching.see(e.DiscussionClosed(decision="alert", code="D2", team="tokyo", reason="the phase ended"))
    assert todo_rows(watching.model, 20) == ()
    assert reading(watching.model, "decision/alert") is None
    assert "options never opened" in watching.model.diary.lines[-1].text
