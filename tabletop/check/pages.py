"""The pages about a sound scenario that `tabletop check` prints when asked, as text and as plain data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from tabletop.check.coverage import coverage_data, coverage_text
from tabletop.check.pacing import pacing_data, pacing_text
from tabletop.check.ranges import ranges_data, ranges_table
from tabletop.scenario.scenario import Scenario


class CheckPage(NamedTuple):
    """A page in its two forms."""

    text: Callable[[Scenario], str]
    data: Callable[[Scenario], Any]


PAGES: Final = {
    "ranges": CheckPage(ranges_table, ranges_data),
    "pacing": CheckPage(pacing_text, pacing_data),
    "coverage": CheckPage(coverage_text, coverage_data),
}
