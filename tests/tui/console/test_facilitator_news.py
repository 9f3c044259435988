"""What a facilitator who is typing is told in the border of the window."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.tui.console.facilitator_news import news
from tabletop.tui.console.rooms import Rooms
from tabletop.tui.kit.fitting import fit
from tabletop.tui.kit.host_contact import HostContact
from tests.tui.console.staging import Play

WELL, HERE = HostContact(), Rooms()


def line(play: Play, contact: HostContact = WELL, rooms: Rooms = HERE, room: int = 94) -> str:
    """The line as it reads now."""
    model, now = play.model(), play.session.exact_now
    model.msel.refresh(model.state, int(now))
    return "".join(words for words, _ in fit(news(model, now, contact, rooms), room))


def test_time_and_what_comes_next() -> None:
    play = Play().start().release("notice")
    assert line(play) == "T+0:00 · K2 in 5:00"
    assert line(play.until(4.5)) == "T+4:30 · K2 in 0:30"


def test_injects_that_are_due() -> None:
    play = Play().start()
    assert line(play) == "T+0:00 · K1 due · K2 in 5:00"
    assert line(play.until(1)) == "T+1:00 · K1 due 1:00 ago · K2 in 4:00"
    assert line(play.until(5)) == "T+5:00 · K1 and 1 more due · K3 in 1:00"
    assert line(play, room=20) == "T+5:00 · 2 due"


def test_what_goes_out_by_itself_waits_for_nobody() -> None:
    play = Play().start().do(c.Auto(on=True)).until(1)
    assert line(play) == "T+1:00 · K2 in 4:00"


def test_windows_that_are_about_to_end_or_are_over() -> None:
    play = Play().start().release("notice").until(5).release("detection")
    assert "D1" not in line(play)
    assert line(play.until(6.2)).startswith("T+6:12 · K3 due 0:12 ago · WAS D1 in 0:48")
    assert "WAS D1 late 0:30" in line(play.until(7.5))


def test_the_end_of_a_phase() -> None:
    play = Play().start().release("notice", "detection", "sighting").until(10)
    assert line(play, room=30) == "T+10:00 · phase over"


def test_f10_a_team_that_asks_exercise_control() -> None:
    play = Play().start().release("notice").do(c.Message(to=("control",), text="Is it real?"), "seoul")
    assert line(play) == "T+0:00 · Seoul asks control (1) · K2 in 5:00"
    assert line(play, room=24) == "T+0:00 · SEO asks (1)"


def test_what_stops_play_stands_first() -> None:
    play = Play()
    assert line(play) == "T+0:00 · READY"
    assert line(play.start().do(c.Pausex())) == " PAUSEX  · T+0:00"
    play.do(c.Resume()).do(c.Emergency())
    assert line(play) == " REAL-WORLD EMERGENCY  · T+0:00"
    play.do(c.StandDown()).do(c.Gate())
    assert line(play) == " GATE  · T+0:00"
    play.do(c.Endex())
    assert line(play) == "T+0:00 · ENDEX"


def test_at_60_columns_what_stops_play_and_the_time_are_never_cut_off() -> None:
    play = Play().start().do(c.Message(to=("control",), text="?"), "seoul").until(3).do(c.Emergency())
    shown = line(play, HostContact("the disk is full"), room=54)
    assert shown == " EMERGENCY  ·  CANNOT RECORD  · T+3:00 · SEO asks (1)"


def test_a_lost_host_another_console_and_stations_that_are_missing() -> None:
    play = Play().start().do(c.Auto(on=True))
    assert line(play, HostContact("no word", live=False)).startswith(" NO LINK TO THE HOST  · T+0:00")
    assert line(play, HostContact("revoked", finished=True)).startswith(" CUT OFF FROM THE HOST  · T+0:00")
    assert "reading only: another console runs it" in line(play, rooms=Rooms(reading=True))
    silent = "Tokyo's terminal (Tanaka) has been silent since 07:03 UTC. They can rejoin."
    closed = "Seoul's terminal has been closed since 07:01 UTC. They can rejoin."
    assert "Tokyo's terminal (Tanaka) silent +1" in line(play, rooms=Rooms(says=(closed, silent)))
    assert line(play, rooms=Rooms(says=(closed, silent)), room=32) == "T+0:00 · 1 silent, 1 closed"
    alarm = "Tokyo sent two different commands under one key; the second was refused."
    assert "Tokyo sent two different commands under…" in line(play, rooms=Rooms(says=(alarm,)))
