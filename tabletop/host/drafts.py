"""Drafts of forms: what stands in them is kept while people type, and outlives the program.

Nobody is ever stopped by a draft. A change is written beside the event loop, in order; what the disk refuses
stays in memory and is tried again at the next change.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final, Protocol, TypeAlias

from tabletop.errors import InputError
from tabletop.system.disk_queue import DiskQueue, disk

PATIENCE: Final = 1.0
"""Seconds for which a disk is waited for before a form is sent, and at the end of the program."""

Choice: TypeAlias = str | bool | tuple[str, ...]
"""One of several, yes or no, any number of several."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in a form that was not sent, or whose answer is not known."""

    title: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    """What was typed, by field."""
    choices: Mapping[str, Choice] = field(default_factory=dict)
    """What was chosen, by field."""
    focus: str = ""
    """The field with the cursor."""
    open: bool = False
    """Whether the form was on the screen."""
    sent: bool = False
    """Whether it was sent and its answer did not come: it may have been recorded."""

    @property
    def fields(self) -> Mapping[str, Choice]:
        """All fields, typed and chosen."""
        return {**self.choices, **self.texts}

    @property
    def words(self) -> str:
        """All that was typed, for people to read."""
        return "\n".join(text for text in self.texts.values() if text.strip())

    @property
    def empty(self) -> bool:
        """Whether nothing was typed or chosen."""
        return not self.words and not any(self.choices.values())


DraftKey: TypeAlias = tuple[str, str]
"""Seat and name of the form."""

Drafts: TypeAlias = Mapping[DraftKey, Draft]
"""In the order of their latest changes."""


class DraftFile(Protocol):
    """Where drafts are kept from one start of the program to the next."""

    def read(self) -> Drafts:
        """Return what is kept."""

    def write(self, drafts: Drafts) -> None:
        """Keep these and nothing else. Raises `InputError`."""

    def remove(self) -> None:
        """Leave nothing behind. Raises `InputError`."""


class DraftStore:
    """The drafts of all seats at which this program types, in memory only if there is no file."""

    def __init__(self, file: DraftFile | None = None) -> None:
        self._file = file
        self._drafts = dict(file.read()) if file is not None else {}
        self._interrupted = {seat: name for (seat, name), draft in self._drafts.items() if draft.open}
        self._resumed: set[DraftKey] = set()
        self._looks: list[Callable[[], None]] = []
        self._write_waits = False
        self._over = False
        self.disk_queue = DiskQueue()
        """Changes of the file take turns here, so that a slow disk holds up no key."""

    def of(self, seat: str) -> SeatDrafts:
        """Return the drafts of one seat."""
        return SeatDrafts(self, seat)

    def end(self) -> None:
        """Forget everything for good, because the record of the exercise is closed."""
        self._over = True
        self._drafts.clear()
        self._interrupted.clear()
        if self._file is not None:
            self.disk_queue.put(_remove(self._file), failed=_try_again_later)

    async def written(self) -> None:
        """Wait until the disk has every change so far, but not for long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self.disk_queue.run(_no_op())

    async def close(self) -> None:
        """Keep what stands in the forms that are open, wait for the disk as `written` does, and end."""
        for look in tuple(self._looks):
            look()
        await self.written()
        self.disk_queue.abandon()

    def find(self, seat: str) -> dict[str, Draft]:
        """Return the drafts of a seat by form, the one changed last at the end."""
        return {name: draft for (of, name), draft in self._drafts.items() if of == seat}

    def put(self, seat: str, name: str, draft: Draft | None) -> None:
        """Replace a draft, or forget it."""
        if self._over:
            return
        before = self._drafts.pop((seat, name), None)
        if draft is not None:
            self._drafts[seat, name] = draft
        if before != draft and self._file is not None and not self._write_waits:
            self._write_waits = True
            self.disk_queue.put(self._writing(self._file), failed=_try_again_later)

    async def _writing(self, file: DraftFile) -> None:
        self._write_waits = False
        drafts = dict(self._drafts)
        await disk(lambda: file.write(drafts))

    def take_interrupted(self, seat: str) -> str | None:
        """Return, once, the form of a seat that was open when the program ended.

        It counts as closed from now on: a form that takes the program with it is not opened at every start.
        """
        name = self._interrupted.pop(seat, None)
        draft = self._drafts.get((seat, name)) if name is not None else None
        if name is None or draft is None:
            return None
        self.put(seat, name, replace(draft, open=False))
        self._resumed.add((seat, name))
        return name

    def resume(self, seat: str, name: str) -> bool:
        """Return, once, whether a form opens as it was when the program ended."""
        resumed = (seat, name) in self._resumed
        self._resumed.discard((seat, name))
        return resumed

    def follow(self, look: Callable[[], None]) -> Callable[[], None]:
        """Call `look` before the program ends, so that a form keeps its last words; returns what ends it."""
        self._looks.append(look)
        return lambda: self._looks.remove(look)


@dataclass(frozen=True, slots=True)
class SeatDrafts:
    """The drafts of one seat, by the names of their forms."""

    store: DraftStore
    seat: str

    @property
    def names(self) -> tuple[str, ...]:
        """The forms of which something is kept, the one changed last at the end."""
        return tuple(self.store.find(self.seat))

    def get(self, name: str) -> Draft | None:
        """Return what stood in a form; None if nothing is kept of it."""
        return self.store.find(self.seat).get(name)

    def title(self, name: str) -> str:
        """Return what a form that left a draft is called."""
        draft = self.get(name)
        return draft.title if draft is not None else ""

    def put(self, name: str, draft: Draft) -> None:
        """Keep what stands in a form."""
        self.store.put(self.seat, name, draft)

    def discard(self, name: str) -> None:
        """Keep nothing of a form any more."""
        self.store.put(self.seat, name, None)

    def readable(self) -> tuple[Draft, ...]:
        """Return the drafts in which something was typed, the latest first."""
        return tuple(draft for draft in reversed(self.store.find(self.seat).values()) if draft.words)

    def take_interrupted(self) -> str | None:
        """Return, once, the form that was open when the program ended."""
        return self.store.take_interrupted(self.seat)

    def resume(self, name: str) -> bool:
        """Return, once, whether a form opens as it was when the program ended."""
        return self.store.resume(self.seat, name)


async def _remove(file: DraftFile) -> None:
    await disk(file.remove)


async def _no_op() -> None:
    """Wait for nothing but its turn."""


def _try_again_later(error: Exception) -> None:
    """Go on in memory where the disk refuses; RuntimeError: the event loop beside which it works is over."""
    if not isinstance(error, InputError | RuntimeError):
        raise error
