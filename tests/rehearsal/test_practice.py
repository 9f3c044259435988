"""Teams that the program plays live, through the same link as a station."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.errors import InputError
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.state import Stage
from tabletop.host.first_record import first_record
from tabletop.host.local_link import LocalLink
from tabletop.host.session import Session
from tabletop.protocol.link import Briefing
from tabletop.rehearsal.practice import Practice, parse_players
from tabletop.store.memory import MemoryLog
from tabletop.store.sqlite import SqliteLog
from tabletop.system.clock import VirtualTime
from tests.builders import tiny_scenario

PLAYERS = {"washington": "naive", "seoul": "silent"}


def unexpected(error: Exception) -> None:
    raise error


class Room:
    """A session with virtual time in which the program plays two teams."""

    def __init__(self) -> None:
        scenario, self.time = tiny_scenario(), VirtualTime()
        wall = self.time.source().wall()
        first = first_record(scenario, name="alone", seed=3, wall=wall, players=PLAYERS)
        self.session = Session.start(MemoryLog(), first, self.time.source(), mark_every=None)
        self.practice = self.players()

    def players(self) -> Practice:
        links = [LocalLink(self.session, team) for team in self.session.state.script.scenario.teams]
        state = self.session.state
        return Practice(state.script.scenario, state.players, links, seed=3, fault=unexpected)

    async def start(self) -> None:
        for command in (c.Auto(on=True), c.Startex()):
            await LocalLink(self.session, c.FACILITATOR).submit(command)

    async def pass_minutes(self, minutes: float) -> None:
        for _ in range(int(minutes * 12)):
            self.time.seconds += 5
            self.session.tick()
            self.practice.tick()
            for _ in range(20):
                await asyncio.sleep(0)

    def acts(self, team: str) -> list[e.Event]:
        return [record.event for record in self.session.records if record.seat == team]


def test_a_team_is_played_in_game_time_and_a_silent_one_is_not() -> None:
    async def play() -> Room:
        room = Room()
        await room.start()
        await room.pass_minutes(9)
        return room

    room = asyncio.run(play())
    kinds = {event.type for event in room.acts("washington")}
    assert {"card-shared", "consult-requested", "decision-recorded"} <= kinds
    assert not room.acts("seoul")
    assert not room.acts("tokyo")


def test_nothing_is_lost_while_play_is_paused() -> None:
    async def play() -> Room:
        room = Room()
        await room.start()
        await room.pass_minutes(5.1)
        await LocalLink(room.session, c.FACILITATOR).submit(c.Pausex())
        before = len(room.session.records)
        await room.pass_minutes(5)
        assert len(room.session.records) == before
        await LocalLink(room.session, c.FACILITATOR).submit(c.Resume())
        await room.pass_minutes(5)
        return room

    room = asyncio.run(play())
    assert room.session.state.stage is Stage.RUNNING
    assert "card-shared" in {event.type for event in room.acts("washington")}


def test_a_decision_taken_by_hand_is_left_alone() -> None:
    async def play() -> Room:
        room = Room()
        await room.start()
        await room.pass_minutes(5.1)
        asked = next(name for name, team in room.session.state.decisions if team == "washington")
        other = list(room.session.state.script.scenario.decisions[asked].options)[-1]
        await LocalLink(room.session, "washington").submit(c.Decide(decision=asked, option=other))
        await room.pass_minutes(6)
        assert room.session.state.decisions[asked, "washington"].option == other
        return room

    assert asyncio.run(play()).acts("washington")


def test_after_a_restart_nothing_is_done_twice() -> None:
    async def play() -> Room:
        room = Room()
        await room.start()
        await room.pass_minutes(9)
        done = len(room.acts("washington"))
        room.practice = room.players()
        await room.pass_minutes(0.5)
        assert len(room.acts("washington")) == done
        return room

    asyncio.run(play())


def test_every_seat_sees_that_it_is_a_practice() -> None:
    room = Room()
    for seat in ("tokyo", "wall", c.FACILITATOR):
        assert Briefing.of(room.session.state, seat).title.startswith("PRACTICE – ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("washingtn=naive", "Did you mean 'washington'? The teams are: washington, tokyo, seoul"),
        ("tokyo=nave", "Did you mean 'naive'? The players are: random, silent"),
        ("tokyo", "there is no player ''"),
        ("", "there is no team ''"),
        ("tokyo=naive,tokyo=silent", "tokyo has two players"),
    ],
)
def test_unknown_teams_and_players_are_refused(text: str, words: str) -> None:
    with pytest.raises(InputError, match=re.escape(words)):
        parse_players(text, tiny_scenario())


def test_log_score_explanation_and_report_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    room = Room()
    room.session.submit(c.FACILITATOR, c.Startex())
    room.session.submit(c.FACILITATOR, c.Endex())
    log = SqliteLog.create(tmp_path / "alone.db")
    log.append(room.session.records)
    log.close()
    for verb in ("log", "score", "explain"):
        assert main([verb, "alone.db"]) == 0
        assert "PRACTICE: the program played washington by “naive”" in " ".join(
            capsys.readouterr().out.split()
        )
    for verb in ("score", "explain"):
        assert main([verb, "alone.db", "--json"]) == 0
        assert "PRACTICE" in json.loads(capsys.readouterr().out)["practice"]
    assert main(["report", "alone.db"]) == 0
    for name in capsys.readouterr().out.split("\n"):
        if name:
            assert "PRACTICE" in Path(name).read_text(encoding="utf-8")
