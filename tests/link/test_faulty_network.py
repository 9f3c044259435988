"""F09, F10, F13: whatever a network loses, doubles, delays or re-orders, a command is one event."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import settings, target
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tabletop.exercise import commands as c
from tabletop.exercise.events import Record
from tabletop.exercise.state import Stage
from tabletop.protocol import messages
from tabletop.protocol.framing import encode, from_host
from tests.builders import TEAMS
from tests.link.world import Faults, World
from tests.system.waiting import now

SEATS = (*TEAMS, "tokyo-2", "facilitator-1", "wall-1")
OF_TOKYO = st.sampled_from(["tokyo", "tokyo-2"])
PLAYERS = st.sampled_from(TEAMS)
CANARY = re.compile(r"canary-\d{4}-")
PERCENT = st.sampled_from([0, 5, 30, 60])


class FaultyNetwork(RuleBasedStateMachine):
    """Teams talk in private while everything between them and the host goes wrong."""

    @initialize(seed=st.integers(0, 2**32), drop=PERCENT, double=PERCENT, delay=PERCENT)
    def begin(self, seed: int, drop: int, double: int, delay: int) -> None:
        self.world = World(*SEATS, seed=seed)
        self.number = 0
        self.canaries: dict[str, set[str]] = {}
        self.looked_at: dict[str, int] = {}
        self.world.run(1)
        self.world.give("facilitator-1", c.Startex(), self.key())
        self.world.run(1)
        self.world.faults = Faults(drop, double, delay)

    def key(self) -> str:
        self.number += 1
        return f"key-{self.number}"

    def canary(self, *audience: str) -> str:
        word = f"canary-{self.number:04}-"
        self.canaries[word] = {*audience, "facilitator-1"}
        return word

    @rule(drop=PERCENT, double=PERCENT, delay=PERCENT, longest=st.sampled_from([0.3, 2.0, 5.0]))
    def weather(self, drop: int, double: int, delay: int, longest: float) -> None:
        self.world.faults = Faults(drop, double, delay, longest)

    @rule(seconds=st.sampled_from([0.25, 1, 4]))
    def wait(self, seconds: float) -> None:
        self.world.run(seconds)

    @rule(longest=st.sampled_from([2.0, 5.0]))
    def echo(self, longest: float) -> None:
        """Nothing is lost, and most of what is sent arrives a second time when the game has gone on."""
        self.world.faults = Faults(double=80, delay=50, longest=longest)

    @rule(by=PLAYERS, wait=st.sampled_from([0.5, 2, 4]))
    def speak_while_play_stands(self, by: str, wait: float) -> None:
        """What was refused stays so, though it arrives again when it could be granted."""
        self.world.give("facilitator-1", c.Pausex(), self.key())
        self.world.run(wait)
        before, self.world.faults = self.world.faults, Faults(double=80, delay=50, longest=2 * wait + 1)
        self.world.give(by, c.State(text="too early"), self.key())
        self.world.run(0.5)
        self.world.faults = before
        self.world.give("facilitator-1", c.Resume(), self.key())
        self.world.run(wait)

    @rule(by=PLAYERS, to=PLAYERS)
    def answer(self, by: str, to: str) -> None:
        key = self.key()
        self.world.give(by, c.Answer(from_=to, text=self.canary(by, to)), key)
        self.world.run(0.5)

    @rule()
    def go_on(self) -> None:
        """A host that was started again has paused play."""
        self.world.give("facilitator-1", c.Resume(), self.key())

    @rule(by=PLAYERS, to=PLAYERS, twice=st.booleans())
    def write(self, by: str, to: str, twice: bool) -> None:
        key = self.key()
        command = c.Message(to=(to,), text=self.canary(by, to))
        for _ in range(1 + twice):
            self.world.give(by, command, key)
        self.world.run(0.5)

    @rule(by=PLAYERS, to=PLAYERS)
    def consult(self, by: str, to: str) -> None:
        key = self.key()
        self.world.give(by, c.Consult(with_=(to,), text=self.canary(by, to)), key)

    @rule(by=PLAYERS)
    def speak(self, by: str) -> None:
        self.world.give(by, c.State(text="to all"), self.key())

    @rule(by=OF_TOKYO)
    def speak_for_tokyo(self, by: str) -> None:
        self.world.give(by, c.State(text="to all"), self.key())

    @rule(by=OF_TOKYO, to=OF_TOKYO, twice=st.booleans())
    def hand_pen(self, by: str, to: str, twice: bool) -> None:
        key = self.key()
        for _ in range(1 + twice):
            self.world.stations[by].client.hand_pen(key, to, "")

    @rule(to=OF_TOKYO | st.none())
    def take_pen(self, to: str | None) -> None:
        self.world.stations["facilitator-1"].client.hand_pen(self.key(), to, "tokyo")

    @rule()
    def note(self) -> None:
        key = self.key()
        self.world.give("facilitator-1", c.Note(text=self.canary()), key)

    @rule(to=PLAYERS)
    def inject(self, to: str) -> None:
        key = self.key()
        text = self.canary(to)
        command = c.AdHoc(title=text, sender=text, channel="x", to=(to,), text=text)
        self.world.give("facilitator-1", command, key)

    @rule(seat=st.sampled_from(SEATS))
    def cut(self, seat: str) -> None:
        self.world.stations[seat].cut = True

    @rule(seat=st.sampled_from(SEATS))
    def mend(self, seat: str) -> None:
        self.world.stations[seat].cut = False

    @rule(seat=st.sampled_from(SEATS))
    def restart_station(self, seat: str) -> None:
        self.world.restart_station(seat)

    @rule()
    def kill_host(self) -> None:
        self.world.kill_host()

    @invariant()
    def nothing_of_other_seats(self) -> None:
        if not hasattr(self, "world"):
            return
        for seat, station in self.world.stations.items():
            start = self.looked_at.get(seat, 0)
            self.looked_at[seat] = len(station.received)
            new = "".join(station.received[start:])
            for word in CANARY.findall(new):
                audience = self.canaries[word]
                assert seat.removesuffix("-2") in audience or seat in audience, f"{word} reached {seat}"
            assert "tokyo-2" not in new or seat.startswith(("tokyo", "facilitator")), seat

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        for station in self.world.stations.values() if hasattr(self, "world") else ():
            assert [sight.number for sight in station.shown] == list(range(1, len(station.shown) + 1))

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        world = self.world
        world.faults = Faults()
        for station in world.stations.values():
            station.cut = False
        world.run(30)
        if world.session.state.stage is Stage.PAUSED:  # what was entered without the host waits for that
            world.session.submit("facilitator", c.Resume())
            world.run(10)
        target(float(world.late), label="submits that arrive again")
        records = list(world.log.read())
        self.each_command_is_one_set_of_events(records)
        for seat, station in world.stations.items():
            assert station.client.live, seat
            assert [sight.event for sight in station.shown] == world.in_view(seat)
            assert not station.outbox.entries
            viewer = world.admission.known[seat].acts_as
            assert station.client.team == world.hub.roster(viewer)
            for submission, answer in station.answers:
                seqs = [
                    record.seq for record in records if (record.seat, record.key) == (viewer, submission.key)
                ]
                assert bool(seqs) == isinstance(answer, messages.Receipt), f"{submission.key}: {answer}"
                if isinstance(answer, messages.Receipt):
                    own = world.hub.projection.own_numbers(viewer, seqs[0], seqs[-1])
                    assert (answer.first, answer.last) == own

    def each_command_is_one_set_of_events(self, records: list[Record]) -> None:
        """However often it arrived: one after the other, and nothing twice among them."""
        by_key: dict[tuple[str, str], list[Record]] = {}
        for record in records:
            if record.key:
                by_key.setdefault((record.seat, record.key), []).append(record)
        for place, found in by_key.items():
            assert all(after.seq == before.seq + 1 for before, after in pairwise(found)), place
            assert len({record.event.type for record in found}) == len(found), place


FaultyNetwork.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestFaultyNetwork = FaultyNetwork.TestCase


def test_f09_everything_sent_twice_is_recorded_and_shown_once() -> None:
    world = World("tokyo", "seoul", "facilitator-1", seed=1)
    world.run(1)
    world.give("facilitator-1", c.Startex(), "start")
    world.run(1)
    world.faults = Faults(double=100)
    for number in range(5):
        world.give("tokyo", c.Message(to=("seoul",), text=str(number)), f"key-{number}")
        world.run(1)
    assert [sight.number for sight in world.stations["seoul"].shown] == [1, 2, 3, 4, 5, 6]


def asked_again(world: World, command: c.Command) -> messages.Refused | messages.Receipt | None:
    """What the host answers when that command of Tokyo's arrives, under the same key each time."""
    connection = world.stations["tokyo"].connection
    assert connection is not None
    connection.receive(encode(messages.Submit(key="key", command=command)), world.now)
    while (text := connection.next_frame()) is not None:
        frame = from_host(text)
        if isinstance(frame, messages.Refused | messages.Receipt):
            return frame
    return None


def test_f09_a_refusal_stays_one_although_the_command_could_be_granted_by_now() -> None:
    world = World("tokyo", "facilitator-1", seed=1)
    world.run(1)
    command = c.State(text="too early")
    first = asked_again(world, command)
    assert isinstance(first, messages.Refused)
    world.give("facilitator-1", c.Startex(), "start")
    world.run(1)
    assert asked_again(world, command) == first
    assert world.in_view("tokyo")[-1].type == "exercise-started"


def test_f10_what_is_lost_last_is_noticed_by_the_heartbeat() -> None:
    world = World("tokyo", "seoul", "facilitator-1", seed=1)
    world.run(1)
    world.give("facilitator-1", c.Startex(), "start")
    world.run(1)
    world.faults = Faults(drop=100)
    world.session.submit("tokyo", c.Message(to=("seoul",), text="lost"))
    world.run(1)
    world.faults = Faults()
    world.run(4)
    assert [sight.number for sight in world.stations["seoul"].shown] == [1, 2]


def test_f10_who_holds_the_pen_is_told_again_where_it_was_lost() -> None:
    world = World("tokyo", "tokyo-2", "facilitator-1", seed=1)
    world.run(1)
    world.faults = Faults(drop=100)
    now(world.admission.take_pen("tokyo", "tokyo-2"))
    world.run(1)
    world.faults = Faults()
    world.run(4)
    for seat in ("tokyo", "tokyo-2"):
        team = world.stations[seat].client.team
        assert team is not None
        assert team.pen == "tokyo-2"


def test_f09_what_a_team_was_told_before_is_not_believed_after_what_it_was_told_last() -> None:
    world = World("tokyo", "tokyo-2", seed=1)
    world.run(1)
    client = world.stations["tokyo"].client
    held_up = client.team
    assert held_up is not None
    now(world.admission.take_pen("tokyo", "tokyo-2"))
    world.run(1)
    client.receive(encode(held_up), world.now)
    assert client.team is not None
    assert client.team.pen == "tokyo-2"


def test_f09_a_hand_over_that_arrives_twice_is_answered_twice_and_done_once() -> None:
    world = World("tokyo", "tokyo-2", seed=1)
    world.run(1)
    asked = encode(messages.HandPen(key="a", to="tokyo-2"))
    first = world.stations["tokyo"].connection
    assert first is not None
    first.receive(asked, world.now)
    now(world.admission.take_pen("tokyo", "tokyo"))
    first.receive(asked, world.now)
    assert world.admission.pen("tokyo") == "tokyo"


def test_f11_a_refusal_by_the_pen_stays_one_although_the_pen_has_come_by_now() -> None:
    world = World("tokyo", "tokyo-2", "facilitator-1", seed=1)
    world.run(1)
    world.give("facilitator-1", c.Startex(), "start")
    world.run(1)
    world.give("tokyo-2", c.State(text="mine"), "late")
    world.run(1)
    now(world.admission.take_pen("tokyo", "tokyo-2"))
    again = world.stations["tokyo-2"].connection
    assert again is not None
    again.receive(encode(messages.Submit(key="late", command=c.State(text="mine"))), world.now)
    world.run(1)
    assert [event.type for event in world.in_view("tokyo")] == ["exercise-started"]
