"""Charts: what they are made of, and that labels keep out of each other's way."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tabletop.pages import svg
from tabletop.report.build import build_report
from tabletop.report.charts.axes import Rows, Scale, clock, spread, ticks
from tabletop.report.charts.capital import capital_chart
from tabletop.report.charts.progress import progress_chart
from tabletop.report.charts.scores import score_chart
from tabletop.report.charts.sharing import sharing_chart
from tabletop.report.charts.timeline import timeline_chart
from tabletop.report.model import AfterActionReport
from tests.game import Game
from tests.report.exercises import full_records, typed_everywhere
from tests.report.sections.saying import with_situations_enough

CHARTS = (score_chart, progress_chart, sharing_chart, capital_chart, timeline_chart)
NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def report() -> AfterActionReport:
    """The report of the full game."""
    return build_report(full_records())


@pytest.mark.parametrize("chart", CHARTS)
def test_each_is_well_formed_and_speaks_to_people_who_do_not_see_it(
    chart: type, report: AfterActionReport
) -> None:
    root = ElementTree.fromstring(chart(report))  # noqa: S314 - our own
    assert root.tag == f"{NAMESPACE}svg"
    assert root.get("role") == "img"
    title, description = root.find(f"{NAMESPACE}title"), root.find(f"{NAMESPACE}desc")
    assert title is not None
    assert description is not None
    assert title.text
    assert description.text
    names = f"{title.get('id')} {description.get('id')}"
    assert root.get("aria-labelledby") == names


@pytest.mark.parametrize("chart", CHARTS)
def test_nothing_is_drawn_where_nothing_happened(chart: type) -> None:
    assert chart(build_report(Game().records)) == ""


def test_no_two_charts_use_the_same_name_for_a_part(report: AfterActionReport) -> None:
    ids = [
        element.get("id")
        for chart in CHARTS
        for element in ElementTree.fromstring(chart(report)).iter()  # noqa: S314
        if element.get("id")
    ]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("chart", CHARTS)
def test_hostile_words_do_no_harm(chart: type) -> None:
    report = build_report(typed_everywhere('</text><script>alert("1")</script>]]>&lt;\x00\x1b\ud800\ufffe'))
    root = ElementTree.fromstring(chart(report))  # noqa: S314
    assert not any(element.tag.endswith("script") for element in root.iter())


def test_everything_stays_inside_the_picture(report: AfterActionReport) -> None:
    for chart in CHARTS:
        root = ElementTree.fromstring(chart(report))  # noqa: S314
        height = float(str(root.get("viewBox")).split()[3])
        for element in root.iter(f"{NAMESPACE}text"):
            width = svg.width_of(element.text or "", float(element.get("font-size", "10")))
            share = {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", ""), 0.0)
            start = float(element.get("x", "0")) - width * share
            assert start >= -1
            assert start + width <= svg.WIDTH + 1, element.text
            assert 0 < float(element.get("y", "0")) <= height


def test_spread_keeps_labels_apart_and_near() -> None:
    assert spread([10, 50, 90], 8, 0, 100) == [10, 50, 90]
    places = spread([50, 50, 50], 8, 0, 100)
    assert sorted(places) == places == [50, 58, 66]
    assert spread([99, 99], 8, 0, 100) == [92, 100]
    assert spread([0, 1, 2], 60, 0, 100) == [0, 50, 100]
    assert spread([], 8, 0, 100) == []


def test_rows_put_what_would_touch_on_another_row() -> None:
    rows = Rows(2)
    assert [rows.place(0, 10), rows.place(5, 12), rows.place(8, 9), rows.place(20, 30)] == [0, 1, None, 0]
    assert rows.used == 2


def test_axes() -> None:
    assert list(ticks(7200, 6)) == [0, 1800, 3600, 5400, 7200]
    assert list(ticks(20, 6)) == [0, 10, 20]
    assert len(list(ticks(604_800, 6))) <= 6
    assert [clock(0), clock(90), clock(3600)] == ["0", "1:30", "60"]
    assert Scale(0, 0, 10, 20)(5) == 10


def test_words_are_cut_to_their_place_by_what_they_show() -> None:
    assert svg.fitted("short", 100, 10) == "short"
    assert svg.fitted("a long sentence", 40, 10).endswith("…")
    assert len(svg.fitted("東京東京東京東京", 60, 10)) < len(svg.fitted("tokyotok", 60, 10))
    assert svg.wrapped("one two three four", 60, 10) == ["one two", "three four"]
    assert svg.wrapped("word", 60, 10) == ["word"]


def test_no_bar_and_no_line_where_a_team_is_not_rated(report: AfterActionReport) -> None:
    def drawn(of: AfterActionReport) -> tuple[int, list[str]]:
        scores = ElementTree.fromstring(score_chart(of))  # noqa: S314
        texts = [text for one in scores.iter(f"{NAMESPACE}text") if (text := one.text)]
        lines = ElementTree.fromstring(progress_chart(of)).iter(f"{NAMESPACE}path")  # noqa: S314
        return sum(one.get("fill") == "none" for one in lines), texts

    lines, texts = drawn(report)
    assert lines == 0
    assert texts.count("not rated") == 6
    lines, texts = drawn(with_situations_enough(report))
    assert lines > 0
    assert "not rated" not in texts
