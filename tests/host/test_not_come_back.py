"""N10: after a restart, who has not come back is named, and why perhaps not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.host.app import HostApp
from tabletop.host.presence import BACK_WITHIN
from tabletop.protocol import messages
from tabletop.system.certificate import host_certificate
from tabletop.system.clock import SYSTEM_TIME
from tests.host.hosted import House, Joined
from tests.system.waiting import now


def said(house: House) -> str:
    return "\n".join(house.hosting.hub.warnings)


@pytest.fixture
def tokens(tmp_path: Path) -> dict[str, str | None]:
    """Those of the seats that were taken before the host was started again."""
    before = House(tmp_path)
    people = (("tokyo", "Tanaka"), ("seoul", "Kim"), ("wall", ""))
    return {kind: before.join(kind, name).welcome.token for kind, name in people}


def test_n10_after_ten_seconds_those_who_did_not_come_back_are_named_with_what_to_do(
    tmp_path: Path, tokens: dict[str, str | None]
) -> None:
    house = House(tmp_path)
    seoul = Joined(house, messages.Hello(version=messages.VERSION, token=tokens["seoul"]))
    house.pass_time(BACK_WITHIN - 1, seoul)
    assert said(house) == ""
    house.pass_time(1.5, seoul)
    assert said(house) == (
        "Tokyo's terminal (Tanaka) has not come back since the host was started again. They can rejoin with "
        "`tabletop join 10.0.0.5`; nothing they are sent is lost.\n"
        "The wall's terminal has not come back since the host was started again. They can rejoin with "
        "`tabletop wall 10.0.0.5`; nothing they are sent is lost."
    )
    Joined(house, messages.Hello(version=messages.VERSION, token=tokens["tokyo"]))
    now(
        house.hosting.enrolment.revoke(
            next(one.id for one in house.hosting.admission.seats() if one.acts_as == "wall")
        )
    )
    house.pass_time(0.5, seoul)
    assert said(house) == ""


def test_n10_of_many_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    before = House(tmp_path)
    for number in range(7):
        before.join("tokyo", f"Person {number}")
    house = House(tmp_path)
    house.pass_time(BACK_WITHIN + 1)
    assert "(Person 0), " in said(house)
    assert "(Person 3) and 3 more have not come back" in said(house)


def test_n10_where_nobody_had_joined_nobody_is_missing(tmp_path: Path) -> None:
    house = House(tmp_path)
    tokyo = house.join("tokyo", "Tanaka")
    house.pass_time(BACK_WITHIN + 5, tokyo)
    assert said(house) == ""


def test_n10_the_holder_of_a_pen_who_did_not_come_back_is_said_to_hold_it(
    tmp_path: Path, tokens: dict[str, str | None]
) -> None:
    house = House(tmp_path)
    mori = house.join("tokyo", "Mori")
    house.pass_time(40, mori)
    assert "They hold Tokyo's pen: Mori can take it with H" in said(house)
    assert tokens["tokyo"] is not None


@pytest.mark.parametrize("folder", ["the same", "another"])
def test_n10_a_new_certificate_is_said_with_what_stations_see(
    tmp_path: Path, tokens: dict[str, str | None], folder: str
) -> None:
    host_certificate(tmp_path / "the same", [], SYSTEM_TIME)
    house = House(tmp_path)
    own = host_certificate(tmp_path / folder, [], SYSTEM_TIME)
    house.hosting = HostApp(
        house.session, tmp_path / "game.db", house.time.source(), fault=house.faults.append, certificate=own
    )
    house.hosting.hub.presence.rejoin = "tabletop {verb} 10.0.0.5"
    house.pass_time(0.5)
    new = folder == "another"
    assert ("This host has a new certificate" in said(house)) is new
    assert ("show “is not the host that this terminal knows”" in said(house)) is new
    house.pass_time(BACK_WITHIN)
    assert ("`tabletop join 10.0.0.5 --new-host`" in said(house)) is new
    assert "Tokyo's terminal (Tanaka), Seoul's terminal (Kim) have not come back" in said(house)
    for token in tokens.values():
        Joined(house, messages.Hello(version=messages.VERSION, token=token))
    house.pass_time(0.5)
    assert said(house) == ""
