"""A local clock that shows an earlier time after a later one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tabletop.scenario.gametime import format_time
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import problem_at
from tabletop.scenario.localtime import local_time, shown_seconds
from tabletop.scenario.problems import Problem


def backward_clock(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each anchor that sets the local clock back."""
    clock = loaded.scenario.clock
    for index, (before, anchor) in enumerate(pairwise(clock.meetings if clock is not None else ()), 1):
        shown = shown_seconds(before.shows) + anchor.at - before.at
        if clock is not None and (shown - 1) // 60 * 60 > shown_seconds(anchor.shows):
            reached = local_time(clock, anchor.at - 1, clock.zone)
            yield problem_at(
                loaded.root / "clock" / "anchors" / (index - (clock.start is not None)) / "shows",
                "clock-backwards",
                f"the local clock runs backwards: at {format_time(anchor.at)} it has reached {reached}, "
                f"and this sets it to {anchor.shows}",
                hint="show a later time or day here, or an earlier one at the anchor before",
                severity="warning",
            )
