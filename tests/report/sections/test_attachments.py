"""What was attached: in words everywhere, as a picture in HTML."""

from __future__ import annotations

import base64

from tabletop.report.build import build_report
from tabletop.report.json import render_json
from tabletop.report.rendering import render_html, render_markdown
from tabletop.report.sections.attachments import write_attachments
from tests.attachments import PDF, PNG
from tests.exercise.test_attached import scenario_with_files, stored
from tests.game import Game
from tests.report.sections.saying import block, said

SHOWN = "data:image/png;base64," + base64.b64encode(PNG).decode()


def test_what_was_shown_stands_there_with_what_it_was_shown_with() -> None:
    records = Game(scenario_with_files()).start().pass_to(6 * 60).records
    assert said(write_attachments, build_report(records)) == block("""
        Attachments
        map.png: The region (PNG, 1 kB; with the situation)

        heat.png: A red spot (PNG, 1 kB; with K2)
        """)
    assert f'<img src="{SHOWN}" alt="A red spot"' in render_html(build_report(records))
    assert SHOWN not in render_markdown(build_report(records))
    assert SHOWN not in render_json(build_report(records))


def test_what_was_not_sent_is_not_in_the_report() -> None:
    records = Game(scenario_with_files()).start().records
    assert "heat.png" not in render_html(build_report(records))


def test_a_page_is_a_link_inside_the_document() -> None:
    scenario = scenario_with_files()
    page = stored(PDF).model_copy(update={"media": "application/pdf"})
    scenario = scenario.model_copy(update={"files": {**scenario.files, "map.png": page}})
    assert 'download="map.png"' in render_html(build_report(Game(scenario).start().records))
