"""A code is spent and its answer lost: the terminal gets its seat all the same, and nobody else does."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from tabletop.exercise.events import ExerciseCreated
from tabletop.host.admission import Admission, AdmissionRefused, Admitted
from tabletop.host.consoles import ControlLease
from tabletop.host.hub import Hub
from tabletop.host.session import Session
from tabletop.link.pending_joins import PendingJoins
from tabletop.protocol import messages
from tabletop.protocol.framing import encode
from tabletop.store.memory import MemoryLog
from tabletop.store.sqlite import read_only
from tabletop.system.clock import VirtualTime, random_bytes
from tests.builders import tiny_scenario
from tests.link.processes import HostProgram, Program
from tests.system.waiting import now

TEAMS = ("washington", "tokyo", "seoul")


def admission() -> Admission:
    return Admission(TEAMS, time=VirtualTime().source(), randomness=random_bytes)


def token() -> str:
    return random_bytes(32).hex()


class Site:
    """A host without sockets."""

    def __init__(self) -> None:
        self.admission = admission()
        time = VirtualTime().source()
        session = Session.begin(MemoryLog(), tiny_scenario(), name="x", seed=1, time=time)
        self.hub = Hub(session, self.admission, time, rejoin="tabletop {verb} x", lease=ControlLease())

    def hello(self, *, token: str, code: str | None = None) -> str:
        """What the host answers to a hello on a new connection, as the text of its first frame."""
        connection = self.hub.open("10.0.0.7")
        connection.receive(encode(messages.Hello(version=messages.VERSION, code=code, token=token)), 0)
        return connection.next_frame() or ""


def test_a_connection_cut_after_the_host_admitted_it_leaves_no_orphan_with_the_pen() -> None:
    site, chosen = Site(), token()
    code = site.admission.new_code("tokyo")
    cut = site.hub.open("10.0.0.7")
    cut.receive(encode(messages.Hello(version=messages.VERSION, code=code, token=chosen, name="Tanaka")), 0)
    site.hub.closed(cut)  # its welcome never left the host
    assert '"type":"welcome"' in site.hello(code=code, token=chosen)
    (seat,) = site.admission.seats()
    assert site.admission.pen("tokyo") == seat.id


def test_the_token_alone_opens_the_seat_too() -> None:
    site, chosen = Site(), token()
    site.hello(code=site.admission.new_code("tokyo"), token=chosen)
    assert '"type":"welcome"' in site.hello(token=chosen)


def test_the_host_never_sends_a_token_that_the_station_chose() -> None:
    site, chosen = Site(), token()
    assert chosen not in site.hello(code=site.admission.new_code("tokyo"), token=chosen)


def test_the_code_with_another_token_is_refused() -> None:
    site = Site()
    code = site.admission.new_code("tokyo")
    site.hello(code=code, token=token())
    assert "that code does not work" in site.hello(code=code, token=token())
    assert len(site.admission.seats()) == 1


def test_who_comes_back_spends_no_second_code() -> None:
    site, chosen = Site(), token()
    site.hello(code=site.admission.new_code("tokyo"), token=chosen)
    unused = site.admission.new_code("tokyo")
    site.hello(code=unused, token=chosen)
    assert [code.text for code in site.admission.codes()] == [unused]


def test_a_seat_that_was_revoked_does_not_come_back_by_its_code_and_token() -> None:
    site, chosen = Site(), token()
    code = site.admission.new_code("tokyo")
    site.hello(code=code, token=chosen)
    now(site.admission.revoke(site.admission.seats()[0].id))
    assert "that code does not work" in site.hello(code=code, token=chosen)


@pytest.mark.parametrize("weak", ["", "0", "0" * 63, "0" * 65, "G" * 64, "０" * 64])
def test_a_token_that_could_be_guessed_is_refused_and_the_code_stays_good(weak: str) -> None:
    own = admission()
    code = own.new_code("tokyo")
    assert isinstance(now(own.admit(code, "10.0.0.7", "", "", weak)), AdmissionRefused)
    assert isinstance(now(own.admit(code, "10.0.0.7", "", "", token())), Admitted)


# At the terminal ----------------------------------------------------------------------------------


def test_b18_the_token_is_kept_for_this_user_alone_before_it_is_sent(tmp_path: Path) -> None:
    joining = PendingJoins(tmp_path).begin()
    (path,) = tmp_path.glob("joining-*.json")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert joining.token in path.read_text()
    assert joining.token not in path.name
    assert joining.token not in repr(joining)
    joining.close()


def test_one_program_at_a_time_works_on_a_try(tmp_path: Path) -> None:
    tries = PendingJoins(tmp_path)
    mine = tries.begin()
    assert tries.unfinished() == []
    mine.close()
    (left,) = tries.unfinished()
    assert left.token == mine.token
    left.done()
    left.close()
    assert tries.unfinished() == []
    assert list(tmp_path.iterdir()) == []


def test_what_is_damaged_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "joining-1.json").write_text('{"format": 1, "token": "short"}')
    (tmp_path / "joining-2.json").write_bytes(b"\xff")
    assert PendingJoins(tmp_path).unfinished() == []


# Between two programs -----------------------------------------------------------------------------


class Cutter:
    """A way to the host. The first `cuts` connections end when the host answers, not before."""

    def __init__(self, to: int, cuts: int) -> None:
        self.to, self.cuts, self.port = to, cuts, 0
        self.open: set[asyncio.Task[None]] = set()

    async def come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry(reader, writer))
        self.open.add(task)
        with suppress(asyncio.CancelledError, ConnectionError):
            await task

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_host, to_host = await asyncio.open_connection("127.0.0.1", self.to)
        up = asyncio.create_task(asyncio.sleep(0))
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            to_host.write(head.replace(b":%d" % self.port, b":%d" % self.to))
            writer.write(await from_host.readuntil(b"\r\n\r\n"))
            up = asyncio.create_task(self._pour(reader, to_host))
            if self.cuts:
                self.cuts -= 1
                await from_host.read(1)  # the host has answered: it took the station in
            else:
                await self._pour(from_host, writer)
        finally:
            up.cancel()
            for one in (writer, to_host):
                one.transport.abort()
                with suppress(ConnectionError):
                    await one.wait_closed()

    async def _pour(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()


@asynccontextmanager
async def cutter(to: int, cuts: int) -> AsyncIterator[Cutter]:
    way = Cutter(to, cuts)
    server = await asyncio.start_server(way.come, "127.0.0.1", 0)
    way.port = server.sockets[0].getsockname()[1]
    try:
        yield way
    finally:
        server.close()
        for task in way.open:
            task.cancel()
        await asyncio.gather(*way.open, return_exceptions=True)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
async def test_a_terminal_whose_first_answers_are_lost_gets_its_seat_with_one_code(tmp_path: Path) -> None:
    host = HostProgram(["host", "sakishima-dawn", "--log", str(tmp_path / "x.db"), "--port", "0"], tmp_path)
    try:
        async with cutter(host.port, cuts=2) as way:
            typed = f"{host.code('observer')}\nSato\n\n"
            watcher = Program(["watch", f"127.0.0.1:{way.port}"], tmp_path, typed=typed)
            await asyncio.to_thread(watcher.until, "was set up from")
            watcher.kill()
            assert way.cuts == 0
        assert (tmp_path / "x.db-seats.json").read_text().count('"id"') == 1
    finally:
        host.kill()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
async def test_the_same_command_goes_to_the_seat_that_no_answer_told_of_and_asks_no_code(
    tmp_path: Path,
) -> None:
    host = HostProgram(["host", "sakishima-dawn", "--log", str(tmp_path / "x.db"), "--port", "0"], tmp_path)
    try:
        async with cutter(host.port, cuts=3) as way:
            place = f"127.0.0.1:{way.port}"
            typed = f"{host.code('observer')}\nSato\n\n"
            lost = Program(["watch", place], tmp_path, typed=typed)
            assert await asyncio.to_thread(lost.process.wait, 15) == 2
            assert "type the same command again" in lost.text
            again = Program(["watch", place], tmp_path)
            await asyncio.to_thread(again.until, "was set up from")
            assert "before the connection broke" in again.text
            again.kill()
        assert (tmp_path / "x.db-seats.json").read_text().count('"id"') == 1
        assert not list(tmp_path.rglob("joining-*"))
    finally:
        host.kill()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_host_serves_a_cut(tmp_path: Path) -> None:
    log = tmp_path / "x.db"
    host = HostProgram(["host", "sakishima-dawn", "--cut", "45", "--log", str(log), "--port", "0"], tmp_path)
    try:
        assert host.code("tokyo")
    finally:
        host.kill()
    with read_only(log) as hosted:
        created = next(iter(hosted.read())).event
    assert isinstance(created, ExerciseCreated)
    assert created.scenario.length == 45 * 60
