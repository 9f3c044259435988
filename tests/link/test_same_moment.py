"""F11: two members of one team decide, or hand over the pen, at the same moment, as the window closes.

One rule: the order in which the host received it. Said again here, as plainly as can be, and compared with
what became of a thousand interleavings on a virtual clock.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from random import Random

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.host.connection import Connection
from tabletop.protocol import messages
from tabletop.protocol.roster import SeatInfo
from tabletop.scenario.gametime import format_time
from tests.link.world import Faults, World

INTERLEAVINGS = 1_000
PIECES = 10
"""So many tests share them, so that they can run side by side."""

TANAKA, SATO, CONSOLE = "tokyo", "tokyo-2", "facilitator-1"
NAMES = {TANAKA: "Tanaka", SATO: "Sato", None: "nobody"}
OTHER = {TANAKA: SATO, SATO: TANAKA}
OPTIONS = ("okinawa", "nationwide", "quiet")


def jump(to: int) -> c.Jump:
    """To that game second."""
    return c.Jump.model_validate({"to": format_time(to)})


class Tokyo(World):
    """Two members of one team, a console, and a decision whose window is about to close."""

    def __init__(self, seed: int) -> None:
        super().__init__(TANAKA, SATO, CONSOLE, seed=seed)
        for seat in (TANAKA, SATO):
            self.admission.known[seat] = SeatInfo(seat, "tokyo", NAMES[seat], "")
        self.received: list[tuple[str, messages.Request, int]] = []
        self.handed: dict[str, str] = {}
        for station in self.stations.values():
            station.client.on_reply = self._replied
        serve = self.hub.serve

        def listen(connection: Connection, frame: messages.Request) -> None:
            assert connection.seat is not None
            self.received.append((connection.seat.id, frame, self.session.now))
            serve(connection, frame)

        self.hub.serve = listen  # type: ignore[method-assign]
        self.run(0.5)
        for command in (c.Startex(), c.Release(inject="sighting")):
            self.session.submit("facilitator", command)
        self.due = self.session.state.decisions["alert", "tokyo"].due

    def _replied(self, frame: messages.Reply) -> None:
        if isinstance(frame, messages.Handed):
            self.handed[frame.key] = frame.message

    def settle(self, keys: set[str]) -> None:
        """Until everything was answered, and what was held up on its way has arrived."""
        for step in range(60):
            answered = {one.key for station in self.stations.values() for one, _ in station.answers}
            on_the_way = any(one.to_host or one.to_station for one in self.stations.values())
            if keys <= answered | set(self.handed) and not on_the_way:
                return
            if step == 6:
                self.faults = Faults()
            self.run(0.25)

    def near_the_end(self, before: int) -> None:
        """So many seconds before the window closes."""
        self.session.submit("facilitator", jump(self.due - before))
        self.run(0.25)

    def answer(self, seat: str, key: str) -> str:
        """The refusal that a station was given; empty if it was recorded."""
        answers = [answer for one, answer in self.stations[seat].answers if one.key == key]
        assert len(answers) == 1, (seat, key, answers)
        return answers[0].message if isinstance(answers[0], messages.Refused) else ""


@dataclass
class Rule:
    """What has to become of what the host received, in that order."""

    due: int
    pen: str | None = TANAKA
    stands: tuple[str, str] | None = None
    recorded: list[tuple[str, bool, bool]] = field(default_factory=list)
    """Option, late, amended."""
    answers: dict[str, str] = field(default_factory=dict)
    """By key, how a refusal begins; empty for what was granted."""

    def take(self, seat: str, frame: messages.Request, now: int) -> None:
        """Judge one frame, once."""
        match frame:
            case messages.Submit(key=key) if key not in self.answers:
                self.answers[key] = self.decide(seat, frame, now)
            case messages.HandPen(key=key) if key not in self.answers:
                self.answers[key] = self.hand(seat, frame)

    def decide(self, seat: str, frame: messages.Submit, now: int) -> str:
        assert isinstance(frame.command, c.Decide)
        wish = frame.command.option, frame.command.rationale
        if self.pen != seat:
            return self.held()
        if self.stands is not None and now > self.due:
            return "D2 was decided; its window closed at"
        if self.stands == wish:
            return "D2 is already decided so"
        self.recorded.append((wish[0], now > self.due, self.stands is not None))
        self.stands = wish
        return ""

    def hand(self, seat: str, frame: messages.HandPen) -> str:
        if seat not in (CONSOLE, self.pen):
            return self.held()
        self.pen = frame.to
        return ""

    def held(self) -> str:
        return f"{NAMES[self.pen]} holds the pen"


@cache
def outcomes(piece: int) -> Counter[str]:
    """Plays a share of the interleavings; counts what happened, so that nothing is proved of nothing."""
    seen: Counter[str] = Counter()
    for seed in range(piece, INTERLEAVINGS, PIECES):
        seen.update(interleaved(seed))
    return seen


def interleaved(seed: int) -> list[str]:
    chance = Random(seed)  # noqa: S311 - a simulation, to be replayed from its seed
    world = Tokyo(seed)
    world.near_the_end(chance.randrange(3))
    world.faults = Faults(delay=100, double=30, longest=1.5)
    by: dict[str, str] = {}
    for number in range(chance.randint(2, 6)):
        seat, key = chance.choice([TANAKA, SATO, TANAKA, SATO, CONSOLE]), f"key-{number}"
        by[key] = seat
        if seat == CONSOLE:
            world.stations[seat].client.hand_pen(key, chance.choice([TANAKA, SATO, None]), "tokyo")
        elif chance.random() < 0.6:
            option, why = chance.choice(OPTIONS), chance.choice(["", "now"])
            world.give(seat, c.Decide(decision="alert", option=option, rationale=why), key)
        else:
            world.stations[seat].client.hand_pen(key, OTHER[seat], "")
        if chance.random() < 0.5:
            world.run(0.25)
    world.settle(set(by))

    rule = Rule(world.due)
    for seat, frame, now in world.received:
        rule.take(seat, frame, now)
    records = [record.event for record in world.log.read()]
    decided = [one for one in records if isinstance(one, e.DecisionRecorded)]
    assert [(one.option, one.late, one.amended) for one in decided] == rule.recorded
    for key, seat in by.items():
        told = world.handed[key] if key in world.handed else world.answer(seat, key)
        assert told.startswith(rule.answers[key]), (key, told)
        assert bool(told) == bool(rule.answers[key]), (key, told)
    assert world.admission.pen("tokyo") == rule.pen
    one, other = world.stations[TANAKA], world.stations[SATO]
    assert one.client.team is not None
    assert one.client.team == other.client.team
    assert one.client.team.pen == rule.pen
    assert [sight.event for sight in one.shown] == world.in_view(TANAKA)
    assert [(sight.number, sight.event) for sight in one.shown] == [
        (sight.number, sight.event) for sight in other.shown
    ]
    return [
        *(answer.removeprefix(name).strip() for answer in rule.answers.values() for name in [_name(answer)]),
        *(f"late {late}" for _, late, _ in rule.recorded),
    ]


def _name(answer: str) -> str:
    return next((name for name in NAMES.values() if answer.startswith(name)), "")


@pytest.mark.parametrize("piece", range(PIECES))
def test_f11_a_thousand_interleavings_end_as_the_order_of_receipt_says(piece: int) -> None:
    seen = outcomes(piece)
    for what in ("", "holds the pen", "D2 was decided; its window closed at", "late True", "late False"):
        assert seen[what], (what, seen)


@pytest.mark.parametrize(("after", "late"), [(0, False), (1, True)])
def test_f11_a_decision_in_the_last_second_is_in_time_and_a_second_later_it_is_late(
    after: int, late: bool
) -> None:
    world = Tokyo(1)
    world.session.submit("facilitator", jump(world.due + after))
    world.give(TANAKA, c.Decide(decision="alert", option="quiet"), "a")
    world.run(0.25)
    (recorded,) = [record for record in world.log.read() if isinstance(record.event, e.DecisionRecorded)]
    assert (recorded.at, recorded.event.late) == (world.due + after, late)  # type: ignore[union-attr]


def test_f11_who_amends_a_second_too_late_is_told_when_the_window_closed() -> None:
    world = Tokyo(1)
    world.give(TANAKA, c.Decide(decision="alert", option="quiet"), "a")
    world.run(0.25)
    world.session.submit("facilitator", jump(world.due + 1))
    world.give(TANAKA, c.Decide(decision="alert", option="okinawa"), "b")
    world.run(0.25)
    assert world.answer(TANAKA, "b").startswith("D2 was decided; its window closed at T+3")


def test_f11_a_decision_that_comes_after_the_hand_over_is_refused_and_says_who_decides_now() -> None:
    world = Tokyo(1)
    world.stations[TANAKA].client.hand_pen("h", SATO, "")
    world.give(TANAKA, c.Decide(decision="alert", option="quiet"), "a")
    world.run(0.25)
    assert world.answer(TANAKA, "a") == (
        "Sato holds the pen now: only that seat decides and speaks for Tokyo"
    )
