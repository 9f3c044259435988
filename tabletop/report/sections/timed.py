"""Which cards a rule judges by the time at which they reached partners."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.pages.page import Page
from tabletop.plaintext import in_quotes
from tabletop.report.model.exchange import CardsJudged
from tabletop.scenario.prose import listed


def write_cards_judged(page: Page, found: Sequence[CardsJudged]) -> None:
    """Write for each such rule which cards it judges and which not, and those that came late."""
    for one in found:
        tags = listed(one.tags, "or")
        told = [
            f"{in_quotes(one.title)} judges the cards tagged {tags}: {one.judged or 'none that was held'}."
        ]
        if one.others:
            told.append(f"It does not look at when the others were passed on: {one.others}.")
        if one.late:
            told.append(f"Past its window went {one.late}. A card that comes late gives no mark.")
        page.paragraph(" ".join(told), "note")
