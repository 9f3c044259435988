"""What the descriptions of several kinds of events share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tabletop.exercise.description import Description, Passage, Reader
from tabletop.exercise.events import Event
from tabletop.plaintext import in_quotes

Describers = Mapping[type, Callable[[Any, Reader], Description]]
"""How each type of event is described."""


def say(words: str) -> Callable[[Event, Reader], Description]:
    """Return a describer that always says the same."""
    return lambda _event, _reader: Description(words)


def titled(code: str, title: str) -> str:
    """Return a code with its title in quotes."""
    return f"{code} {in_quotes(title)}".strip()


def because(reason: str) -> str:
    """Return a reason as the end of a clause; empty if there is none."""
    return f": {reason}" if reason else ""


def inject_name(entry: str, reader: Reader) -> str:
    """Return an inject as the reader knows it."""
    return f"inject {reader.name('entry', entry)}"


def remark(text: str) -> tuple[Passage, ...]:
    """Return what somebody noted beside a judgement, if anything."""
    return (Passage("reason", "", text),) if text else ()
