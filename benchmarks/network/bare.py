"""Minimal stations: sockets in one event loop, so that only the host is timed.

A bare station shakes hands, says hello, and from then on looks only for a mark in the bytes that arrive. What
it has received it acknowledges between two releases, when nothing is timed.
"""

from __future__ import annotations

import json
import os
import re
import selectors
import socket
import struct
import time
from collections.abc import Sequence
from pathlib import Path

from hosted import token

_NUMBER = re.compile(rb'"number":(\d+)')
TO = ["washington", "tokyo", "seoul"]


class BareStation:
    """A raw WebSocket connection to the host."""

    def __init__(self, port: int, seat: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.seen = 0
        self.socket.sendall(
            f"GET /station HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.socket.recv(65536)
        self.buffer = self.buffer.partition(b"\r\n\r\n")[2]
        self.send({"type": "hello", "version": 1, "token": token(seat)})
        while b'"type":"welcome"' not in self.buffer:
            self.buffer += self.socket.recv(65536)

    def send(self, frame: dict[str, object]) -> None:
        """Send a frame, masked with zero bytes."""
        data = json.dumps(frame).encode()
        head = struct.pack("!BB", 0x81, 0x80 | len(data)) if len(data) < 126 else b""
        head = head or struct.pack("!BBH", 0x81, 0x80 | 126, len(data))
        self.socket.sendall(head + b"\0\0\0\0" + data)

    def acknowledge(self) -> None:
        """Return the frames received so far and clear them."""
        numbers = _NUMBER.findall(self.buffer)
        self.seen = max([self.seen, *map(int, numbers)])
        self.buffer = b""
        self.send({"type": "ping", "seen": self.seen, "shown": self.seen})


class Ring:
    """A console and its stations, all minimal."""

    def __init__(self, port: int, stations: int) -> None:
        self.console = BareStation(port, "console")
        self.stations = [BareStation(port, str(number)) for number in range(stations)]
        self._selector = selectors.DefaultSelector()
        for one in (self.console, *self.stations):
            self._selector.register(one.socket, selectors.EVENT_READ, one)
        self.settle(0.5)
        self._give({"do": "startex"}, "start")
        self.settle(0.5)

    def settle(self, seconds: float) -> None:
        """Read frames and acknowledge them."""
        for part in (0.1, 0.9):
            end = time.perf_counter() + seconds * part
            while (left := end - time.perf_counter()) > 0:
                self._read(left)
            if part < 0.5:
                for one in (self.console, *self.stations):
                    one.acknowledge()

    def release(self, number: int, text: str) -> tuple[float, float]:
        """Return the milliseconds from a command to its receipt, and to its arrival at the last station."""
        key, mark = f"release-{number}", f"mark-{number}-"
        waiting = set(self.stations)
        receipt = 0.0
        began = time.perf_counter()
        self._give({"do": "inject", "title": "t", "from": "f", "to": TO, "text": mark + text}, key)
        while waiting or not receipt:
            for one in self._read(5.0):
                if one is self.console:
                    if not receipt and f'"receipt","key":"{key}"'.encode() in one.buffer:
                        receipt = time.perf_counter()
                elif mark.encode() in one.buffer:
                    waiting.discard(one)
        return (receipt - began) * 1000, (time.perf_counter() - began) * 1000

    def close(self) -> None:
        """Close all connections."""
        for one in (self.console, *self.stations):
            one.socket.close()

    def _give(self, command: dict[str, object], key: str) -> None:
        self.console.send({"type": "submit", "key": key, "command": command, "epoch": 1})

    def _read(self, within: float) -> Sequence[BareStation]:
        found = []
        for entry, _ in self._selector.select(within):
            data = entry.data.socket.recv(65536)
            if not data:
                raise ConnectionError("the host has closed a connection")
            entry.data.buffer += data
            found.append(entry.data)
        return found


class Floor:
    """One fsync and one loopback round trip to another process: a lower bound for any host."""

    def __init__(self, path: Path, size: int) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._data = b"x" * size
        ready = socket.create_server(("127.0.0.1", 0))
        if os.fork() == 0:
            ours, _ = ready.accept()
            ours.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while data := ours.recv(65536):
                ours.sendall(data)
            os._exit(0)
        self._socket = socket.create_connection(ready.getsockname())
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ready.close()

    def once(self) -> float:
        """Return the milliseconds of one round."""
        began = time.perf_counter()
        os.write(self._file, self._data)
        os.fdatasync(self._file)
        self._socket.sendall(self._data)
        left = len(self._data)
        while left > 0:
            left -= len(self._socket.recv(65536))
        return (time.perf_counter() - began) * 1000

    def close(self) -> None:
        """Stop the other process."""
        self._socket.close()
        os.close(self._file)
        os.wait()
