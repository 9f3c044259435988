"""The whole report: its cover, its sections in their order, and what a reader who sees no colours needs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tabletop.exercise.marking import MARKING
from tabletop.pages.text import TextPage
from tabletop.report.build import build_report
from tabletop.report.rendering import RENDERERS, render_html, render_markdown, write_report
from tabletop.report.sections import SECTIONS
from tests.game import Game
from tests.report.exercises import full_records
from tests.report.sections.saying import decide, report


class Outline(HTMLParser):
    """Tables, headings and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.heads: list[str | None] = []
        self.rows = 0
        self.open: list[str] = []
        self.images: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        if tag == "th":
            self.heads.append(dict(attrs).get("scope"))
        if tag == "svg":
            self.images.append(dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes what was not opened last"


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(page)
    found.close()
    return found


@pytest.fixture(scope="module")
def page() -> str:
    """The HTML of the full game."""
    return render_html(build_report(full_records()))


def test_sections_stand_in_their_order_under_their_numbers(page: str) -> None:
    titles = [f"## {number} {title}" for number, (_, title, _) in enumerate(SECTIONS, 1)]
    markdown = render_markdown(build_report(full_records())).splitlines()
    assert [line for line in markdown if line.startswith("## ")] == titles
    assert re.findall(r'<h2 id="(\w+)">', page) == [key for key, _, _ in SECTIONS]


def test_the_table_of_contents_leads_to_every_section(page: str) -> None:
    contents = page[page.index("<nav") : page.index("</nav>")]
    assert 'aria-label="Contents"' in contents
    assert re.findall(r'href="#(\w+)"', contents) == [key for key, _, _ in SECTIONS]


def test_every_element_is_closed_and_no_level_of_heading_is_left_out(page: str) -> None:
    found = outline(page)
    assert found.open == []
    assert found.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(found.headings, found.headings[1:], strict=False))


def test_every_head_of_a_table_says_what_it_is_the_head_of(page: str) -> None:
    assert set(outline(page).heads) == {"col", "row"}


def test_pictures_are_named_for_those_who_do_not_see_them(page: str) -> None:
    images = outline(page).images
    assert len(images) == 6
    assert all(image["role"] == "img" and image["aria-labelledby"] for image in images)
    assert page.count("<figcaption>") == 6


def test_on_paper_every_page_is_marked_and_heads_of_tables_are_repeated(page: str) -> None:
    style = page[page.index("<style>") : page.index("</style>")]
    assert "thead { display: table-header-group; }" in style
    assert '@bottom-left { content: "After-action report";' in style
    assert style.count(f'"{MARKING}"') == 2
    assert "$" not in style


def test_the_cover_shows_the_figures_that_are_looked_for_first(page: str) -> None:
    cover = re.sub(r"<[^>]+>", " ", page[page.index("<header") : page.index("</header>")])
    assert " ".join(cover.split()) == (
        "After-action report Spring exercise Tiny · 31 May 2026 · Staff Situations that went well 4 of 12 "
        "Objectives exercised 3 of 4 Decisions in time 3 of 5 Cards passed on 3 Consultations 2 "
        "Game time 20 min"
    )


def test_the_cover_of_an_exercise_that_was_never_scored() -> None:
    text = render_html(build_report(Game().records, anonymous=True))
    cover = " ".join(re.sub(r"<[^>]+>", " ", text[text.index("<header") : text.index("</header>")]).split())
    assert cover.startswith(
        "After-action report · without names of seats Spring exercise Tiny Situations that went well 0 of 0"
    )
    assert "Objectives exercised 0 of 3 Decisions in time 0 of 0" in cover


def test_the_cover_of_the_other_pages_is_a_heading() -> None:
    shown = build_report(full_records())
    assert render_markdown(shown).splitlines()[2] == "# After-action report: Spring exercise"
    text = TextPage(80, marking=MARKING)
    write_report(text, shown)
    lines = text.text().splitlines()
    assert lines[0] == lines[-1] == MARKING
    assert lines[2] == "After-action report: Spring exercise"


def test_the_title_of_the_file_says_that_it_is_an_exercise(page: str) -> None:
    assert "<title>EXERCISE – After-action report – Spring exercise</title>" in page


@pytest.mark.parametrize("format_", RENDERERS)
def test_marks_for_structure_never_come_from_text(format_: str) -> None:
    rationale = "</td></tr></table> | **bold** # <script>"
    text = RENDERERS[format_](report(decide(310, "washington", "push-track", "both", rationale=rationale)))
    if format_ == "html":
        assert "<script" not in text
        assert outline(text).open == []
    if format_ == "md":
        assert r"\*\*bold\*\*" in text
        assert r"\| " in text
