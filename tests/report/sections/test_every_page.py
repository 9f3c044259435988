"""Every kind of page says the same: the words of each section, on Markdown, HTML, terminal and plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabletop.pages.html import HtmlPage
from tabletop.pages.layout import words_of
from tabletop.pages.markdown import MarkdownPage
from tabletop.pages.page import Page
from tabletop.pages.terminal import TerminalPage
from tabletop.pages.text import TextPage
from tabletop.plaintext import display_width
from tabletop.report.build import build_report
from tabletop.report.model import AfterActionReport
from tabletop.report.sections import SECTIONS
from tests.game import Game
from tests.harmless import has_control
from tests.pages.test_markdown import INVISIBLE, tokens
from tests.report.exercises import full_records, typed_everywhere
from tests.report.sections.saying import report
from tests.strategies import HARD_TEXTS

Write = Callable[[Page, AfterActionReport], None]
KEYS = [key for key, _, _ in SECTIONS]
WRITERS: dict[str, Write] = {key: write for key, _, write in SECTIONS}


class Words(HTMLParser):
    """The words of a page, without those of its pictures and their captions."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._figures = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._figures += tag == "figure"
        self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._figures -= tag == "figure"
        self.found.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._figures:
            self.found.append(data)


def in_markdown(write: Write, shown: AfterActionReport) -> str:
    page = MarkdownPage()
    write(page, shown)
    return " ".join(token.content for token in tokens(page.text()) if token.type == "text")


def in_html(write: Write, shown: AfterActionReport) -> str:
    page = HtmlPage(title="")
    write(page, shown)
    found = Words()
    text = page.text()
    found.feed(text[text.index("<main>") : text.index("</main>")])
    return "".join(found.found)


def in_a_terminal(write: Write, shown: AfterActionReport) -> str:
    page = TerminalPage(80)
    write(page, shown)
    lines = [words_of(line) for line in page.lines]
    assert not any("\n" in line or has_control(line) or display_width(line) > 80 for line in lines)
    return "\n".join(lines)


def in_text(write: Write, shown: AfterActionReport) -> str:
    page = TextPage(100_000)
    write(page, shown)
    return page.text()


PAGES = {"markdown": in_markdown, "html": in_html, "terminal": in_a_terminal}


def words(text: str) -> set[str]:
    """The words of a text, whatever stands between them. Terminals cut long words, so all are short here."""
    return set(re.findall(r"\w+", text.translate(INVISIBLE)))


def games() -> Iterator[AfterActionReport]:
    yield build_report(full_records(), chain_head="5a")
    yield build_report(full_records(), anonymous=True)
    yield build_report(Game().records)
    yield report()
    yield report(until=None)


@cache
def reports() -> tuple[AfterActionReport, ...]:
    return tuple(games())


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("key", KEYS)
def test_each_page_says_the_words_of_the_section(key: str, kind: str, number: int) -> None:
    shown, write = reports()[number], WRITERS[key]
    expected = words(in_text(write, shown))
    assert expected
    # HTML sets a rationale below its row, with the name of the column only where there is one.
    assert words(PAGES[kind](write, shown)) ^ expected <= {"Rationale"}


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12).filter(str.strip)
)
def test_whatever_people_type_stands_on_every_page(text: str) -> None:
    shown = build_report(typed_everywhere(text))
    for key, write in WRITERS.items():
        expected = words(in_text(write, shown))
        for kind in ("markdown", "html"):
            assert words(PAGES[kind](write, shown)) ^ expected <= {"Rationale"}, (key, kind)


@pytest.mark.parametrize("text", HARD_TEXTS, ids=map(str, range(len(HARD_TEXTS))))
def test_no_text_breaks_the_lines_of_a_terminal(text: str) -> None:
    shown = build_report(typed_everywhere(text))
    for write in WRITERS.values():
        in_a_terminal(write, shown)
