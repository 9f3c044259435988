"""Full collections of garbage happen at quiet moments, and what closed windows drew is forgotten."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from textual._compositor import Compositor, LayoutUpdate
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


async def test_nothing_is_collected_while_a_form_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any look at what there is would stand between the key and the form."""
    draw, drawn = Compositor.render_full_update, []

    def counted(compositor: Compositor, simplify: bool) -> LayoutUpdate:
        drawn.append(every())
        return draw(compositor, simplify)

    async with console(Play().start(), LARGE) as desk:
        gc.collect(0)
        monkeypatch.setattr(Compositor, "render_full_update", counted)
        before, windows = every(), full()
        await desk.pilot.press("x")
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, Form)
        assert drawn == [before]
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


@pytest.mark.parametrize("moment", [Collecting.shown, Collecting.look])
def test_what_is_new_is_looked_at_once_nobody_waits(
    collecting: Collecting, moment: Callable[[Collecting], None]
) -> None:
    """When a key has been shown, or in a pause; so that what the next key opens need not wait for it."""
    gc.collect()
    before = every()
    collecting.pressed()
    for _ in range(5):
        moment(collecting)
    assert every() == before
    kept = [[number] for number in range(25_000)]
    collecting.pressed()
    for _ in range(5):
        moment(collecting)
    assert every() == before + 1
    assert kept


def test_everything_is_looked_at_again_afterwards() -> None:
    """When the program ends."""
    before = gc.get_threshold()
    collecting = Collecting()
    collecting.begin()
    assert gc.get_freeze_count() > 0
    collecting.end()
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == before
