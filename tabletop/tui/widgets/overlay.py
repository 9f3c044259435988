"""Screens that stand above another: opened with one layout, drawn over what changes below."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual import events
from textual.geometry import Region
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.visual import VisualType
from textual.widget import Widget, _RenderCache
from typing_extensions import override

from tabletop.tui.widgets.backdrop import Backdrop

T = TypeVar("T")


class Ground(Screen[None]):
    """A screen that goes on changing below others."""

    def on_screen_suspend(self) -> None:
        """Something opens above: nothing changes here, but Textual would draw all of the terminal again."""
        self._repaint_required = False

    @override
    def _compositor_refresh(self) -> None:
        if not _passed_on(self):
            super()._compositor_refresh()


class Overlay(ModalScreen[T], Generic[T]):
    """A screen that lets the one below shine through. It may be covered itself."""

    _shines_through = False

    def fit(self) -> None:
        """Take the classes for the size of the terminal before there are parts that depend on them."""
        width, height = self.app.size
        self.update_classes(
            {
                **dict.fromkeys((name for _, name in self.HORIZONTAL_BREAKPOINTS or ()), False),
                **dict.fromkeys((name for _, name in self.VERTICAL_BREAKPOINTS or ()), False),
                **dict.fromkeys(self._get_breakpoint_classes(width, self.HORIZONTAL_BREAKPOINTS or []), True),
                **dict.fromkeys(self._get_breakpoint_classes(height, self.VERTICAL_BREAKPOINTS or []), True),
            },
            animate=False,
        )

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Newly opened: lay out and draw once. Every part has just got its style.

        Textual would give each its style again, and draw all of the terminal again.
        """
        if not self.outer_size:
            event.prevent_default()
            self.stack_updates += 1
            self.app._refresh_notifications()
            self.app.call_later(self._open)

    def _open(self) -> None:
        """Called once the program has mounted every part; before, it would ask for another layout."""
        if not self.is_attached:
            return
        size = self.app.size
        self.set_reactive(Overlay.virtual_size, size)
        bars = self._bars()
        self._refresh_layout(size)
        self._repaint_required = False
        if self._bars() == bars:
            self._done()

    def _bars(self) -> list[tuple[bool, bool]]:
        """Which parts have scroll bars. Those are known only after a layout, and take room in the next."""
        return [part.scrollbars_enabled for part in self.walk_children(Widget)]

    def _done(self) -> None:
        """Forget what parts asked for before they were laid out and drawn, and for each new size they got."""
        for part in self.walk_children(Widget):
            part._layout_required = part._repaint_required = False
        self._layout_required = False
        self._layout_widgets.clear()
        self._dirty_widgets.clear()

    def on_screen_suspend(self) -> None:
        """As below every other."""
        self._repaint_required = False

    def on_resize(self, event: events.Resize) -> None:
        """Take no notice of the size that this screen was laid out for already."""
        if event.size == self.outer_size:
            event.prevent_default()

    def render(self) -> VisualType:  # type: ignore[override]
        """What is below, dimmed; like any other widget, not only what Rich can draw."""
        below = super().render()
        self._shines_through = isinstance(below, BackgroundScreen)
        return Backdrop(below) if isinstance(below, BackgroundScreen) else below

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is below has been through all filters already, and there is no border to put around it."""
        if self._dirty_regions:
            self._render_content()
        if not self._shines_through:
            return super().render_lines(crop)
        return [line.crop(*crop.column_span) for line in self._render_cache.lines[crop.y : crop.bottom]]

    @override
    def _render_content(self) -> None:
        """Draw the lines below that have changed, and keep the others."""
        before = self._render_cache
        if before.size != self.size:
            super()._render_content()
            return
        below = self.render()
        if not isinstance(below, Backdrop):
            super()._render_content()
            return
        changed = {row for region in self._dirty_regions for row in region.line_range}
        fresh = below.rows(changed, self.size.width, self.visual_style)
        lines = [fresh.get(row, line) for row, line in enumerate(before.lines)]
        self._render_cache = _RenderCache(self.size, lines)
        self._dirty_regions.clear()

    @override
    def _compositor_refresh(self) -> None:
        if not _passed_on(self):
            super()._compositor_refresh()


def _passed_on(screen: Screen[T]) -> bool:
    """Have the screen above draw again what has changed in this one, if this one is covered.

    Textual has it draw that, and then all of the terminal.
    """
    if screen not in screen.app._background_screens:
        return False
    stack = screen.app.screen_stack
    above, dirty = stack[stack.index(screen) + 1], screen._compositor._dirty_regions
    if dirty:
        above.refresh(*dirty)
        dirty.clear()
    screen._dirty_widgets.clear()
    return True
