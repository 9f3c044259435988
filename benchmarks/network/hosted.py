"""The host of a measured exercise, in a process of its own: `python hosted.py FOLDER SEATS`.

Everything is as `tabletop host` has it: admission, the hub, the server, a log on disk. Only the seats are not
taken with codes one by one: seat 7 is told apart by a token made of its number. Started again with the same
folder it goes on with its log, at the same port.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tabletop.cli.event_loop import run
from tabletop.host.access import Access
from tabletop.host.admission_file import roster_saver, seats_path
from tabletop.host.app import HostApp
from tabletop.host.opening import begin, go_on
from tabletop.protocol.roster import Roster, Seated, SeatInfo
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tabletop.system.certificate import host_certificate
from tabletop.system.clock import SYSTEM_TIME

TEAMS = ("washington", "tokyo", "seoul")
CONSOLE = "console"


def token(seat: str) -> str:
    """Return the token of a seat."""
    return hashlib.sha256(seat.encode()).hexdigest()


@dataclass
class Hosted:
    """Handle of a running host in the measuring process."""

    folder: Path
    seats: int
    secure: bool = False
    port: int = 0
    codes: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] = field(init=False)

    def start(self) -> None:
        """Start or restart the host; return once it listens."""
        words = [str(self.folder), str(self.seats), str(self.port), "tls" if self.secure else "plain"]
        self.process = subprocess.Popen(
            [sys.executable, __file__, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        said = json.loads(self.process.stdout.readline())
        self.port, self.codes = said["port"], said["codes"]

    @property
    def memory(self) -> int:
        """Resident memory in bytes."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    @property
    def processor(self) -> float:
        """Processor time so far, in seconds."""
        words = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """Kill the host with SIGKILL."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Shut the host down."""
        self.process.communicate("")


async def _serve(folder: Path, seats: int, port: int, *, secure: bool) -> None:
    log = folder / "bench.db"
    if log.exists():
        session = go_on(log)
    else:
        scenario = load_scenario(find_scenario("sakishima-dawn")).scenario
        session = begin(scenario, log, name="bench", seed=1)
        roster = Roster().joined(_seated(CONSOLE, "facilitator"), plays=False)
        for number in range(seats):
            roster = roster.joined(_seated(str(number), TEAMS[number % 3]), plays=True)
        roster_saver(seats_path(log))(roster)
    own = host_certificate(folder, ["127.0.0.1"], SYSTEM_TIME) if secure else None
    many = Access(connections=2 * seats + 100)  # all of them come from this computer
    hosting = HostApp(session, log, SYSTEM_TIME, fault=_fault, certificate=own, access=many)
    await hosting.open("127.0.0.1", port)
    codes = [hosting.admission.new_code(team) for team in TEAMS]
    print(json.dumps({"port": hosting.endpoint.port, "codes": codes}), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await hosting.close("measured")
    session.close()


def _seated(seat: str, acts_as: str) -> Seated:
    info = SeatInfo(token(seat)[:16], acts_as, seat, "")
    return Seated(info, hashlib.sha256(token(seat).encode()).digest())


def _fault(error: Exception) -> None:
    print(repr(error), file=sys.stderr)


if __name__ == "__main__":
    run(_serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), secure=sys.argv[4] == "tls"))
