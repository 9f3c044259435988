"""B16, B19: every frame of a station by every kind of seat is allowed or refused as docs/protocol.md says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, get_args

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise.events import Record
from tabletop.protocol import messages
from tests.commands import EVERY_COMMAND
from tests.host.hosted import House, Joined

PAGE: Final = (Path(__file__).parents[2] / "docs/protocol.md").read_text(encoding="utf-8")
ACCESS: Final = {"wrong-seat", "stale-epoch", "pen"}
"""Codes with which a command is refused whatever stands in it and however the exercise stands."""

COMMANDS: Final[dict[str, c.Command]] = {command.do: command for command in EVERY_COMMAND}
TYPES: Final[dict[str, type[messages.Frame]]] = {
    kind.model_fields["type"].default: kind for kind in get_args(get_args(messages.FromStation)[0])
}


def table() -> tuple[list[str], list[list[str]]]:
    """Kinds of seats, and the rows: what is asked for, then what comes of it for each kind."""
    part = PAGE.split("## Who may ask for what\n")[1].split("\n## ")[0]
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if "|" in line
    ]
    return lines[0][1:], lines[2:]


KINDS, ROWS = table()
NAMED: Final = {
    word for row in ROWS if row[0].startswith("`submit`") for word in re.findall(r"`([a-z-]+)`", row[0])
}


def asked(what: str) -> list[str]:
    """The frames or commands of a row, commands after `submit/`."""
    words = re.findall(r"`([a-z-]+)`", what)
    if words[0] != "submit":
        return words
    return [f"submit/{word}" for word in words[1:] or sorted(set(COMMANDS) - NAMED)]


CELLS: Final = [
    pytest.param(kind, one, cell.strip("`"), id=f"{one}-{kind.replace(' ', '-')}")
    for what, *cells in ROWS
    for kind, cell in zip(KINDS, cells, strict=True)
    for one in asked(what)
]


class Table:
    """A host with a seat of every kind, in the middle of play."""

    def __init__(self, folder: Path) -> None:
        self.house = House(folder)
        order = (c.FACILITATOR, c.FACILITATOR, "tokyo", "tokyo", c.EVALUATOR, c.OBSERVER, c.WALL)
        self.seats = {kind: self.house.join(acts_as) for kind, acts_as in zip(KINDS, order, strict=True)}
        self.house.do(c.Startex())
        self.house.pass_time(1, *self.seats.values())
        self.epoch = self.house.hosting.hub.consoles.chair_frame("").epoch

    def frame(self, what: str) -> messages.Frame:
        """The frame as somebody would send it who knew everything there is to know."""
        word, _, command = what.partition("/")
        to, epoch = self.seats["seat without"].id, self.epoch
        if word == "submit":
            return messages.Submit(key="k", command=COMMANDS[command], epoch=epoch)
        frames: dict[str, messages.Frame] = {
            "hello": messages.Hello(version=messages.VERSION, token="0" * 64),
            "ack": messages.Ack(seen=0),
            "ping": messages.Ping(seen=0),
            "resume": messages.Resume(after=0),
            "view": messages.View(last=True),
            "take-over": messages.TakeOver(),
            "recover": messages.Recover(key="k", epoch=epoch),
            "hand-pen": messages.HandPen(key="k", to=to, team="tokyo", epoch=epoch),
            "fetch": messages.Fetch(key="k", file="map.png", index=0),
            "arrange": messages.Arrange(key="k", act="new-code", of="seoul", epoch=epoch),
        }
        return frames[word]


def outcome(seat: Joined, told_before: int) -> str:
    """What came of it, in the words of the table; empty if the host said nothing of it."""
    for frame in seat.told[told_before:]:
        match frame:
            case messages.Refused():
                return frame.code if frame.code in ACCESS else "yes"
            case messages.Receipt() | messages.Pong() | messages.Sights() | messages.Piece():
                return "yes"
            case messages.Recovered():
                return "yes" if frame.worked else "no"
            case messages.Handed():
                return "no" if frame.message else "yes"
            case messages.Arranged():
                return "no" if frame.problem else "yes"
            case messages.Chair():
                return "yes" if frame.yours else "no"
            case messages.Goodbye():
                return "away" if frame.code == "protocol" else frame.code
    return ""


def state(house: House) -> tuple[object, ...]:
    """What only somebody with the right to may change."""
    admission, hub = house.hosting.admission, house.hosting.hub
    records: list[Record] = house.session.records
    return (len(records), admission.roster, admission.codes(), hub.consoles.chair_frame("").epoch)


@pytest.mark.parametrize(("kind", "what", "expected"), CELLS)
def test_b16_each_seat_may_ask_for_what_the_table_says(
    kind: str, what: str, expected: str, tmp_path: Path
) -> None:
    table = Table(tmp_path)
    seat = table.seats[kind]
    seat.show()
    before, told = state(table.house), len(seat.told)
    seat.say(table.frame(what))
    found = outcome(seat, told)
    if expected == "-":
        assert found == ""
    elif expected == "yes" and what in ("ack", "take-over"):
        # Nothing is said to who has the chair already, nor of an acknowledgement.
        assert found in ("", "yes")
        assert seat.connection.ended is None
    else:
        assert found == expected
    if expected != "yes":
        assert state(table.house) == before


def test_the_table_names_every_frame_and_every_command() -> None:
    frames = {one.partition("/")[0] for row in ROWS for one in asked(row[0])}
    assert frames == set(TYPES)
    commands = [one.partition("/")[2] for row in ROWS for one in asked(row[0]) if "/" in one]
    assert sorted(commands) == sorted(COMMANDS)
    assert {cell.strip("`") for row in ROWS for cell in row[1:]} == {"yes", "no", "away", "-", *ACCESS}


@pytest.mark.parametrize("what", sorted(set(TYPES) - {"hello"}))
def test_b16_who_has_not_said_hello_is_sent_away(what: str, tmp_path: Path) -> None:
    table = Table(tmp_path)
    before = state(table.house)
    stranger = table.house.hosting.hub.open("10.0.0.66")
    stranger.receive(table.frame(f"{what}/startex").model_dump_json(), 0.0)
    assert stranger.ended is not None
    assert stranger.ended.code == "protocol"
    assert state(table.house) == before


def test_b19_what_is_for_the_chair_alone_reaches_no_other_seat(tmp_path: Path) -> None:
    table = Table(tmp_path)
    secret = table.house.hosting.enrolment.secret
    codes = [code.text for code in table.house.hosting.admission.codes()]
    for kind, seat in table.seats.items():
        seat.listen()
        heard = "".join(seat.texts)
        assert (secret in heard) == (kind == KINDS[0]), kind
        assert any(code in heard for code in codes) == (kind == KINDS[0]), kind
