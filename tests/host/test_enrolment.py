"""Who joins and with what: what a console with the chair is shown of it, and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.host.consoles import LOCAL_CONSOLE
from tabletop.protocol import messages
from tabletop.protocol.framing import encode
from tests.host.hosted import House, Joined
from tests.system.waiting import now


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def picture(console: Joined) -> messages.Reception:
    found = console.last(messages.Reception)
    assert isinstance(found, messages.Reception)
    return found


def arrange(console: Joined, act: messages.Act, of: str) -> str:
    """Ask for it; returns what stood against it."""
    chair = console.last(messages.Chair) or console.welcome.chair
    epoch = chair.epoch if isinstance(chair, messages.Chair) else 0
    console.say(messages.Arrange(key="k", act=act, of=of, epoch=epoch))
    answer = (
        console.told[-1]
        if isinstance(console.told[-1], messages.Arranged)
        else console.last(messages.Arranged)
    )
    assert isinstance(answer, messages.Arranged)
    return answer.problem


def test_there_is_always_one_unused_code_for_each_kind_of_seat(house: House) -> None:
    reception = house.hosting.enrolment
    kinds = [code.acts_as for code in reception.snapshot().codes]
    assert kinds == ["washington", "tokyo", "seoul", "evaluator", "observer", "wall"]
    used = house.code("tokyo")
    house.join("tokyo", "Tanaka")
    fresh = [code.text for code in reception.snapshot().codes if code.acts_as == "tokyo"]
    assert len(fresh) == 1
    assert fresh != [used]


def test_the_picture_follows_every_change_and_is_the_same_object_in_between(house: House) -> None:
    reception = house.hosting.enrolment
    tokyo = house.join("tokyo", "Tanaka", "Minister")
    before = reception.snapshot()
    assert before.seats[0].standing == "connected"
    assert before.seats[0].pen
    house.pass_time(5)
    assert reception.snapshot() is before
    house.pass_time(3)
    silent = reception.snapshot().seats[0]
    assert (silent.standing, silent.since) == ("silent", "07:03")
    now(house.hosting.admission.take_pen("tokyo"))
    assert not reception.snapshot().seats[0].pen
    now(reception.arrange("revoke", tokyo.id))
    assert reception.snapshot().seats == ()


def test_nothing_that_shows_a_picture_to_programmers_shows_codes(house: House) -> None:
    shown = house.hosting.enrolment.snapshot()
    for text in (repr(shown), str(shown)):
        assert house.code("tokyo") not in text
        assert shown.secret not in text


def test_the_console_with_the_chair_is_told_and_may_ask(house: House) -> None:
    console = house.join(c.FACILITATOR, "Sato")
    house.hosting.tick()
    assert {code.text for code in picture(console).codes} >= {house.code("tokyo"), house.code("seoul")}
    tokyo = house.join("tokyo", "Tanaka")
    house.hosting.tick()
    assert [seat.name for seat in picture(console).seats] == ["Sato", "Tanaka"]
    before = house.code("tokyo")
    assert arrange(console, "new-code", "tokyo") == ""
    assert [code.acts_as for code in picture(console).codes].count("tokyo") == 2
    assert arrange(console, "withdraw-codes", "tokyo") == ""
    assert before not in {code.text for code in picture(console).codes}
    assert arrange(console, "revoke", tokyo.id) == ""
    tokyo.listen()
    goodbye = tokyo.last(messages.Goodbye)
    assert isinstance(goodbye, messages.Goodbye)
    assert goodbye.code == "revoked"
    assert arrange(console, "revoke", tokyo.id) == "that seat no longer exists"
    assert "no seats for 'paris'" in arrange(console, "new-code", "paris")


def test_a_reader_is_told_nothing_and_refused(house: House) -> None:
    first, second = house.join(c.FACILITATOR), house.join(c.FACILITATOR)
    house.hosting.tick()
    second.listen()
    assert second.last(messages.Reception) is None
    assert "another console runs this exercise" in arrange(second, "new-code", "tokyo")
    tokyo = house.join("tokyo")
    assert "another console runs this exercise" in arrange(second, "revoke", tokyo.id)
    assert tokyo.id in {seat.id for seat in house.hosting.admission.seats()}
    second.say(messages.TakeOver())
    assert second.last(messages.Reception) is not None
    told = len(first.told)
    house.join("seoul")
    house.hosting.tick()
    first.listen()
    assert not [frame for frame in first.told[told:] if isinstance(frame, messages.Reception)]
    assert "another console runs this exercise" in arrange(first, "new-code", "tokyo")


@pytest.mark.parametrize("kind", ["tokyo", "evaluator", "observer", "wall"])
def test_b16_b18_no_other_seat_may_ask_or_is_sent_a_code(house: House, kind: str) -> None:
    console = house.join(c.FACILITATOR)
    station = house.join(kind)
    house.hosting.tick()
    console.listen()
    station.listen()
    secrets = {code.text for code in house.hosting.enrolment.open_codes()} | {house.hosting.enrolment.secret}
    assert not [text for text in station.texts for secret in secrets if secret in text]
    station.say(messages.Arrange(key="k", act="new-code", of="tokyo"))
    goodbye = station.last(messages.Goodbye)
    assert isinstance(goodbye, messages.Goodbye)
    assert goodbye.code == "protocol"
    assert station.last(messages.Arranged) is None


def test_f07_while_the_hosts_own_console_has_the_chair_others_read(house: House) -> None:
    now(house.hosting.hub.consoles.claim(LOCAL_CONSOLE))
    console = house.join(c.FACILITATOR)
    assert console.welcome.chair is not None
    assert not console.welcome.chair.yours
    house.hosting.tick()
    assert console.last(messages.Reception) is None
    console.say(messages.TakeOver())
    assert not house.hosting.hub.consoles.chair_frame(LOCAL_CONSOLE).yours


def test_the_chair_of_a_program_that_ended_is_free(tmp_path: Path) -> None:
    now(House(tmp_path).hosting.hub.consoles.claim(LOCAL_CONSOLE))
    again = House(tmp_path)
    console = again.join(c.FACILITATOR)
    assert console.welcome.chair is not None
    assert console.welcome.chair.yours
    assert console.welcome.chair.epoch == 2


def test_how_far_teams_have_come_is_told_to_facilitators_alone(house: House) -> None:
    first, second, tokyo = house.join(c.FACILITATOR), house.join(c.FACILITATOR), house.join("tokyo")
    house.do(c.Startex())
    tokyo.show()
    house.hosting.tick()
    for console in (first, second, house.join(c.FACILITATOR)):
        reach = console.last(messages.Reach)
        assert isinstance(reach, messages.Reach)
        assert reach.teams == {"tokyo": 2}
    tokyo.listen()
    assert tokyo.last(messages.Reach) is None


def test_a_console_that_keeps_the_chair_is_shown_the_desk_that_waited_to_be_sent(house: House) -> None:
    """It asked for the chair that it has, while what was new at the desk was on its way."""
    console = house.join(c.FACILITATOR, "Kim")
    house.join("tokyo", "Sato")
    house.hosting.tick()  # has the desk told, and nothing is read
    console.connection.receive(encode(messages.TakeOver()), house.time.seconds)
    house.hosting.tick()
    desk = console.last(messages.Reception)
    assert isinstance(desk, messages.Reception)
    assert [seat.name for seat in desk.seats] == ["Kim", "Sato"]
