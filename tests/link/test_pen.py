"""Several people in one team: who holds the pen, what everyone of the team is told, who proposes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise.events import OptionProposed
from tabletop.exercise.refusal import Refusal
from tabletop.host.local_link import LocalLink
from tabletop.link.network import NetworkLink
from tabletop.protocol.link import Sight
from tabletop.protocol.roster import SeatInfo
from tabletop.protocol.submission import Receipt
from tests.link.served import Room
from tests.system.waiting import now


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = Room()
    for seat, name, office in (("tokyo", "Tanaka", "Prime Minister"), ("tokyo-2", "Sato", "Crisis manager")):
        room.admission.known[seat] = SeatInfo(seat, "tokyo", name, office)
    await room.start()
    yield room
    await room.stop()


async def both(room: Room) -> tuple[NetworkLink, NetworkLink]:
    """Tanaka, who holds the pen, and Sato, each knowing that the other is there."""
    tanaka, sato = await room.link("tokyo"), await room.link("tokyo-2")
    await room.until(lambda: len(present(tanaka)) == 2)
    return tanaka, sato


def present(link: NetworkLink) -> list[str]:
    return [one.called for one in link.team().members if one.connected]


async def test_a_station_knows_its_team_and_hears_who_comes_and_goes(room: Room) -> None:
    tanaka = await room.link("tokyo")
    assert [(one.name, one.role, one.connected) for one in tanaka.team().members] == [
        ("Tanaka", "Prime Minister", True),
        ("Sato", "Crisis manager", False),
    ]
    sato = await room.link("tokyo-2")
    assert (tanaka.team().mine, sato.team().mine) == (True, False)
    await room.until(lambda: present(tanaka) == ["Tanaka", "Sato"])
    await sato.close()
    await room.until(lambda: present(tanaka) == ["Tanaka"])


async def test_other_teams_learn_nothing_of_a_team(room: Room) -> None:
    seoul = await room.link("seoul")
    before = seoul._client.team
    tanaka, _ = await both(room)
    await tanaka.hand_pen("tokyo-2")
    await seoul.submit(c.Message(to=("control",), text="x"))  # what was told before has arrived by now
    assert seoul._client.team == before
    assert [one.id for one in seoul.team().members] == ["seoul"]


async def test_the_holder_hands_the_pen_over_and_everybody_in_the_team_sees_it(room: Room) -> None:
    console = await room.link("facilitator-1")
    await console.submit(c.Startex())
    tanaka, sato = await both(room)
    assert await tanaka.hand_pen("tokyo-2") is None
    await room.until(lambda: sato.team().mine and not tanaka.team().mine)
    late = await tanaka.submit(c.State(text="x"))
    assert isinstance(late, Refusal)
    assert late.message == "Sato holds the pen now: only that seat decides and speaks for Tokyo"
    assert isinstance(await sato.submit(c.State(text="x")), Receipt)


async def test_who_does_not_hold_the_pen_cannot_hand_it_over_and_is_told_who_does(room: Room) -> None:
    _, sato = await both(room)
    refused = await sato.hand_pen("tokyo-2")
    assert refused is not None
    assert refused.message == "Tanaka holds the pen now: only who holds it can hand it over"
    stranger = await (await room.link("seoul")).hand_pen("tokyo", "tokyo")
    assert stranger is not None


async def test_the_pen_stays_within_its_team(room: Room) -> None:
    tanaka, _ = await both(room)
    refused = await tanaka.hand_pen("seoul")
    assert refused is not None
    assert "same team" in refused.message
    assert tanaka.team().mine


async def test_the_facilitator_takes_the_pen_back_and_gives_it(room: Room) -> None:
    console = await room.link("facilitator-1")
    await console.submit(c.Startex())
    tanaka, sato = await both(room)
    assert await console.hand_pen(None, "tokyo") is None
    await room.until(lambda: tanaka.team().pen is None and sato.team().pen is None)
    refused = await tanaka.submit(c.State(text="x"))
    assert isinstance(refused, Refusal)
    assert refused.message.startswith("nobody holds the pen until the facilitator gives it to a seat")
    assert await console.hand_pen("tokyo-2", "tokyo") is None
    await room.until(lambda: sato.team().mine)


async def test_f08_a_console_without_the_chair_moves_no_pen(room: Room) -> None:
    _, second = await room.link("facilitator-1"), await room.link("facilitator-2")
    refused = await second.hand_pen(None, "tokyo")
    assert refused is not None
    assert "another console" in refused.message
    assert room.admission.pen("tokyo") == "tokyo"


async def test_a_pen_that_the_host_moves_by_itself_is_told_too(room: Room) -> None:
    tanaka, sato = await both(room)
    now(room.admission.take_pen("tokyo", "tokyo-2"))
    await room.until(lambda: sato.team().mine and not tanaka.team().mine)
    assert tanaka.team().pen == sato.team().pen == "tokyo-2"


async def test_a_proposal_goes_under_the_name_of_the_seat_whatever_the_station_says(room: Room) -> None:
    console = await room.link("facilitator-1")
    await console.submit(c.Startex())
    room.session.submit("facilitator", c.Release(inject="sighting"))
    tanaka, sato = await both(room)
    seen: list[Sight] = []
    tanaka.watch(seen.append)
    lie = c.Propose(
        decision="alert",
        option="quiet",
        rationale="Wait",
        by="Tanaka",
        office="Prime Minister",
        person="tokyo",
    )
    assert isinstance(await sato.submit(lie), Receipt)
    await room.until(lambda: isinstance(seen[-1].event, OptionProposed))
    event = seen[-1].event
    assert isinstance(event, OptionProposed)
    assert (event.name, event.office, event.person) == ("Sato", "Crisis manager", "tokyo-2")
    foreign = c.Withdraw(decision="alert", person="tokyo-2")
    refused = await tanaka.submit(foreign)
    assert isinstance(refused, Refusal)
    assert "you have no proposal" in refused.message
    assert isinstance(await sato.submit(foreign), Receipt)


async def test_at_the_hosts_own_terminal_the_team_shares_one_pen(room: Room) -> None:
    link = LocalLink(room.session, "tokyo")
    assert link.team().mine
    assert link.team().members == ()
    assert await link.hand_pen("tokyo-2") is not None
