"""Computers in rooms of their own: a network namespace for each, joined by a bridge, on one machine."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tabletop.exercise import commands as c
from tests.link.processes import CHECKOUT, HostProgram

PREFIX = "10.213.77"


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


class Rooms:
    """A room `hub` with the bridge, and one for each name given, each with an address."""

    def __init__(self, *names: str) -> None:
        self._tag = f"tt{os.getpid() % 100_000}"
        self._made: list[str] = []
        self.names = names
        self.addresses = {name: f"{PREFIX}.{number}" for number, name in enumerate(("hub", *names), 1)}

    def build(self) -> None:
        """Make everything. Raises CalledProcessError where that is not allowed."""
        self._add("hub")
        self._inside("hub", "ip", "link", "add", "bridge", "type", "bridge")
        self._inside("hub", "ip", "addr", "add", f"{self.addresses['hub']}/24", "dev", "bridge")
        self._inside("hub", "ip", "link", "set", "bridge", "up")
        for number, name in enumerate(self.names):
            self._add(name)
            self._inside(
                "hub", "ip", "link", "add", f"to{number}", "type", "veth", "peer", "name", "eth", "netns",
                self._space(name),
            )  # fmt: skip
            self._inside("hub", "ip", "link", "set", f"to{number}", "master", "bridge", "up")
            self._inside(name, "ip", "addr", "add", f"{self.addresses[name]}/24", "dev", "eth")
            self._inside(name, "ip", "link", "set", "eth", "up")

    def remove(self) -> None:
        """Take everything away again."""
        for name in self._made:
            subprocess.run(["/usr/bin/env", "ip", "netns", "del", self._space(name)], check=False)

    def inside(self, name: str) -> tuple[str, ...]:
        """The words before those of a program that is to run in that room."""
        return ("ip", "netns", "exec", self._space(name))

    def cut(self, name: str) -> None:
        """Pull the plug of that room: nothing gets through in either direction, and nobody is told."""
        self._inside("hub", "ip", "link", "set", f"to{self.names.index(name)}", "down")

    def mend(self, name: str) -> None:
        """Put the plug back."""
        self._inside("hub", "ip", "link", "set", f"to{self.names.index(name)}", "up")

    def swallow(self, name: str) -> None:
        """Lose what goes to that room, and deliver what comes from it."""
        self._inside(
            "hub", "tc", "qdisc", "replace", "dev", f"to{self.names.index(name)}", "root", "blackhole"
        )

    def deliver(self, name: str) -> None:
        """Lose nothing any more."""
        self._inside("hub", "tc", "qdisc", "del", "dev", f"to{self.names.index(name)}", "root")

    def received(self, name: str) -> int:
        """Bytes that have reached that room."""
        counted = subprocess.run(
            [*self.inside(name), "cat", "/sys/class/net/eth/statistics/rx_bytes"],
            check=True,
            capture_output=True,
        )
        return int(counted.stdout)

    def _space(self, name: str) -> str:
        return f"{self._tag}-{name}"

    def _add(self, name: str) -> None:
        _run("ip", "netns", "add", self._space(name))
        self._made.append(name)
        self._inside(name, "ip", "link", "set", "lo", "up")

    def _inside(self, name: str, *words: str) -> None:
        _run(*self.inside(name), *words)


@contextmanager
def rooms(*names: str) -> Iterator[Rooms]:
    """Rooms for as long as the block lasts; skips the test where the machine does not allow them."""
    if sys.platform != "linux" or shutil.which("ip") is None:
        pytest.skip("no network namespaces: this is not Linux, or it has no iproute2")
    made = Rooms(*names)
    try:
        try:
            made.build()
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"no network namespaces: only root may make them, where the system lets it ({error})")
        yield made
    finally:
        made.remove()


class Away:
    """A station in another room, and everything it said."""

    def __init__(self, rooms: Rooms, room: str, host: HostProgram, code: str, *, plain: bool = False) -> None:
        self.room = room
        self._said: list[dict[str, Any]] = []
        self._out = host.home / f"station-{room}-{code}"
        with self._out.open("wb") as out:
            self.process = subprocess.Popen(
                [*rooms.inside(room), sys.executable, "-m", "tests.link.station_program",
                 rooms.addresses["hub"], str(host.port), *(["plain"] if plain else [])],
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=CHECKOUT,
            )  # fmt: skip
        self._in = self.process.stdin
        self._write(code)
        self._asked = 0

    def _write(self, line: str) -> None:
        assert self._in is not None
        self._in.write(f"{line}\n".encode())
        self._in.flush()

    def give(self, command: c.Command) -> int:
        """Give a command; returns its number at this station."""
        self._write(command.model_dump_json(by_alias=True))
        self._asked += 1
        return self._asked - 1

    @property
    def text(self) -> str:
        """All that it printed."""
        return self._out.read_text()

    def said(self, kind: str) -> list[dict[str, Any]]:
        """Its lines of that kind."""
        lines = self.text.splitlines(keepends=True)
        return [said for line in lines if line.endswith("\n") and kind in (said := json.loads(line))]

    @property
    def live(self) -> bool:
        """Whether the host answers."""
        told = self.said("link")
        return bool(told) and told[-1]["link"]

    @property
    def trouble(self) -> str:
        """What stands across its screen."""
        told = self.said("link")
        return (told[-1]["trouble"] or "") if told else ""

    @property
    def says(self) -> list[str]:
        """What its side panel tells of other stations."""
        told = self.said("link")
        return list(told[-1]["says"]) if told else []

    def answered(self, number: int) -> bool:
        """Whether a command was answered."""
        return any(one["answer"] == number for one in self.said("answer"))

    def texts(self, kind: str) -> list[str]:
        """The words of all events of a type that it was shown."""
        return [one["event"]["text"] for one in self.said("sight") if one["event"]["type"] == kind]

    async def until(self, true: Callable[[], bool], within: float = 15) -> float:
        """Wait until that is so; returns how long it took."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while not true():
            assert loop.time() - began < within, self.text[-2_000:]
            assert self.process.poll() is None, self.text
            await asyncio.sleep(0.02)
        return loop.time() - began

    async def recorded(self, command: c.Command, within: float = 15) -> float:
        """Give a command and wait until it is answered; returns how long that took."""
        number = self.give(command)
        took = await self.until(lambda: self.answered(number), within)
        assert [one["refused"] for one in self.said("answer") if one["answer"] == number] == [None]
        return took

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        assert self._in is not None
        self._in.close()


@contextmanager
def hosted(rooms: Rooms, home: Path, *, plain: bool = False) -> Iterator[HostProgram]:
    """A host in the room with the bridge, open to all the others."""
    words = ["host", "sakishima-dawn", "--log", str(home / "game.db"), "--port", "0"]
    host = HostProgram(
        [*words, "--lan", rooms.addresses["hub"], *(["--plain"] if plain else [])],
        home,
        wrapped_in=rooms.inside("hub"),
    )
    try:
        yield host
    finally:
        host.kill()
        assert "Traceback" not in host.text
