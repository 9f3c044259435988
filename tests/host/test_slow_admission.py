"""While the disk keeps who has a seat, a pen or the chair, nobody is told and nobody else waits (F17)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise.state import Stage
from tabletop.host.connection import Connection
from tabletop.host.hub import MAX_AWAITING_ADMISSION
from tabletop.host.line import HELLO_WITHIN
from tabletop.host.requests import MAX_PENDING
from tabletop.protocol import messages
from tabletop.protocol.framing import encode, from_host
from tests.host.hosted import House
from tests.host.slow_disk import SlowDisk

TOKEN = "0123456789abcdef" * 4


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def knock(house: House, *, code: str | None = None) -> Connection:
    """Somebody connects and says hello."""
    connection = house.hosting.hub.open("10.0.0.9")
    hello = messages.Hello(version=messages.VERSION, code=code, token=TOKEN, name="Tanaka", role="")
    connection.receive(encode(hello), house.time.seconds)
    return connection


def told(connection: Connection) -> list[str]:
    """The kinds of frames that it is sent."""
    kinds = []
    while (text := connection.next_frame()) is not None:
        kinds.append(type(from_host(text)).__name__)
    return kinds


def test_f17_whoever_comes_is_let_in_once_their_seat_is_kept(house: House) -> None:
    tokyo = house.join("tokyo", "Sato")
    disk = SlowDisk(house.session.disk_queue)
    coming = knock(house, code=house.code("tokyo"))
    assert told(coming) == []
    assert len(house.hosting.admission.seats()) == 1
    tokyo.say(messages.Ping(seen=tokyo.seen, shown=tokyo.seen))
    assert tokyo.last(messages.Pong) is not None
    disk.answer_all()
    assert told(coming)[0] == "Welcome"
    assert len(house.hosting.admission.seats()) == 2


def test_f17_whoever_waits_at_the_door_has_said_hello(house: House) -> None:
    disk = SlowDisk(house.session.disk_queue)
    coming = knock(house, code=house.code("tokyo"))
    for _ in range(10):
        coming.receive(encode(messages.Ping(seen=0, shown=0)), house.time.seconds)
        assert told(coming) == ["Notice"]
        house.pass_time(HELLO_WITHIN + 1)
    assert coming.ended is None
    disk.answer_all()
    assert told(coming)[0] == "Welcome"


def test_f17_whoever_left_meanwhile_has_the_seat_and_comes_back_to_it(house: House) -> None:
    disk = SlowDisk(house.session.disk_queue)
    coming = knock(house, code=house.code("tokyo"))
    house.hosting.hub.closed(coming)
    disk.answer_all()
    assert told(coming) == []
    assert not house.hosting.hub.presence.connected
    again = knock(house)
    assert told(again)[0] == "Welcome"


def test_f17_whoever_left_before_their_turn_has_used_no_code(house: House) -> None:
    control = house.join(c.FACILITATOR, "Kim")
    disk = SlowDisk(house.session.disk_queue)
    code = house.code("tokyo")
    control.say(messages.Submit(key="k", command=c.Note(text="slow"), epoch=1))
    coming = knock(house, code=code)
    house.hosting.hub.closed(coming)
    disk.answer_all()
    assert not any(seat.acts_as == "tokyo" for seat in house.hosting.admission.seats())
    assert house.code("tokyo") == code


def test_f17_f08_what_a_console_asked_for_before_a_takeover_was_kept_is_judged_after_it(house: House) -> None:
    first, second = house.join(c.FACILITATOR, "Kim"), house.join(c.FACILITATOR, "Lee")
    disk = SlowDisk(house.session.disk_queue)
    second.say(messages.TakeOver())
    first.say(messages.Submit(key="k", command=c.Note(text="late"), epoch=1))
    assert second.last(messages.Chair) is None
    disk.answer_all()
    refused = first.last(messages.Refused)
    assert isinstance(refused, messages.Refused)
    assert refused.code == "stale-epoch"
    chair = second.last(messages.Chair)
    assert isinstance(chair, messages.Chair)
    assert chair.yours


def test_f17_what_a_seat_asked_for_before_it_was_taken_back_is_not_recorded_after(house: House) -> None:
    house.do(c.Startex())
    tokyo = house.join("tokyo", "Sato")
    disk = SlowDisk(house.session.disk_queue)
    house.session.disk_queue.put(house.hosting.enrolment.arrange("revoke", tokyo.id))
    tokyo.say(messages.Submit(key="k", command=c.Message(to=("control",), text="late"), epoch=0))
    house.hosting.hub.closed(tokyo.connection)
    disk.answer_all()
    assert not house.session.knows("tokyo", "k")


def test_f17_a_seat_that_is_being_taken_back_lets_nobody_in(house: House) -> None:
    tokyo = house.join("tokyo", "Sato")
    disk = SlowDisk(house.session.disk_queue)
    house.session.disk_queue.put(house.hosting.enrolment.arrange("revoke", tokyo.id))
    assert house.hosting.admission.authenticate(str(tokyo.welcome.token)) is None
    disk.answer_all()
    assert not any(seat.id == tokyo.id for seat in house.hosting.admission.seats())


def test_f17_b16_a_seat_that_is_taken_back_hears_nothing_more_however_long_the_disk_takes(
    house: House,
) -> None:
    """Somebody else may sit there by now: who sits with the team, and all there was, is none of theirs."""
    house.do(c.Startex())
    tokyo, sato = house.join("tokyo", "Thief"), house.join("tokyo", "Sato")
    disk = SlowDisk(house.session.disk_queue)
    house.session.disk_queue.put(house.hosting.enrolment.arrange("revoke", tokyo.id))
    tokyo.told.clear()
    tokyo.say(messages.Resume(after=0))
    house.pass_time(1, sato)
    tokyo.listen()
    assert [type(frame) for frame in tokyo.told] == [messages.Goodbye]
    assert tokyo.connection.ended is not None
    assert tokyo.connection.ended.code == "revoked"
    disk.answer_all()


def test_f17_g14_stopping_play_waits_for_nobody_who_comes(house: House) -> None:
    """Thirty people join at once, and the disk takes its time over each."""
    house.do(c.Startex())
    control = house.join(c.FACILITATOR, "Kim")
    disk = SlowDisk(house.session.disk_queue)
    for _ in range(3):
        knock(house, code=house.code("tokyo"))
        house.hosting.admission.new_code("tokyo")
    control.say(messages.Submit(key="stop", command=c.Pausex(), epoch=1))
    disk.answer()
    disk.answer()
    assert isinstance(control.last(messages.Receipt), messages.Receipt)


def test_b14_what_is_asked_again_while_the_disk_works_waits_once(house: House) -> None:
    """A station asks again every four seconds, for as long as it takes."""
    control, asking = (
        house.join(c.FACILITATOR, "Kim"),
        messages.Submit(key="k", command=c.Note(text="x"), epoch=1),
    )
    disk = SlowDisk(house.session.disk_queue)
    control.say(messages.Submit(key="slow", command=c.Note(text="slow"), epoch=1))
    for _ in range(100):
        control.say(asking)
    assert control.connection.pending == [asking]
    disk.answer_all()
    assert control.connection.pending == []
    control.listen()
    assert [frame.key for frame in control.told if isinstance(frame, messages.Receipt)] == ["slow", "k"]


def test_b14_a_station_that_asks_for_more_than_it_can_is_cut_off_and_forgotten(house: House) -> None:
    house.do(c.Startex())
    tokyo = house.join("tokyo", "Sato")
    disk = SlowDisk(house.session.disk_queue)
    for number in range(MAX_PENDING + 2):
        tokyo.say(messages.Submit(key=f"k{number}", command=c.Message(to=("control",), text="x"), epoch=0))
    assert tokyo.connection.ended is not None
    assert tokyo.connection.ended.code == "rate"
    disk.answer_all()
    assert house.session.knows("tokyo", "k0")
    assert not house.session.knows("tokyo", "k1")


def test_b14_who_comes_and_goes_while_the_disk_works_leaves_only_so_much_behind(house: House) -> None:
    disk = SlowDisk(house.session.disk_queue)
    knock(house, code=house.code("seoul"))
    for _ in range(MAX_AWAITING_ADMISSION):
        house.hosting.hub.closed(knock(house, code="no such code"))
    last = knock(house, code="no such code")
    assert last.ended is not None
    assert last.ended.code == "busy"
    disk.answer_all()
    assert told(knock(house))[0] == "Welcome"


@pytest.mark.parametrize("asked", ["a seat", "the chair", "a pen"])
def test_f17_a_disk_that_does_not_keep_who_sits_where_records_nothing_and_costs_nobody_time(
    house: House, asked: str
) -> None:
    house.do(c.Startex())
    tokyo, second = house.join("tokyo", "Sato"), house.join(c.FACILITATOR, "Lee")
    house.join(c.FACILITATOR, "Kim").say(messages.TakeOver())
    disk = SlowDisk(house.session.disk_queue)
    if asked == "a seat":
        knock(house, code=house.code("tokyo"))
    elif asked == "the chair":
        second.say(messages.TakeOver())
    else:
        house.session.disk_queue.put(house.hosting.admission.take_pen("tokyo"))
    house.pass_time(1.5, tokyo, second)
    assert house.session.trouble is None
    house.pass_time(0.5, tokyo, second)
    assert "has not answered since 07:03:00 UTC" in str(house.session.trouble)
    notice, clock = tokyo.last(messages.Notice), tokyo.last(messages.Clock)
    assert isinstance(notice, messages.Notice)
    assert isinstance(clock, messages.Clock)
    assert notice.trouble
    assert (clock.game, clock.rate) == (2.0, 0.0)
    house.pass_time(30, tokyo, second)
    assert house.session.now == 2
    disk.answer_all()
    assert house.session.trouble is None
    house.pass_time(3, tokyo, second)
    clock = tokyo.last(messages.Clock)
    assert isinstance(clock, messages.Clock)
    assert clock.rate == 1.0
    assert house.session.now == 5


@pytest.mark.parametrize(
    ("before", "start", "stop", "after"),
    [
        ([], c.Startex(), c.Pausex(), Stage.READY),
        ([c.Startex(), c.Pausex()], c.Resume(), c.Pausex(), Stage.PAUSED),
        ([c.Startex(), c.Emergency()], c.StandDown(), c.Emergency(), Stage.EMERGENCY),
    ],
)
def test_f17_g14_what_stops_play_holds_against_what_was_given_before_it_and_waits(
    house: House, before: list[c.Command], start: c.Command, stop: c.Command, after: Stage
) -> None:
    for command in before:
        house.do(command)
    control = house.join(c.FACILITATOR, "Kim")
    disk = SlowDisk(house.session.disk_queue)
    for number, command in enumerate((c.Note(text="slow"), start, stop, c.Note(text="later"))):
        control.say(messages.Submit(key=f"k{number}", command=command, epoch=1))
    disk.answer_all()
    assert house.session.state.stage is after
    control.listen()
    refused = {frame.key: frame.code for frame in control.told if isinstance(frame, messages.Refused)}
    assert refused["k1"] == "overtaken"
    control.say(messages.Submit(key="slow", command=c.Note(text="slow"), epoch=1))
    control.say(messages.Submit(key="again", command=start, epoch=1))
    control.say(messages.Submit(key="k2", command=stop, epoch=1))  # whose answer was late on its way
    disk.answer_all()
    assert house.session.knows(c.FACILITATOR, "again")


def test_f17_who_does_not_run_the_exercise_stops_nothing_and_goes_before_nobody(house: House) -> None:
    house.do(c.Startex())
    house.do(c.Pausex())
    control, tokyo = house.join(c.FACILITATOR, "Kim"), house.join("tokyo", "Sato")
    reading = house.join(c.FACILITATOR, "Lee")
    disk = SlowDisk(house.session.disk_queue)
    for key, command in (("slow", c.Note(text="slow")), ("go", c.Resume())):
        control.say(messages.Submit(key=key, command=command, epoch=1))
    tokyo.say(messages.Submit(key="k", command=c.Pausex(), epoch=1))
    reading.say(messages.Submit(key="k", command=c.Pausex(), epoch=0))
    disk.answer()
    assert tokyo.last(messages.Refused) is None
    disk.answer_all()
    assert house.session.state.stage is Stage.RUNNING
    assert isinstance(tokyo.last(messages.Refused), messages.Refused)


def test_f17_what_a_seat_asked_for_before_its_pen_was_handed_on_is_judged_after_it(house: House) -> None:
    house.do(c.Startex())
    tokyo, second = house.join("tokyo", "Sato"), house.join("tokyo", "Tanaka")
    disk = SlowDisk(house.session.disk_queue)
    tokyo.say(messages.HandPen(key="h", to=second.id))
    tokyo.say(messages.Submit(key="k", command=c.State(text="late"), epoch=0))
    second.say(messages.Submit(key="k2", command=c.State(text="mine now"), epoch=0))
    disk.answer_all()
    refused = tokyo.last(messages.Refused)
    assert isinstance(refused, messages.Refused)
    assert refused.code == "pen"
    assert isinstance(second.last(messages.Receipt), messages.Receipt)


def test_n12_a_pen_that_cannot_be_kept_is_refused_without_the_path_that_the_facilitator_is_told(
    house: House, tmp_path: Path
) -> None:
    first, second = house.join("tokyo", "Sato"), house.join("tokyo", "Mori")
    console = house.join(c.FACILITATOR, "Lee")
    kept = tmp_path / "game.db-seats.json"
    kept.unlink()
    kept.mkdir()  # nothing can be written there
    first.say(messages.HandPen(key="k", to=second.id))
    refused = first.last(messages.Handed)
    assert isinstance(refused, messages.Handed)
    assert "cannot save that" in refused.message
    assert str(tmp_path) not in refused.message
    epoch = console.welcome.chair.epoch if console.welcome.chair else 0
    console.say(messages.HandPen(key="k", to=second.id, team="tokyo", epoch=epoch))
    told_why = console.last(messages.Handed)
    assert isinstance(told_why, messages.Handed)
    assert str(tmp_path) in told_why.message
