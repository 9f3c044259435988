"""Keep drafts (text that is typed but not sent) of the programs with a screen."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.host.drafts import DraftStore
    from tabletop.host.session import Session
    from tabletop.link.network import NetworkLink


def drafts_beside(log: Path, session: Session) -> AbstractAsyncContextManager[DraftStore]:
    """Keep drafts beside the log of this program while the block runs."""
    from tabletop.host.draft_file import drafts_path
    from tabletop.host.handshake import identity

    return _kept(drafts_path(log), identity(session.records[0]))


def drafts_of_seat(typed: str, link: NetworkLink, *, plain: bool) -> AbstractAsyncContextManager[DraftStore]:
    """Keep drafts in the folder of the seat at that host while the block runs."""
    from tabletop.link.address import parse_address
    from tabletop.link.keyring import Keyring

    place = parse_address(typed, plain=plain)
    return _kept(Keyring().of(place).drafts(link.seat_id), link.exercise)


@asynccontextmanager
async def _kept(path: Path, exercise: str) -> AsyncIterator[DraftStore]:
    from tabletop.host.draft_file import DraftsOnDisk
    from tabletop.host.drafts import DraftStore
    from tabletop.system.disk_queue import DiskThread

    drafts = DraftStore(DraftsOnDisk(path, exercise))
    drafts.disk_queue.runner = DiskThread()
    with _written_at_hangup(drafts):
        try:
            yield drafts
        finally:
            await drafts.close()


@contextmanager
def _written_at_hangup(drafts: DraftStore) -> Iterator[None]:
    """On SIGHUP, write the drafts before the program ends as usual."""
    if sys.platform == "win32":
        yield
        return
    loop, ending = asyncio.get_running_loop(), set[asyncio.Task[None]]()

    async def end() -> None:
        await drafts.close()
        loop.remove_signal_handler(signal.SIGHUP)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGHUP)

    before = signal.getsignal(signal.SIGHUP)
    loop.add_signal_handler(signal.SIGHUP, lambda: ending.add(loop.create_task(end())))
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGHUP)
        signal.signal(signal.SIGHUP, before)
