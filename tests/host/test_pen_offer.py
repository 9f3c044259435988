"""N8: a pen whose holder is away is offered to the seat of the team that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.host.pens import OFFERED_AFTER
from tabletop.protocol import messages
from tests.host.hosted import House, Joined

SILENT = 8.0
"""Seconds after which the host says that a station that sends nothing is silent."""


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def join(house: House, name: str, *, understands: tuple[str, ...] = messages.UNDERSTANDS) -> Joined:
    hello = messages.Hello(
        version=messages.VERSION, code=house.code("tokyo"), name=name, understands=understands
    )
    return Joined(house, hello)


def offered(station: Joined) -> bool:
    """Whether the station was told last that it may take the pen."""
    told = station.last(messages.TeamRoster)
    return isinstance(told, messages.TeamRoster) and told.offered


def take(station: Joined, key: str = "take") -> str:
    """Ask for the pen; return why not."""
    station.say(messages.HandPen(key=key, to=station.id))
    answer = station.last(messages.Handed)
    assert isinstance(answer, messages.Handed)
    return answer.message


def said(house: House) -> str:
    return "\n".join(house.hosting.hub.warnings)


def test_n8_after_thirty_seconds_without_its_holder_the_team_may_take_the_pen(house: House) -> None:
    kim, mori = join(house, "Kim"), join(house, "Mori")
    house.pass_time(SILENT + OFFERED_AFTER - 2, mori)
    assert not offered(mori)
    assert "Kim holds the pen now" in take(mori, "too-soon")
    assert "can take it with H" not in said(house)
    house.pass_time(3, mori)
    assert offered(mori)
    assert "They hold Tokyo's pen: Mori can take it with H, and you can give it (B, then P)." in said(house)
    assert take(mori) == ""
    assert house.hosting.admission.pen("tokyo") == mori.id
    house.pass_time(1, mori)
    assert not offered(mori)
    assert "can take it with H" not in said(house)
    assert kim.id != mori.id


def test_n8_nobody_is_offered_a_pen_whose_holder_is_there(house: House) -> None:
    kim, mori = join(house, "Kim"), join(house, "Mori")
    house.pass_time(2 * OFFERED_AFTER, kim, mori)
    assert not offered(mori)
    assert "Kim holds the pen now" in take(mori)


def test_n8_a_holder_who_is_back_keeps_the_pen_and_begins_anew_when_away(house: House) -> None:
    kim, mori = join(house, "Kim"), join(house, "Mori")
    house.pass_time(SILENT + OFFERED_AFTER + 1, mori)
    assert offered(mori)
    assert kim.connection.ended is not None
    back = Joined(house, messages.Hello(version=messages.VERSION, token=kim.welcome.token))
    house.pass_time(1, back, mori)
    assert not offered(mori)
    assert "Kim holds the pen now" in take(mori)
    house.pass_time(SILENT + OFFERED_AFTER - 2, mori)
    assert not offered(mori)


def test_n8_a_pen_that_the_facilitator_keeps_is_offered_to_nobody(house: House) -> None:
    join(house, "Kim")
    mori, chair = join(house, "Mori"), house.join(c.FACILITATOR)
    chair.say(
        messages.HandPen(
            key="back", to=None, team="tokyo", epoch=house.hosting.hub.consoles.chair_frame("").epoch
        )
    )
    house.pass_time(2 * OFFERED_AFTER, mori, chair)
    assert not offered(mori)
    assert "nobody holds the pen" in take(mori)


def test_n8_another_team_may_not_take_it(house: House) -> None:
    kim, mori, seoul = join(house, "Kim"), join(house, "Mori"), house.join("seoul", "Park")
    house.pass_time(SILENT + OFFERED_AFTER + 1, mori, seoul)
    seoul.say(messages.HandPen(key="a", to=seoul.id, team="tokyo"))
    seoul.say(messages.HandPen(key="b", to=kim.id, team="tokyo"))
    mori.say(messages.HandPen(key="c", to=seoul.id))
    assert house.hosting.admission.pen("tokyo") == kim.id


def test_n8_a_station_that_does_not_know_of_offers_is_told_of_none(house: House) -> None:
    join(house, "Kim")
    mori, old = join(house, "Mori"), join(house, "Sato", understands=())
    house.pass_time(SILENT + OFFERED_AFTER + 1, mori, old)
    old.say(messages.Resume(after=0))
    mori.say(messages.Resume(after=0))
    assert offered(mori)
    assert not any("offered" in text for text in old.texts)
