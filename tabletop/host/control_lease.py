"""Who runs the exercise when several consoles are attached: one sits in the chair, the others read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tabletop.errors import InputError
from tabletop.exercise.refusal import Refusal
from tabletop.system.disk_queue import disk
from tabletop.system.private_file import read_private, write_private

HERE: Final = "here"
"""Stands for a seat in the host's own program, which needs no code."""


@dataclass(slots=True)
class Chair:
    """One holder at a time. Every change of hands begins a new epoch, which commands must carry.

    So a console that slept through a takeover cannot act: its commands carry the epoch before.
    """

    epoch: int = 0
    holder: str | None = None
    """The seat that holds it; None until a console comes."""
    keep: Callable[[Chair], None] | None = None
    """Called with what is about to be, before every change of hands; may raise `InputError`."""

    async def sit(self, seat: str) -> None:
        """Take the chair if nobody has it yet. Raises what `take` raises."""
        if self.holder is None:
            await self.take(seat)

    async def take(self, seat: str) -> None:
        """Take the chair from whoever has it. Raises `InputError` if that cannot be kept; all stays then.

        Kept before anybody is told: else a host that was killed then would give an epoch out twice.
        """
        if self.holder != seat:
            if self.keep is not None:
                await disk(partial(self.keep, Chair(self.epoch + 1, seat)))
            self.epoch, self.holder = self.epoch + 1, seat

    def check(self, seat: str, epoch: int) -> Refusal | None:
        """Why a command of that seat under that epoch is refused; None if it is not."""
        if seat == self.holder and epoch == self.epoch:
            return None
        return Refusal("another console runs this exercise now; take over first to act here", "stale-epoch")


def chair_beside(log: Path) -> Chair:
    """The chair of the exercise in that log, with the epoch it had: a host started again forgets no takeover.

    Raises `InputError` if the file that keeps it is damaged.
    """
    path = log.with_name(f"{log.name}.chair")

    def keep(chair: Chair) -> None:
        write_private(path, json.dumps({"epoch": chair.epoch, "holder": chair.holder}).encode("ascii"))

    data = read_private(path)
    if data is None:
        return Chair(keep=keep)
    try:
        known = json.loads(data)
        holder = str(known["holder"])
        # A console in the program of before is gone with it, and nobody else knows its seat.
        return Chair(epoch=int(known["epoch"]), holder=None if holder == HERE else holder, keep=keep)
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"{path} is damaged; remove it, and no console of before can act any more"
        ) from error
