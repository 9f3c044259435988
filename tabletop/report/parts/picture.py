"""The shared picture and the time without critical information."""

from __future__ import annotations

from tabletop.report.history import History
from tabletop.report.model.picture import (
    AnswerRun,
    InformationPoint,
    InformationRun,
    ProbeRun,
    SharedPicture,
)
from tabletop.rules.critical_information import cards_missed, without_critical_information
from tabletop.rules.picture import ProbeResult
from tabletop.rules.scorefile import rounded
from tabletop.scenario.quantities import Moment, Stretch


def picture(history: History) -> SharedPicture:
    """Return what the teams answered and what was true."""
    found = history.card.picture
    return SharedPicture(
        rounded(found.right), rounded(found.shared), tuple(_probe(history, one) for one in found.probes)
    )


def _probe(history: History, found: ProbeResult) -> ProbeRun:
    answered = history.state.probes[found.probe].answers
    return ProbeRun(
        probe=found.probe,
        gate=found.gate,
        at=Moment(found.at),
        asks=found.asks,
        truth=found.truth,
        answers=tuple(
            AnswerRun(one.team, one.option, one.text, one.told, one.mark if found.counts else None)
            for one in found.answers
        ),
        evidence=(found.seq, *sorted(seq for _, seq in answered.values())),
    )


def information(history: History) -> tuple[InformationRun, ...]:
    """Return for each team how long it acted without a card that a partner held."""
    return tuple(
        InformationRun(
            team,
            tuple(InformationPoint(Moment(at), Stretch(seconds)) for at, seconds in curve),
            Stretch(curve[-1][1] if curve else 0),
            tuple(_card(history, card) for card in cards_missed(history.state, team)),
        )
        for team, curve in without_critical_information(history.state).items()
    )


def _card(history: History, word: str) -> str:
    """Return a card's code and title."""
    known = history.scenario.cards.get(word)
    return f"{known.code or ''} {known.title}".strip() if known is not None else word
