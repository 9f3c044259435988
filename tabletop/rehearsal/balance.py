"""What the rehearsal of a balanced scenario shows: each claim with its figure, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tabletop.rehearsal.figures import spread_of
from tabletop.rehearsal.findings import Findings
from tabletop.rehearsal.players import Naive, Player
from tabletop.rehearsal.rehearsal import BEST, Rehearsal
from tabletop.rehearsal.tally import OVERALL

TOO_CLOSE: Final = 0.6
"""Two objectives above this measure nearly the same."""
LONG_IDLE: Final = 6
"""Minutes without anything to do that are too many."""
JUDGEMENT: Final = 8
"""How far naive cooperation stays below the best found, so that judgement is worth the trouble."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a rehearsal shows, or not."""

    text: str
    figure: str
    holds: bool
    overall: bool = False
    """Whether the figure is one for all objectives together, which stands in data only."""


def claims(findings: Findings) -> Iterator[Claim]:
    """Yield every claim; none if no random play was finished."""
    if not findings.rehearsal.random.plays:
        return
    yield from _players(findings.rehearsal)
    yield from _content(findings)
    yield from _figures(findings)


def _players(found: Rehearsal) -> Iterator[Claim]:
    spread = found.spread(OVERALL)
    silence, naive, best = (found.result(name, OVERALL) for name in (Player.name, Naive.name, BEST))
    chance = None if spread is None else spread.median
    yield _less("Silence comes to less than chance", silence, chance)
    yield _less("Chance comes to less than naive cooperation", chance, naive)
    yield _less("Naive cooperation comes to less than the best found", naive, best)
    apart = None if naive is None or best is None else best - naive
    yield Claim(
        f"Naive cooperation stays at least {JUDGEMENT} below the best found",
        _number(apart),
        apart is not None and apart >= JUDGEMENT,
        overall=True,
    )
    bettered = found.naive_bettered
    yield Claim("A change of one act betters naive cooperation", "yes" if bettered else "no", bettered)


def _content(findings: Findings) -> Iterator[Claim]:
    called = findings.rehearsal.called
    best = [called(choice) for choice in findings.always_best]
    if not findings.unrated:
        yield Claim("No option is best or equal on every objective", _listed(best), not best)
    never = [*findings.never_released, *(called(choice) for choice in findings.never_chosen)]
    yield Claim("Every inject, branch and option comes up", _listed(never), not never)


def _figures(findings: Findings) -> Iterator[Claim]:
    closest = max((value for _, _, value in findings.correlations), default=0.0)
    yield Claim(
        f"No two objectives move together above {TOO_CLOSE:g}", f"{closest:.2f}", closest <= TOO_CLOSE
    )
    spreads = [spread_of(counted, scale=1.0) for counted in findings.rehearsal.random.longest_idle.values()]
    longest = max((spread.best for spread in spreads if spread is not None), default=0.0)
    yield Claim(f"Nobody is idle for more than {LONG_IDLE} minutes", f"{longest:g}", longest <= LONG_IDLE)


def _less(text: str, one: float | None, other: float | None) -> Claim:
    holds = one is not None and other is not None and one < other
    return Claim(text, f"{_number(one)}, {_number(other)}", holds, overall=True)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _listed(items: list[str]) -> str:
    return "; ".join(items) or "none"
