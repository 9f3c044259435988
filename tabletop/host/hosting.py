"""A session with its door, its hub and its server: everything that a host is, put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tabletop.host.admission import Admission
from tabletop.host.admission_file import keeper, read_roster, seats_path
from tabletop.host.certificate import HostCertificate, fingerprint_words
from tabletop.host.chair import chair_beside
from tabletop.host.clock import TimeSource, random_bytes
from tabletop.host.entrance import Entrance
from tabletop.host.hub import Hub
from tabletop.host.reception import Reception
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
        session.on_fault = fault
        self.teams = session.state.script.scenario.teams
        path = seats_path(log)
        self.door = Admission(
            self.teams, time=time, randomness=random_bytes, roster=read_roster(path), keep=keeper(path)
        )
        self.hub = Hub(session, self.door, time, rejoin="tabletop {verb}", chair=chair_beside(log))
        self.server = HostServer(self.hub, time, tick=self.tick, fault=fault, certificate=certificate)
        words = fingerprint_words(certificate.der) if certificate is not None else ()
        self.entrance = Entrance("", words=words, plain=plain)
        self.reception = Reception(self.teams, self.door, self.hub, lambda: self.entrance)
        self.hub.consoles.desk = self.reception

    async def open(self, address: str, port: int) -> None:
        """Listen there, on a port of the system's choice for 0. Raises `InputError` if that cannot be."""
        port = await self.server.start(address, port)
        self.entrance = replace(self.entrance, host=address, port=port)
        self.hub.presence.rejoin = self.entrance.line("{verb}")

    def tick(self) -> None:
        """Let time pass."""
        self.session.tick()
        self.hub.tick()
