"""The inject page: whose ticks of an expected action differ."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.tui.console.pages.inject import inject_page
from tests.builders import expecting
from tests.tui.console.staging import Play


def expected(play: Play) -> list[str]:
    model = play.model()
    row = next(row for row in model.rows() if row.entry == "detection")
    lines = ["".join(words for words, _ in line) for line in inject_page(model, row, 0.0)]
    return lines[lines.index("Expected:") + 1 :][:2]


def test_the_ticks_of_several_people_stand_beside_each_other_with_their_names() -> None:
    play = Play(expecting()).start().until(5).release("detection")
    play.do(c.Tick(inject="detection", action=2), "evaluator")
    assert expected(play)[1].endswith("Somebody rings  done T+5")
    play.until(6).do(c.Tick(inject="detection", action=2, outcome="not-seen"))
    assert expected(play)[1].endswith("Somebody rings  done T+5 by evaluator  not seen T+6 by facilitator")
