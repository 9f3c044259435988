"""The host: a session with its admission, hub and server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.host.access import Access
from tabletop.host.admission import Admission
from tabletop.host.admission_file import read_roster, roster_saver, seats_path
from tabletop.host.consoles import lease_beside
from tabletop.host.enrolment import Enrolment
from tabletop.host.floods import Floods
from tabletop.host.hub import Hub
from tabletop.host.older_copy import view_saver
from tabletop.host.presence import BACK_WITHIN
from tabletop.host.session import Session
from tabletop.protocol.endpoint import Endpoint
from tabletop.system.addresses import where_found
from tabletop.system.certificate import HostCertificate, fingerprint_words
from tabletop.system.clock import TimeSource, random_bytes

if TYPE_CHECKING:
    import socket

    from tabletop.host.server import HostServer


class HostApp:
    """One exercise that stations can join. Seats and the control lease are kept beside its log."""

    def __init__(
        self,
        session: Session,
        log: Path,
        time: TimeSource,
        *,
        fault: Callable[[Exception], None],
        certificate: HostCertificate | None = None,
        plain: bool = False,
        access: Access | None = None,
    ) -> None:
        """`plain`: on a network without encryption. Raises `InputError` for damaged files beside the log."""
        self.session = session
        session.on_fault = fault
        self.teams = session.state.script.scenario.teams
        path = seats_path(log)
        self.admission = Admission(
            self.teams, time=time, randomness=random_bytes, roster=read_roster(path), keep=roster_saver(path)
        )
        self.hub = Hub(session, self.admission, time, rejoin="tabletop {verb}", lease=lease_beside(log))
        self.hub.older_copy.save = view_saver(log)
        self.hub.presence.await_back(self.admission.seats(), time.monotonic() + BACK_WITHIN)
        self.hub.presence.new_certificate = certificate is not None and certificate.fresh
        self._time, self._fault, self._certificate = time, fault, certificate
        self._access = access or Access()
        self.floods = Floods(time, self.hub.alarm)
        self._server: HostServer | None = None
        words = fingerprint_words(certificate.der) if certificate is not None else ()
        self.endpoint = Endpoint("", words=words, plain=plain)
        self.enrolment = Enrolment(self.teams, self.admission, self.hub, lambda: self.endpoint, self.floods)
        self.hub.consoles.enrolment = self.enrolment

    async def open(self, address: str, port: int, listener: socket.socket | None = None) -> None:
        """Start listening; port 0 means any free port. Raises `InputError` if that is impossible.

        A socket that listens there already is taken over.
        """
        # These imports take a third of a second; in a thread they do not block the screen.
        module = await asyncio.to_thread(import_module, "tabletop.host.server")
        server: HostServer = module.HostServer(
            self.hub,
            self._time,
            tick=self.tick,
            fault=self._fault,
            certificate=self._certificate,
            access=self._access,
            floods=self.floods,
        )
        port = await server.start(address, port, listener)
        self._server = server
        self.endpoint = replace(self.endpoint, host=address, port=port)
        self.hub.presence.rejoin = self.endpoint.line("{verb}")
        if self._certificate is not None:  # stations follow only a host that they can verify
            self.hub.addresses = await asyncio.to_thread(where_found, address, port)

    async def serve(self) -> None:
        """Wait until the server ends or fails, after `open`."""
        if self._server is not None:
            await self._server.wait()

    async def close(self, reason: str) -> None:
        """Send everyone a goodbye and stop listening."""
        if self._server is not None:
            await self._server.stop(reason)

    def tick(self) -> None:
        """Advance the session and the hub."""
        self.session.tick()
        self.hub.tick()
