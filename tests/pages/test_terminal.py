"""Lines with tones for a terminal, and plain text made of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.pages.content import Column, Gap, Row, Span, note, signed, strong, tag
from tabletop.pages.layout import in_columns, words_of, wrapped
from tabletop.pages.terminal import TerminalPage, styled
from tabletop.pages.text import TextPage
from tabletop.plaintext import display_width
from tests.harmless import has_control
from tests.pages.blocks import write_blocks
from tests.strategies import texts


def lines(text: str, width: int, **more: str) -> list[str]:
    return [words_of(line) for line in wrapped([(text, "plain")], width, **more)]


def test_words_are_wrapped_and_line_breaks_stay() -> None:
    assert lines("one two three\n\nfour", 8) == ["one two", "three", "", "four"]
    assert lines("one two three", 10, indent="- ", hanging="  ") == ["- one two", "  three"]
    assert lines("abcdefgh", 3) == ["abc", "def", "gh"]
    assert lines("", 10) == [""]


def test_cells_count_and_not_letters() -> None:
    assert lines("東京 大阪 京都", 9) == ["東京 大阪", "京都"]


def test_a_word_keeps_together_across_tones() -> None:
    found = list(wrapped([("see ", "plain"), ("this", "strong"), (", then", "plain")], 10))
    assert found == [(("see ", "plain"), ("this", "strong"), (",", "plain")), (("then", "plain"),)]


@settings(max_examples=100)
@given(texts(), st.integers(2, 40))
def test_no_line_is_too_wide_or_does_anything(text: str, width: int) -> None:
    for line in lines(text, width):
        assert display_width(line) <= width
        assert not has_control(line)
        assert "\n" not in line


def test_every_kind_of_block() -> None:
    page = TextPage(40, marking="MARK")
    write_blocks(page)
    assert page.text().splitlines() == [
        "MARK",
        "",
        "Kind: typed",
        "",
        "1 First",
        "typed typed",
        "",
        "Nothing.",
        "",
        "  typed",
        "",
        "  more",
        "",
        "Label",
        "  - 2 typed",
        "  - seen typed",
        "",
        "2 Second",
        "",
        "A1 typed: 66.1",
        "  ● typed",
        "  ○ typed",
        "",
        "Name   typed",
        "Other  –",
        "",
        "Key    Figure  Why",
        "typed    -1.5  typed",
        "               typed [3, 4]",
        "All         7  –",
        "",
        "A      B",
        "typed",
        "",
        "MARK",
    ]


@pytest.mark.parametrize(
    ("content", "tones"),
    [
        ([strong("a"), note("b"), "c"], ["strong", "dim", "plain"]),
        ([signed(1), signed(-1), signed(0)], ["good", "bad", "plain"]),
        ([tag("x", "bad"), tag("y", "good"), tag("z")], ["bad", "good", "plain"]),
        (Span("what for", "quote"), ["plain"]),
    ],
)
def test_roles_have_tones(content: object, tones: list[str]) -> None:
    assert [tone for _, tone in styled(content)] == tones  # type: ignore[arg-type]  # kinds of content


def test_rows_stand_out_or_back() -> None:
    page = TerminalPage(40)
    page.table(("A", "B"), [Row(("x", "y"), "muted"), Row(("x", "y"), "total")])
    assert [{tone for text, tone in line if text.strip()} for line in page.lines] == [
        {"dim"},
        {"dim"},
        {"strong"},
    ]


def test_a_table_becomes_narrower_where_its_cells_are_longest() -> None:
    page = TextPage(24)
    columns = ("Who", Column("No.", right=True), "Words")
    page.table(columns, [("Tokyo", 12, "a sentence of some length"), ("Seoul", 3, "short")])
    assert page.text().splitlines() == [
        "Who    No.  Words",
        "Tokyo   12  a sentence",
        "            of some",
        "            length",
        "Seoul    3  short",
    ]


def test_where_columns_do_not_fit_rows_run_on_as_text() -> None:
    page = TextPage(20)
    page.table(tuple(f"Head {n}" for n in range(6)), [tuple(f"cell{n}" for n in range(6))])
    text = page.text()
    assert " ".join(text.split()).startswith("Head 0: cell0; Head 1: cell1; ")
    assert all(display_width(line) <= 20 for line in text.splitlines())


def test_columns_are_aligned_by_cells() -> None:
    page = TextPage(60)
    page.table(("A", Column("N", right=True)), [("東京", 1), ("Kyoto", 10)])
    assert page.text().splitlines() == ["A       N", "東京    1", "Kyoto  10"]


@settings(max_examples=60)
@given(st.lists(st.tuples(texts(), texts(), texts()), min_size=1, max_size=4), st.integers(8, 60))
def test_no_table_is_wider_than_its_page(rows: list[tuple[str, str, str]], width: int) -> None:
    cells = [[((text, "plain"),) for text in row] for row in rows]
    for line in in_columns(cells, width):  # type: ignore[arg-type]  # a tone is one of the tones
        assert display_width(words_of(line)) <= width


def test_what_belongs_to_a_heading_stands_right_below_it() -> None:
    page = TextPage(30)
    page.heading(3, "Heading")
    page.paragraph(["Text", Gap("; ", line=True), "more"])
    page.paragraph("Beside", "note")
    page.paragraph("Apart")
    assert page.text() == "Heading\nText\nmore\nBeside\n\nApart\n"
