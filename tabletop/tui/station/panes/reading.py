"""The page being read."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from tabletop.exercise.marking import MARKING, REAL_WORLD_MARKING
from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.styling import as_title
from tabletop.tui.kit.words import Words
from tabletop.tui.station.page import StationPage
from tabletop.tui.station.state.arrivals import RULES_KEY


class ReadingPane(VerticalScroll):
    """Shows one page, marked as exercise at its beginning and its end, unless play is stopped for real."""

    DEFAULT_CSS = """
    ReadingPane {
        scrollbar-size-vertical: 1;
        padding: 0 1;
        & > Words { width: 100%; max-width: 96; }
    }
    """

    key: str = ""
    page: StationPage | None = None
    real = False
    """Whether the page is marked as what goes on in an emergency is."""

    def compose(self) -> ComposeResult:
        """One flow of text."""
        yield Words(id="page")

    def on_mount(self) -> None:
        """Say from the first moment how much there is to read."""
        self.watch(self, "scroll_y", self._say_more, init=False)
        self.watch(self, "virtual_size", self._say_more, init=False)

    def on_resize(self) -> None:
        """Less of it may fit."""
        self._say_more()

    def on_focus(self) -> None:
        """Name the key that reads on."""
        self._say_more()

    def on_blur(self) -> None:
        """Name how the keyboard comes here."""
        self._say_more()

    @property
    def turned(self) -> bool:
        """Whether PgUp and PgDn turn the page wherever the focus is: the rules are there to be read."""
        return self.key == RULES_KEY and self.display and self.max_scroll_y > 0

    def turn(self, pages: int) -> None:
        """Turn the page."""
        self.scroll_relative(y=pages * max(1, self.size.height - 2), animate=False)

    def _say_more(self) -> None:
        """Say in the frame how many lines are below, and which key reads on."""
        below = round(self.max_scroll_y - self.scroll_y)
        keys = "PgDn" if self.turned or self.has_focus else "Tab, then PgDn"
        self.border_subtitle = as_title(f" {below} more lines: {keys} " if below > 0 else "")

    def open_page(self, key: str, page: StationPage | None, *, real: bool = False) -> None:
        """Show a page. The same page with new hints keeps its place; another starts at its top."""
        if key != self.key:
            self.scroll_home(animate=False)
        self.key, self.page, self.real = key, page, real
        self.query_one("#page", Words).show_parts(page_parts(page, REAL_WORLD_MARKING if real else MARKING))
        self.call_after_refresh(self._say_more)


def page_parts(page: StationPage | None, marking: str = MARKING) -> list[Part]:
    """Return the page as it is shown, marked."""
    if page is None:
        return [("Nothing is open.", "dim")]
    parts: list[Part] = [(f"{marking}\n\n", "dim"), (page.title, "strong"), (f"\n{page.origin}\n", "dim")]
    for paragraph in page.paragraphs:
        parts += [("\n", "plain"), *paragraph, ("\n", "plain")]
    if page.hints:
        parts += [*page.hints, ("\n", "plain")]
    return [*parts, (f"\n{marking}", "dim")]
