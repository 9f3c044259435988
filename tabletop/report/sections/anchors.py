"""The result with its anchors beside it: silence, chance, the best play found."""

from __future__ import annotations

from tabletop.pages.content import Column, code
from tabletop.pages.page import Page
from tabletop.rules.anchors import AnchorTable


def write_anchors(page: Page, table: AnchorTable | None) -> None:
    """Write the table; nothing if the exercise has no anchors."""
    if table is None:
        return
    page.heading(3, "Beside silence, chance and the best found")
    page.table(
        (
            Column("", 8, key=True),
            "objective",
            *(Column(name, right=True) for name in ("here", "silence", "median of chance", "best found")),
        ),
        [(code(row.code), row.title, row.here, row.silence, row.random, row.best) for row in table.rows],
    )
    page.paragraph(
        f"{table.sentence} The median of chance is the random play in the middle. The best found is "
        "one play, the best over all objectives together: on a single objective chance may come to more.",
        "note",
    )
