"""Who may see an attached file: denied by default, and from the moment its inject was sent."""

from __future__ import annotations

import base64
import hashlib

import pytest

from tabletop.exercise import events as e
from tabletop.exercise.attached import file_for
from tabletop.exercise.view import view
from tabletop.scenario.attachments import Attachment, StoredFile
from tabletop.scenario.scenario import Scenario
from tests.attachments import PNG
from tests.builders import tiny_scenario
from tests.game import Game


def scenario_with_files() -> Scenario:
    """The tiny scenario with a picture for everybody and one for Washington, with its second inject."""
    scenario = tiny_scenario()
    first, second, *rest = scenario.timeline
    sent = second.inject.model_copy(update={"attachments": (Attachment(file="heat.png", alt="A red spot"),)})
    return scenario.model_copy(
        update={
            "timeline": (first, second.model_copy(update={"inject": sent}), *rest),
            "attachments": (Attachment(file="map.png", alt="The region"),),
            "files": {name: stored(PNG) for name in ("map.png", "heat.png")},
        }
    )


def stored(content: bytes) -> StoredFile:
    """A picture as it travels with a scenario."""
    return StoredFile(
        media="image/png",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        data=base64.b64encode(content).decode(),
    )


@pytest.mark.parametrize(
    ("seat", "before", "after"),
    [
        ("washington", ["map.png"], ["map.png", "heat.png"]),
        ("tokyo", ["map.png"], ["map.png"]),
        ("wall", [], []),
        ("facilitator", ["map.png", "heat.png"], ["map.png", "heat.png"]),
        ("observer", ["map.png", "heat.png"], ["map.png", "heat.png"]),
    ],
)
def test_a_seat_has_the_files_of_what_it_was_sent(seat: str, before: list[str], after: list[str]) -> None:
    game = Game(scenario_with_files()).start()

    def seen() -> list[str]:
        return [name for name in ("map.png", "heat.png", "other.png") if file_for(game.state, seat, name)]

    assert seen() == before
    game.pass_to(6 * 60)
    assert seen() == after


def test_readers_are_told_what_is_attached_and_nobody_else() -> None:
    game = Game(scenario_with_files()).start().pass_to(6 * 60)
    released = [
        record.event
        for record in game.records
        if isinstance(record.event, e.InjectReleased) and record.event.entry == "detection"
    ]
    attached = (e.Attached(file="heat.png", alt="A red spot", media="image/png", size=len(PNG)),)
    assert [event.attachments for event in released] == [attached]
    seen = view(released[0], "washington")
    assert isinstance(seen, e.InjectReleased)
    assert seen.attachments == attached
    assert view(released[0], "tokyo") is None


def test_the_first_event_reaches_exercise_control_without_the_bytes() -> None:
    game = Game(scenario_with_files())
    seen = view(game.records[0].event, "facilitator")
    assert isinstance(seen, e.ExerciseCreated)
    assert not any(file.data for file in seen.scenario.files.values())
    assert seen.scenario.content_hash == seen.scenario_hash
