"""A window that was closed leaves nothing behind: over a day, hundreds are opened."""

from __future__ import annotations

import gc

from textual.strip import Strip

from tabletop.tui.kit.modal import Modal
from tabletop.tui.kit.words_field import WordsField
from tests.tui.console.staging import MEDIUM, Console, Play, console

ROUNDS = 5
"""How often each window is opened again."""


def alive(kind: type) -> int:
    """How many objects of a type there are, once those that nothing refers to are gone."""
    gc.collect()
    return sum(isinstance(one, kind) for one in gc.get_objects())


async def open_and_close(desk: Console) -> None:
    for key in ("x", "n", "enter", "question_mark", "m"):
        await desk.press(key)
        assert isinstance(desk.app.screen, Modal)
        await desk.press("escape")


async def test_closed_windows_leave_neither_fields_nor_drawn_lines_behind() -> None:
    async with console(Play().start().release("notice"), MEDIUM) as desk:
        await open_and_close(desk)
        fields, lines = alive(WordsField), alive(Strip)
        for _ in range(ROUNDS):
            await open_and_close(desk)
        assert alive(WordsField) < fields + ROUNDS, "but for those of windows that are just being closed"
        assert alive(Strip) < lines * 1.5
