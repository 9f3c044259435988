"""N8: who joins again under the same name is asked whether the old seat is theirs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tabletop.protocol import messages
from tabletop.protocol.framing import encode, from_host
from tests.host.hosted import House, Joined
from tests.link.processes import Program, site_at

TOKEN, FRESH = "a" * 64, "b" * 64


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def hello(
    house: House,
    name: str = "Kim",
    *,
    token: str = FRESH,
    kind: str = "tokyo",
    code: str = "",
    understands: tuple[str, ...] = messages.UNDERSTANDS,
    returning: bool | None = None,
) -> messages.FromHost:
    """What the host answers to somebody who comes with a code."""
    connection = house.hosting.hub.open("10.0.0.9")
    frame = messages.Hello(
        version=messages.VERSION,
        code=code or house.code(kind),
        token=token,
        name=name,
        understands=understands,
        returning=returning,
    )
    connection.receive(encode(frame), house.time.seconds)
    return from_host(connection.next_frame() or "")


def kim_is_away(house: House) -> Joined:
    first = messages.Hello(version=messages.VERSION, code=house.code("tokyo"), token=TOKEN, name="Kim")
    kim = Joined(house, first)
    house.hosting.hub.closed(kim.connection)
    return kim


def test_n8_who_joins_under_the_name_of_a_seat_that_is_away_is_asked_and_gets_it(house: House) -> None:
    kim = kim_is_away(house)
    code = house.code("tokyo")
    asked = hello(house, " kim ", code=code)
    assert isinstance(asked, messages.Goodbye)
    assert asked.code == "same-name"
    assert asked.reason == "Kim has a seat here already, and its terminal is not connected"
    back = hello(house, " kim ", code=code, returning=True)
    assert isinstance(back, messages.Welcome)
    assert back.seat.id == kim.id
    assert house.hosting.admission.pen("tokyo") == kim.id
    assert len(house.hosting.admission.seats()) == 1
    assert code not in [one.text for one in house.hosting.admission.codes()]
    assert house.hosting.admission.authenticate(TOKEN) is None
    assert house.hosting.admission.authenticate(FRESH) is not None


def test_n8_somebody_else_of_that_name_gets_a_seat_of_their_own(house: House) -> None:
    kim = kim_is_away(house)
    other = hello(house, returning=False)
    assert isinstance(other, messages.Welcome)
    assert other.seat.id != kim.id
    assert house.hosting.admission.authenticate(TOKEN) is not None


def test_n8_the_seat_is_kept_over_a_restart_with_its_new_token(house: House, tmp_path: Path) -> None:
    kim = kim_is_away(house)
    hello(house, returning=True)
    again = House(tmp_path)
    seat = again.hosting.admission.authenticate(FRESH)
    assert seat is not None
    assert seat.id == kim.id


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Mori"},
        {"name": ""},
        {"kind": "seoul"},
        {"understands": ()},
    ],
)
def test_n8_whom_the_question_does_not_concern_is_not_asked(house: House, changed: dict[str, object]) -> None:
    kim_is_away(house)
    answer = hello(house, **changed)  # type: ignore[arg-type]
    assert isinstance(answer, messages.Welcome)
    assert len(house.hosting.admission.seats()) == 2


def test_n8_a_seat_whose_terminal_is_there_is_given_to_nobody(house: House) -> None:
    kim = house.join("tokyo", "Kim")
    other = hello(house, returning=True)
    assert isinstance(other, messages.Welcome)
    assert other.seat.id != kim.id
    assert kim.connection.ended is None


def test_n8_who_guesses_a_code_learns_no_name(house: House) -> None:
    kim_is_away(house)
    for _ in range(12):
        answer = hello(house, code="no-such-code-here")
        assert isinstance(answer, messages.Goodbye)
        assert answer.code == "refused"
        assert "Kim" not in answer.reason
    answer = hello(house, code=house.code("tokyo"))  # after too many wrong ones not even with a good one
    assert isinstance(answer, messages.Goodbye)
    assert "wait a minute" in answer.reason


@pytest.mark.slow
@pytest.mark.parametrize(("answer", "seats"), [("y", 1), ("n", 2)])
async def test_n8_the_person_is_asked_at_the_terminal(tmp_path: Path, answer: str, seats: int) -> None:
    async with site_at(tmp_path) as site:
        console = await site.join("facilitator")

        def observers() -> list[str]:
            seen = console.enrolment.seats if console.enrolment is not None else ()
            return [seat.standing for seat in seen if seat.acts_as == "observer"]

        async def joins(home: Path, typed: str) -> Program:
            assert console.enrolment is not None
            code = next(one.text for one in console.enrolment.codes if one.acts_as == "observer")
            home.mkdir()
            program = Program(["watch", str(site.address)], home, typed=f"{code}\nKim\n\n{typed}")
            site.programs.append(program)
            await asyncio.to_thread(program.until, "was set up from")
            return program

        await site.until(lambda: console.enrolment is not None)
        first = await joins(tmp_path / "here", "")
        first.kill()
        await site.until(lambda: observers() == ["closed"])
        second = await joins(tmp_path / "elsewhere", f"{answer}\n")
        assert "Kim has a seat here already, and its terminal is not connected." in second.text
        assert "Is this Kim again?" in second.text
        await site.until(lambda: len(observers()) == seats and "connected" in observers())
