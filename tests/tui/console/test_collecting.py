"""Full collections of garbage happen at quiet moments, and what closed windows drew is forgotten."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from textual._styles_cache import StylesCache

from tabletop.tui.console.collecting import Collecting
from tabletop.tui.console.dialogs.fields import TextBox
from tabletop.tui.console.dialogs.form import Form
from tests.tui.console.staging import LARGE, Play, console


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


def every() -> int:
    """How many collections there were, of whatever length."""
    return sum(int(one["collections"]) for one in gc.get_stats())


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
    """Any look at what there is would stand between the key and the form."""
    async with console(Play().start(), LARGE) as desk:
        gc.collect(0)
        before, windows = every(), full()
        await desk.pilot.press("x")
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, Form)
        assert every() == before
        await desk.press("escape")
        assert full() > windows


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


def test_what_is_new_is_looked_at_once_in_each_pause(collecting: Collecting) -> None:
    """So that few wait for it when the next key opens a window."""
    collecting.pressed()
    before = every()
    collecting.look()
    assert every() == before
    for _ in range(5):
        collecting.look()
    assert every() == before + 1


def test_everything_is_looked_at_again_afterwards() -> None:
    """When the program ends."""
    before = gc.get_threshold()
    collecting = Collecting()
    collecting.begin()
    assert gc.get_freeze_count() > 0
    collecting.end()
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == before
