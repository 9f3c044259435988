"""A station without a screen, as a program: `python -m tests.link.station_program HOST PORT [plain]`.

The first line that it reads is a code. Every further one is a command, in JSON; it is given at once,
whatever the link does. It prints what happens as lines of JSON: `sight`, `answer` and `link`.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading

from pydantic import TypeAdapter

from tabletop.exercise import commands as c
from tabletop.exercise.refusal import Refusal
from tabletop.link.address import HostAddress
from tabletop.link.credentials import Credentials
from tabletop.link.network import NetworkLink
from tabletop.link.outbox import Outbox
from tabletop.link.pinning import pinned_context, shown_certificate
from tabletop.protocol.link import Sight
from tabletop.system.certificate import fingerprint
from tabletop.system.clock import SYSTEM_TIME

COMMAND: TypeAdapter[c.Command] = TypeAdapter(c.Command)


def say(**what: object) -> None:
    print(json.dumps(what), flush=True)


def show(sight: Sight) -> None:
    say(sight=sight.number, event=sight.event.model_dump(mode="json"))


async def give(link: NetworkLink, command: c.Command, number: int) -> None:
    answer = await link.submit(command)
    say(answer=number, refused=answer.message if isinstance(answer, Refusal) else None)


async def main() -> None:
    host, port, plain = sys.argv[1], int(sys.argv[2]), "plain" in sys.argv[3:]
    tls = None if plain else pinned_context(fingerprint(shown_certificate(host, port)))
    credentials = Credentials(code=sys.stdin.readline().strip(), name="Away")
    link = NetworkLink(HostAddress(host, port, secure=not plain), credentials, Outbox(), SYSTEM_TIME, tls=tls)
    await link.open()
    link.watch(show)
    loop, given = asyncio.get_running_loop(), asyncio.Queue[str]()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(given.put_nowait, line)

    threading.Thread(target=read, daemon=True).start()
    tasks: set[asyncio.Task[None]] = set()
    told: tuple[bool, str | None, tuple[str, ...]] | None = None
    while True:
        while not given.empty():
            command = COMMAND.validate_json(given.get_nowait())
            tasks.add(asyncio.create_task(give(link, command, len(tasks))))
        if (link.live, link.trouble(), link.warnings) != told:
            told = (link.live, link.trouble(), link.warnings)
            say(link=told[0], trouble=told[1], says=told[2])
        await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main())
