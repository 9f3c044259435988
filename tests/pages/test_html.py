"""HTML that needs nothing else, in which words are only ever words."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from tabletop.pages.content import Column, Gap, Span, strong
from tabletop.pages.html import HtmlPage, inline
from tabletop.plaintext import visible
from tests.harmless import has_control
from tests.pages.blocks import write_blocks
from tests.pages.test_markdown import MARKUP
from tests.strategies import texts

HOSTILE = (
    *MARKUP,
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></tr></table></style></title>",
    "' onmouseover='alert(1)",
    "&lt;b&gt;",
    "{title} {0} {{x}} $marking %s",
    "\x1b[31m\u202e\ud800",
)


class Shape(HTMLParser):
    """The tags of a page with their attributes, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"{tag} {attrs}")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def shape(typed: str) -> Shape:
    found = Shape()
    found.feed(whole(typed))
    found.close()
    return found


def whole(typed: str) -> str:
    page = HtmlPage(title=typed, marking="MARK MARK")
    write_blocks(page, typed)
    return page.text()


def body(page: HtmlPage) -> str:
    text = page.text()
    return text[text.index("<main>\n") + 7 : text.index("\n</main>")]


@pytest.mark.parametrize("text", HOSTILE, ids=map(str, range(len(HOSTILE))))
def test_words_never_become_structure(text: str) -> None:
    found = shape(text)
    assert found.tags == shape("typed").tags
    assert visible(text) in found.words or "\r" in text
    assert not has_control(whole(text))


@settings(max_examples=60)
@given(texts())
def test_any_text_at_all(text: str) -> None:
    if text.strip():
        assert shape(text).tags == shape("typed").tags
    whole(text).encode("utf-8")


def test_the_whole_page_is_marked_and_may_load_nothing() -> None:
    text = whole("typed")
    assert text.startswith("<!doctype html>\n")
    assert text.count('<p class="marking">MARK MARK</p>') == 2
    assert 'content: "MARK MARK"' in text
    assert 'content: "Kind"' in text
    assert "default-src 'none'" in text
    assert "<title>typed</title>" in text


def test_without_a_marking_there_is_no_empty_line_for_one() -> None:
    assert "<p" not in HtmlPage(title="x").text()


def test_the_marking_cannot_leave_the_style_sheet() -> None:
    text = HtmlPage(title="", marking='"; } </style><script>').text()
    style = text[text.index("<style>") + 7 :]
    assert "</style" not in style[: style.index("</style>\n</head>")]
    assert "<script" not in text


def test_sections_open_and_close_and_are_listed() -> None:
    text = whole("typed")
    assert text.count("<section>") == text.count("</section>") == 2
    contents = text[text.index("<ol>") : text.index("</ol>")]
    assert '<li><a href="#first">First</a></li>\n<li><a href="#second">Second</a></li>' in contents
    assert '<h2 id="second"><span class="number">2</span> Second</h2>' in text


def test_the_cover() -> None:
    text = whole("typed")
    assert '<p class="kind">Kind · remark</p>\n<h1><bdi>typed</bdi></h1>' in text
    assert "<div><dt>Count</dt><dd>3<small><bdi> of 4</bdi></small></dd></div>" in text


def test_long_text_of_a_table_stands_below_its_row() -> None:
    page = HtmlPage(title="")
    columns = (Column("Key", key=True), "Second", Column("Why", below=True))
    page.table(columns, [("a", "b", "because"), ("c", "d", None)])
    assert body(page).splitlines() == [
        '<table class="grid grouped">',
        '<thead><tr><th scope="col">Key</th><th scope="col">Second</th></tr></thead>',
        '<tbody><tr><th scope="row"><bdi>a</bdi></th><td><bdi>b</bdi></td></tr>',
        '<tr class="below"><td colspan="2"><small>Why:</small> <bdi>because</bdi></td></tr>',
        "</tbody>",
        '<tbody><tr><th scope="row"><bdi>c</bdi></th><td><bdi>d</bdi></td></tr>',
        "</tbody>",
        "</table>",
    ]


def test_figures_are_set_to_the_right_and_columns_have_shares() -> None:
    page = HtmlPage(title="")
    page.table((Column("What", 40), Column("How many", 10, right=True)), [("x", 3)], form=True)
    assert '<table class="grid form">' in body(page)
    assert '<th scope="col" style="width: 40%">What</th>' in body(page)
    assert '<th scope="col" class="num" style="width: 10%">How many</th>' in body(page)
    assert '<td><bdi>x</bdi></td><td class="num">3</td>' in body(page)


def test_a_picture_and_its_caption_or_neither() -> None:
    text = whole("typed")
    assert text.count("<figure>") == 1
    assert "<svg></svg>\n<figcaption>A picture</figcaption>" in text
    assert "No picture" not in text


def test_the_first_piece_of_an_item_may_stand_in_a_column_of_its_own() -> None:
    page = HtmlPage(title="")
    page.bullets([[strong("+2"), " for this", Gap(" – ", line=True), "that"]], lead=True)
    lead, rest = "<strong><bdi>+2</bdi></strong>", "<span><bdi> for this</bdi><br><bdi>that</bdi></span>"
    assert body(page).splitlines() == ['<ul class="led">', f"<li>{lead}{rest}</li>", "</ul>"]


@pytest.mark.parametrize(
    ("content", "written"),
    [
        (None, "–"),
        (7, "7"),
        ("", ""),
        (" ", " "),
        ("a < b", "<bdi>a &lt; b</bdi>"),
        (strong("a"), "<strong><bdi>a</bdi></strong>"),
        (Span("late", "bad"), '<span class="tag bad">late</span>'),
        (Span("+1", "gain"), '<span class="points plus">+1</span>'),
        (["a", Gap("; "), "b"], "<bdi>a</bdi> <bdi>b</bdi>"),
        (["a", Gap("; ", line=True), 3], "<bdi>a</bdi><br>3"),
    ],
)
def test_pieces(content: object, written: str) -> None:
    assert inline(content) == written  # type: ignore[arg-type]  # each is one of the kinds of content
