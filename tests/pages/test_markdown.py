"""Markdown in which words are only ever words."""

from __future__ import annotations

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tabletop.pages.content import strong
from tabletop.pages.markdown import MarkdownPage, escaped
from tabletop.plaintext import one_line
from tests.strategies import texts

# CommonMark with tables and strikethrough, and links made of anything that looks like one.
READER = MarkdownIt("gfm-like", {"html": True, "linkify": True, "typographer": False})
INVISIBLE = dict.fromkeys(map(ord, "\u2060\u2066\u2068\u2069"))

MARKUP = (
    "# heading",
    "heading\n===",
    "heading\n---",
    "- item",
    "+ item",
    "1. item",
    "1) item",
    "> quotation",
    "    code",
    "\tcode",
    "```\nfence",
    "~~~\nfence",
    "`code`",
    "*em* **strong** _em_ __strong__ ~~gone~~ snake_case",
    "***",
    "- - -",
    "[link](javascript:alert(1)) [ref][1] ![image](http://example.com/x.png)",
    "[1]: http://example.com",
    "<http://example.com> <a href='x'>x</a> <script>alert(1)</script> <!-- x --> <?x?>",
    "http://example.com https://example.com/a?b=c ftp://x.org www.example.com example.com",
    "someone@example.com mailto:someone@example.com",
    "&lt;b&gt; &#35; &amp; &copy;",
    "a | b\n--- | ---\nc | d",
    "x\n:--",
    "| a |",
    "ends with a backslash \\",
    "\\*not em\\*",
    "ends with hashes ##",
    "[x] task [ ] task",
    "[^1] note",
    "line\rline\r\nline\x0bline\x85line\u2028line",
    "$x$ :smile: @someone #12",
)


def tokens(text: str) -> list[Token]:
    """Every token of a document, those inside lines among them."""
    found: list[Token] = []
    for token in READER.parse(text):
        found += [token, *(token.children or [])]
    return found


def words(text: str) -> str:
    """What a reader of the document sees, without what nobody sees."""
    seen = "".join(token.content for token in tokens(text) if token.type == "text")
    return seen.translate(INVISIBLE)


def expected(text: str) -> str:
    return one_line(text).strip().translate(INVISIBLE)


def in_a_paragraph(text: str) -> str:
    """What a reader sees of a text that is one paragraph and nothing else."""
    page = MarkdownPage()
    page.paragraph(text)
    types = [token.type for token in tokens(page.text())]
    assert set(types) <= {"paragraph_open", "inline", "text", "paragraph_close"}, types
    assert types.count("paragraph_open") <= 1
    return words(page.text())


@pytest.mark.parametrize("text", MARKUP, ids=map(str, range(len(MARKUP))))
def test_markup_is_shown_as_it_was_typed(text: str) -> None:
    assert in_a_paragraph(text) == expected(text)


@given(texts())
def test_any_text_is_shown_as_it_was_typed(text: str) -> None:
    assert in_a_paragraph(text) == expected(text)


@pytest.mark.parametrize("text", MARKUP, ids=map(str, range(len(MARKUP))))
def test_markup_stays_in_its_cell_heading_list_and_quotation(text: str) -> None:
    def types(words: str) -> list[str]:
        page = MarkdownPage()
        page.heading(2, words)
        page.bullets([words, [strong(words), f" {words}"]])
        page.table(("A", words), [(words, [strong(words), f" – {words}"])])
        return [token.type for token in tokens(page.text()) if token.type != "text"]

    assert types(text) == types("word")
    page = MarkdownPage()
    page.quotation(text)
    kinds = {token.type for token in tokens(page.text())}
    allowed = {"blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "inline", "text"}
    assert kinds <= allowed | {"hardbreak"}


def test_lines_of_a_quotation_stay_apart() -> None:
    page = MarkdownPage()
    page.quotation("one\ntwo\n\nthree")
    assert page.text() == "> one\\\n> two\n>\n> three\n"


def test_text_from_right_to_left_does_not_reorder_the_line() -> None:
    assert escaped("שלום") == "\u2068שלום\u2069"
    assert escaped("漢字 plain") == "漢字 plain"


def test_ordinary_words_need_no_escapes() -> None:
    text = "Tokyo's order (D-1, 16:30): approve it – or not? 3.5 km, 20%, R&D, “yes”!"
    assert escaped(text) == text
