"""The page being read."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from tabletop.exercise.marking import MARKING, REAL_WORLD_MARKING
from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.words import Words
from tabletop.tui.station.page import StationPage


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

    def open_page(self, key: str, page: StationPage | None, *, real: bool = False) -> None:
        """Show a page. The same page with new hints keeps its place; another starts at its top."""
        if key != self.key:
            self.scroll_home(animate=False)
        self.key, self.page, self.real = key, page, real
        self.query_one("#page", Words).show_parts(page_parts(page, REAL_WORLD_MARKING if real else MARKING))


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
