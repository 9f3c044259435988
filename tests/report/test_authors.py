"""Who judged: named in the report as the host knows the seat, and in an anonymous report not at all."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.report.build import build_report
from tabletop.report.json import render_json
from tabletop.report.rendering import render_html, render_markdown
from tests.game import Game

RENDERERS = {"md": render_markdown, "html": render_html, "json": render_json}
NAME = "Kim <b>|`*_CANARY"


def records() -> list[Record]:
    game = Game().start().pass_to(310)
    game.grant("evaluator", c.Observe(text="They rang first."))
    game.grant("evaluator", c.Grade(objective="share", rating="S", note="Late"))
    game.grant("evaluator", c.Adjust(team="tokyo", objective="share", points=1, reason="By hand"))
    return [
        record.model_copy(
            update={"event": e.signed(record.event, NAME if record.seat == "evaluator" else "")}
        )
        for record in game.records
    ]


def test_every_judgement_names_its_author() -> None:
    report = build_report(records())
    assert report.observations[0].author == f"{NAME} (evaluator)"
    assert report.adjustments[0].author == f"{NAME} (evaluator)"


@pytest.mark.parametrize("kind", RENDERERS)
def test_b11_a_name_is_text_and_an_anonymous_report_leaves_it_out(kind: str) -> None:
    render = RENDERERS[kind]
    assert render(build_report(records())).count("CANARY") >= 3
    assert "<b>" not in render(build_report(records())) or kind == "json"
    assert "CANARY" not in render(build_report(records(), anonymous=True))
