"""The link at the host's own terminal shows a seat what `view` gives it, counted for that seat alone."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tabletop.exercise.commands import FACILITATOR, Hold, Message, Note, Pausex, Resume, Startex, State
from tabletop.exercise.state import Stage
from tabletop.host.hosted_link import READ_ONLY, HostedLink
from tabletop.host.local_link import LocalLink
from tabletop.host.session import Session
from tabletop.protocol.link import Sight
from tabletop.protocol.messages import TakeOver
from tabletop.protocol.submission import Receipt
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime
from tests.builders import tiny_scenario
from tests.host.hosted import House
from tests.host.slow_disk import SlowDisk


@pytest.fixture
def session() -> Session:
    """A session that runs, in which teams have talked without Tokyo."""
    time = VirtualTime()
    session = Session.begin(MemoryLog(), tiny_scenario(), name="Play", seed=1, time=time.source())
    session.submit("facilitator", Startex())
    session.submit("washington", Message(to=("seoul",), text="not for Tokyo"))
    session.submit("facilitator", Note(text="not for teams"))
    return session


def watch(session: Session, seat: str) -> tuple[LocalLink, list[Sight]]:
    seen: list[Sight] = []
    link = LocalLink(session, seat)
    link.watch(seen.append)
    return link, seen


def test_a_team_counts_what_it_sees_without_gaps_and_without_numbers_of_the_log(session: Session) -> None:
    _, seen = watch(session, "tokyo")
    session.submit("facilitator", Hold(inject="leak"))
    session.submit("seoul", State(text="Hear us"))
    assert [(sight.number, sight.event.type) for sight in seen] == [
        (1, "exercise-started"),
        (2, "statement-made"),
    ]
    assert all((sight.seq, sight.seat, sight.wall) == (0, "", "") for sight in seen)


async def test_a_receipt_tells_a_team_its_own_numbers_and_exercise_control_those_of_the_log(
    session: Session,
) -> None:
    tokyo, seen = watch(session, "tokyo")
    answer = await tokyo.submit(State(text="Hear us"), "k1")
    assert answer == Receipt(2, 2)
    assert seen[-1].number == 2
    assert await tokyo.submit(State(text="Hear us"), "k1") == Receipt(2, 2)
    control, _ = watch(session, "facilitator")
    answer = await control.submit(Note(text="x"))
    assert answer == Receipt(session.state.seq, session.state.seq)


async def test_f17_pausex_at_the_hosts_own_terminal_holds_against_resume_that_waits(
    session: Session,
) -> None:
    session.submit("facilitator", Pausex())
    control, _ = watch(session, "facilitator")
    disk = SlowDisk(session.disk_queue)
    commands = (Note(text="slow"), Resume(), Note(text="later"), Pausex())
    given = [asyncio.create_task(control.submit(command)) for command in commands]
    while not disk.asked:
        await asyncio.sleep(0)
    disk.answer_all()
    answers = await asyncio.gather(*given)
    assert [isinstance(answer, Receipt) for answer in answers] == [True, False, True, False]
    assert session.state.stage is Stage.PAUSED


async def test_f17_f08_a_console_that_loses_the_chair_while_it_waits_does_nothing(
    tmp_path: Path,
) -> None:
    house = House(tmp_path)
    here, elsewhere = HostedLink(house.hosting, FACILITATOR), house.join(FACILITATOR, "Lee")
    disk = SlowDisk(house.session.disk_queue)
    elsewhere.say(TakeOver())
    waiting = (here.recover(), here.submit(Note(text="late")), here.arrange("new-code", "tokyo"))
    given = [asyncio.create_task(asked) for asked in (*waiting, here.hand_pen(None, "tokyo"))]
    await asyncio.sleep(0)
    disk.answer_all()
    recovered, *others = await asyncio.gather(*given)
    assert not recovered
    assert others == [READ_ONLY] * 3
