"""A station's machine: the real client and outbox, with a simulated person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from random import Random

from tabletop.errors import InputError
from tabletop.exercise.commands import FACILITATOR, Command
from tabletop.link.client import Client
from tabletop.link.credentials import Credentials
from tabletop.link.outbox import Outbox, OutboxEntry
from tabletop.link.reconnector import TICK
from tabletop.protocol.link import Sight
from tabletop.protocol.submission import Submission
from tests.simulation.agenda import Agenda
from tests.simulation.disk import Disk
from tests.simulation.host import Host
from tests.simulation.network import Network, Wire
from tests.simulation.witness import Attempt, Witness
from tests.system.waiting import now

UNREACHABLE_FOR = 1.0
"""Seconds until an attempt to connect is given up."""


@dataclass(frozen=True, slots=True)
class Site:
    """State shared by all stations of a simulation."""

    agenda: Agenda
    random: Random
    network: Network
    host: Host
    witness: Witness


class Station:
    """A machine at which somebody sits for a team or for exercise control."""

    def __init__(self, name: str, kind: str, site: Site) -> None:
        self.site = site
        self._stopped_until = 0.0
        self.name = name
        self.kind = kind
        self.room = kind
        self.disk = Disk(site.random, self)
        self.draws_after = 0.0
        """Seconds until what arrived is on the screen."""
        self.life: StationLife | None = None

    @property
    def awake(self) -> bool:
        """Whether the program is scheduled."""
        return self.site.agenda.now >= self._stopped_until

    @property
    def live(self) -> bool:
        """Whether it is connected and welcomed, as far as it knows."""
        return self.life is not None and self.awake and self.life.client.live

    def begin(self) -> None:
        """Start the program with its token, or with a code that the console shows."""
        if self.life is not None:
            return
        token = self.disk.files.get("token")
        credentials = Credentials(token=str(token)) if token is not None else self._with_code()
        if credentials is None:
            self.site.agenda.after(1, self.begin)
            return
        entries = entries if isinstance(entries := self.disk.files.get("outbox"), tuple) else ()
        outbox = Outbox(entries, self._keep)
        client = Client(credentials, outbox, jitter=self.site.random.random, now=self.site.agenda.now)
        self.site.witness.trace(self.name, f"started with {len(entries)} commands in its outbox")
        self.life = StationLife(self, client, outbox)
        self.life.dial()
        self.site.agenda.every(TICK, self.life.tick)

    def _keep(self, entries: Iterable[OutboxEntry]) -> None:
        try:
            self.disk.keep("outbox", tuple(entries))
        except InputError:
            # An answered command that cannot be struck out is asked again after a restart. A host that was
            # started again too has forgotten its refusals, and may grant it then.
            kept = {entry.key for entry in entries}
            old = known if isinstance(known := self.disk.files.get("outbox"), tuple) else ()
            self.site.witness.may_be_asked_anew |= {entry.key for entry in old if entry.key not in kept}
            raise

    def _with_code(self) -> Credentials | None:
        host = self.site.host.life
        if host is None:
            return None
        code = host.secret if self.kind == FACILITATOR else host.admission.new_code(self.kind)
        # Who is asked says that the seat of that name is somebody else's, as it is here.
        return Credentials(code=code, name=f"name-{self.kind}", role="office", returning=False)

    def killed(self) -> None:
        """Stop the program here, and schedule a restart."""
        self._leave(0.5 + self.site.random.random() * 4)

    def _leave(self, back_after: float) -> None:
        life, self.life = self.life, None
        if life is not None:
            self.site.witness.trace(self.name, "gone")
            life.drop()
            self.site.agenda.after(back_after, self.begin)

    def stop(self, seconds: float) -> None:
        """Stop the program (SIGSTOP), and continue it later (SIGCONT)."""
        self._stopped_until = self.site.agenda.now + seconds
        self.site.agenda.after(seconds, self._go_on)

    def _go_on(self) -> None:
        life = self.life
        if life is not None and self.awake:
            life.tick()
            if life.wire is not None:
                life.wire.down.look()

    def new_seat(self) -> None:
        """Join again with a code as somebody new: the token is no longer valid."""
        if self.life is not None:
            self.site.witness.abandoned(self.life.outbox.entries)
            self.disk.files.clear()
            self._leave(1.0)

    def dial(self) -> Wire | None:
        """Connect to the host, if it answers."""
        wire = self.site.network.dial(self.room)
        if wire is None or not self.site.host.accept(wire):
            return None
        return wire


class StationLife:
    """One run of a station's program."""

    def __init__(self, station: Station, client: Client, outbox: Outbox) -> None:
        self._station = station
        self._agenda = station.site.agenda
        self.client = client
        self.outbox = outbox
        self.witness = witness = station.site.witness
        self.wire: Wire | None = None
        self.numbers = 0
        client.on_sight = self._see
        client.on_answer = lambda submission, answer: witness.answered(station.kind, submission, answer)

    @property
    def alive(self) -> bool:
        """Whether the program still runs."""
        return self._station.life is self

    def dial(self) -> None:
        """Connect, or try again later."""
        if not self.alive or self.wire is not None or self.client.finished:
            return
        if not self._station.awake:
            self._agenda.after(1, self.dial)
            return
        wire = self._station.dial()
        if wire is None:
            self._agenda.after(UNREACHABLE_FOR + self.client.back_off(), self.dial)
            return
        self.wire = wire
        wire.down.deliver = partial(self._receive, wire)
        wire.down.ended = partial(self._broken, wire)
        wire.down.may_read = lambda: self._station.awake
        self.client.connected(self._agenda.now)
        self.pump()

    def tick(self) -> bool:
        """Advance the client."""
        if self.alive and self._station.awake:
            self.client.tick(self._agenda.now)
            self.pump()
        return self.alive

    def give(self, command: Command, key: str) -> Submission | None:
        """Enter a command; return None if the station refuses it."""
        welcome, chair = self.client.welcome, self.client.chair
        if welcome is None:
            return None
        attempt = Attempt(welcome.seat.id, welcome.seat.acts_as, command, chair.epoch if chair else 0)
        self.witness.attempts[key] = attempt
        try:
            submission = now(self.client.submit(command, key, self._agenda.now))
        except InputError:
            return None
        if not isinstance(submission, Submission):
            return None
        attempt.promised = True
        self.pump()
        return submission

    def pump(self) -> None:
        """Send queued frames; end a connection that has to be closed."""
        if self.wire is not None:
            while (text := self.client.next_frame()) is not None:
                self.wire.up.send(text)
        if self.client.disconnect_reason:
            self._hang_up()

    def drop(self) -> None:
        """Close the connection of a killed program, as the system does."""
        wire, self.wire = self.wire, None
        if wire is None:
            return
        wire.down.bury()
        how = self._station.site.random.random()
        if how < 0.5:
            wire.up.finish()
        else:
            wire.up.die(known=how < 0.9)

    def _hang_up(self) -> None:
        self.client.disconnected()
        self.drop()
        goodbye = self.client.goodbye
        if goodbye is not None and self.client.finished:
            seat_id = self.client.welcome.seat.id if self.client.welcome is not None else ""
            self.witness.sent_away(self._station.name, goodbye, seat_id, had_token=self._had_token)
            self._station.new_seat()
            return
        self._agenda.after(self.client.back_off(), self.dial)

    @property
    def _had_token(self) -> bool:
        return "token" in self._station.disk.files

    def _broken(self, wire: Wire) -> None:
        if self.alive and wire is self.wire:
            self._hang_up()

    def _receive(self, wire: Wire, text: str) -> None:
        if not self.alive or wire is not self.wire:
            return
        self.witness.received(self._station.kind, text)
        self.client.receive(text, self._agenda.now)
        welcome = self.client.welcome
        if welcome is not None and welcome.token is not None and not self._had_token:
            self._station.disk.files["token"] = welcome.token
        self.pump()

    def _see(self, sight: Sight) -> None:
        self.witness.sight(self._station.kind, sight)
        self.numbers += 1
        if self.numbers != sight.number:
            self.witness.fail(f"{self._station.name} was shown {sight.number} as its number {self.numbers}")
        self._agenda.after(self._station.draws_after, partial(self._drawn, sight.number))

    def _drawn(self, number: int) -> None:
        if self.alive:
            self.witness.drawn(self._station.kind, number)
            self.client.mark_shown(number)
