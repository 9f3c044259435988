"""Enrolment: codes, seats and addresses, as shown to and managed by the console with the chair."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tabletop.errors import InputError
from tabletop.exercise.commands import EVALUATOR, OBSERVER, WALL
from tabletop.exercise.refusal import Refusal
from tabletop.host.admission import Admission, OpenCode
from tabletop.host.floods import Floods
from tabletop.host.hub import Hub
from tabletop.protocol import messages
from tabletop.protocol.endpoint import Endpoint
from tabletop.protocol.roster import SeatInfo

GONE = Refusal("that seat no longer exists", "no-seat")


class Enrolment:
    """Manage joining for the facilitator: at the host itself, or at the console with the chair."""

    def __init__(
        self,
        teams: Iterable[str],
        admission: Admission,
        hub: Hub,
        endpoint: Callable[[], Endpoint],
        floods: Floods,
    ) -> None:
        self._kinds = (*teams, EVALUATOR, OBSERVER, WALL)
        self._admission = admission
        self._hub = hub
        self._endpoint = endpoint
        self._floods = floods
        self._cached: tuple[object, messages.Reception] | None = None
        self.secret = admission.facilitator_secret()
        """Opens facilitators' seats for as long as this host runs."""

    def open_codes(self) -> tuple[OpenCode, ...]:
        """Return the unused codes, team by team; create one for each kind that has none."""
        have = {code.acts_as for code in self._admission.codes()}
        for kind in self._kinds:
            if kind not in have:
                self._admission.new_code(kind)
        order = {kind: place for place, kind in enumerate(self._kinds)}
        return tuple(sorted(self._admission.codes(), key=lambda code: order.get(code.acts_as, len(order))))

    def snapshot(self) -> messages.Reception:
        """Return the current state. The same object until something changes."""
        codes, presence, endpoint = self.open_codes(), self._hub.presence, self._endpoint()
        state = (self._admission.roster, codes, presence.version, endpoint, self._floods.version)
        if self._cached is None or self._cached[0] != state:
            self._cached = (state, self._build(codes, endpoint))
        return self._cached[1]

    def _build(self, codes: Iterable[OpenCode], endpoint: Endpoint) -> messages.Reception:
        presence, admission = self._hub.presence, self._admission
        lines = []
        for seat in admission.seats():
            standing, since = presence.standing(seat.id)
            pen = admission.pen(seat.acts_as) == seat.id
            lines.append(
                messages.SeatLine(
                    id=seat.id,
                    acts_as=seat.acts_as,
                    name=seat.name,
                    role=seat.role,
                    standing=standing,
                    since=since,
                    pen=pen,
                )
            )
        return messages.Reception(
            address=endpoint.address,
            plain=endpoint.plain,
            words=endpoint.words,
            secret=self.secret,
            codes=tuple(messages.Code(acts_as=code.acts_as, text=code.text) for code in codes),
            seats=tuple(lines),
            addresses=tuple(
                messages.AddressLine(address=one.address, cut=one.cut, blocked=one.blocked)
                for one in self._floods.listed()
            ),
        )

    async def arrange(self, act: messages.Act, of: str) -> Refusal | None:
        """Carry out a facilitator's request about a kind of seat, a seat by its id, or an address."""
        try:
            match act:
                case "new-code":
                    self._admission.new_code(of)
                case "withdraw-codes":
                    self._admission.withdraw_codes(of)
                case "revoke":
                    return None if (await self.revoke(of)) is not None else GONE
                case "block":
                    self._floods.block(of)
                case "unblock":
                    self._floods.unblock(of)
        except InputError as error:
            return Refusal(error.message, "not-kept")
        return None

    async def revoke(self, seat_id: str) -> SeatInfo | None:
        """Revoke a seat and end its station, without waiting for the disk to save that.

        Raises `InputError` if that could not be saved.
        """
        self._hub.revoked(seat_id)
        return await self._admission.revoke(seat_id)
