"""The Autobahn cases, run by kosoku, against a host's socket with nothing but an echo behind it (B14).

A host answers frames of its own protocol only, so that an echo stands in for the hub here. All that a
frame goes through before the hub is the host's own: its settings, its limits and its protocol. Not run are
messages beyond the limit of 64 KB (9; `test_conformance.py` says what happens to those) and compression
(12 and 13), which is off.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import Future
from contextlib import asynccontextmanager

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from tabletop.host.acceptor import Acceptor
from tabletop.host.connection_limits import ConnectionLimits
from tabletop.host.floods import FloodTally
from tabletop.host.network import Server, settings
from tabletop.host.server import listen
from tabletop.host.uvicorn_protocols import EXTENSION

kosoku = pytest.importorskip("kosoku", reason="kosoku is not installed, or not to be had for this machine")

CASES = 247
BEYOND = ["9.*", "12.*", "13.*"]
BYTES = ["1.2.*"]
"""Messages of bytes: a hub takes text only, and ends the connection."""

ENDED_ANYWAY = {"7.1.5"}
"""A close within a message that is not complete: the `websockets` library answers 1002, not 1000."""


async def by_asgi(scope: Scope, receive: Receive, send: Send) -> None:
    """Echo every message, as of a station that has said hello."""
    await receive()
    await send({"type": "websocket.accept"})
    scope["extensions"][EXTENSION]["socket"].hello_said()
    while (message := await receive())["type"] == "websocket.receive":
        kind = "text" if message.get("text") is not None else "bytes"
        await send({"type": "websocket.send", kind: message[kind]})


async def handed_over(scope: Scope, receive: Receive, send: Send) -> None:
    """Echo text as a hub is given it."""
    await receive()
    await send({"type": "websocket.accept"})
    socket = scope["extensions"][EXTENSION]["socket"]
    socket.hello_said()

    def echo(text: str | None) -> None:
        if text is not None and socket.reads:
            socket.write([text])

    socket.hand_over(echo, lambda: None)
    await receive()


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[str]:
    """The address of a server with a host's settings."""
    listener = listen("127.0.0.1", 0)
    limits, tally = ConnectionLimits(1_000), FloodTally()
    server = Server(settings(app), lambda made: Acceptor(listener, made, limits, tally, None), Future())
    task = asyncio.create_task(server.serve())
    try:
        yield f"ws://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


async def failures(app: ASGIApp, *excluded: str) -> tuple[set[str], int]:
    """The ids of the cases that fail, and how many were run."""
    async with serving(app) as url:
        try:
            results = await kosoku.run_fuzzingclient(url, exclude_cases=[*BEYOND, *excluded], concurrency=8)
        except kosoku.FailureError as failed:
            results = failed.results
    good = {"OK", "NON-STRICT", "INFORMATIONAL"}
    return {one.case_id for one in results if one.behavior.value not in good}, len(results)


async def test_b14_the_autobahn_cases_within_the_limits(capfd: pytest.CaptureFixture[str]) -> None:
    failed, run = await failures(by_asgi)
    assert failed <= ENDED_ANYWAY
    assert run >= CASES
    assert "Traceback" not in capfd.readouterr().err


async def test_b14_the_autobahn_cases_of_text_as_the_hub_is_given_it(
    capfd: pytest.CaptureFixture[str],
) -> None:
    failed, run = await failures(handed_over, *BYTES)
    assert failed <= ENDED_ANYWAY
    assert run >= CASES - 8
    assert "Traceback" not in capfd.readouterr().err
