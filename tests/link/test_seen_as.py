"""A team's station as exercise control looks at it: what the team sees, no more and no less."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise.events import MessageSent
from tabletop.exercise.refusal import Refusal
from tabletop.host.local_link import LocalLink
from tabletop.link.seen_as import SeenAs
from tabletop.protocol.link import Link, Sight
from tests.tui.console.staging import Play


def sights(link: Link) -> list[Sight]:
    """Everything a link shows so far."""
    found: list[Sight] = []
    link.watch(found.append)()
    return found


def played() -> Play:
    """Injects, a decision, a private message and a note of exercise control."""
    play = Play().start().release("notice").until(5).release("detection")
    play.do(c.Message(to=("seoul",), text="for Seoul alone"), "tokyo")
    play.do(c.Note(text="for nobody"))
    return play.until(6)


@pytest.mark.parametrize("seat", ["washington", "tokyo", "seoul"])
def test_it_shows_exactly_what_the_teams_own_station_shows(seat: str) -> None:
    play = played()
    looked = sights(SeenAs(LocalLink(play.session, "facilitator"), seat))
    assert looked == sights(LocalLink(play.session, seat))
    assert looked


def test_what_comes_is_shown_as_it_comes() -> None:
    play, found = played(), list[Sight]()
    end = SeenAs(LocalLink(play.session, "facilitator"), "seoul").watch(found.append)
    before = len(found)
    play.do(c.Message(to=("washington",), text="not for Seoul"), "tokyo")
    play.do(c.Message(to=("seoul",), text="for Seoul"), "tokyo")
    assert [sight.event.text for sight in found[before:] if isinstance(sight.event, MessageSent)] == [
        "for Seoul"
    ]
    assert found[-1].number == before + 1
    end()


async def test_nothing_can_be_entered() -> None:
    play = played()
    link, before = SeenAs(LocalLink(play.session, "facilitator"), "tokyo"), len(play.session.records)
    answer = await link.submit(c.Message(to=("seoul",), text="x"))
    assert isinstance(answer, Refusal)
    assert "nothing can be entered" in answer.message
    assert isinstance(await link.hand_pen(None, "tokyo"), Refusal)
    assert not await link.recover()
    assert len(play.session.records) == before


def test_what_would_come_is_shown_at_the_end_to_those_who_would_see_it() -> None:
    play = played()
    coming = (MessageSent(by="tokyo", to=("seoul",), text="to come"),)
    facilitator = LocalLink(play.session, "facilitator")
    assert sights(SeenAs(facilitator, "seoul", coming))[-1].event == coming[0]
    assert sights(SeenAs(facilitator, "washington", coming)) == sights(SeenAs(facilitator, "washington"))
