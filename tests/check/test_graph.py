"""The timeline with its branches, as a picture and as text."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tabletop.check.graph.picture import graph_picture
from tabletop.check.graph.rows import GraphRows, Heading, InjectRow
from tabletop.check.graph.text import graph_text
from tabletop.exercise.marking import MARKING
from tabletop.plaintext import display_width
from tabletop.scenario.conditions.names import Names
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tabletop.scenario.scenario import Scenario
from tests.builders import tiny_scenario
from tests.scenario.authoring import load, sends

SVG = "{http://www.w3.org/2000/svg}"


def flagship() -> Scenario:
    return load_scenario(find_scenario("sakishima-dawn")).scenario


def injects(scenario: Scenario) -> dict[str, InjectRow]:
    return {row.id: row for row in GraphRows(scenario).rows() if isinstance(row, InjectRow)}


def words_of(picture: str) -> list[str]:
    # The picture is the program's own.
    return [element.text or "" for element in ElementTree.fromstring(picture).iter(f"{SVG}text")]  # noqa: S314


def test_every_inject_is_there_once_between_its_phases(tmp_path: Path) -> None:
    rows = GraphRows(load(tmp_path).scenario).rows()
    assert [row.title if isinstance(row, Heading) else f"{row.time} {row.id}" for row in rows] == [
        "T+0 · Phase 1: Something in the strait",
        "T+0 radar-contact",
        "T+8 debris-on-beach",
        "T+20 · Gate, then phase 2: The press asks",
        "T+20 reporters-call",
        "~T+28 editorial",
        "T+40 · ENDEX, then 15 min of hot wash",
        "By hand",
        " fishermen",
    ]


def test_an_inject_says_who_reads_it_what_it_asks_and_what_it_waits_for() -> None:
    found = injects(tiny_scenario())
    sirens = found["alert-sounds"]
    assert (sirens.code, sirens.time, sirens.certain) == ("K4", "~T+9", False)
    assert sirens.asks == ("D3 Name the object, 4 min",)
    assert sirens.deciders == {"washington", "tokyo", "seoul"}
    assert sirens.when == "on D2, by T+12, if D2 is okinawa or nationwide"
    assert sirens.sources == ("sighting",)
    assert found["complaint"].when == "once D1 is D1b and not C1 shared"
    assert found["complaint"].sources == ("detection",)
    assert found["notice"].certain


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("{any: [{decided: tell-partner}, {all: [{on-time: tell-partner}, {shared: contact}]}]}",
         "D1 decided or (D1 in time and K1 shared)"),
        ("{chose: {what-to-say: [joint, none]}}", "somebody's D2 is a or nothing"),
        ("{everyone-chose: {what-to-say: own}}", "everybody's D2 is b"),
        ("{shared: {card: contact, by: norland, with: sudland}}", "K1 shared by Norland with Sudland"),
        ("{consulted: {by: norland, with: all}}", "Norland consulted Sudland"),
        ("{not: {stated: {by: norland}}}", "not Norland spoke"),
        ("{labels: {decision: what-to-say, are: differ}}", "labels of D2 differ"),
        ("{by: {at: T+5, that: {released: [radar-contact]}}}", "radar-contact out by T+5"),
    ],
)  # fmt: skip
def test_a_condition_in_words(condition: str, words: str, tmp_path: Path) -> None:
    edit = "    contingency: true\n", f"    at: T+35\n    when: {condition}\n"
    scenario = load(tmp_path, edit).scenario
    found = scenario.entries["fishermen"].when
    assert found is not None
    assert Names(scenario).say(found) == words


def test_the_picture_is_the_same_each_time_and_as_wide_as_a_sheet() -> None:
    picture = graph_picture(flagship())
    assert picture == graph_picture(flagship())
    root = ElementTree.fromstring(picture)  # noqa: S314 - the picture is the program's own
    assert (root.get("width"), root.get("height")) == ("1123", "794"), "a sheet of A4 in landscape"
    assert {
        "A01 · A notice, addressed to Japan",
        "if T2 is b or nothing",
        "◆ W5 Nothing is flying, 5 min",
    } <= set(words_of(picture))
    sizes = [float(element.get("font-size", 0)) for element in root.iter(f"{SVG}text")]
    drawn = float((root.get("viewBox") or "").split()[2])
    assert min(sizes) * 1123 / drawn >= 6.9, "more than 5 points on paper"


def test_what_authors_write_is_only_ever_text(tmp_path: Path) -> None:
    edits = [
        ("title: Contact over the strait", "title: '<script>x</script> &'"),
        ("name: Norland", "name: '<b>&'"),
    ]
    picture = graph_picture(load(tmp_path, *edits).scenario)
    assert "<script" not in picture
    assert "<b>" not in picture
    assert "radar-contact · <script>x</script> &" in words_of(picture)


def test_a_long_timeline_makes_a_longer_picture(tmp_path: Path) -> None:
    last = "  - inject: fishermen "
    many = "".join(f"  - {{id: f{number}, inject: fishermen, at: T+39}}\n" for number in range(200))
    picture = graph_picture(load(tmp_path, (last, many + last)).scenario)
    height = float(ElementTree.fromstring(picture).get("height", 0))  # noqa: S314 - the picture is the program's own
    assert height > 200 * 16


def test_the_text_fits_eighty_cells_and_is_aligned(tmp_path: Path) -> None:
    edits = [
        ("name: Norland", "name: 北の国"),
        ("title: Contact over the strait", "title: 海峡の上空に未確認の物体"),
        sends("storm"),
    ]
    library = "storm: {title: 嵐, from: F, channel: c, to: [norland], text: T}\n"
    text = graph_text(load(tmp_path, *edits, files={"injects/weather.yaml": library}).scenario)
    lines = text.splitlines()
    assert max(map(display_width, lines)) <= 80
    head = next(line for line in lines if line.startswith("Time "))
    row = next(line for line in lines if "海峡" in line)
    assert display_width(row[: row.index("海峡")]) == head.index("Inject")
    assert display_width(row[: row.index("北の国")]) == head.index("To")
    assert any(line.strip() == "◆ D1 The contact, 5 min" for line in lines)
    assert any(line.strip() == "└ if not K1 shared" for line in lines)


def test_the_picture_is_marked_at_its_head_and_foot(tmp_path: Path) -> None:
    assert graph_picture(load(tmp_path).scenario).count(MARKING) == 2
