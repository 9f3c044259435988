"""The questions for the room: those of the phase at its gate, those of the last phase in the hot wash."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.tui.console.pages.inject import stage_page
from tests.builders import tiny_scenario
from tests.tui.console.staging import Play


def asked(play: Play) -> list[str]:
    page = stage_page(play.model())
    assert page is not None
    return [line[0][0] for line in page.lines if line[0][0][:1].isdigit()]


def to_the_end(**prompts: str) -> Play:
    plain = tiny_scenario()
    phases = tuple(
        phase.model_copy(update={"prompts": (prompts[phase.id],) if phase.id in prompts else ()})
        for phase in plain.phases
    )
    play = Play(plain.model_copy(update={"phases": phases})).start().do(c.Gate())
    assert asked(play) == [f"1. {prompts['launch']}"]
    return play.do(c.BeginPhase()).do(c.Endex())


def test_the_hot_wash_asks_what_the_last_phase_asks() -> None:
    play = to_the_end(launch="Who knew?", aftermath="Who spoke?")
    assert asked(play) == ["1. Who spoke?"]
    assert asked(play.do(c.HotWash())) == ["1. Who spoke?"]


def test_where_the_last_phase_asks_nothing_the_latest_questions_come_again() -> None:
    assert asked(to_the_end(launch="Who knew?").do(c.HotWash())) == ["1. Who knew?"]
