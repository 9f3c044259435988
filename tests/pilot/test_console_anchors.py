"""The console's scores beside silence, the median of chance and the best play found."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise.anchors import AnchorResult, Anchors, Result
from tabletop.host.first_record import first_record
from tabletop.host.session import Session
from tests.builders import tiny_scenario
from tests.tui.console.staging import LARGE, MEDIUM, SMALL, FailingLog, Play, console


def result(well: int) -> AnchorResult:
    """Return a result in which so many of nine situations went well."""
    objectives = {goal: Result(situations=9, well=well) for goal in tiny_scenario().objectives}
    return AnchorResult(objectives=objectives, teams={})


class Anchored(Play):
    """A session whose first event carries anchors."""

    def __init__(self) -> None:
        super().__init__()
        scenario, source = tiny_scenario(), self.time.source()
        anchors = Anchors(
            scenario=scenario.id,
            scenario_hash=scenario.content_hash,
            engine="0.1.0",
            plays=100,
            seed=1,
            median_play=3,
            silence=result(2),
            random=result(5),
            best=result(8),
        )
        first = first_record(scenario, name="Rehearsal", seed=7, wall=source.wall(), anchors=anchors)
        self.log = FailingLog()
        self.session = Session.start(self.log, first, source)


@pytest.mark.parametrize("size", [SMALL, MEDIUM, LARGE])
async def test_each_result_stands_beside_its_anchors(size: tuple[int, int]) -> None:
    """In the same counts, under their names."""
    play = Anchored().start().until(5).release("detection")
    play.do(c.Lapse(decision="push-track", team="washington"))
    async with console(play, size=size) as desk:
        await desk.press("4")
        assert "here silent chance best" in desk.text
        assert desk.text.count("2/9 5/9 8/9") == len(tiny_scenario().objectives)


async def test_without_anchors_nothing_stands_beside_it() -> None:
    """The latest mark has its place."""
    async with console(Play().start(), size=LARGE) as desk:
        assert "silent" not in desk.text
