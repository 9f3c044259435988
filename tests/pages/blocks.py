"""One document with a block of every kind, for pages of every kind."""

from __future__ import annotations

from tabletop.pages.content import Column, Gap, Row, Span, code, note, reference, signed, strong, tag
from tabletop.pages.page import Page


def write_blocks(page: Page, typed: str = "typed") -> None:
    """Write every kind of block, with these words wherever words go."""
    page.cover("Kind", typed, remark="remark", origin=typed, figures=[("Count", "3", " of 4")])
    page.section(1, "First", "first")
    page.paragraph([strong(typed), " ", note(typed)], "lead")
    page.paragraph("Nothing.", "none")
    page.quotation(f"{typed}\n\nmore")
    with page.group("columns"), page.group("column"):
        page.label(strong("Label"))
        page.bullets([[signed(2, bold=True), " ", typed], [tag("seen"), " ", typed]], lead=True)
    page.section(2, "Second", "second")
    with page.group("card"):
        page.heading(3, [code("A1"), f" {typed}", Gap(": "), Span("66.1", "result")])
        page.choices([(True, strong(typed)), (False, typed)])
    page.facts([("Name", typed), ("Other", None)])
    page.table(
        (Column("Key", 20, key=True), Column("Figure", 10, right=True), Column("Why", below=True)),
        [
            (typed, signed(-1.5), [typed, Gap("; ", line=True), typed, " ", reference((3, 4))]),
            Row((strong("All"), 7, None), "total"),
        ],
    )
    page.table(("A", "B"), [(typed, ""), ("", "")], form=True)
    page.figure(lambda: "<svg></svg>", "A picture")
    page.figure(lambda: "", "No picture")
