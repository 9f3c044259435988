"""The three formats: byte contracts, the marking, and what an anonymous report leaves out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from tabletop.exercise.marking import MARKING
from tabletop.host.session import Session
from tabletop.playthrough.moves import read_moves
from tabletop.playthrough.play import Playthrough
from tabletop.report.build import build_report
from tabletop.report.filing import report_name
from tabletop.report.json import render_json
from tabletop.report.model import AfterActionReport
from tabletop.report.rendering import render_html, render_markdown
from tabletop.rules.scorefile import to_data
from tabletop.rules.scoring import score_log
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime
from tests.game import Game
from tests.goldens import golden
from tests.report.exercises import full_records

pytestmark = pytest.mark.newcomer

Renderer = Callable[[AfterActionReport], str]
FORMATS: dict[str, Renderer] = {"md": render_markdown, "html": render_html, "json": render_json}
HEAD = "5a" * 32


@pytest.fixture(params=list(FORMATS))
def format_(request: pytest.FixtureRequest) -> str:
    """Each format in turn."""
    return str(request.param)


@pytest.mark.parametrize("anonymous", [False, True])
def test_golden(format_: str, anonymous: bool) -> None:
    report = build_report(full_records(), anonymous=anonymous, chain_head=HEAD)
    text = FORMATS[format_](report)
    kind = "aar-anonymous" if anonymous else "aar"
    assert text == golden(f"report/EXERCISE-tiny-{kind}.{format_}", text)


@pytest.mark.parametrize("game", ["cooperative", "naive", "go-it-alone", "silent"])
def test_golden_reports_of_the_recorded_games(game: str) -> None:
    path = find_scenario("sakishima-dawn")
    time = VirtualTime()
    session = Session.begin(
        MemoryLog(), load_scenario(path).scenario, name=game, seed=0, time=time.source(), mark_every=None
    )
    Playthrough(session, time, read_moves(path.parent / "games" / f"{game}.yaml")).run()
    text = render_markdown(build_report(session.records))
    assert text == golden(f"report/EXERCISE-{game}-aar.md", text)


def test_the_same_log_gives_the_same_bytes(format_: str) -> None:
    render = FORMATS[format_]
    assert render(build_report(full_records())) == render(build_report(full_records()))


def test_the_same_bytes_in_another_process_with_other_hashes() -> None:
    script = (
        "import hashlib\n"
        "from tests.report.test_formats import FORMATS, full_records, build_report\n"
        "report = build_report(full_records())\n"
        "for render in FORMATS.values():\n"
        "    print(hashlib.sha256(render(report).encode()).hexdigest())\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_first_and_last_line_are_the_marking() -> None:
    report = build_report(full_records())
    lines = render_markdown(report).strip().splitlines()
    assert lines[0] == lines[-1] == f"**{MARKING}**"
    page = render_html(report)
    body = page[page.index("<body>") : page.index("</body>")]
    assert body.index(MARKING) < body.index("After-action report")
    assert body.rindex(MARKING) > body.rindex("</section>")
    assert page.count(f'content: "{MARKING}"') == 2, "header and footer of each page on paper"
    data = json.loads(render_json(report))
    assert (next(iter(data)), list(data)[-1]) == ("marking", "end")
    assert {data["marking"], data["end"]} == {MARKING}


def test_file_names() -> None:
    report = build_report(full_records())
    assert report_name(report, "html") == "EXERCISE-spring-exercise-2026-05-31-aar.html"
    assert report_name(report, "html", 3) == "EXERCISE-spring-exercise-2026-05-31-aar (3).html"
    anonymous = build_report(full_records(), anonymous=True)
    assert report_name(anonymous, "md") == "EXERCISE-spring-exercise-aar-anonymous.md"
    in_virtual_time = [
        record.model_copy(update={"wall": "2026-03-01T09:00:00Z"}) for record in full_records()
    ]
    assert report_name(build_report(in_virtual_time), "md") == "EXERCISE-spring-exercise-aar.md"


def test_nothing_is_fetched_from_anywhere() -> None:
    page = render_html(build_report(full_records()))
    assert "default-src 'none'" in page
    found = Attributes()
    found.feed(page)
    assert not found.tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "input"}
    assert {value[:1] for name, value in found.attributes if name in {"href", "src", "xlink:href"}} == {"#"}
    assert not re.search(r"@import|url\((?!#)", page)
    anchors = {value for name, value in found.attributes if name == "id"}
    assert {value[1:] for name, value in found.attributes if name == "href"} <= anchors


class Attributes(HTMLParser):
    """Collects the tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def test_anonymous_leaves_no_seat_and_no_time_of_day(format_: str) -> None:
    records = full_records()
    text = FORMATS[format_](build_report(records, anonymous=True))
    for word in ("facilitator", "evaluator", "observer", "2026", "09:00:"):
        assert word not in text.lower()
    assert "Speed counts." in text
    assert "Washington" in text


def test_json_holds_the_scorecard_and_the_whole_ledger() -> None:
    records = full_records()
    data = json.loads(render_json(build_report(records)))
    card = to_data(score_log(records))
    assert data["ledger"] == card["ledger"]
    assert data["summary"]["score"] == round(card["overall"])
    scores = {goal["id"]: goal["score"] for goal in (*data["objectives"], *data["not_exercised"])}
    assert scores == {
        goal["id"]: None if goal["score"] is None else round(goal["score"]) for goal in card["objectives"]
    }
    assert data["decisions"][0]["taken"] == "T+5:50"
    assert data["decisions"][0]["window"] == 120


def test_every_format_says_the_same(format_: str) -> None:
    text = FORMATS[format_](build_report(full_records(), chain_head=HEAD))
    for words in (
        "Spring exercise",
        "Three capitals, one morning.",
        "Voice and data to both at once",
        "Confirm before telling anyone",
        "Speed counts.",
        "Better safe.",
        "As agreed.",
        "We call it a launch.",
        "Do you see it?",
        "Not yet.",
        "The call came first.",
        "Spoke alone",
        "They ask." if format_ == "json" else "A call",
        "Too early",
        "No fault.",
        "Who knew what, and when?",
        HEAD,
    ):
        assert words in text, words


@pytest.mark.parametrize("anonymous", [False, True])
def test_an_exercise_that_was_only_created(format_: str, anonymous: bool) -> None:
    text = FORMATS[format_](build_report(Game().records, anonymous=anonymous))
    assert MARKING in text
    assert "had not been started" in text
