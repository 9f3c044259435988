"""A `tabletop` that has a terminal of its own: what it draws is read, keys are typed."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
import time
from pathlib import Path

from tests.link.processes import CHECKOUT

_CONTROL = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b[@-Z\\-_]")


class Terminal:
    """A program on a pseudo-terminal of 120 by 40."""

    def __init__(self, home: Path, *words: str) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        environment = {
            **os.environ,
            "TABLETOP_HOME": str(home),
            "PYTHONPATH": str(CHECKOUT),
            "TERM": "xterm-256color",
            "COLUMNS": "120",
            "LINES": "40",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tabletop", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)
        self._drawn = bytearray()
        self._reads = threading.Event()
        self._reads.set()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            self._reads.wait()
            try:
                data = os.read(self._master, 65536)
            except OSError:  # the program has ended
                return
            if not data:
                return
            self._drawn += data

    @property
    def text(self) -> str:
        """Everything drawn so far, without what places and colours it."""
        return _CONTROL.sub(b"", bytes(self._drawn)).decode(errors="replace")

    def hold(self) -> None:
        """Take nothing in any more, as a terminal does in which somebody marks text."""
        self._reads.clear()

    def let_go(self) -> None:
        """Take everything in again."""
        self._reads.set()

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def until(self, wanted: str, within: float = 30) -> str:
        """Wait until that was drawn; returns all of it."""
        end = time.monotonic() + within  # noqa: TID251 - another process's time
        while wanted not in self.text:
            assert time.monotonic() < end, f"no {wanted!r} in:\n{self.text[-4000:]}"  # noqa: TID251
            assert self.process.poll() is None, self.text[-4000:]
            time.sleep(0.02)  # noqa: TID251
        return self.text

    def close(self) -> None:
        """End the program, however it stands."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)
