"""The interface between a facilitator's console and the host: joining, the chair, delivery."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from tabletop.exercise.refusal import Refusal

if TYPE_CHECKING:  # importing the frames takes a tenth of a console's start, which needs only their types
    from tabletop.protocol import messages


class ConsoleLink(Protocol):
    """What a facilitator's console needs besides `Link`: joining, the chair, delivery."""

    @property
    def chair(self) -> messages.Chair | None:
        """Whether this console may act; None before the host has said."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about missing stations and other problems, each with what to do."""

    @property
    def enrolment(self) -> messages.Reception | None:
        """Addresses, codes and seats of people who join; None without the chair."""

    @property
    def reach(self) -> Mapping[str, int]:
        """For each team with a station: the log number of the last event that one of them has."""

    async def arrange(self, act: messages.Act, of: str) -> Refusal | None:
        """Create or void codes for a kind of seat, or revoke a seat by its id."""

    async def hand_pen(self, to: str | None, team: str = "") -> Refusal | None:
        """Give a team's pen to a seat, or take it back with `to` None."""

    def take_over(self) -> None:
        """Request the chair; `chair` tells when this console has it."""
