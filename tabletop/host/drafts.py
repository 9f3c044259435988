"""What a terminal keeps of its seats while the program is away: drafts of forms, and what was opened.

A draft never blocks anybody. Changes are written in order, outside the event loop; what the disk refuses
stays in memory and is retried at the next change.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final, Protocol, TypeAlias

from tabletop.errors import InputError
from tabletop.system.disk_queue import DiskQueue, disk

PATIENCE: Final = 1.0
"""Seconds to wait for the disk before a form is sent, and at the end of the program."""

Choice: TypeAlias = str | bool | tuple[str, ...]
"""One of several, yes or no, or any number of several."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of a form that was not sent, or whose answer is unknown."""

    title: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Typed text, by field."""
    choices: Mapping[str, Choice] = field(default_factory=dict)
    """Choices, by field."""
    focus: str = ""
    """The field with the cursor."""
    open: bool = False
    """Whether the form was on screen."""
    sent: bool = False
    """Whether it was sent without an answer: it may have been recorded."""

    @property
    def fields(self) -> Mapping[str, Choice]:
        """All fields, typed and chosen."""
        return {**self.choices, **self.texts}

    @property
    def words(self) -> str:
        """All typed text, for people to read."""
        return "\n".join(text for text in self.texts.values() if text.strip())

    @property
    def empty(self) -> bool:
        """Whether nothing was typed or chosen."""
        return not self.words and not any(self.choices.values())


DraftKey: TypeAlias = tuple[str, str]
"""Seat and name of the form."""

Drafts: TypeAlias = Mapping[DraftKey, Draft]
"""Ordered by their latest change."""


@dataclass(frozen=True, slots=True)
class Kept:
    """All that a terminal keeps."""

    drafts: Drafts = field(default_factory=dict)
    opened: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By seat, keys of what was opened there, the latest last."""

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.drafts or self.opened)


class DraftFile(Protocol):
    """Where drafts, and what was opened, are kept between runs of the program."""

    def read(self) -> Kept:
        """Return what is stored."""

    def write(self, kept: Kept) -> None:
        """Replace what is stored. Raises `InputError`."""

    def remove(self) -> None:
        """Remove what is stored. Raises `InputError`."""


class DraftStore:
    """The drafts of all seats of this program; in memory only without a file."""

    def __init__(self, file: DraftFile | None = None) -> None:
        self._file = file
        kept = file.read() if file is not None else Kept()
        self._drafts = dict(kept.drafts)
        self._opened = {seat: dict.fromkeys(keys) for seat, keys in kept.opened.items()}
        self._interrupted = {seat: name for (seat, name), draft in self._drafts.items() if draft.open}
        self._resumed: set[DraftKey] = set()
        self._looks: list[Callable[[], None]] = []
        self._write_waits = False
        self._over = False
        self.disk_queue = DiskQueue()
        """Writes are queued here, so that a slow disk delays no key press."""

    def of(self, seat: str) -> SeatDrafts:
        """Return the drafts of one seat."""
        return SeatDrafts(self, seat)

    def end(self) -> None:
        """Discard everything, because the exercise is closed."""
        self._over = True
        self._drafts.clear()
        self._interrupted.clear()
        if self._file is not None:
            self.disk_queue.put(_remove(self._file), failed=_try_again_later)

    async def written(self) -> None:
        """Wait until every change so far is on disk, at most `PATIENCE` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self.disk_queue.run(_no_op())

    async def close(self) -> None:
        """Save the content of open forms, wait for the disk as `written` does, and end."""
        for look in tuple(self._looks):
            look()
        await self.written()
        self.disk_queue.abandon()

    def find(self, seat: str) -> dict[str, Draft]:
        """Return the drafts of a seat by form, the latest last."""
        return {name: draft for (of, name), draft in self._drafts.items() if of == seat}

    def put(self, seat: str, name: str, draft: Draft | None) -> None:
        """Replace a draft, or remove it."""
        if self._over:
            return
        before = self._drafts.pop((seat, name), None)
        if draft is not None:
            self._drafts[seat, name] = draft
        if before != draft:
            self._write_soon()

    def opened(self, seat: str) -> Set[str]:
        """Return the keys of what was opened at a seat."""
        return self._opened.get(seat, {}).keys()

    def open(self, seat: str, key: str) -> None:
        """Remember that something was opened at a seat."""
        keys = self._opened.setdefault(seat, {})
        if key not in keys:
            keys[key] = None
            self._write_soon()

    def _write_soon(self) -> None:
        if self._file is not None and not self._write_waits and not self._over:
            self._write_waits = True
            self.disk_queue.put(self._writing(self._file), failed=_try_again_later)

    async def _writing(self, file: DraftFile) -> None:
        self._write_waits = False
        kept = Kept(dict(self._drafts), {seat: tuple(keys) for seat, keys in self._opened.items()})
        await disk(lambda: file.write(kept))

    def take_interrupted(self, seat: str) -> str | None:
        """Return, once, the form of a seat that was open when the program ended.

        It counts as closed afterwards: a form that crashes the program must not be opened at every start.
        """
        name = self._interrupted.pop(seat, None)
        draft = self._drafts.get((seat, name)) if name is not None else None
        if name is None or draft is None:
            return None
        self.put(seat, name, replace(draft, open=False))
        self._resumed.add((seat, name))
        return name

    def resume(self, seat: str, name: str) -> bool:
        """Return, once, whether a form has to be restored as it was when the program ended."""
        resumed = (seat, name) in self._resumed
        self._resumed.discard((seat, name))
        return resumed

    def follow(self, look: Callable[[], None]) -> Callable[[], None]:
        """Call `look` before the program ends, to save an open form. Returns a function that stops it."""
        self._looks.append(look)
        return lambda: self._looks.remove(look)


@dataclass(frozen=True, slots=True)
class SeatDrafts:
    """The drafts of one seat, by form name."""

    store: DraftStore
    seat: str

    @property
    def names(self) -> tuple[str, ...]:
        """Forms with a draft, the latest last."""
        return tuple(self.store.find(self.seat))

    def get(self, name: str) -> Draft | None:
        """Return the draft of a form, if any."""
        return self.store.find(self.seat).get(name)

    def title(self, name: str) -> str:
        """Return the title of a form that left a draft."""
        draft = self.get(name)
        return draft.title if draft is not None else ""

    def put(self, name: str, draft: Draft) -> None:
        """Save the content of a form."""
        self.store.put(self.seat, name, draft)

    def discard(self, name: str) -> None:
        """Remove the draft of a form."""
        self.store.put(self.seat, name, None)

    def readable(self) -> tuple[Draft, ...]:
        """Return the drafts that contain typed text, latest first."""
        return tuple(draft for draft in reversed(self.store.find(self.seat).values()) if draft.words)

    @property
    def opened(self) -> Set[str]:
        """The keys of what was opened at this seat."""
        return self.store.opened(self.seat)

    def open(self, key: str) -> None:
        """Remember that something was opened at this seat."""
        self.store.open(self.seat, key)

    def take_interrupted(self) -> str | None:
        """Return, once, the form that was open when the program ended."""
        return self.store.take_interrupted(self.seat)

    def resume(self, name: str) -> bool:
        """Return, once, whether a form has to be restored as it was when the program ended."""
        return self.store.resume(self.seat, name)


async def _remove(file: DraftFile) -> None:
    await disk(file.remove)


async def _no_op() -> None:
    """Do nothing: completes once all earlier tasks of the queue have."""


def _try_again_later(error: Exception) -> None:
    """Ignore errors of the disk; RuntimeError: the event loop has ended."""
    if not isinstance(error, InputError | RuntimeError):
        raise error
