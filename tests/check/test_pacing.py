"""How much comes to each team and when, by hand on the starting scenario."""

from __future__ import annotations

from pathlib import Path

from tabletop.check.pacing import AgendaItem, Pacing, TenMinutes, pacing_data, pacing_text
from tabletop.plaintext import display_width
from tests.builders import tiny_scenario
from tests.scenario.authoring import Edit, load


def pacing(folder: Path, *edits: Edit) -> Pacing:
    return Pacing(load(folder, *edits).scenario)


def test_each_team_s_ten_minutes(tmp_path: Path) -> None:
    # The contact at T+0 has 4 + 16 words, its decision 36; it is open until T+5.
    norland = pacing(tmp_path).load("norland")
    assert norland.spans[0] == TenMinutes(0, injects=1, conditional=0, words=56, decisions=1)
    assert norland.spans[1] == TenMinutes(600, injects=0, conditional=0, words=0, decisions=0)
    # The editorial goes out when the window of the statement ends, at T+28, on condition of nothing.
    assert norland.spans[2].injects == 2
    assert norland.idle == ((300, 1200), (1680, 2400))


def test_an_inject_under_a_condition_may_come(tmp_path: Path) -> None:
    sudland = pacing(tmp_path).load("sudland")
    assert (sudland.spans[0].injects, sudland.spans[0].conditional) == (0, 1)
    assert sudland.idle == ((0, 480), (480, 1200), (1680, 2400))


def test_six_minutes_are_no_idle_span(tmp_path: Path) -> None:
    edits = [
        ("- at: T+8", "- at: T+6"),
        ("    window: 5 min\n    options", "    window: 14 min\n    options"),
    ]
    norland = pacing(tmp_path, *edits).load("norland")
    assert (840, 1200) not in norland.idle
    assert pacing(tmp_path, *edits).load("sudland").idle[0] == (360, 1200)


def test_the_running_order(tmp_path: Path) -> None:
    briefing, first, gate, second, wash = pacing(tmp_path).running_order()
    assert briefing == AgendaItem("Briefing", 60, None, "34 words to read")
    assert first == AgendaItem("Phase 1: Something in the strait", 1200, 0, "2 injects, 1 decision")
    assert gate == AgendaItem("Gate 1", 600, 1200, "1 question")
    assert second == AgendaItem("Phase 2: The press asks", 1200, 1200, "2 injects, 1 decision")
    assert wash == AgendaItem("Hot wash", 900, 2400, "After ENDEX")


def test_a_hot_wash_of_unknown_length_takes_twenty_minutes(tmp_path: Path) -> None:
    *_, wash = pacing(tmp_path, ("hot-wash: 15 min ", "#")).running_order()
    assert wash.takes == 1200


def test_what_waits_for_nothing_that_can_be_foreseen_has_no_time() -> None:
    # The contingency inject; what waits for `push-track` comes when its window ends.
    found = Pacing(tiny_scenario())
    assert found.without_time() == 1
    assert found.load("washington").spans[0].conditional == 2


def test_the_page_fits_eighty_cells_and_is_aligned(tmp_path: Path) -> None:
    edits = [
        ("name: Norland", "name: 北の国の政府"),
        (
            "title: Something in the strait",
            "title: 海峡に現れた正体不明の物体とその後の長い一日についての報告",
        ),
    ]
    text = pacing_text(load(tmp_path, *edits).scenario)
    lines = text.splitlines()
    assert max(map(display_width, lines)) <= 80
    assert "北の国の政府" in lines
    order = lines[lines.index("Running order") + 1 :]
    column = order[0].index("What")
    for line, what in (
        (line, what) for line in order for what in ("2 injects", "1 question") if what in line
    ):
        assert display_width(line[: line.index(what)]) == column
    assert "T+0" in text
    assert "T+5 to T+20" in text


def test_the_page_as_data(tmp_path: Path) -> None:
    data = pacing_data(load(tmp_path).scenario)
    assert data["teams"]["norland"]["spans"][0]["words"] == 56
    assert data["running_order"][0]["what"] == "Briefing"
    assert data["without_time"] == 1
