"""G9: in a hundred thousand states and viewers, nobody is sent a word that was for others.

Every private text of the scenario and of what people write holds a canary, a word like no other. Who may
be sent it is worked out here from what happened, event by event, and not by `view`; then every byte that
the host sends to a team or to the wall is searched for canaries.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pydantic import BaseModel

from tabletop.cli.main import main
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.decide import may
from tabletop.exercise.decide.self_ratings import open_now
from tabletop.exercise.state import Exercise
from tabletop.host.connection import Connection
from tabletop.host.consoles import ControlLease
from tabletop.host.hub import Hub
from tabletop.host.local_link import LocalLink
from tabletop.host.session import Session
from tabletop.protocol import messages
from tabletop.protocol.framing import encode
from tabletop.protocol.link import Sight
from tabletop.scenario.scenario import Scenario
from tabletop.store.memory import MemoryLog
from tabletop.store.sqlite import SqliteLog
from tabletop.system.clock import VirtualTime
from tests.builders import TEAMS, tiny_scenario
from tests.link.world import FakeAdmission
from tests.simulation.people import People

CANARY = re.compile(r"canary-\d+-")
VIEWERS = (*TEAMS, c.WALL)
SEATS = ("facilitator-1", "evaluator-1", "wall-1", *(f"{team}-{n}" for n in (1, 2) for team in TEAMS))
STEPS = 250
PLAYS = 10
FAR = 2**50
PRIVATE_PARTS = ("timeline", "decisions", "backlash", "objectives", "rules")
TEXTS = frozenset(
    {
        "title",
        "text",
        "sender",
        "question",
        "tradeoff",
        "expected",
        "sanitised",
        "note",
        "notes",
        "talk_first",
    }
)


@cache
def marked_scenario() -> Scenario:
    """Return the tiny scenario with a canary in every text that is not public before play."""
    numbers = count(1_000_000)

    def marked(value: Any, name: str = "") -> Any:  # noqa: ANN401 - whatever a scenario is made of
        match value:
            case str() if name in TEXTS:
                return f"{value} canary-{next(numbers)}-"
            case BaseModel():
                fields = {field: marked(getattr(value, field), field) for field in type(value).model_fields}
                return value.model_copy(update=fields)
            case Mapping():
                return {key: marked(item, name) for key, item in value.items()}
            case tuple():
                return tuple(marked(item, name) for item in value)
        return value

    scenario = tiny_scenario()
    alert = scenario.decisions["alert"].model_copy(update={"talk_first": "Who would ask you why?"})
    scenario = scenario.model_copy(update={"decisions": {**scenario.decisions, "alert": alert}})
    return scenario.model_copy(
        update={part: marked(getattr(scenario, part)) for part in PRIVATE_PARTS if hasattr(scenario, part)}
    )


def meant(event: e.Event) -> Iterator[tuple[str, Iterable[str]]]:
    """Texts of an event with those who may read them besides exercise control."""
    teams = set(TEAMS)
    match event:
        case e.StatementMade() | e.EmergencyDeclared() | e.PhaseBegan() | e.ExerciseStarted():
            yield event.model_dump_json(), VIEWERS
        case e.InjectReleased():
            to_wall = [c.WALL] if teams <= set(event.to) else []
            yield f"{event.title} {event.sender} {event.channel} {event.text}", (*event.to, *to_wall)
            for paragraph in event.additions:
                yield paragraph.text, (*paragraph.to, *([c.WALL] if teams <= set(paragraph.to) else []))
        case e.SelfRatingsAsked():
            yield event.model_dump_json(), TEAMS
        case e.MessageSent():
            to_wall = [c.WALL] if event.by == e.CONTROL and teams <= set(event.to) else []
            yield event.text, (event.by, *event.to, *to_wall)
        case e.CardShared() | e.LeaveGranted() | e.ConsultRequested():
            yield event.model_dump_json(), (event.by, *event.to)
        case e.ConsultAnswered():
            yield event.text, (event.by, event.to)
        case (
            e.CardReceived()
            | e.CardDealt()
            | e.DiscussionBegan()
            | e.DiscussionClosed()
            | e.DecisionPresented()
            | e.DecisionRecorded()
            | e.AnswerWritten()
            | e.DecisionLapsed()
            | e.OptionProposed()
            | e.CapitalCredited()
            | e.ProbeAnswered()
            | e.TeamRatedItself()
        ):
            yield event.model_dump_json(), (event.team,)


class Play:
    """A host with two seats a team, the wall and exercise control, driven frame by frame."""

    def __init__(self, seed: int, scenario: Scenario | None = None) -> None:
        self.random = Random(seed)  # noqa: S311 - a play, to be replayed from its seed
        self.time = VirtualTime()
        self.log = MemoryLog()
        self.session = Session.begin(
            self.log,
            scenario or marked_scenario(),
            name="Spring",
            seed=seed,
            time=self.time.source(),
            mark_every=None,
        )
        self.admission = FakeAdmission(*SEATS)
        self.hub = Hub(
            self.session, self.admission, self.time.source(), rejoin="tabletop join x", lease=ControlLease()
        )
        self.people = People(self.random, self)
        self.audiences: defaultdict[str, set[str]] = defaultdict(set)
        self.words = 0
        self.keys = 0
        self.pairs = 0
        self.taken = 0
        self.sent: dict[str, list[str]] = {seat: [] for seat in SEATS}
        self.connections: dict[str, Connection] = {}
        for seat in SEATS:
            self.connections[seat] = self.hub.open("10.0.0.2")
            self.say(seat, messages.Hello(version=messages.VERSION, token=seat))
        self.pump()

    def canary(self, audience: Iterable[str] | None) -> str:
        """Return a new canary word; its readers are determined when an event with it is recorded."""
        self.words += 1
        return f"canary-{self.words}-"

    def say(self, seat: str, frame: messages.Frame) -> None:
        """Send a frame from a station."""
        self.connections[seat].receive(encode(frame), self.time.seconds)

    def give(self, seat: str, command: c.Command) -> None:
        """Submit a command."""
        self.keys += 1
        for word in CANARY.findall(command.model_dump_json()):
            self.audiences[word].add(seat.partition("-")[0])  # who wrote it may be told of it
        self.say(seat, messages.Submit(key=f"{seat}-{self.keys}", command=command, epoch=1))

    def pump(self) -> None:
        """Everything that can be sent is sent, and has been seen."""
        for word in (messages.Ack, messages.Ping, messages.Ack):
            for seat, connection in self.connections.items():
                while (text := connection.next_frame()) is not None:
                    self.sent[seat].append(text)
                self.say(seat, word(seen=FAR, shown=FAR))

    def step(self) -> None:
        """Advance the time, do something at random, and deliver."""
        self.time.seconds += self.random.choice([0.5, 1, 5])
        self.session.tick()
        self.hub.tick()
        standing = not self.session.state.running
        seat = self.random.choice(SEATS[:1] * 4 * standing + SEATS)
        command = self.wish(seat.partition("-")[0], self.session.state)
        if command is not None:
            self.give(seat, command)
        self.pump()

    def wish(self, kind: str, state: Exercise) -> c.Command | None:
        """Return a random command with canaries in all its text fields."""
        rating = self.self_rating(kind, state)
        if rating is not None and self.random.random() < 0.7:
            return rating
        entry = self.random.choice([one.id for one in state.script.scenario.timeline])
        teams = tuple(self.random.sample(TEAMS, self.random.randint(1, 3)))
        extra: list[c.Command] = []
        if kind == c.FACILITATOR:
            words = self.canary(None)
            extra += [
                c.Edit(inject=entry, title=self.canary(None), text=self.canary(None)),
                c.Address(inject=entry, to=teams, confirm=True),
                c.AdHoc(title=words, sender=words, channel=words, to=teams, text=words, release=False),
                c.Message(to=TEAMS, text=self.canary(None)),
            ]
        if kind in (c.FACILITATOR, c.EVALUATOR):
            extra.append(c.Grade(objective="share", team=teams[0], rating="S", note=self.canary(None)))
        if kind in TEAMS:
            asked = [key for key in state.decisions if key[1] == kind]
            if asked:
                decision, option = asked[0][0], state.decisions[asked[0]].options[0]
                extra.append(c.Propose(decision=decision, option=option, rationale=self.canary(None)))
        if extra and self.random.random() < 0.25:
            return self.random.choice(extra)
        return self.people.wish(kind, state)

    def self_rating(self, kind: str, state: Exercise) -> c.Command | None:
        """Return what asks teams to rate themselves, or a team's rating with a canary for its note."""
        if open_now(state) is not None and kind in TEAMS:
            return c.RateSelf(ratings={"share": "M"}, note=self.canary(None))
        asks = kind == c.FACILITATOR and may(state.stage, c.AskSelfRatings) and open_now(state) is None
        return c.AskSelfRatings() if asks else None

    # What must hold -----------------------------------------------------------------------------

    def learn(self) -> None:
        """Take note of who may read what, from what has happened since."""
        for record in self.session.records[self.taken :]:
            for text, audience in meant(record.event):
                for word in CANARY.findall(text):
                    self.audiences[word] |= set(audience)
        self.taken = len(self.session.records)

    def check(self, start: Mapping[str, int], *, late: bool) -> None:
        """Search what was sent since `start`, and the latest sight; if `late`, all there is."""
        self.learn()
        for seat in SEATS:
            viewer = seat.partition("-")[0]
            if viewer in VIEWERS:
                self.search(viewer, "".join(self.sent[seat][start[seat] :]))
        for viewer in VIEWERS:
            head = self.hub.projection.head(viewer)
            number = 0 if late else max(0, head - 1)
            while number < head:
                text, number = self.hub.projection.batch(viewer, number)
                self.search(viewer, text)
            self.pairs += 1

    def search(self, viewer: str, text: str) -> None:
        """Fail if there is a word in it that is not for that viewer."""
        for word in CANARY.findall(text):
            assert viewer in self.audiences[word], f"{viewer} was sent {word} in {text[:2_000]}"


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 100, PLAYS))
def test_g9_nobody_is_sent_a_word_that_was_for_others(first: int) -> None:
    pairs = words = 0
    for seed in range(first, first + PLAYS):
        play = Play(seed)
        for number in range(STEPS):
            start = {seat: len(texts) for seat, texts in play.sent.items()}
            play.step()
            play.check(start, late=number % 50 == 49)
        pairs += play.pairs
        words += len(CANARY.findall("".join(play.sent["seoul-1"])))
    assert pairs == PLAYS * STEPS * len(VIEWERS)
    assert words > 500


def test_g9_links_in_the_hosts_process_and_logs_as_a_seat_hold_no_word_that_was_for_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in range(3):
        play = Play(seed)
        for _ in range(STEPS):
            play.step()
        play.learn()
        path = tmp_path / f"{seed}.db"
        with SqliteLog.create(path) as log:
            log.append(list(play.log.read()))
        for viewer in TEAMS:
            shown: list[Sight] = []
            LocalLink(play.session, viewer).watch(shown.append)
            play.search(viewer, "".join(sight.event.model_dump_json() for sight in shown))
            for words in ((), ("--json",)):
                assert main(["log", str(path), "--as", viewer, *words]) == 0
                said = capsys.readouterr()
                assert CANARY.search(said.out)
                play.search(viewer, said.out + said.err)


PRIVATE = (
    ("tokyo-1", c.Message(to=("washington",), text="between us")),
    ("tokyo-2", c.Message(to=("control",), text="for control")),
    ("washington-1", c.Consult(with_=("tokyo",), text="what do you think?")),
    ("tokyo-1", c.Answer(from_="washington", text="nothing")),
    ("facilitator-1", c.Message(to=("tokyo",), text="for one team")),
    ("facilitator-1", c.Note(text="a note")),
    ("facilitator-1", c.AdHoc(title="x", sender="y", to=("washington", "tokyo"), text="z")),
    ("evaluator-1", c.Observe(text="seen", team="tokyo")),
    ("tokyo-1", c.Message(to=("nowhere",), text="refused")),
)
SEOUL = (
    ("seoul-1", c.Message(to=("control",), text="from seoul")),
    ("seoul-2", c.Consult(with_=("tokyo",), text="from seoul")),
    ("seoul-1", c.State(text="in public")),
    ("facilitator-1", c.AdHoc(title="a", sender="b", to=("seoul",), text="c")),
    ("tokyo-1", c.Message(to=("seoul",), text="to seoul")),
    ("seoul-1", c.Decide(decision="name-it", option="satellite")),
)


OPAQUE = re.compile(r"-[0-9a-f]{10}\b")


def _as_seoul_sees(seed: int, *, private: bool) -> list[str]:
    """All that the stations of Seoul are sent while others are busy among themselves, or are not."""
    play = Play(seed, tiny_scenario())
    order = Random(seed)  # noqa: S311 - the same in both plays
    for command in (c.Startex(), c.Auto(on=True), c.Rate(rate=20)):
        play.give("facilitator-1", command)
    for _ in range(60):
        play.time.seconds += order.choice([0.25, 1, 2])
        play.session.tick()
        play.hub.tick()
        public, hidden, amount = order.choice(SEOUL), order.choice(PRIVATE), order.randrange(3)
        for _ in range(amount if private else 0):
            play.give(*hidden)
        play.pump()
        play.keys = 1_000 * (play.keys // 1_000 + 1)  # keys of Seoul's own say nothing of others
        play.give(*public)
        play.pump()
    return [_named(play.sent[seat]) for seat in ("seoul-1", "seoul-2", "wall-1")]


def _named(frames: list[str]) -> str:
    """All frames, with ids that say nothing, being hashes, called by the order in which they were met."""
    names: dict[str, str] = {}
    return OPAQUE.sub(lambda found: names.setdefault(found[0], f"-id-{len(names)}"), "\n".join(frames))


def test_g9_what_others_do_among_themselves_changes_no_byte_of_what_a_team_is_sent() -> None:
    for seed in range(12):
        quiet, busy = (_as_seoul_sees(seed, private=private) for private in (False, True))
        assert all(text.count('"type":"sights"') > 3 for text in quiet)
        assert quiet == busy
