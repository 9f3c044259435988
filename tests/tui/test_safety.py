"""The filter on the way to the terminal: nothing to obey, and no line wider than it was."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.filter import LineFilter
from textual.widgets import Input, Label, Static, TextArea

from tabletop.plaintext import find_control
from tabletop.tui.safety import SafeLineFilter
from tests.tui.console.staging import Play
from tests.tui.station.playing import shown

BLACK = Color(0, 0, 0)


def filtered(*segments: Segment) -> list[Segment]:
    """What the filter makes of a line."""
    return SafeLineFilter().apply(list(segments), BLACK)


def test_harmless_lines_are_left_alone() -> None:
    """The same list, at no cost."""
    line = [Segment("漢字 and letters"), Segment(" " * 5)]
    assert SafeLineFilter().apply(line, BLACK) is line


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b[31m", "\u241b[31m"),
        ("a\nb\tc", "a b c"),
        ("\x9b2J", "\ufffd2J"),
        ("\u202eabc", "\ufffdabc"),
        ("\x00\x7f", "\u2400\u2421"),
    ],
)
def test_controls_become_glyphs(text: str, seen: str) -> None:
    """One for one."""
    assert "".join(segment.text for segment in filtered(Segment(text))) == seen


def test_styles_stay() -> None:
    """Only the words change."""
    bold = Style(bold=True)
    assert filtered(Segment("a\x1b", bold), Segment("b")) == [Segment("a\u241b", bold), Segment("b")]


def test_a_line_stays_as_wide_as_it_was() -> None:
    """Glyphs take the room of the blanks at the end."""
    line = [Segment("a\x1b\x1bb"), Segment("      ")]
    safe = filtered(*line)
    assert sum(cell_len(segment.text) for segment in safe) == sum(cell_len(segment.text) for segment in line)


@given(st.lists(st.text(alphabet=st.characters(), max_size=20), max_size=5), st.integers(0, 40))
def test_whatever_comes_nothing_is_left_to_obey(texts: list[str], blanks: int) -> None:
    """And a line with enough blanks at its end never grows."""
    line = [*(Segment(text) for text in texts), Segment(" " * blanks)]
    safe = filtered(*line)
    assert all(find_control(segment.text) is None for segment in safe)
    before, after = (sum(cell_len(segment.text) for segment in item) for item in (line, safe))
    assert after <= max(before, before + sum(map(len, texts)) - blanks)


async def test_every_line_of_the_program_passes_through() -> None:
    """Whatever widget it comes from, even one that forgot."""
    text = "\x1b]52;c;eA==\x07 \x9b2J \u202egnp"

    class Forgetful(App[None]):
        def get_line_filters(self) -> Sequence[LineFilter]:
            return [*super().get_line_filters(), SafeLineFilter()]

        def compose(self) -> ComposeResult:
            yield Static(text, markup=False)
            yield Label(text, markup=False)
            yield Input(text)
            yield TextArea(text)

    app = Forgetful()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert all(find_control(line) is None for line in shown(app).split("\n"))
        assert "\x1b" not in app.export_screenshot()


def test_the_program_has_the_filter() -> None:
    """It cannot be switched off by a theme or a setting."""
    assert any(isinstance(item, SafeLineFilter) for item in Play().app().get_line_filters())
