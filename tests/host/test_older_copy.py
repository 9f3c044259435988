"""N1: a station that has seen more than the host holds is named, and what it has is kept."""

from __future__ import annotations

import json
from pathlib import Path

from tabletop.exercise import commands as c
from tabletop.host.connection import Connection
from tabletop.link.client import Client
from tabletop.link.credentials import Credentials
from tabletop.link.outbox import Outbox
from tabletop.protocol import messages
from tabletop.protocol.framing import encode
from tabletop.protocol.link import Sight
from tests.host.hosted import House, Joined


def came_with_more(
    house: House, tokyo: Joined, seen: int, understands: tuple[str, ...] = ("view",), last: str = ""
) -> Connection:
    """Tokyo's station comes back to a host that does not hold all that it has seen."""
    hello = messages.Hello(
        version=messages.VERSION,
        token=tokyo.welcome.token,
        exercise=tokyo.welcome.exercise,
        seen=seen,
        understands=understands,
        last=last,
    )
    connection = house.hosting.hub.open("10.0.0.9")
    connection.receive(encode(hello), house.time.seconds)
    return connection


def frames(connection: Connection) -> list[dict[str, object]]:
    found = []
    while (text := connection.next_frame()) is not None:
        found.append(json.loads(text))
    return found


def sight(number: int, text: str) -> Sight:
    from tabletop.exercise.events import MessageSent

    return Sight(number=number, at=60, event=MessageSent(by="seoul", to=("tokyo",), text=text))


def test_n1_the_console_names_it_with_both_numbers_and_its_view_is_kept(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.do(c.Startex())
    tokyo = house.join("tokyo", "Sato")
    held, recorded = tokyo.welcome.head, house.session.state.seq
    back = came_with_more(house, tokyo, held + 2)
    assert frames(back) == [{"type": "behind", "held": 0}]
    house.do(c.Note(text="Play goes on meanwhile"))
    back.receive(encode(messages.View(sights=(sight(held + 1, "One"),))), house.time.seconds)
    back.receive(encode(messages.View(sights=(sight(held + 2, "Two"),), last=True)), house.time.seconds)
    house.pass_time(1)
    assert back.ended is not None
    assert back.ended.code == "older-copy"
    says = " ".join(house.hosting.hub.warnings)
    assert f"Tokyo's terminal (Sato) has seen {held + 2} events and this log holds {held}" in says
    kept = tmp_path / "game-seen-by-tokyo.jsonl"
    assert str(kept) in says
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [json.loads(line)["event"]["text"] for line in kept.read_text().splitlines()] == ["One", "Two"]
    assert house.session.state.seq == recorded + 1  # the note, and nothing of the station's
    for more in range(3, 9):  # nobody fills the alarms or the disk
        again = came_with_more(house, tokyo, held + more)
        assert [frame["type"] for frame in frames(again)] == ["goodbye"]
        house.pass_time(1)
    assert sum("has seen" in one for one in house.hosting.hub.warnings) == 1
    assert len(list(tmp_path.glob("*seen-by*"))) == 1


def test_n1_a_log_that_has_recorded_as_much_since_as_it_has_lost_is_found_out(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.do(c.Startex())
    tokyo = house.join("tokyo", "Sato")
    tokyo.listen()
    common = [one for frame in tokyo.told if isinstance(frame, messages.Sights) for one in frame.sights]
    held = len(common)
    lost = [sight(held + 1, "Lost"), sight(held + 2, "Lost too")]
    house.do(c.Pausex())
    house.do(c.Resume())
    assert house.hosting.hub.projection.head("tokyo") == held + 2
    back = came_with_more(house, tokyo, held + 2, last=lost[-1].mark)
    assert frames(back) == [{"type": "behind", "held": 0}]
    back.receive(encode(messages.View(sights=(*common, *lost), last=True)), house.time.seconds)
    house.pass_time(1)
    assert back.ended is not None
    assert f"the host holds {held} of the {held + 2} events" in back.ended.reason
    says = " ".join(house.hosting.hub.warnings)
    assert f"has seen {held + 2} events and this log holds {held + 1} of them at most" in says
    kept = (tmp_path / "game-seen-by-tokyo.jsonl").read_text().splitlines()
    assert [json.loads(line)["event"]["text"] for line in kept] == ["Lost", "Lost too"]


def test_n1_a_station_whose_last_event_the_log_holds_is_welcome(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.do(c.Startex())
    tokyo = house.join("tokyo", "Sato")
    tokyo.listen()
    last = [one for frame in tokyo.told if isinstance(frame, messages.Sights) for one in frame.sights][-1]
    house.do(c.Pausex())
    back = came_with_more(house, tokyo, last.number, last=last.mark)
    assert "welcome" in [frame["type"] for frame in frames(back)]


def test_n1_it_is_let_in_again_once_it_begins_anew(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.do(c.Startex())
    tokyo = house.join("tokyo", "Sato")
    came_with_more(house, tokyo, 500)
    again = came_with_more(house, tokyo, 0)
    assert next(frame["type"] for frame in frames(again)) == "welcome"


def test_n1_a_station_of_an_older_version_is_only_sent_away(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.do(c.Startex())
    tokyo = house.join("tokyo", "Sato")
    back = came_with_more(house, tokyo, 500, understands=())
    (goodbye,) = frames(back)
    assert goodbye["code"] == "older-copy"
    assert "500 events" in str(goodbye["reason"])


def test_n1_what_nobody_asked_for_is_not_kept(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.do(c.Startex())
    tokyo = house.join("tokyo", "Sato")
    tokyo.say(messages.View(sights=(sight(9, "Forged"),), last=True))
    house.pass_time(1)
    assert not list(tmp_path.glob("*seen-by*"))


def test_n1_a_station_sends_what_the_host_lacks_in_frames_that_are_short_enough() -> None:
    client = Client(Credentials(token="t" * 64), Outbox(), jitter=lambda: 0.5, now=0.0)
    seen = [sight(number, "x" * 9_000) for number in range(1, 31)]
    client.get_seen_after = lambda number: seen[number:]
    client.connected(0.0)
    client.next_frame()
    client.receive(encode(messages.Behind(held=10)), 0.1)
    sent = []
    while (text := client.next_frame()) is not None:
        assert len(text.encode()) <= 64 * 1024
        sent.append(json.loads(text))
    assert [one["number"] for frame in sent for one in frame["sights"]] == list(range(11, 31))
    assert [frame["last"] for frame in sent] == [False] * (len(sent) - 1) + [True]
