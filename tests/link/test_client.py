"""A station's side of the protocol by itself: what it sends, and when."""

from __future__ import annotations

import json

import pytest

from tabletop.exercise import events as e
from tabletop.host.connection import WINDOW
from tabletop.link.client import ACK_EVERY, SILENT_AFTER, Client
from tabletop.link.credentials import Credentials
from tabletop.link.outbox import Outbox
from tabletop.protocol import framing, messages
from tabletop.protocol.link import Briefing, Sight
from tabletop.protocol.roster import SeatInfo


class Told:
    """A client that was let in, and what it said since it was asked last."""

    def __init__(self) -> None:
        self.client = Client(Credentials(token="tokyo"), Outbox(), jitter=lambda: 0.5, now=0.0)
        self.client.connected(0.0)
        briefing = Briefing(
            name="x", title="x", situation="", ground_rules=(), teams={}, labels={}, clock=None
        )
        welcome = messages.Welcome(
            version=messages.VERSION,
            seat=SeatInfo(id="tokyo", acts_as="tokyo"),
            exercise="x",
            briefing=briefing,
            clock=messages.Clock(game=0.0, rate=0.0),
            head=0,
        )
        self.client.receive(framing.encode(welcome), 0.0)
        self.said()

    def sight(self, number: int, now: float, event: e.Event | None = None) -> None:
        event = event or e.NoteTaken(text="x")
        frame = messages.Sights(sights=(Sight(number=number, at=0, event=event),))
        self.client.receive(framing.encode(frame), now)

    def hear(self, now: float, frame: messages.Frame) -> None:
        self.client.receive(framing.encode(frame), now)

    def said(self) -> list[dict[str, object]]:
        frames = []
        while (text := self.client.next_frame()) is not None:
            frames.append(json.loads(text))
        return frames


@pytest.fixture
def told() -> Told:
    return Told()


def test_what_comes_together_is_acknowledged_together_at_the_next_tick(told: Told) -> None:
    for number in range(1, ACK_EVERY):
        told.sight(number, 0.1)
    assert told.said() == []
    told.client.mark_shown(3)
    told.client.tick(0.25)
    assert told.said() == [{"type": "ack", "seen": ACK_EVERY - 1, "shown": 3}]
    told.client.tick(0.5)
    assert told.said() == []


def test_a_station_knows_how_long_probes_are_open_that_it_saw_opened(told: Told) -> None:
    opened = e.ProbesOpened(gate="launch", probes=(), seconds=60)
    told.sight(1, 5.0, opened)
    assert told.client.probe_time.left(6.0) == 59
    told.sight(2, 9.0, e.ProbesClosed(gate="launch"))
    assert told.client.probe_time.left(9.0) is None


def test_a_station_that_comes_later_is_told_how_long_probes_are_still_open(told: Told) -> None:
    opened = e.ProbesOpened(gate="launch", probes=(), seconds=60)
    assert told.client.welcome is not None
    welcome = told.client.welcome.model_copy(update={"head": 1, "probes_left": 20.0})
    told.client.disconnected()
    told.client.connected(9.0)
    told.hear(10.0, welcome)
    told.sight(1, 11.0, opened)
    assert told.client.probe_time.left(12.0) == 18


def test_a_station_that_is_not_told_how_long_probes_were_open_says_nothing(told: Told) -> None:
    assert told.client.welcome is not None
    told.client.welcome = told.client.welcome.model_copy(update={"head": 1})
    told.sight(1, 9.0, e.ProbesOpened(gate="launch", probes=(), seconds=60))
    assert told.client.probe_time.left(9.0) is None


def test_the_time_for_probes_stands_while_the_host_cannot_record(told: Told) -> None:
    told.sight(1, 5.0, e.ProbesOpened(gate="launch", probes=(), seconds=60))
    told.hear(10.0, messages.Notice(trouble="the disk is full"))
    told.hear(20.0, messages.Notice(trouble="the disk is full"))
    assert told.client.probe_time.left(40.0) == 55
    told.hear(50.0, messages.Notice())
    assert told.client.probe_time.left(51.0) == 54


def test_a_ping_says_what_an_acknowledgement_would_have_said(told: Told) -> None:
    told.sight(1, 1.9)
    told.client.tick(2.0)
    assert told.said() == [{"type": "ping", "seen": 1, "shown": 0}]
    told.client.tick(2.25)
    assert told.said() == []


def test_f17_whoever_waits_to_be_let_in_waits_for_as_long_as_the_host_answers() -> None:
    """Its disk may take longer to keep a seat than a host may be silent."""
    client = Client(Credentials(token="tokyo"), Outbox(), jitter=lambda: 0.5, now=0.0)
    client.connected(0.0)
    pings = 0
    for second in range(1, 31):
        client.tick(second)
        while (text := client.next_frame()) is not None:
            if json.loads(text)["type"] == "ping":
                pings += 1
                client.receive(framing.encode(messages.Notice()), second)
    assert (client.disconnect_reason, pings) == ("", 15)
    client.tick(30 + SILENT_AFTER)
    assert "silent" in client.disconnect_reason


def test_f09_whoever_hears_that_they_are_in_and_not_as_whom_connects_anew() -> None:
    client = Client(Credentials(token="tokyo"), Outbox(), jitter=lambda: 0.5, now=0.0)
    client.connected(0.0)
    client.receive(framing.encode(messages.Pong(sent=0, team=0)), 2.0)
    assert "welcome was lost" in client.disconnect_reason


def test_catching_up_never_waits_for_a_tick(told: Told) -> None:
    for number in range(1, WINDOW + 1):
        told.sight(number, 0.1)
    acknowledged = [frame["seen"] for frame in told.said()]
    assert acknowledged == list(range(ACK_EVERY, WINDOW + 1, ACK_EVERY))


def test_f12_g6_a_dead_host_is_known_within_eight_seconds_and_a_quiet_one_is_not_dead(told: Told) -> None:
    """With a look four times a second, as at every station; a quarter of a second is left for the screen."""
    pong = framing.encode(messages.Pong(sent=0, team=0))
    for quarter in range(1, 81):
        told.client.tick(quarter / 4)
        for frame in told.said():
            if frame["type"] == "ping":
                told.client.receive(pong, quarter / 4 + 0.2)
        assert told.client.disconnect_reason == ""
    now = 20.25
    while not told.client.disconnect_reason:
        told.client.tick(now)
        now += 0.25
    assert told.client.disconnect_reason == "the host is silent"
    assert 5 < now - 20.2 < 7.75


def test_n11_a_host_that_refuses_the_words_added_to_a_hello_is_spoken_to_without_them() -> None:
    client = Client(Credentials(token="tokyo", exercise="x"), Outbox(), jitter=lambda: 0.5, now=0.0)
    client.connected(0.0)
    hello = json.loads(client.next_frame() or "")
    assert hello["understands"] == list(messages.UNDERSTANDS)
    client.receive(
        framing.encode(messages.Goodbye(code="protocol", reason="a frame is not of this protocol")), 0.1
    )
    assert client.disconnect_reason
    assert client.retries_hello
    assert client.goodbye is None
    client.connected(0.2)
    assert set(json.loads(client.next_frame() or "")) == {*messages.Hello.model_fields} - messages.Hello.ADDED
    client.receive(framing.encode(messages.Goodbye(code="protocol", reason="no")), 0.3)
    assert client.goodbye is not None
    assert not client.retries_hello


def test_point_8_the_clock_stands_at_a_host_of_another_exercise_which_ends_nothing(
    told: Told,
) -> None:
    client = told.client
    client.receive(framing.encode(messages.Clock(game=60.0, rate=2.0)), 10.0)
    client.receive(framing.encode(messages.Notice()), 12.0)
    client.disconnected()
    assert client.game_time(20.0) == 80.0  # its own host may only be out of reach
    client.connected(100.0)
    assert '"exercise":"x"' in (client.next_frame() or "")
    client.receive(framing.encode(messages.Goodbye(code="other-exercise", reason="it runs another")), 100.1)
    assert client.other_exercise
    assert not client.finished
    assert [client.game_time(now) for now in (100.1, 200.0)] == [64.0, 64.0]
    assert client.back_off() == 2.0
    client.mark_unreachable()
    assert not client.other_exercise
    assert client.back_off() < 1.0
