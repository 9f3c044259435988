"""Full collections of garbage happen at quiet moments, and what closed windows drew is forgotten."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from textual._styles_cache import StylesCache

from tabletop.tui.console.collecting import Collecting
from tabletop.tui.console.dialogs.fields import TextBox
from tabletop.tui.console.dialogs.form import Form
from tests.tui.console.staging import Play, console


@pytest.fixture
def collecting() -> Iterator[Collecting]:
    """One that has begun."""
    collecting = Collecting()
    collecting.begin()
    yield collecting
    collecting.end()


def full() -> int:
    """How many full collections there were."""
    return int(gc.get_stats()[2]["collections"])


async def test_closed_windows_leave_nothing_behind() -> None:
    """However many there were, and without waiting for a collection that Python chooses."""
    async with console(Play().start()) as desk:
        for _ in range(3):
            await desk.press("x")
            await desk.press("escape")
        drawn = [item for item in gc.get_objects() if isinstance(item, StylesCache)]
        kept = [item for item in gc.get_objects() if isinstance(item, Form | TextBox)]
        assert len(drawn) < 2 * len(list(desk.app.screen.walk_children()))
        assert not kept


async def test_nothing_is_collected_while_a_form_opens() -> None:
    """A full collection would stand between the key and the form."""
    async with console(Play().start()) as desk:
        before = full()
        await desk.press("x")
        assert isinstance(desk.app.screen, Form)
        assert full() == before
        await desk.press("escape")
        assert full() > before


def test_a_desk_at_rest_is_tidied(collecting: Collecting) -> None:
    """Once there is enough, and nobody presses a key."""
    for _ in range(6):
        gc.collect(1)
    before = full()
    for _ in range(20):
        collecting.pressed()
        collecting.look()
    assert full() == before
    for _ in range(20):
        collecting.look()
    assert full() == before + 1


def test_everything_is_looked_at_again_afterwards() -> None:
    """When the program ends."""
    before = gc.get_threshold()
    collecting = Collecting()
    collecting.begin()
    assert gc.get_freeze_count() > 0
    collecting.end()
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == before
