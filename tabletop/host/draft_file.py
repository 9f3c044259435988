"""The file of drafts and of what was opened: private, replaced atomically, and never a reason not to start.

A file that is damaged, too large, unreadable or of another exercise is renamed, and nothing is kept.
"""

from __future__ import annotations

import glob
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tabletop.errors import InputError
from tabletop.host.drafts import Choice, Draft, Kept
from tabletop.system.private_file import read_private, write_private

FORMAT: Final = 1

MAX_SIZE: Final = 4 * 1024 * 1024
"""Maximum size in bytes. Of larger drafts the latest are kept."""

_MAX_OPENED: Final = MAX_SIZE // 4
"""Maximum size in bytes of what was opened at all seats. Of more the latest is kept."""


def drafts_path(log: Path) -> Path:
    """Return the path of the drafts of the terminal that holds a log."""
    return log.with_name(f"{log.name}-drafts.json")


@dataclass(frozen=True, slots=True)
class DraftsOnDisk:
    """The drafts of one exercise, for one program at a time."""

    path: Path
    exercise: str

    @property
    def aside(self) -> Path:
        """Where an unusable file is renamed to."""
        return self.path.with_name(f"{self.path.name}.damaged")

    def read(self) -> Kept:
        """Return what is kept of this exercise. Never raises."""
        self._sweep()
        try:
            data = read_private(self.path)
            return Kept() if data is None else decoded(data, self.exercise)
        except (InputError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            with suppress(OSError):
                self.path.replace(self.aside)
            return Kept()

    def write(self, kept: Kept) -> None:
        """Replace the file, or remove it if there is nothing to keep. Raises `InputError`."""
        if kept:
            write_private(self.path, encoded(kept, self.exercise))
        else:
            _unlink(self.path)

    def remove(self) -> None:
        """Remove the file and any renamed one. Raises `InputError`."""
        self._sweep()
        _unlink(self.path)
        _unlink(self.aside)

    def _sweep(self) -> None:
        """Remove temporary files of a program that was killed while writing."""
        for left in self.path.parent.glob(f".{glob.escape(self.path.name)}.*.new"):
            with suppress(OSError):
                left.unlink()


def encoded(kept: Kept, exercise: str) -> bytes:
    """Return the file's content; if not all drafts fit, the latest are kept."""
    drafts: list[dict[str, object]] = []
    share = _MAX_OPENED // max(1, len(kept.opened))
    opened = {seat: _latest(keys, share) for seat, keys in kept.opened.items()}
    content = {"format": FORMAT, "exercise": exercise, "opened": opened, "drafts": drafts}
    room = MAX_SIZE - len(json.dumps(content))
    for (seat, name), draft in reversed(list(kept.drafts.items())):
        one = {
            "seat": seat,
            "form": name,
            "title": draft.title,
            "texts": dict(draft.texts),
            "choices": dict(draft.choices),
            "focus": draft.focus,
            "open": draft.open,
            "sent": draft.sent,
        }
        size = len(json.dumps(one)) + len(", ")
        if size <= room:
            room -= size
            drafts.append(one)
    drafts.reverse()
    return json.dumps(content).encode("ascii")


def _latest(keys: Sequence[str], room: int) -> list[str]:
    """Return the last of the keys, as many as fit."""
    fitting: list[str] = []
    for key in reversed(keys):
        room -= len(json.dumps(key)) + len(", ")
        if room < 0:
            break
        fitting.append(key)
    return fitting[::-1]


def decoded(data: bytes, exercise: str) -> Kept:
    """Decode a file's content. Raises one of several errors unless it was written for this exercise."""
    if len(data) > MAX_SIZE:
        raise ValueError("too large")
    content = json.loads(data)
    if content["format"] != FORMAT or content["exercise"] != exercise:
        raise ValueError("not written for this exercise")
    opened = content.get("opened", {})  # files of earlier versions hold drafts alone
    return Kept(
        {(_text(one["seat"]), _text(one["form"])): _draft(one) for one in content["drafts"]},
        {_text(seat): tuple(map(_text, _listed(keys))) for seat, keys in opened.items()},
    )


def _draft(one: Mapping[str, Any]) -> Draft:
    return Draft(
        title=_text(one["title"]),
        texts={_text(name): _text(text) for name, text in one["texts"].items()},
        choices={_text(name): _choice(choice) for name, choice in one["choices"].items()},
        focus=_text(one["focus"]),
        open=_flag(one["open"]),
        sent=_flag(one["sent"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def _listed(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither yes nor no")
    return value


def _choice(value: object) -> Choice:
    if isinstance(value, list):
        return tuple(_text(item) for item in value)
    return value if isinstance(value, bool) else _text(value)


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be removed: {(error.strerror or '').lower()}") from error
