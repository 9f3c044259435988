"""The host's machine: the real session, admission, lease and hub over a simulated disk and network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from random import Random

from tabletop.host.admission import Admission
from tabletop.host.connection import Connection
from tabletop.host.consoles import ControlLease
from tabletop.host.hub import Hub
from tabletop.host.line import GOODBYE_WITHIN
from tabletop.host.server import TICK
from tabletop.host.session import Session
from tabletop.host.stations import SendQueue
from tabletop.protocol.roster import Roster
from tabletop.scenario.scenario import Scenario
from tabletop.system.clock import TimeSource
from tests.simulation.agenda import Action, Agenda, MachineClock
from tests.simulation.disk import Disk, DiskLog, SlowDisk
from tests.simulation.network import Wire
from tests.simulation.witness import InjectedFault, Violation, Witness


class HostLife:
    """One run of the host's program, from its start until it is killed."""

    def __init__(self, disk: Disk, time: TimeSource, random: Random, witness: Witness, host: Host) -> None:
        scenario = witness.scenario
        log = DiskLog(disk, witness.landed)
        if disk.rows:
            self.session = Session.resume(log, time)
        else:
            self.session = Session.begin(log, scenario, name="Spring", seed=random.getrandbits(16), time=time)
        roster = disk.files.get("seats")
        self.admission = Admission(
            scenario.teams,
            time=time,
            randomness=random.randbytes,
            roster=roster if isinstance(roster, Roster) else None,
            keep=partial(disk.keep, "seats"),
        )
        epoch, holder = known if isinstance(known := disk.files.get("chair"), tuple) else (0, None)
        chair = ControlLease(epoch, holder, lambda chair: disk.keep("chair", (chair.epoch, chair.holder)))
        self.chair = chair
        self.session.on_fault = witness.fault
        self.session.disk_queue.runner = SlowDisk(disk, host, random)
        # Heard before the hub: its faults must not keep the hub from hearing.
        self.session.subscribe(lambda _: host.raise_fault())
        self.hub = Hub(self.session, self.admission, time, rejoin="tabletop join 10.0.0.1", lease=chair)
        self.hub.beat.later = host.run_after
        self.secret = self.admission.facilitator_secret()
        self.send_queue = SendQueue(host.soon)
        self.time = time


class Host:
    """A machine on which the host's program runs, dies and is restarted."""

    def __init__(self, agenda: Agenda, random: Random, witness: Witness) -> None:
        self._agenda = agenda
        self._random = random
        self._witness = witness
        self._wires: dict[Connection, Wire] = {}
        self.wakes_at = 0.0
        """When it runs again, if it stands still."""
        self.clock = MachineClock(agenda)
        self.disk = Disk(random, self)
        self.life: HostLife | None = None
        self.down_for = 1.0
        """Seconds until somebody starts it again."""
        self.fault_rate = 0.0
        """Of what the program does, how much raises something that nobody foresaw."""

    @property
    def scenario(self) -> Scenario:
        """The scenario that is played."""
        return self._witness.scenario

    @property
    def running(self) -> HostLife:
        """The running program. Raises if there is none."""
        if self.life is None:
            raise RuntimeError("the host is down")
        return self.life

    def start(self) -> None:
        """Start the program; it resumes from its disk."""
        if self.life is not None:
            return
        if not self.awake:
            self._agenda.at(self.wakes_at, self.start)
            return
        self.life = life = HostLife(self.disk, self.clock.source(), self._random, self._witness, self)
        self._witness.trace("host", f"started with {len(self.disk.rows)} events")
        self._witness.host_started(life.session)
        # A host that was killed before the disk had kept it lets the seat in again.
        self._witness.revoked -= {seat.id for seat in life.admission.seats()}
        self._agenda.every(TICK, partial(self._tick, life))

    def kill(self) -> None:
        """Kill the program from outside, as `kill -9` does."""
        if self.life is not None:
            self.killed()

    def killed(self) -> None:
        """Stop the program here; the system closes its connections, or is gone too."""
        self._witness.trace("host", "killed")
        if self.life is not None:
            self.life.session.disk_queue.abandon()  # gone with the program
        self.life = None
        known = self._random.random() < 0.7
        for wire in self._wires.values():
            wire.up.bury()
            wire.down.die(known=known)
        self._wires.clear()
        self._agenda.after(self.down_for, self.start)

    def freeze(self, seconds: float) -> None:
        """Suspend the program and its connections."""
        self.wakes_at = max(self.wakes_at, self._agenda.now + seconds)
        self._agenda.after(seconds, self._thaw)

    @property
    def awake(self) -> bool:
        """Whether the program is scheduled."""
        return self._agenda.now >= self.wakes_at

    def accept(self, wire: Wire) -> bool:
        """Connect a station; return False if nothing listens."""
        life = self.life
        if life is None:
            return False
        connection = life.hub.open("10.0.0.2")
        self._wires[connection] = wire
        carrier = _Carrier(self, life, connection, wire)
        connection.on_wake = partial(life.send_queue.due, carrier)
        connection.on_fault = self._witness.fault
        wire.up.deliver = partial(self._receive, life, connection)
        wire.up.ended = partial(self._ended, life, connection)
        wire.up.may_read = lambda: self.awake
        wire.down.room = connection.wake
        return True

    def run_after(self, seconds: float, action: Action) -> None:
        """Have the program do something, unless it is killed before."""
        life = self.life

        def run() -> None:
            if life is not self.life:
                return
            if self.awake:
                action()
            else:
                self._agenda.at(self.wakes_at, run)

        self._agenda.after(seconds, run)

    def soon(self, action: Action) -> None:
        """Run an action after the current one."""
        self._agenda.after(0, action)

    def raise_fault(self) -> None:
        """F18: raise an unexpected error, at the rate that the weather sets."""
        if self.fault_rate and self._random.random() < self.fault_rate:
            raise InjectedFault

    # Within ---------------------------------------------------------------------------------------

    def _tick(self, life: HostLife) -> bool:
        if life is not self.life:
            return False
        if self.awake:
            life.session.tick()
            life.hub.tick()
            self._witness.host_ticked(life.session, life.time.monotonic())
        return True

    def _thaw(self) -> None:
        if self.awake:
            for connection, wire in tuple(self._wires.items()):
                wire.up.look()
                connection.wake()

    def _receive(self, life: HostLife, connection: Connection, text: str) -> None:
        try:
            connection.receive(text, life.time.monotonic())
            self.raise_fault()
        except Violation:
            raise
        except Exception as error:  # as at the real server
            connection.fail(error)

    def _ended(self, life: HostLife, connection: Connection) -> None:
        wire = self._wires.pop(connection, None)
        if wire is not None and life is self.life:
            wire.up.bury()
            wire.down.finish()
            life.hub.closed(connection)

    def send(self, life: HostLife, connection: Connection, wire: Wire) -> None:
        """Send a connection's frames, as far as there is room."""
        if life is not self.life or connection not in self._wires or not self.awake:
            return
        while not wire.down.full:
            text = connection.next_frame()
            if text is None:
                if connection.ended is not None:
                    self._ended(life, connection)
                return
            if connection.seat is not None:
                self._witness.told(life.chair, connection.seat, text)
            wire.down.send(text)
        if connection.ended is not None:
            self._agenda.after(GOODBYE_WITHIN, partial(self._ended, life, connection))


@dataclass(frozen=True, slots=True, eq=False)
class _Carrier:
    """Served by the host's send queue."""

    host: Host
    life: HostLife
    connection: Connection
    wire: Wire

    @property
    def urgent(self) -> bool:
        return self.connection.urgent

    def serve(self) -> None:
        self.host.send(self.life, self.connection, self.wire)
