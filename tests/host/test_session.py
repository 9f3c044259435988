"""The session: recorded before acknowledged, once a key, and nothing lost when the log fails."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Stage
from tabletop.host.session import MARK_EVERY, Session
from tabletop.protocol.submission import Receipt
from tabletop.rules.scoring import score_log
from tabletop.store.log import LogCorrupt
from tabletop.store.reading import read_only
from tabletop.store.sqlite import SqliteLog
from tabletop.system.clock import VirtualTime
from tests.builders import tiny_scenario
from tests.host.slow_disk import SlowDisk
from tests.store.failing import FailingLog

FACILITATOR = "facilitator"


class Table:
    """A session in virtual time."""

    def __init__(self) -> None:
        self.time = VirtualTime()
        self.log = FailingLog()
        self.session = Session.begin(
            self.log, tiny_scenario(), name="Spring", seed=3, time=self.time.source()
        )

    def wait(self, seconds: float) -> None:
        self.time.seconds += seconds
        self.session.tick()

    def grant(self, seat: str, command: c.Command, key: str | None = None) -> Receipt:
        answer = self.session.submit(seat, command, key)
        assert isinstance(answer, Receipt), answer
        return answer

    def kinds(self) -> list[str]:
        return [record.event.type for record in self.log.read()]


@pytest.fixture
def table() -> Table:
    table = Table()
    table.grant(FACILITATOR, c.Startex())
    return table


def test_game_time_runs_with_the_clock_and_stands_in_pausex(table: Table) -> None:
    table.wait(5)
    table.grant(FACILITATOR, c.Pausex())
    table.wait(100)
    assert table.session.now == 5
    table.grant(FACILITATOR, c.Resume())
    table.wait(2)
    assert table.session.now == 7


def test_a_rate_counts_from_when_it_was_set(table: Table) -> None:
    table.wait(10)
    table.grant(FACILITATOR, c.Rate(rate=60))
    table.wait(2)
    assert table.session.now == 130


def test_a_jump_sets_the_clock_forward_and_it_runs_on(table: Table) -> None:
    table.grant(FACILITATOR, c.Jump.model_validate({"to": "T+6"}))
    table.wait(3)
    assert table.session.now == 363


def test_a_clock_that_runs_backwards_does_not_take_game_time_back(table: Table) -> None:
    table.wait(30)
    table.grant(FACILITATOR, c.Note(text="x"))
    table.time.seconds -= 20
    assert table.session.now == 30


def test_a_retry_with_the_same_key_gets_the_first_answer(table: Table) -> None:
    first = table.grant(FACILITATOR, c.Note(text="once"), key="k1")
    assert table.grant(FACILITATOR, c.Note(text="once"), key="k1") == first
    assert table.kinds().count("note-taken") == 1
    clash = table.session.submit(FACILITATOR, c.Note(text="twice"), "k1")
    assert isinstance(clash, Refusal)
    assert clash.code == "key-clash"


def test_a_key_is_remembered_after_a_restart(table: Table) -> None:
    first = table.grant(FACILITATOR, c.Note(text="once"), key="k1")
    again = Session.resume(table.log, table.time.source())
    assert again.submit(FACILITATOR, c.Note(text="once"), "k1") == first


def test_the_same_key_of_another_seat_is_another_key(table: Table) -> None:
    table.grant("tokyo", c.State(text="hello"), key="k1")
    table.grant("seoul", c.State(text="hello"), key="k1")
    assert table.kinds().count("statement-made") == 2


def test_listeners_hear_only_what_is_on_the_disk(table: Table) -> None:
    heard: list[int] = []
    stop = table.session.subscribe(lambda record: heard.append(record.seq))
    table.log.full = True
    assert isinstance(table.session.submit(FACILITATOR, c.Note(text="x")), Refusal)
    assert heard == []
    table.log.full = False
    assert table.session.recover()
    stop()
    table.grant(FACILITATOR, c.Note(text="y"))
    assert heard == [record.seq for record in table.log.read() if record.event.type == "play-paused"]


def test_a_full_disk_stops_the_clock_and_says_so_and_play_goes_on_once_there_is_room(table: Table) -> None:
    table.wait(5)
    table.log.full = True
    refused = table.session.submit("facilitator", c.Note(text="lost?"))
    assert isinstance(refused, Refusal)
    assert "disk is full" in refused.message
    assert table.session.trouble == "the disk is full"
    table.wait(60)
    assert table.session.now == 5
    assert not table.session.recover()
    table.log.full = False
    assert table.session.recover()
    assert table.session.state.stage is Stage.PAUSED
    table.grant(FACILITATOR, c.Resume())
    table.grant("tokyo", c.State(text="not lost"))


def test_n12_no_refusal_tells_a_player_why_the_disk_fails(table: Table) -> None:
    """It may name a path on the host's disk, with the user's name in it."""
    table.log.full = True
    in_doubt = table.session.submit("tokyo", c.State(text="while it fails"))
    failed = table.session.submit("seoul", c.State(text="once it has failed"))
    for refused in (in_doubt, failed):
        assert isinstance(refused, Refusal)
        assert "disk is full" not in refused.message
        assert "the facilitator sees why" in refused.message
    told = table.session.submit("facilitator", c.Note(text="x"))
    assert isinstance(told, Refusal)
    assert "disk is full" in told.message


def test_a_log_that_holds_something_else_by_then_stays_in_trouble_and_says_why(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(after: int = 0) -> NoReturn:
        raise LogCorrupt(f"event {after + 1} is not what was written")

    table.log.full = True
    assert isinstance(table.session.submit("tokyo", c.State(text="lost?")), Refusal)
    table.log.full = False
    monkeypatch.setattr(table.log, "read", read)
    assert not table.session.recover()
    assert "is not what was written" in str(table.session.trouble)
    monkeypatch.undo()
    assert table.session.recover()


def test_what_the_failed_append_left_in_the_log_is_taken_in_before_play_goes_on(table: Table) -> None:
    """A commit whose answer was lost: the log holds it, so it has happened."""
    table.log.full = table.log.kept_anyway = True
    assert isinstance(table.session.submit("tokyo", c.State(text="kept"), "k1"), Refusal)
    table.log.full = table.log.kept_anyway = False
    heard: list[str] = []
    table.session.subscribe(lambda record: heard.append(record.event.type))
    assert table.session.recover()
    assert heard == ["statement-made", "play-paused"]
    assert isinstance(table.session.submit("tokyo", c.State(text="kept"), "k1"), Receipt)
    assert table.kinds().count("statement-made") == 1


def test_a_log_that_disappears_is_noticed_at_the_next_tick(table: Table) -> None:
    table.log.gone = True
    table.wait(0.25)
    assert table.session.trouble == "the log was deleted"


def test_a_log_that_was_deleted_is_there_again_once_the_session_is_closed(tmp_path: Path) -> None:
    """Nobody pressed F5."""
    path, time = tmp_path / "log.db", VirtualTime()
    session = Session.begin(
        SqliteLog.create(path), tiny_scenario(), name="Spring", seed=3, time=time.source()
    )
    session.submit(FACILITATOR, c.Startex())
    for file in tmp_path.iterdir():
        file.unlink()
    time.seconds += 1
    session.tick()
    assert "was deleted" in (session.trouble or "")
    session.close()
    with read_only(path) as reader:
        kinds = [record.event.type for record in reader.read()]
    assert kinds == ["exercise-created", "exercise-started", "play-paused"]


def test_a_crash_loses_no_more_than_the_seconds_since_the_last_mark(table: Table) -> None:
    for _ in range(50):
        table.wait(0.5)
    again = Session.resume(table.log, table.time.source())
    assert again.state.stage is Stage.PAUSED
    assert 25 - MARK_EVERY <= again.now <= 25
    assert isinstance(again.submit(FACILITATOR, c.Resume()), Receipt)


def test_a_session_resumed_is_the_session_that_was(table: Table) -> None:
    table.grant(FACILITATOR, c.Auto(on=True))
    table.grant(FACILITATOR, c.Jump.model_validate({"to": "T+6"}))
    table.wait(1)
    table.grant("tokyo", c.Decide(decision="alert", option="quiet"))
    table.grant(FACILITATOR, c.Pausex())
    again = Session.resume(table.log, table.time.source())
    assert again.state == table.session.state
    assert again.scorer.scorecard() == table.session.scorer.scorecard() == score_log(table.log.read())


def test_a_gate_credits_capital_where_the_objective_stands_well(table: Table) -> None:
    table.grant(FACILITATOR, c.Auto(on=True))
    table.grant(FACILITATOR, c.Jump.model_validate({"to": "T+5"}))
    table.wait(1)
    table.grant("washington", c.Decide(decision="push-track", option="both"))
    table.grant(FACILITATOR, c.Gate())
    credited = [r.event for r in table.log.read() if isinstance(r.event, e.CapitalCredited)]
    assert [(one.team, one.points) for one in credited] == [("washington", 1)]
    assert table.session.state.accounts["washington"].capital == 6


def test_the_scenario_travels_in_the_log(table: Table) -> None:
    created = next(iter(table.log.read())).event
    assert isinstance(created, e.ExerciseCreated)
    assert created.scenario == tiny_scenario()
    assert created.scenario_hash == tiny_scenario().content_hash


def ask(table: Table, command: c.Command, *, seat: str = FACILITATOR) -> list[Receipt | Refusal]:
    """What a command is answered with, once it is."""
    answers: list[Receipt | Refusal] = []
    table.session.disk_queue.put(table.session.submit_task(seat, command), answers.append)
    return answers


def test_f17_nobody_is_told_of_what_is_not_on_the_disk_yet(table: Table) -> None:
    heard: list[str] = []
    table.session.subscribe(lambda record: heard.append(record.event.type))
    disk = SlowDisk(table.session.disk_queue)
    answers = ask(table, c.Note(text="slow"))
    state = table.session.state
    table.wait(1)
    assert (answers, heard, table.session.state) == ([], [], state)
    assert table.session.now == 1
    disk.answer()
    assert isinstance(answers[0], Receipt)
    assert heard == ["note-taken"]


def test_f17_a_command_is_judged_by_what_was_recorded_before_it(table: Table) -> None:
    disk = SlowDisk(table.session.disk_queue)
    first, second = ask(table, c.Pausex()), ask(table, c.Pausex())
    disk.answer_all()
    assert isinstance(first[0], Receipt)
    assert isinstance(second[0], Refusal)


def test_f17_what_is_due_goes_out_between_commands_however_many_wait(table: Table) -> None:
    table.grant(FACILITATOR, c.Auto(on=True))
    disk = SlowDisk(table.session.disk_queue)
    notes = [ask(table, c.Note(text=f"{number}")) for number in range(5)]
    table.wait(60)  # the tiny scenario's first inject is due
    more = [ask(table, c.Note(text=f"{number}")) for number in range(5, 10)]
    disk.answer_all()
    assert all(isinstance(answer[0], Receipt) for answer in notes + more)
    kinds = table.kinds()
    assert kinds.index("inject-released") < len(kinds) - 5


def test_f17_a_disk_that_does_not_answer_is_told_of_and_costs_nobody_time(table: Table) -> None:
    disk = SlowDisk(table.session.disk_queue)
    answers = ask(table, c.Note(text="slow"))
    table.wait(1.5)
    assert table.session.trouble is None
    table.wait(0.5)
    assert "has not answered since" in str(table.session.trouble)
    stood = table.session.now
    for _ in range(40):
        table.wait(0.25)
    assert table.session.now == stood == 2
    later = ask(table, c.Note(text="later"))
    assert (answers, later) == ([], [])
    disk.answer_all()
    assert table.session.trouble is None
    assert isinstance(answers[0], Receipt)
    assert isinstance(later[0], Receipt)
    table.wait(3)
    disk.answer_all()
    assert table.session.now == stood + 3
    assert "play-paused" not in table.kinds()


def test_f17_a_disk_that_fails_after_a_while_has_failed(table: Table) -> None:
    disk = SlowDisk(table.session.disk_queue)
    answers = ask(table, c.Note(text="slow"))
    table.wait(2)
    table.log.full = True
    disk.answer_all()
    assert isinstance(answers[0], Refusal)
    assert table.session.trouble == "the disk is full"


def test_trying_again_while_the_log_has_not_failed_changes_nothing(table: Table) -> None:
    before = table.kinds()
    assert table.session.recover()
    assert table.kinds() == before
