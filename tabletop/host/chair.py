"""Who runs the exercise when several consoles are attached: one sits in the chair, the others read."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.exercise.refusal import Refusal


@dataclass(slots=True)
class Chair:
    """One holder at a time. Every change of hands begins a new epoch, which commands must carry.

    So a console that slept through a takeover cannot act: its commands carry the epoch before.
    """

    epoch: int = 0
    holder: str | None = None
    """The seat that holds it; None until a console comes."""

    def sit(self, seat: str) -> None:
        """Take the chair if nobody has it yet."""
        if self.holder is None:
            self.take(seat)

    def take(self, seat: str) -> None:
        """Take the chair from whoever has it."""
        if self.holder != seat:
            self.epoch += 1
            self.holder = seat

    def check(self, seat: str, epoch: int) -> Refusal | None:
        """Why a command of that seat under that epoch is refused; None if it is not."""
        if seat == self.holder and epoch == self.epoch:
            return None
        return Refusal("another console runs this exercise now; take over first to act here", "stale-epoch")
