"""Text typed by people, in every field of every format: shown, and nothing more."""

from __future__ import annotations

import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tabletop.plaintext import visible
from tabletop.report.build import build_report
from tabletop.report.json import render_json
from tabletop.report.rendering import render_html, render_markdown
from tests.harmless import has_control
from tests.pages.test_markdown import MARKUP, tokens
from tests.report.exercises import typed_everywhere
from tests.strategies import HARD_TEXTS

HTML = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><iframe src=javascript:alert(1)>',
    "' onmouseover='alert(1)",
    "</td></tr></table></section><h1>x</h1>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<!-- x --> <![CDATA[ x ]]> <?php x ?>",
    "{{ 7 * 7 }} {% include 'style.css' %} {# x #}",
    '<a href="http://example.com">x</a> javascript:alert(1)',
    "&lt;script&gt; &#60;script&#62; \\u003cscript\\u003e",
)
_BLNS = Path(__file__).parents[3] / "shared" / "corpora" / "blns" / "blns.json"
NAUGHTY = tuple(filter(str.strip, json.loads(_BLNS.read_text(encoding="utf-8")))) if _BLNS.exists() else ()
HARD = tuple(text for text in (*HTML, *MARKUP, *HARD_TEXTS) if text.strip())


class Shape(HTMLParser):
    """The tags of a page in their order, its attributes' names, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = sorted(name for name, _ in attrs)
        self.tags.append(f"<{tag} {' '.join(names)}>")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.strange.append(data)

    def handle_pi(self, data: str) -> None:
        self.strange.append(data)


def shape(page: str) -> Shape:
    found = Shape()
    found.feed(page)
    found.close()
    return found


@cache
def plain_page() -> list[str]:
    """The tags of the page when people typed one harmless word."""
    return shape(render_html(build_report(typed_everywhere("word")))).tags


@cache
def plain_blocks() -> list[str]:
    """The structure of the Markdown when people typed one harmless word."""
    return structure(render_markdown(build_report(typed_everywhere("word"))))


def structure(text: str) -> list[str]:
    return [token.type for token in tokens(text) if token.type != "text"]


def reported(text: str) -> str:
    """The text as a program reads it from a report in which it is harmless, in each format."""
    report = build_report(typed_everywhere(text))
    page, document, data = render_html(report), render_markdown(report), render_json(report)
    found = shape(page)
    assert found.tags == plain_page()
    assert found.strange == []
    assert visible(text) in found.words or "\r" in text
    assert structure(document) == plain_blocks()
    for output in (page, document, data):
        assert not has_control(output.replace("\u2068", "").replace("\u2069", ""))
        output.encode("utf-8")
    return str(json.loads(data)["observations"][0]["text"])


def utf16(text: str) -> bytes:
    """The text as JSON knows it, for which two halves of a surrogate pair in a row are one character."""
    return text.encode("utf-16-le", "surrogatepass")


@pytest.mark.parametrize("text", HARD, ids=map(str, range(len(HARD))))
def test_text_that_breaks_programs(text: str) -> None:
    assert utf16(reported(text)) == utf16(text)


@pytest.mark.skipif(not NAUGHTY, reason="the corpus lies beside the repository on some machines only")
@pytest.mark.parametrize("text", NAUGHTY, ids=map(str, range(len(NAUGHTY))))
def test_big_list_of_naughty_strings(text: str) -> None:
    assert utf16(reported(text)) == utf16(text)


def test_ten_thousand_letters() -> None:
    assert reported("東" * 10_000) == "東" * 10_000
