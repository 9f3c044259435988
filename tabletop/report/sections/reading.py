"""How to read the report: times, numbers, codes and terms, before anything is said in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tabletop.pages.content import strong
from tabletop.pages.page import Page
from tabletop.report.model import AfterActionReport
from tabletop.scenario.prose import listed

_LETTERS: Final = re.compile(r"\D+")


def write_reading(page: Page, report: AfterActionReport) -> None:
    """Write what a reader who was not there must know to read the rest."""
    page.bullets([[strong(f"{name}."), f" {text}"] for name, text in _terms(report)])


def _terms(report: AfterActionReport) -> Iterator[tuple[str, str]]:
    zone = (
        f" Where a local time stands beside it, its zone is {report.overview.zone}."
        if report.overview.zone
        else ""
    )
    yield (
        "Times",
        f"T+57 is 57 minutes of game time after the start (STARTEX), T+57:30 half a minute later.{zone}",
    )
    yield (
        "Numbers in brackets",
        "[12, 16] are the numbers of the events in the log on which a sentence rests. “tabletop log” "
        "prints them.",
    )
    codes = list(_codes(report))
    if codes:
        yield "Codes", f"{'; '.join(codes)}."
    labels = {item.label: item.meaning for item in report.statements if item.label}
    if labels:
        told = [f"{label}: {meaning}" if meaning else str(label) for label, meaning in labels.items()]
        yield "Labels used in public", f"{'; '.join(told)}."
    yield (
        "Marks and bars",
        "A mark is good (+) or bad (−) and has a reason. A situation is anything that could have given a "
        "team a mark. "
        "A bar runs from 0, the worst that the situations allowed, to 100, the best.",
    )
    yield "Terms", _glossary(report)


def _codes(report: AfterActionReport) -> Iterator[str]:
    decisions = list(dict.fromkeys(run.code for run in report.decisions if run.code))
    if decisions:
        yield f"{_some(decisions)} are decisions (section “Decisions”)"
    cards = [card.code for card in report.cards if card.code]
    if cards:
        yield f"{_some(cards)} are cards, which hold information (“Information shared”)"
    injects = [inject.code for inject in report.msel if inject.code]
    if injects:
        yield f"{_some(injects)} are injects, the messages that the exercise put to teams (“MSEL as played”)"
    yield f"{_some([goal.code for goal in report.all_objectives])} are objectives"


def _some(codes: Iterable[str]) -> str:
    """Return codes in short, those with the same letters together: ``J1 to J7, T1 to T6``."""
    alike: dict[str, list[str]] = {}
    for code in codes:
        letters = _LETTERS.match(code)
        alike.setdefault(letters[0] if letters else "", []).append(code)
    spans = [sorted(several, key=lambda code: (len(code), code)) for several in alike.values()]
    return listed(
        [one for span in spans for one in (span if len(span) < 3 else [f"{span[0]} to {span[-1]}"])]
    )


def _glossary(report: AfterActionReport) -> str:
    terms = [
        "The MSEL (master scenario events list) is the plan of all injects",
        "a gate is the stop between two phases",
        "ENDEX is the end of play",
    ]
    if any(delivery.sanitised for card in report.cards for delivery in card.deliveries):
        terms.append("a card in clean form is passed on without its sources")
    if report.capital:
        terms.append(
            "domestic capital is what a team can still afford at home; an option dearer than that is locked"
        )
    return f"{'; '.join(terms)}."
