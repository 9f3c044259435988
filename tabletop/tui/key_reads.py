"""Tell keys that were pressed from text that was pasted, by what arrives in one read of the terminal.

Terminals without bracketed paste (serial lines, some web consoles) send pasted text as keys. So do programs
that type. No person presses four letters and Enter between two reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from textual import events

Typed = events.Key | events.Paste

ENOUGH: Final = 4
"""Characters that make a read with a line break in it a paste, as two lines do however short they are.

`s` and Enter in one write stay keys.
"""

MANY: Final = 64
"""Characters that make a read a paste without a line break. Nobody types that far ahead."""

HOLD: Final = 2
"""Quiet rounds for which Esc waits: what follows may show that it began the sequence of another key."""

_SEQUENCE: Final = re.compile(r"\[[<?]?[0-9;:]*[A-Za-z~]|O[A-DFHP-S]")
"""What follows Esc in the sequences of arrows, function keys, mouse reports and pastes."""

_PASTE_BEGINS: Final = "[200~"
_BREAKS: Final = {"enter": "\r", "ctrl+j": "\n", "tab": "\t"}


class KeyReads:
    """Keys in the order they came, with pasted text put together.

    A paste goes on in the reads that follow until the line is quiet. Esc is kept for `HOLD` quiet rounds: on
    a slow link the two halves of an arrow key may come apart, and half a key must not close a form.
    """

    def __init__(self) -> None:
        self._keys: list[events.Key] = []
        self._escape: events.Key | None = None
        self._rounds = 0
        self._pasting = False

    def add(self, key: events.Key) -> None:
        """Take in a key of the present read."""
        self._keys.append(key)

    def end_read(self, *, quiet: bool = True) -> list[Typed]:
        """Return what to act on after a read, or after a round in which nothing came.

        `quiet`: nothing else came either, such as a movement of the mouse.
        """
        keys, self._keys = self._keys, []
        if not keys:
            return self._wait() if quiet else []
        out: list[Typed] = []
        if self._escape is not None:
            rest = _rest_of_sequence(keys)
            keys = keys[len(rest) :]
            self._pasting = self._pasting or rest == _PASTE_BEGINS
            out += [] if rest else [self._escape]
            self._escape = None
        text = _text(keys)
        self._pasting = text is not None and (self._pasting or _is_pasted(text))
        if self._pasting and text is not None:
            return [*out, events.Paste(text.replace("\r\n", "\n").replace("\r", "\n"))] if text else out
        if keys and keys[-1].key == "escape" and keys[-1].character == "\x1b":
            self._escape, self._rounds = keys.pop(), 0
        return [*out, *keys]

    def flush(self) -> list[Typed]:
        """Return everything, since something else happens after it."""
        out = self.end_read(quiet=False)
        if self._escape is not None:
            out.append(self._escape)
            self._escape = None
        return out

    def _wait(self) -> list[Typed]:
        self._pasting = False
        self._rounds += 1
        if self._escape is None or self._rounds < HOLD:
            return []
        escape, self._escape = self._escape, None
        return [escape]


def _character(key: events.Key) -> str | None:
    """Return what a key adds to a text; None for a key that is no text."""
    if key.key in _BREAKS:
        return _BREAKS[key.key]
    return key.character if key.is_printable and "+" not in key.key else None


def _text(keys: Sequence[events.Key]) -> str | None:
    """Return the text that keys stand for; None if there is another key among them."""
    characters = [character for key in keys if (character := _character(key)) is not None]
    return "".join(characters) if len(characters) == len(keys) else None


def _is_pasted(text: str) -> bool:
    printable = sum(character.isprintable() for character in text)
    lines = sum(bool(line.strip()) for line in text.splitlines())
    return printable >= MANY or lines > 1 or (printable >= ENOUGH and ("\r" in text or "\n" in text))


def _rest_of_sequence(keys: Sequence[events.Key]) -> str:
    """Return the second half of a sequence whose first half was Esc; nothing if that is not what came."""
    found = _SEQUENCE.match("".join(takewhile(bool, (key.character or "" for key in keys))))
    return found[0] if found else ""
