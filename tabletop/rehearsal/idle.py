"""When a team had nothing to do: no window of a decision and none of a card of its own was open.

A decision keeps a team busy to the end of its window: until then it can be amended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tabletop.exercise.state import Exercise


def idle_spans(state: Exercise) -> Mapping[str, Sequence[int]]:
    """Return the lengths in seconds of every team's idle spans, from STARTEX to the end."""
    busy: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (_, team), asked in state.decisions.items():
        busy[team].append((asked.presented_at, max(asked.due, asked.decided_at or 0)))
    for (team, _), card in state.hands.items():
        if card.own:
            busy[team].append((card.at, card.at + card.window))
    return {team: _gaps(sorted(busy[team]), state.at) for team in state.script.scenario.teams}


def _gaps(busy: Sequence[tuple[int, int]], end: int) -> list[int]:
    free, found = 0, []
    for start, until in busy:
        if start > free:
            found.append(start - free)
        free = max(free, until)
    return [*found, *([end - free] if end > free else [])]
