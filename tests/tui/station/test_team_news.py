"""What a team that is typing is told in the border of its form."""

from __future__ import annotations

import pytest

from tabletop.exercise import events as e
from tabletop.tui.kit.fitting import fit
from tabletop.tui.kit.host_contact import HostContact
from tabletop.tui.kit.rows import Part
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.team_news import news
from tests.tui.station.sights import Watching, asked, consult, inject, recorded

WELL = HostContact()


def running() -> Watching:
    """A station after STARTEX."""
    watching = Watching()
    watching.see(e.ExerciseStarted(phase="launch"))
    return watching


def parts(watching: Watching, now: float, contact: HostContact = WELL, room: int = 94) -> tuple[Part, ...]:
    """The line, part by part."""
    return fit(news(watching.model, StationMemory(), now, contact), room)


def line(watching: Watching, now: float, contact: HostContact = WELL, room: int = 94) -> str:
    """The line as it reads."""
    return "".join(words for words, _ in parts(watching, now, contact, room))


def test_time_alone_while_nothing_happens() -> None:
    assert line(running(), 754) == "T+12:34"


def test_what_came_stands_with_its_title_and_then_as_a_count() -> None:
    watching = running()
    watching.see(inject(title="Typhoon warning"), 60)
    assert line(watching, 61) == "T+1:01 · new: Typhoon warning"
    watching.see(e.MessageSent(by="control", to=("tokyo",), text="Five minutes left"), 70)
    assert line(watching, 71) == "T+1:11 · 2 new: Control: Five minutes left"
    assert line(watching, 71, room=16) == "T+1:11 · 2 new"


def test_what_was_opened_is_news_no_longer() -> None:
    watching = running()
    watching.see(inject(), 60)
    watching.see(e.InjectRead(entry="sighting", team="tokyo"), 65)
    assert line(watching, 66) == "T+1:06"


def test_a_decision_counts_down_is_urgent_in_its_last_minute_and_then_late() -> None:
    watching = running()
    watching.see(asked(due=180), 0)
    assert parts(watching, 50)[-1] == ("D2 due in 2:10", "strong")
    assert parts(watching, 130)[-1] == ("D2 due in 0:50", "warn")
    assert parts(watching, 200)[-1] == ("D2 late 0:20", "bad")
    watching.see(recorded(late=True), 201)
    assert line(watching, 202) == "T+3:22"


def test_what_presses_comes_before_what_can_wait() -> None:
    """An urgent decision, what has just come, who asks, other decisions, what came before."""
    watching = running()
    watching.see(asked(due=300), 0)
    watching.see(consult("seoul", ("tokyo",), text="Do you agree?"), 10)
    watching.see(inject(title="A flash"), 20)
    assert line(watching, 25) == "T+0:25 · new: A flash · Seoul asks: Do you agree? · D2 due in 4:35"
    assert line(watching, 100) == "T+1:40 · Seoul asks: Do you agree? · D2 due in 3:20 · new: A flash"
    assert line(watching, 290) == "T+4:50 · D2 due in 0:10 · Seoul asks: Do you agree? · new: A flash"
    assert line(watching, 290, room=40) == "T+4:50 · D2 due in 0:10 · Seoul asks"


def test_several_partners_that_ask() -> None:
    watching = running()
    watching.see(consult("seoul", ("tokyo",)), 10)
    watching.see(consult("washington", ("tokyo",), "c2"), 11)
    assert line(watching, 60) == "T+1:00 · Seoul and Washington ask"
    assert line(watching, 60, room=15) == "T+1:00 · 2 ask"


@pytest.mark.parametrize(
    ("event", "begins"),
    [
        (e.PlayPaused(), (" PAUSEX ", "caution")),
        (e.GateReached(phase="launch"), (" PHASE ENDED ", "caution")),
        (e.EmergencyDeclared(), (" REAL-WORLD EMERGENCY ", "alarm")),
    ],
)
def test_what_stops_play_stands_first_in_words_and_reversed(event: e.Event, begins: Part) -> None:
    watching = running()
    watching.see(inject(), 100)
    watching.see(event, 100)
    assert parts(watching, 100, room=54)[0] == begins
    assert "T+1:40" in line(watching, 100, room=54)


def test_before_startex_the_time_is_enough_and_after_endex_it_comes_first() -> None:
    assert line(Watching(), 0) == "T+0:00"
    watching = running()
    watching.see(inject(), 20)
    watching.see(e.ExerciseEnded(), 30)
    assert line(watching, 30) == "T+0:30 · ENDEX", "nothing falls due any more"


@pytest.mark.parametrize(
    ("contact", "title"),
    [
        (HostContact("no word from the host since 07:03", live=False), "NO LINK TO THE HOST"),
        (HostContact("the disk is full"), "NOTHING CAN BE RECORDED"),
        (HostContact("revoked", finished=True), "THIS TERMINAL HAS LOST ITS SEAT"),
    ],
)
def test_a_host_that_cannot_be_reached_or_cannot_record_stands_first(
    contact: HostContact, title: str
) -> None:
    assert parts(running(), 6000, contact, room=54)[0] == (f" {title} ", "alarm")
    assert "T+100:00" in line(running(), 6000, contact, room=54)
