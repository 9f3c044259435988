"""The link at the host's own terminal shows a seat what `view` gives it, counted for that seat alone."""

from __future__ import annotations

import pytest

from tabletop.exercise.commands import Hold, Message, Note, Startex, State
from tabletop.host.clock import VirtualTime
from tabletop.host.receipt import Receipt
from tabletop.host.session import Session
from tabletop.link.local import LocalLink
from tabletop.link.protocol import Sight
from tabletop.store.memory import MemoryLog
from tests.builders import tiny_scenario


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
