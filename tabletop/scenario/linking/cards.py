"""Check the cards that the timeline hands out."""

from __future__ import annotations

from collections.abc import Mapping

from tabletop.scenario.linking.findings import Findings
from tabletop.scenario.linking.flow import is_branch
from tabletop.scenario.linking.merging import HandedOutCard
from tabletop.scenario.linking.symbols import refuse_duplicates
from tabletop.scenario.problems import quoted
from tabletop.scenario.scenario import Entry


def check_cards(
    handed: Mapping[str, list[HandedOutCard]], entries: Mapping[int, Entry], findings: Findings
) -> None:
    """Refuse a card that is handed out twice, and a code that two cards share.

    `entries` maps timeline rows to entries. Conditional entries may hand out the same card, since only one
    of them goes out.
    """
    for word, places in handed.items():
        first = places[0]
        for again in places[1:]:
            if not all(one.conditional or _branches(one, entries) for one in (first, again)):
                findings.error(
                    "duplicate-card",
                    f"card {quoted(word)} is already handed out by entry {quoted(_entry(first, entries))}",
                    again.place,
                    hint="give it an id of its own, or give each of the two entries a 'when'",
                )
            elif (again.card.holder, again.card.window) != (first.card.holder, first.card.window):
                findings.error(
                    "different-card",
                    f"card {quoted(word)} has another holder or window than in entry "
                    f"{quoted(_entry(first, entries))}",
                    again.place,
                    hint="make the two the same, or give one of them an id of its own",
                )
    coded = ((word, places[0].card.code, places[0].defined) for word, places in handed.items())
    refuse_duplicates("card", coded, findings)


def _branches(handed: HandedOutCard, entries: Mapping[int, Entry]) -> bool:
    return handed.row in entries and is_branch(entries[handed.row])


def _entry(handed: HandedOutCard, entries: Mapping[int, Entry]) -> str:
    return entries[handed.row].id if handed.row in entries else "?"
