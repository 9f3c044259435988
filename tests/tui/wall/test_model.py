"""What the wall knows, and how what was said is laid out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.exercise import events as e
from tabletop.exercise.marking import REAL_WORLD_MARKING
from tabletop.exercise.state import Stage
from tabletop.protocol.link import Briefing, Sight
from tabletop.tui.kit.rows import Part
from tabletop.tui.wall.board import balanced
from tabletop.tui.wall.pages import WallReach, band, cover, first_sentence, marking, said_heading
from tabletop.tui.wall.screen import large_title
from tabletop.tui.wall.wall_model import WallItem, WallModel
from tests.builders import tiny_scenario


def model(*events: e.Event) -> WallModel:
    scenario = tiny_scenario(clock={"zone": "+09:00", "anchors": [{"at": "T+0", "shows": "D 06:00"}]})
    found = WallModel(
        Briefing(
            name="Spring",
            title="Tiny",
            situation="One object flies. Nobody knows whose. It is early.",
            ground_rules=(),
            teams=scenario.teams,
            labels=scenario.labels,
            clock=scenario.clock,
        )
    )
    for number, event in enumerate(events, 1):
        found.see(Sight(number, 60 * number, event))
    return found


def words(parts: list[Part]) -> str:
    return "".join(text for text, _ in parts)


def test_the_newest_that_was_said_comes_first() -> None:
    wall = model(
        e.ExerciseStarted(phase="launch", title="Launch"),
        e.StatementMade(by="tokyo", text="Stay calm.", label="missile", area="Okinawa", says="shelter"),
        e.InjectReleased(
            entry="",
            code="",
            title="Sirens",
            sender="Broadcaster",
            channel="television",
            to=("wall",),
            text="They sound.",
            additions=(e.Paragraph(to=("wall",), text="Everywhere."),),
        ),
        e.MessageSent(by="control", to=("wall",), text="Lunch at noon."),
    )
    assert [said.text for said in wall.said] == ["Lunch at noon.", "They sound.\nEverywhere.", "Stay calm."]
    assert [words(said_heading(said)) for said in wall.said] == [
        "T+4  Exercise control",
        "T+3  Broadcaster  ·  television",
        "T+2  TOKYO in public  ·  A ballistic missile · Okinawa: shelter",
    ]
    assert wall.begun


def test_the_time_in_each_capital() -> None:
    assert model().capitals(3_600) == [
        ("Washington", "D-1 18:00"),
        ("Tokyo", "D 07:00"),
        ("Seoul", "D 07:00"),
    ]


def test_before_play_the_cover_says_what_it_is_about_and_which_words_to_compare() -> None:
    shown = words(cover(model(), ("amber", "basil")))
    assert shown.startswith("One object flies.\n\nWashington   Tokyo   Seoul")
    assert shown.endswith("amber   basil")
    assert not model().begun
    assert "words" not in words(cover(model(), ()))
    assert first_sentence("") == ""


STARTED = e.ExerciseStarted(phase="launch")


@pytest.mark.parametrize(
    ("events", "title"),
    [
        ([], "BEFORE STARTEX"),
        ([STARTED], "▸ PLAY IS RUNNING"),
        ([STARTED, e.PlayPaused()], "PAUSEX"),
        ([STARTED, e.GateReached(phase="launch")], "PHASE ENDED"),
        ([STARTED, e.ExerciseEnded()], "ENDEX"),
        ([STARTED, e.ExerciseEnded(), e.HotWashBegan()], "HOT WASH"),
        ([STARTED, e.ExerciseEnded(), e.ExerciseClosed()], "CLOSED"),
    ],
)
def test_the_band_says_whether_play_runs(events: list[e.Event], title: str) -> None:
    assert band(model(*events), WallReach()).title == title


def test_what_cannot_be_known_comes_before_what_was_known() -> None:
    wall = model(STARTED)
    assert band(wall, WallReach(lost_since="07:03 UTC")).title == "NO WORD FROM THE HOST SINCE 07:03 UTC"
    assert "Ctrl+Q" in band(wall, WallReach(lost_since="07:03 UTC", sent_away="the seat was taken back")).text
    assert band(wall, WallReach(trouble="the disk is full: /srv/secret")).title == "THE CLOCK STANDS"
    assert "secret" not in band(wall, WallReach(trouble="the disk is full: /srv/secret")).text


def test_nothing_looks_like_exercise_in_a_real_world_emergency() -> None:
    wall = model(STARTED, e.EmergencyDeclared(text="Fire."))
    assert marking(wall) == REAL_WORLD_MARKING
    assert "EXERCISE" not in REAL_WORLD_MARKING
    wall.see(Sight(9, 0, e.EmergencyCleared()))
    assert (marking(wall), wall.course.stage) == ("EXERCISE EXERCISE EXERCISE", Stage.PAUSED)


SAID = st.builds(
    WallItem,
    at=st.integers(0, 9_000),
    kind=st.sampled_from(["statement", "inject", "message"]),
    who=st.text(max_size=30),
    how=st.text(max_size=120),
    title=st.text(max_size=120),
    text=st.text(max_size=600),
)


@given(st.lists(SAID, max_size=8), st.integers(12, 120), st.integers(4, 50), st.integers(1, 3))
def test_whatever_was_said_fits_the_board_newest_first(
    said: list[WallItem], width: int, height: int, count: int
) -> None:
    columns = balanced(said, width, height, count)
    assert 1 <= len(columns) <= count
    for column in columns:
        assert len(column) <= height
        assert all(line.cell_length <= width for line in column)


def test_columns_are_balanced_and_what_is_cut_says_so() -> None:
    said = [WallItem(0, "statement", f"Team {n}", "", "", "word " * 30) for n in range(4)]
    columns = balanced(said, 60, 40, 2)
    assert [sum("TEAM" in line.plain for line in column) for column in columns] == [2, 2]
    (column,) = balanced([WallItem(0, "message", "Control", "", "", "word " * 900)], 60, 10, 1)
    assert len(column) == 9
    assert column[-1].plain.endswith("…")


@pytest.mark.parametrize(
    ("title", "width", "height", "drawn"),
    [
        ("Sakishima Dawn", 116, 10, ("Sakishima Dawn", "", 1)),
        ("Sakishima Dawn", 196, 20, ("Sakishima", "Dawn", 2)),
        ("Sakishima Dawn", 76, 6, ("Sakishima Dawn", "", 0)),
        ("小さな演習", 196, 20, ("小さな演習", "", 0)),
        ("", 196, 20, ("", "", 0)),
    ],
)
def test_a_title_is_as_large_as_it_can_be(
    title: str, width: int, height: int, drawn: tuple[str, str, int]
) -> None:
    assert large_title(title, width, height) == drawn
