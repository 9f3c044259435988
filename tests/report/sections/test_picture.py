"""The shared picture: what the teams answered, and what they did not."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.report.build import build_report
from tabletop.report.sections.picture import write_picture
from tests.exercise.test_probes import answers, at_gate
from tests.game import Game
from tests.report.sections.saying import said


def closed(game: Game) -> str:
    game.grant("facilitator", c.CloseProbes())
    return said(write_picture, build_report(game.records))


def test_what_nobody_answered_is_called_so_and_nobody_was_wrong() -> None:
    game = at_gate()
    game.grant("facilitator", c.OpenProbes())
    text = closed(game)
    assert text.startswith("Not answered: no team answered a probe.")
    assert "%" not in text[: text.index("Acting")]
    assert "wrong" not in text


def test_who_gave_no_answer_stands_beside_who_was_right() -> None:
    game = at_gate()
    game.grant("facilitator", c.OpenProbes())
    game.grant("tokyo", answers(who_knew="a"))
    text = " ".join(closed(game).split())
    assert text.startswith("Picture 33 % right, 0 % shared.")
    assert "Seoul: no answer" in text
    assert "wrong" not in text
