"""Everybody comes back at once after the host was started again (F15)."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from tabletop.exercise import commands as c
from tabletop.host.receipt import Receipt
from tabletop.link.pace import BACK_OFF, Pace
from tests.link.processes import Site, site_at

STATIONS = 60


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_at(tmp_path) as site:
        yield site


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
async def test_f15_a_storm_of_reconnections_is_over_within_five_seconds(site: Site) -> None:
    """Sixty consoles, of which one may act, and a team."""
    tokyo = await site.join("tokyo")
    links = [await site.join("facilitator") for _ in range(STATIONS)]
    assert isinstance(await links[0].submit(c.Startex()), Receipt)
    given = asyncio.create_task(tokyo.submit(c.Message(to=("control",), text="before")))
    await asyncio.to_thread(site.restart)
    await asyncio.to_thread(site.host.until, "Facilitator's secret")  # the host is up
    await site.until(lambda: tokyo.live and all(link.live for link in links), within=5)
    assert isinstance(await asyncio.wait_for(given, 10), Receipt)
    seen = [0] * STATIONS
    for index, link in enumerate(links):

        def count(_: object, index: int = index) -> None:
            seen[index] += 1

        link.watch(count)
    assert isinstance(await links[0].submit(c.Note(text="after")), Receipt)
    await site.until(lambda: min(seen) == max(seen) == seen[0])


def test_f15_stations_do_not_knock_all_at_the_same_moment() -> None:
    """500 stations lose their host at once: in no tenth of the first wait do more than a fifth come back."""
    jitters = [Random(seed) for seed in range(500)]  # noqa: S311 - spreads retries
    first = sorted(Pace(jitter.random).next() for jitter in jitters)
    assert 0.5 * BACK_OFF[0] <= first[0] < first[-1] <= 1.5 * BACK_OFF[0]
    step = BACK_OFF[0] / 10
    for number in range(15):
        begin = 0.5 * BACK_OFF[0] + number * step
        assert sum(begin <= wait < begin + step for wait in first) <= 100


def test_f15_a_host_that_stays_away_is_asked_no_more_than_twice_a_second_by_each() -> None:
    pace = Pace(Random(7).random)  # noqa: S311 - spreads retries
    waits = [pace.next() for _ in range(200)]
    assert sum(waits[:20]) > 20 * BACK_OFF[-1] * 0.7
    assert max(waits) <= 1.5 * BACK_OFF[-1]
    assert len(set(waits)) == len(waits)
