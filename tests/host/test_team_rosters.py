"""Who sits with a team and who is connected, as its stations are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.host.pens import PRESENCE_EVERY
from tabletop.protocol import messages
from tests.host.hosted import TICK, House, Joined

SILENT = 8.0
"""Seconds after which a station that sends nothing has gone."""


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def rosters(station: Joined) -> list[messages.TeamRoster]:
    station.listen()
    return [frame for frame in station.told if isinstance(frame, messages.TeamRoster)]


def connected(station: Joined) -> int:
    return sum(one.connected for one in rosters(station)[-1].seats)


def test_stations_that_come_back_together_are_told_of_each_other_once_a_second(house: House) -> None:
    team = [house.join("tokyo", f"Seat {number}") for number in range(12)]
    house.pass_time(SILENT)
    back: list[Joined] = []
    for station in team:
        back.append(Joined(house, messages.Hello(version=messages.VERSION, token=station.welcome.token)))
        house.pass_time(TICK, *back)
    assert len(rosters(back[0])) <= len(team) * TICK / PRESENCE_EVERY + 1
    house.pass_time(PRESENCE_EVERY, *back)
    assert {connected(station) for station in back} == {len(team)}


def test_who_comes_or_goes_alone_is_told_of_at_once(house: House) -> None:
    kim = house.join("tokyo", "Kim")
    house.pass_time(2, kim)
    mori = house.join("tokyo", "Mori")
    house.pass_time(TICK, kim, mori)
    assert connected(kim) == 2
    house.pass_time(2, kim, mori)
    mori.connection.end("closing", "it left")
    house.hosting.hub.closed(mori.connection)
    house.pass_time(TICK, kim)
    assert connected(kim) == 1


def test_a_pen_that_is_handed_over_is_told_of_at_once(house: House) -> None:
    kim, mori = house.join("tokyo", "Kim"), house.join("tokyo", "Mori")
    house.pass_time(TICK, kim, mori)
    for number, (giver, taker) in enumerate([(kim, mori), (mori, kim)]):
        giver.say(messages.HandPen(key=f"hand-{number}", to=taker.id))
        house.pass_time(TICK, kim, mori)
        assert rosters(kim)[-1].pen == rosters(mori)[-1].pen == taker.id
