"""Simulate a whole exercise in one thread from a seed: people play, faults happen, nothing may be lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

from tabletop.exercise import commands as c
from tabletop.exercise.apply import fold
from tabletop.exercise.state import Exercise, Stage
from tabletop.protocol import framing, messages
from tabletop.rules.scoring import score_log
from tabletop.scenario.scenario import Scenario
from tests.builders import TEAMS, tiny_scenario
from tests.simulation.agenda import Agenda
from tests.simulation.host import Host
from tests.simulation.network import Network
from tests.simulation.people import People
from tests.simulation.station import Site, Station, StationLife
from tests.simulation.weather import Weather
from tests.simulation.witness import Attempt, Witness

CALM_WITHIN = 40.0
"""Seconds after the last mishap by which everybody is back in step, at the latest."""

SILENCE_IS_KNOWN = 16.0
"""Seconds in which everybody has found out about a connection that broke without a word."""


@cache
def _scenario() -> Scenario:
    return tiny_scenario()


def _silent(_: str) -> None:
    """Nobody reads along."""


class Simulation:
    """One seed."""

    def __init__(self, seed: int, narrate: Callable[[str], None] = _silent) -> None:
        self.random = random = Random(seed)  # noqa: S311 - a simulation, to be replayed from its seed
        self.agenda = agenda = Agenda()
        self.witness = witness = Witness(_scenario(), lambda: agenda.now, narrate)
        self.network = Network(agenda, random)
        self.host = Host(agenda, random, witness)
        self.people = People(random, witness)
        self.weather = Weather(agenda, random, witness)
        site = Site(agenda, random, self.network, self.host, witness)
        kinds = [c.FACILITATOR, *TEAMS]
        kinds += random.sample([c.FACILITATOR, c.EVALUATOR, c.OBSERVER, "wall", *TEAMS], random.randint(0, 5))
        self.stations = [Station(f"{kind}-{n}", kind, site) for n, kind in enumerate(kinds, 1)]
        witness.pen = self._pen
        self._keys = 0
        self._busy = random.choice([0.3, 1.0, 2.5])
        self._state: Exercise | None = None

    def run(self) -> Witness:
        """Play to the end. Raises `Violation`."""
        self.host.start()
        for station in self.stations:
            self.agenda.after(self.random.random() * 2, station.begin)
        self.agenda.run_until(self.random.choice([0.5, 3.0]))
        self.weather.begin(self.host, self.network, self.stations)
        self._act()
        self.agenda.run_until(self.agenda.now + self.random.choice([20, 60, 120]))
        self._calm_down()
        self._last_round()
        self._compare()
        return self.witness

    # Play -------------------------------------------------------------------------------------------

    def _act(self) -> None:
        """Let one person act, and schedule the next."""
        if self.weather.over:
            return
        self.agenda.after(self.random.expovariate(1 / self._busy), self._act)
        if self.host.life is not None:
            self._state = self.host.life.session.state
        # While play stands, it is the facilitator's turn more often than not.
        standing = self._state is None or not self._state.running
        station = self.random.choice(self.stations[:1] * 4 * standing + self.stations)
        life, state = station.life, self._state
        if life is None or state is None or not station.awake:
            return
        what = self.random.random()
        if what < 0.06:
            self._say_again(station, life)
        elif what < 0.1:
            self._say_two_things(station, life, state)
        elif station.kind == c.FACILITATOR and what < 0.16:
            self._say_what_is_out_of_date(station, life)
        elif station.kind == c.FACILITATOR and not self._in_charge(life):
            return
        else:
            command = self.people.wish(station.kind, state)
            if command is not None:
                self._give(station, life, command)

    def _in_charge(self, life: StationLife) -> bool:
        """Return whether a console may act; sometimes it takes over, recovers, or tries anyway."""
        chair, chance = life.client.chair, self.random.random()
        if chair is not None and not chair.yours and chance < 0.15:
            self.witness.trace("people", "take over")
            life.client.take_over()
            life.pump()
        elif life.client.notice.trouble is not None and chance < 0.6:
            life.client.recover(self._key())
            life.pump()
        return chair is not None and (chair.yours or chance > 0.9)

    def _give(self, station: Station, life: StationLife, command: c.Command) -> str:
        key = self._key()
        self.witness.trace(station.name, f"gives {key}: {command.do}")
        life.give(command, key)
        return key

    def _say_again(self, station: Station, life: StationLife) -> None:
        """F09: deliver an earlier frame once more."""
        keys = [key for key, one in self.witness.attempts.items() if one.acts_as == station.kind]
        if keys and life.client.live and life.wire is not None:
            key = self.random.choice(keys[-8:])
            attempt = self.witness.attempts[key]
            if attempt.promised and self.witness.answered_now(station.kind, key):
                self.witness.trace(station.name, f"says {key} again")
                again = messages.Submit(key=key, command=attempt.command, epoch=attempt.epoch)
                life.wire.up.send(framing.encode(again))

    def _say_two_things(self, station: Station, life: StationLife, state: Exercise) -> None:
        """F09: send two commands under one key, as no correct station does."""
        command, other = (self.people.wish(station.kind, state) for _ in range(2))
        known = life.client.welcome
        if command is None or other is None or command == other or known is None or life.wire is None:
            return
        if not life.client.live:
            return
        key, on = self._key(), life.wire
        epoch = life.client.chair.epoch if life.client.chair is not None else 0
        self.witness.trace(station.name, f"says two things under {key}")
        self.witness.attempts[key] = Attempt(known.seat.id, known.seat.acts_as, command, epoch)
        self.witness.probes[key] = False
        on.up.send(framing.encode(messages.Submit(key=key, command=command, epoch=epoch)))

        def second() -> None:
            answered = self.witness.answered_now(station.kind, key)
            if answered and life.wire is on and station.life is life:
                self.witness.probes[key] = True
                on.up.send(framing.encode(messages.Submit(key=key, command=other, epoch=epoch)))

        self.agenda.after(1.5, second)

    def _say_what_is_out_of_date(self, station: Station, life: StationLife) -> None:
        """F08: deliver a command of a console after another one has taken over."""
        known, chair = life.client.welcome, life.client.chair
        if known is None or chair is None or chair.epoch < 2 or life.wire is None or not life.client.live:
            return
        key, command = self._key(), c.Note(text=self.witness.canary(()))
        self.witness.trace(station.name, f"says {key} of epoch {chair.epoch - 1}")
        self.witness.attempts[key] = Attempt(known.seat.id, known.seat.acts_as, command, chair.epoch - 1)
        late = messages.Submit(key=key, command=command, epoch=chair.epoch - 1)
        life.wire.up.send(framing.encode(late))

    def _key(self) -> str:
        self._keys += 1
        return f"key-{self._keys}"

    def _pen(self, team: str) -> str | None:
        return self.host.running.admission.pen(team)

    # The end ----------------------------------------------------------------------------------------

    def _calm_down(self) -> None:
        """Stop all faults, and repair what programs cannot."""
        self.witness.trace("weather", "calm")
        self.weather.over = True
        self.network.heal()
        self.host.disk.fault = self.host.disk.doom = None
        self.host.disk.takes = 0.01
        self.host.down_for, self.host.fault_rate = 0.5, 0.0
        for station in self.stations:
            station.disk.fault = station.disk.doom = None
            station.draws_after = 0.0
        self.agenda.run_until(max(self.agenda.now, self.host.wakes_at) + SILENCE_IS_KNOWN)
        deadline = self.agenda.now + CALM_WITHIN
        while not self._settled():
            if self.agenda.now > deadline:
                self.witness.fail(f"not back in step: {', '.join(self._out_of_step())}")
            self.agenda.run_until(self.agenda.now + 0.5)
            self._put_right()

    def _put_right(self) -> None:
        """Do what the facilitator does to resume play."""
        consoles = [one for one in self.stations if one.kind == c.FACILITATOR and one.live]
        lives = [one.life for one in consoles if one.life is not None]
        holders = [life for life in lives if life.client.chair is not None and life.client.chair.yours]
        if not holders and lives:
            lives[0].client.take_over()
            lives[0].pump()
        for life in holders:
            if life.client.notice.trouble is not None:
                life.client.recover(self._key())
                life.pump()
            elif not life.outbox.entries:
                self._let_play_go_on(life)

    def _let_play_go_on(self, console: StationLife) -> None:
        """Resume play, for which deferred commands of teams wait."""
        deferred = any(one.life.outbox.entries for one in self.stations if one.life is not None)
        stage = self.host.life.session.state.stage if self.host.life is not None else None
        goes_on: dict[Stage | None, c.Command] = {
            Stage.PAUSED: c.Resume(),
            Stage.GATE: c.BeginPhase(),
            Stage.EMERGENCY: c.StandDown(),
        }
        if deferred and stage in goes_on:
            console.give(goes_on[stage], self._key())

    def _settled(self) -> bool:
        return not self._out_of_step()

    def _out_of_step(self) -> list[str]:
        """Return the stations that lack events or wait for an answer."""
        host = self.host.life
        if host is None or not self.host.awake:
            return ["the host"]
        if host.session.trouble is not None:
            return ["the log"]
        found = []
        for station in self.stations:
            life = station.life
            if (
                life is None
                or not station.live
                or life.outbox.entries
                or life.client.seen < len(self.witness.pictures[station.kind].sights)
                or life.client.notice.trouble is not None
            ):
                found.append(station.name)
        consoles = [one.life for one in self.stations if one.kind == c.FACILITATOR and one.life is not None]
        if not any(life.client.chair is not None and life.client.chair.yours for life in consoles):
            found.append("nobody is in the chair")
        return found

    def _last_round(self) -> None:
        """Have everybody write to exercise control once more; all of it must be delivered."""
        given: list[tuple[Station, StationLife, str]] = []
        for station in self.stations:
            life = station.life
            if life is None or station.kind not in (*TEAMS, c.FACILITATOR):
                continue
            if station.kind == c.FACILITATOR:
                if life.client.chair is None or not life.client.chair.yours:
                    continue
                command: c.Command = c.Note(text=self.witness.canary(()))
            else:
                command = c.Message(to=("control",), text=self.witness.canary((station.kind,)))
            given.append((station, life, self._give(station, life, command)))
            self.agenda.run_until(self.agenda.now + 0.2)
        self.agenda.run_until(self.agenda.now + 5)
        for station, life, key in given:
            submission = life.client.submissions[key]
            if submission.refusal is not None:
                if self.host.running.session.state.stage.value not in ("ready", "closed"):
                    self.witness.fail(f"{key} of {station.name} was refused: {submission.refusal.message}")
                continue
            if not submission.recorded:
                self.witness.fail(f"{key} of {station.name} was not answered")
            concerned = self.witness.concerned(station.kind, key, console=True)
            if (submission.of, submission.delivered) != (len(concerned),) * 2:
                self.witness.fail(f"{key} of {station.name} is not shown as delivered to all: {submission}")

    def _compare(self) -> None:
        """Compare the final states."""
        witness, session = self.witness, self.host.running.session
        if session.records != witness.records:
            witness.fail("the host remembers other events than are on its disk")
        if fold(witness.records) != session.state:
            witness.fail("folding the log does not give the live state")
        if score_log(witness.records) != session.scorer.scorecard():
            witness.fail("scoring the log anew gives another score")
        for station in self.stations:
            life = station.life
            if life is None or life.numbers != len(witness.pictures[station.kind].sights):
                witness.fail(f"{station.name} was not shown everything")
        for key, attempt in witness.attempts.items():
            place = attempt.acts_as, key
            if attempt.promised and place not in witness.recorded and place not in witness.refused:
                witness.fail(f"{key} of {attempt.acts_as} was lost")


def simulate(seed: int, narrate: Callable[[str], None] = _silent) -> Witness:
    """Play one seed to the end. Raises `Violation`, with how to replay it."""
    simulation = Simulation(seed, narrate)
    try:
        return simulation.run()
    except AssertionError as error:
        error.add_note(f"replay with: python -m tests.simulation {seed} --verbose")
        raise
