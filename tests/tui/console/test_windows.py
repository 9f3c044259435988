"""Windows open over the console at once: laid out and drawn once, over what stands below."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.visual import RenderOptions
from textual.widget import Widget

from tabletop.tui.console.dialogs.form import Form
from tabletop.tui.widgets.backdrop import Backdrop
from tests.tui.console.staging import LARGE, MEDIUM, SMALL, Console, Play, console
from tests.tui.counting import count


def frame(desk: Console) -> tuple[int, int, int, int]:
    """Where the window stands."""
    x, y, width, height = desk.app.screen.query_one(".window").region
    return x, y, width, height


async def test_a_form_is_laid_out_and_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each drawing of the whole terminal takes as long as all the rest."""
    async with console(Play().start(), LARGE) as desk:
        drawn = count(monkeypatch, Compositor, "render_full_update")
        again = count(monkeypatch, Compositor, "render_partial_update")
        laid_out = count(monkeypatch, Compositor, "reflow")
        await desk.pilot.press("x")
        await desk.pilot.pause()
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, Form)
        assert len(drawn) == 1
        assert desk.app.screen._compositor not in again
        assert len([root for root in laid_out if isinstance(root, Form)]) == 1


@pytest.mark.parametrize("size", [(60, 12), SMALL, LARGE])
@pytest.mark.parametrize("key", ["x", "n", "l", "question_mark"])
async def test_a_window_opens_as_it_stays(key: str, size: tuple[int, int]) -> None:
    """Another layout changes nothing, also where a terminal too low for the window brings scroll bars."""
    async with console(Play().start(), size) as desk:
        await desk.pilot.press(key)
        await desk.pilot.pause()
        window = desk.app.screen
        assert isinstance(window, ModalScreen)
        opened = lines(desk)
        for part in window.walk_children(Widget):
            part.refresh(layout=True)
        await desk.pilot.pause()
        await desk.pilot.pause()
        assert lines(desk) == opened


async def test_each_field_gets_its_style_once_or_when_it_is_focused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not for every class that it gives itself while it is made."""
    async with console(Play().start(), LARGE) as desk:
        styled = count(monkeypatch, Stylesheet, "apply")
        await desk.pilot.press("x")
        await desk.pilot.pause()
        fields = list(desk.app.screen.query(".fields Input, .fields Checkbox, .fields TextArea"))
        again = [node for node in styled if isinstance(node, DOMNode) and node in fields]
        assert len(fields) == 8
        assert len(again) <= len(fields) + 1


async def test_a_window_follows_the_size_of_the_terminal() -> None:
    """Also when it changes while the window is open."""
    async with console(Play().start(), LARGE) as desk:
        await desk.press("x")
        x, y, width, height = frame(desk)
        assert abs(2 * x + width - LARGE[0]) <= 1
        assert abs(2 * y + height - LARGE[1]) <= 1
        await desk.pilot.resize_terminal(*SMALL)
        await desk.settle()
        x, y, width, height = frame(desk)
        assert abs(2 * x + width - SMALL[0]) <= 1
        assert abs(2 * y + height - SMALL[1]) <= 1
        await desk.press("escape")
        assert desk.screen.outer_size == SMALL


async def test_what_happens_below_a_window_is_seen() -> None:
    """The clock goes on beside it."""
    async with console(Play().start(), SMALL) as desk:
        await desk.press("x")
        assert "T+7" not in desk.text
        await desk.until(7)
        assert isinstance(desk.app.screen, Form)
        assert "T+7" in desk.text


async def test_a_backdrop_looks_as_textual_draws_it() -> None:
    """Letter by letter, in the same colours."""
    async with console(Play().start(), MEDIUM) as desk:
        await desk.press("x")
        window = desk.app.screen
        assert isinstance(window, ModalScreen)
        below = BackgroundScreen(desk.screen, window.styles.background)
        options = RenderOptions(window._get_style, window.styles.get_rules())
        ours = Backdrop(below).render_strips(*MEDIUM, window.visual_style, options)
        base = window.visual_style.rich_style
        for line, strip in zip(desk.screen._compositor.render_strips(), ours, strict=True):
            theirs = Segment.apply_style(BackgroundScreen.process_segments(line, below.color), base)
            assert letters(theirs) == letters(strip)


def letters(line: object) -> list[tuple[str, object]]:
    """Each with its style."""
    assert hasattr(line, "__iter__")
    return [(letter, segment.style) for segment in line for letter in segment.text]


async def test_a_second_below_a_window_draws_only_what_it_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn anew each second, the whole dimmed console would make keys wait."""
    async with console(Play().start(), LARGE) as desk:
        await desk.press("x")
        await desk.until(7)
        drawn = count(monkeypatch, Compositor, "render_full_update")
        desk.play.time.seconds += 1
        desk.play.session.tick()
        before = dict(enumerate(lines(desk)))
        await desk.settle()
        changed = [row for row, line in enumerate(lines(desk)) if line != before[row]]
        assert not drawn
        assert changed
        assert len(changed) < 10


async def test_a_window_drawn_in_parts_looks_as_one_drawn_at_once() -> None:
    """Also what stands above another window, while the exercise goes on below both."""
    async with console(Play().start(), LARGE) as desk:
        await desk.press("x", "ctrl+e")
        assert len(desk.app.screen_stack) == 3
        before = lines(desk)
        desk.play.release(next(iter(desk.play.session.state.script.scenario.entries)))
        await desk.until(8)
        in_parts = lines(desk)
        for screen in desk.app.screen_stack:
            screen.refresh()
        await desk.pilot.pause()
        assert lines(desk) == in_parts != before


def lines(desk: Console) -> list[list[tuple[str, object]]]:
    """What stands on the screen, letter by letter, without drawing it anew."""
    top = desk.app.screen._compositor
    return [letters(strip) for strip in top.render_strips()]
