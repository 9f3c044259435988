"""The result with its anchors beside it: silence, chance, the best play found."""

from __future__ import annotations

from tabletop.pages.content import Column, code
from tabletop.pages.page import Page
from tabletop.rules.anchors import AnchorTable
from tabletop.scenario.prose import listed


def write_anchors(page: Page, table: AnchorTable | None) -> None:
    """Write the table; nothing if the exercise has no anchors."""
    if table is None:
        return
    page.heading(3, "How hard the scenario is")
    page.paragraph(
        "For comparison, and no part of the result: the same scenario if nobody decides anything, if every "
        "choice is drawn by lot, and in the best play that the program found.",
        "lead",
    )
    page.table(
        (
            Column("", 8, key=True),
            "objective",
            *(Column(name, right=True) for name in ("here", "silence", "drawn by lot", "best found")),
        ),
        [(code(row.code), row.title, row.here, row.silence, row.random, row.best) for row in table.rows],
    )
    page.paragraph(
        f"{table.sentence} “Drawn by lot” is the random play in the middle. The best found is one play, the "
        "best over all objectives together: on a single objective another play may come to more.",
        "note",
    )
    if table.fewer:
        page.paragraph(
            f"Fewer situations arose here than in those plays ({table.fewer}), as when an exercise ends "
            "early. Compare what share of them went well, not the counts.",
            "note",
        )
    if table.below:
        names = listed(list(table.below))
        page.paragraph(
            f"On {names} less went well here than in that random play. {table.traded}".rstrip(),
            "note",
        )
