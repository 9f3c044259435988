"""A session with its door, its hub and its server: everything that a host is, put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tabletop.exercise.commands import EVALUATOR, OBSERVER, WALL
from tabletop.host.admission import Admission
from tabletop.host.admission_file import keeper, read_roster, seats_path
from tabletop.host.certificate import HostCertificate, fingerprint_words
from tabletop.host.chair import chair_beside
from tabletop.host.clock import TimeSource, random_bytes
from tabletop.host.entrance import Entrance
from tabletop.host.hub import Hub
from tabletop.host.seating import SeatInfo
from tabletop.host.server import HostServer
from tabletop.host.session import Session


class Hosting:
    """One exercise that stations can join. Seats and the chair are kept beside its log."""

    def __init__(
        self,
        session: Session,
        log: Path,
        time: TimeSource,
        *,
        fault: Callable[[Exception], None],
        certificate: HostCertificate | None = None,
        plain: bool = False,
    ) -> None:
        """`plain`: on a network, not encrypted. Raises `InputError` for damaged files beside the log."""
        self.session = session
        self.teams = session.state.script.scenario.teams
        path = seats_path(log)
        self.door = Admission(
            self.teams, time=time, randomness=random_bytes, roster=read_roster(path), keep=keeper(path)
        )
        self.hub = Hub(session, self.door, time, rejoin="tabletop {verb}", chair=chair_beside(log))
        self.server = HostServer(self.hub, time, tick=self.tick, fault=fault, certificate=certificate)
        words = fingerprint_words(certificate.der) if certificate is not None else ()
        self.entrance = Entrance("", words=words, plain=plain)

    async def open(self, address: str, port: int) -> None:
        """Listen there, on a port of the system's choice for 0. Raises `InputError` if that cannot be."""
        port = await self.server.start(address, port)
        self.entrance = replace(self.entrance, host=address, port=port)
        self.hub.presence.rejoin = self.entrance.line("{verb}")

    def tick(self) -> None:
        """Let time pass."""
        self.session.tick()
        self.hub.tick()

    def open_codes(self) -> dict[str, str]:
        """A code that nobody has used yet for each team and kind of onlooker; made where there is none."""
        codes = {code.acts_as: code.text for code in self.door.codes()}
        wanted = (*self.teams, EVALUATOR, OBSERVER, WALL)
        return {kind: codes.get(kind) or self.door.new_code(kind) for kind in wanted}

    def revoke(self, seat_id: str) -> SeatInfo | None:
        """Take a seat away and end its station. Raises `InputError` if that could not be kept."""
        try:
            return self.door.revoke(seat_id)
        finally:
            self.hub.revoked(seat_id)
