"""A host in a process of its own, started, killed and started again as people do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass
class Program:
    """`tabletop` with these words, its input and everything it printed so far."""

    words: list[str]
    home: Path
    typed: str = ""
    process: subprocess.Popen[bytes] = field(init=False)
    out: Path = field(init=False)

    def __post_init__(self) -> None:
        self.out = self.home / f"out-{len(list(self.home.glob('out-*')))}"
        environment = {**os.environ, "TABLETOP_HOME": str(self.home), "PYTHONPATH": str(CHECKOUT)}
        with self.out.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-u", "-m", "tabletop", *self.words],
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=environment,
            )
        assert self.process.stdin is not None
        self.process.stdin.write(self.typed.encode())
        self.process.stdin.close()

    @property
    def text(self) -> str:
        return self.out.read_text()

    def until(self, wanted: str, within: float = 15) -> str:
        """Wait until that stands in what it printed; returns all of it."""
        end = time.monotonic() + within  # noqa: TID251 - another process's time
        while wanted not in self.text:
            assert time.monotonic() < end, f"no {wanted!r} in:\n{self.text}"  # noqa: TID251
            assert self.process.poll() is None or wanted in self.text, self.text
            time.sleep(0.02)  # noqa: TID251
        return self.text

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(10)

    @property
    def command_line(self) -> bytes:
        return Path(f"/proc/{self.process.pid}/cmdline").read_bytes()


class HostProgram(Program):
    """`tabletop host`, which says what lets people in."""

    @property
    def port(self) -> int:
        return int(self.until("Facilitator's secret").split(" is open at ")[1].split()[0].rpartition(":")[2])

    def code(self, kind: str) -> str:
        lines = self.until("Facilitator's secret").splitlines()
        return next(line.split()[1] for line in lines if line.startswith(f"  {kind} "))

    @property
    def secret(self) -> str:
        return self.until("Facilitator's secret: ").split("Facilitator's secret: ")[1].split()[0]
