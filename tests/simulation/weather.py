"""Faults, chosen by a seed."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from random import Random

from tabletop.errors import InputError
from tabletop.exercise import commands as c
from tests.simulation.agenda import Agenda
from tests.simulation.disk import Fault
from tests.simulation.host import Host, HostLife
from tests.simulation.network import Network
from tests.simulation.station import Station
from tests.simulation.witness import PUBLIC, Witness


class Weather:
    """A mix of faults that is characteristic of the seed, and how often they occur."""

    def __init__(self, agenda: Agenda, random: Random, witness: Witness) -> None:
        self._agenda = agenda
        self._random = random
        self._witness = witness
        self._kinds = random.sample(KINDS, random.randint(2, 8))
        self._every = random.choice([1.5, 4.0, 10.0])
        self._said = 0
        self.over = False

    def begin(self, host: Host, network: Network, stations: list[Station]) -> None:
        """Start to inject faults."""
        self.host, self.network, self.stations = host, network, stations
        self._agenda.after(self._random.expovariate(1 / self._every), self._strike)

    def _strike(self) -> None:
        if self.over:
            return
        kind = self._random.choice(self._kinds)
        self._agenda.after(self._random.expovariate(1 / self._every), self._strike)
        kind(self)

    def _tell(self, what: str) -> None:
        self._witness.counts[what.partition(",")[0]] += 1
        self._witness.trace("weather", what)

    def _room(self) -> str:
        return self._random.choice(sorted({station.room for station in self.stations}))

    def _seconds(self, least: float, most: float) -> float:
        """Return a duration on a logarithmic scale."""
        return least * math.pow(most / least, self._random.random())

    # The network ------------------------------------------------------------------------------------

    def cut(self) -> None:
        """F10: break a connection and lose what is in flight."""
        room = self._room()
        host_knows, station_knows = self._random.random() < 0.7, self._random.random() < 0.7
        self._tell(f"cut, {room}")
        self.network.cut(room, host_knows=host_knows, station_knows=station_knows)

    def stall(self) -> None:
        """F12: deliver nothing for some seconds, in one direction or both."""
        room, seconds = self._room(), self._seconds(0.5, 9)
        up, down = self._random.choice([(True, False), (False, True), (True, True)])
        self._tell(f"stall, {room} {'up' if up else ''}{'down' if down else ''} {seconds:.1f} s")
        self.network.stall(room, seconds, up=up, down=down)

    def part(self) -> None:
        """F13: silently disconnect a room for half a minute to half an hour."""
        room = self._room()
        seconds = self._seconds(30, 1800) if self._random.random() < 0.02 else self._seconds(5, 60)
        self._tell(f"part, {room} {seconds:.1f} s")
        self.network.part(room, seconds)

    def lag(self) -> None:
        """Delay everything to and from a room."""
        room, most = self._room(), self._seconds(0.02, 1.5)
        self._tell(f"lag, {room} {most:.2f} s")
        self.network.slow(room, most / 4, most)

    def spoil(self) -> None:
        """F09: lose and duplicate frames to and from a room."""
        room, share = self._room(), self._seconds(0.02, 0.5)
        self._tell(f"spoil, {room} {share:.2f}")
        self.network.spoil(room, share)

    # The host -----------------------------------------------------------------------------------------

    def kill_host(self) -> None:
        """F01: kill the host between two actions."""
        self._soon_up()
        self._tell("kill host")
        self.host.kill()

    def doom_host(self) -> None:
        """F01, F10: kill the host in the middle of a write, before or after it is durable."""
        self._soon_up()
        self._tell("doom host")
        self.host.disk.doom = self._random.randrange(4)

    def reboot_host(self) -> None:
        """F02: cut the host's power; its monotonic clock restarts."""
        self._soon_up()
        self._tell("reboot host")
        self.host.kill()
        self.host.clock.booted = self._random.random() * 1e6 - self._agenda.now
        self.host.clock.set_by = self._random.uniform(-3600, 3600)

    def freeze_host(self) -> None:
        """F14: suspend the host for a while."""
        seconds = self._seconds(0.5, 12)
        self._tell(f"freeze host, {seconds:.1f} s")
        self.host.freeze(seconds)

    def put_host_to_sleep(self) -> None:
        """F16: suspend the host's computer, and wake it up."""
        seconds = self._seconds(1, 60)
        if not self.host.awake:
            return
        self._tell(f"put host to sleep, {seconds:.1f} s")
        self._agenda.after(
            seconds, lambda: setattr(self.host.clock, "slept", self.host.clock.slept + seconds)
        )
        self.host.freeze(seconds + 0.001)

    def set_wall_clock(self) -> None:
        """F16: set the host's wall clock."""
        self._tell("set wall clock")
        self.host.clock.set_by += self._random.uniform(-3600, 3600)

    def fail_disk(self) -> None:
        """F03, F04: fill the disk, or make it fail in the middle of a write."""
        fault, seconds = self._random.choice(list(Fault)), self._seconds(0.3, 15)
        self._tell(f"fail disk, {fault.name} {seconds:.1f} s")
        self.host.disk.fault = fault
        self._agenda.after(seconds, self._mend_disk)

    def _mend_disk(self) -> None:
        self.host.disk.fault = None

    def slow_disk(self) -> None:
        """F17: slow the disk down for some seconds, up to where people are told."""
        takes = self._seconds(0.1, 8)
        self._tell(f"slow disk, {takes:.1f} s")
        self.host.disk.takes = takes
        self._agenda.after(self._seconds(1, 20), lambda: setattr(self.host.disk, "takes", 0.01))

    def _soon_up(self) -> None:
        self.host.down_for = self._seconds(0.2, 12)

    def raise_fault(self) -> None:
        """F18: make the host raise unexpected errors for some seconds."""
        self._tell("fault")
        self.host.fault_rate = 0.2
        self._agenda.after(self._seconds(1, 20), lambda: setattr(self.host, "fault_rate", 0.0))

    # Stations -----------------------------------------------------------------------------------------

    def kill_station(self) -> None:
        """Kill a station's program; it restarts from its disk."""
        station = self._random.choice(self.stations)
        self._tell(f"kill station, {station.name}")
        station.killed()

    def doom_station(self) -> None:
        """Kill a station's program in the middle of a write."""
        station = self._random.choice(self.stations)
        self._tell(f"doom station, {station.name}")
        station.disk.doom = self._random.randrange(3)

    def stop_station(self) -> None:
        """F14: stop a station, so that its connection fills up."""
        station, seconds = self._random.choice(self.stations), self._seconds(1, 40)
        self._tell(f"stop station, {station.name} {seconds:.1f} s")
        station.stop(seconds)

    def slow_screen(self) -> None:
        """F14: delay a station's drawing."""
        station = self._random.choice(self.stations)
        station.draws_after = self._seconds(0.05, 5)
        self._tell(f"slow screen, {station.name} {station.draws_after:.1f} s")

    def fill_station(self) -> None:
        """F03: make a station's outbox unwritable."""
        station = self._random.choice(self.stations)
        self._tell(f"fill station, {station.name}")
        station.disk.fault = Fault.FULL
        self._agenda.after(self._seconds(0.5, 10), lambda: setattr(station.disk, "fault", None))

    # What people do to themselves ---------------------------------------------------------------------

    def revoke(self) -> None:
        """Revoke a seat; the person rejoins with a new code."""
        life = self.host.life
        if life is None or self._random.random() < 0.7 or self.host.disk.fault is not None:
            return
        teams = [seat.id for seat in life.admission.seats() if seat.acts_as in self._witness.scenario.teams]
        if teams:
            seat_id = self._random.choice(teams)
            self._tell("revoke")
            self._witness.half_revoked.add(seat_id)  # if the host is killed meanwhile, its disk decides
            life.session.disk_queue.put(self._revoking(life, seat_id))

    async def _revoking(self, life: HostLife, seat_id: str) -> None:
        """Revoke as the enrolment does."""
        life.hub.revoked(seat_id)
        self._witness.revoked.add(seat_id)
        with suppress(InputError):  # it is gone now, and would be back after a restart
            await life.admission.revoke(seat_id)

    def hand_pen(self) -> None:
        """Give a team's pen to another seat."""
        life = self.host.life
        if life is None or self.host.disk.fault is not None:
            return
        team = self._random.choice(sorted(self._witness.scenario.teams))
        seats = [seat.id for seat in life.admission.seats() if seat.acts_as == team]
        if not seats:
            return
        all_speak = self._random.random() < 0.5
        if all_speak:
            self.slow_disk()
        self._tell("hand pen")
        life.session.disk_queue.put(
            life.admission.take_pen(team, self._random.choice(seats)), failed=_not_kept
        )
        if all_speak:
            self._speak(team)

    def _speak(self, team: str) -> None:
        """F11, F17: have every seat of a team speak for it while the disk saves who holds the pen."""
        for station in self.stations:
            if station.kind == team and station.awake and station.life is not None:
                self._said += 1
                text = self._witness.canary(PUBLIC)
                station.life.give(c.State(text=text), f"said-{self._said}")


def _not_kept(error: Exception) -> None:
    if not isinstance(error, InputError):
        raise error


KINDS: list[Callable[[Weather], None]] = [
    Weather.cut,
    Weather.stall,
    Weather.part,
    Weather.lag,
    Weather.spoil,
    Weather.kill_host,
    Weather.doom_host,
    Weather.reboot_host,
    Weather.freeze_host,
    Weather.put_host_to_sleep,
    Weather.set_wall_clock,
    Weather.fail_disk,
    Weather.slow_disk,
    Weather.raise_fault,
    Weather.kill_station,
    Weather.doom_station,
    Weather.stop_station,
    Weather.slow_screen,
    Weather.fill_station,
    Weather.revoke,
    Weather.hand_pen,
]
