"""Teams played live by players of a rehearsal, so that a facilitator practises with the real keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from tabletop.errors import InputError
from tabletop.exercise.refusal import Refusal
from tabletop.protocol.link import Link, Sight
from tabletop.protocol.submission import IN_DOUBT
from tabletop.rehearsal.draws import Draws
from tabletop.rehearsal.players import find_player
from tabletop.rehearsal.seat import PlayerSeat, Turn
from tabletop.scenario.nearest import nearest
from tabletop.scenario.scenario import Scenario

_PASSING: Final = frozenset({"wrong-stage", "log-failed", IN_DOUBT})
"""Codes of refusals that have nothing to do with the command: play is paused, the disk is full."""

_AGAIN: Final = 2
"""Game seconds after which such a command is given again."""

Fault = Callable[[Exception], None]


def parse_players(text: str, scenario: Scenario) -> dict[str, str]:
    """Return the player of each team from ``washington=naive,seoul=silent``. Raises InputError."""
    found: dict[str, str] = {}
    for item in text.split(","):
        team, _, player = (word.strip() for word in item.partition("="))
        if team not in scenario.teams:
            near = nearest(team, scenario.teams)
            hint = f" Did you mean '{near}'?" if near else ""
            raise InputError(
                f"there is no team '{team[:40]}'.{hint} The teams are: {', '.join(scenario.teams)}."
            )
        if team in found:
            raise InputError(f"{team} has two players: name each team once in --players")
        found[team] = find_player(player).name
    return found


class PracticeSeat:
    """One team's player behind the same link as a station."""

    def __init__(self, link: Link, seat: PlayerSeat, fault: Fault) -> None:
        self._link = link
        self._seat = seat
        self._fault = fault
        self._acting: asyncio.Task[None] | None = None
        link.watch(self._see)
        seat.forget(int(link.now()))

    def tick(self) -> None:
        """Give the commands that are due. Call it a few times a second, in the event loop."""
        if self._acting is not None and not self._acting.done():
            return
        due = self._seat.next_at
        if due is not None and due <= self._link.now():
            self._acting = asyncio.ensure_future(self._act())

    def _see(self, sight: Sight) -> None:
        self._seat.see(sight.event, sight.at)

    async def _act(self) -> None:
        try:
            while (turn := self._seat.take(int(self._link.now()))) is not None:
                if not await self._give(turn):
                    return
        except Exception as error:  # a fault of a player must not stop the exercise
            self._fault(error)

    async def _give(self, turn: Turn) -> bool:
        """Give one turn; return whether it makes sense to go on now."""
        for command in turn.commands:
            answer = await self._link.submit(command)
            if not isinstance(answer, Refusal):
                return True
            if answer.code in _PASSING:
                self._seat.postpone(turn, int(self._link.now()) + _AGAIN)
                return False
        self._seat.refused(turn, int(self._link.now()))
        return True


class Practice:
    """All teams that are played by the program."""

    def __init__(
        self,
        scenario: Scenario,
        players: Mapping[str, str],
        links: Iterable[Link],
        *,
        seed: int,
        fault: Fault,
    ) -> None:
        self._seats = []
        for link in links:
            player = players.get(link.seat)
            if player is not None:
                played = PlayerSeat(find_player(player)(scenario, link.seat, Draws(seed, 0)))
                self._seats.append(PracticeSeat(link, played, fault))

    def tick(self) -> None:
        """Let every team act that has something to do."""
        for seat in self._seats:
            seat.tick()
