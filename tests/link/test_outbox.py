"""The outbox: what was given at a station outlives its program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.errors import InputError
from tabletop.exercise import commands as c
from tabletop.link.outbox import FULL, OutboxEntry, outbox_on_disk
from tests.host.slow_disk import SlowDisk
from tests.system.waiting import now


def test_f10_what_was_not_answered_is_there_after_a_crash_in_order(tmp_path: Path) -> None:
    path = tmp_path / "seats" / "outbox.json"
    outbox = outbox_on_disk(path)
    entries = [
        OutboxEntry("a", c.Share.model_validate({"card": "track", "with": ["tokyo"]})),
        OutboxEntry("b", c.State(text="衛星 \U0001f6f0 \udc80")),
        OutboxEntry("c", c.Jump.model_validate({"to": "T+6:30"}), epoch=3),
    ]
    for entry in entries:
        now(outbox.put(entry))
    assert outbox_on_disk(path).entries == tuple(entries)
    outbox.answered("b")
    assert [entry.key for entry in outbox_on_disk(path).entries] == ["a", "c"]
    assert path.stat().st_mode & 0o077 == 0


def test_what_the_disk_will_not_keep_is_not_sent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    outbox = outbox_on_disk(tmp_path / "outbox.json")
    (tmp_path / "outbox.json").mkdir()
    with pytest.raises(InputError, match="was not sent"):
        now(outbox.put(OutboxEntry("a", c.State(text="x"))))
    assert not outbox.entries


def test_a_full_outbox_can_be_read_again(tmp_path: Path) -> None:
    outbox = outbox_on_disk(tmp_path / "outbox.json")
    for number in range(FULL):
        outbox._entries[str(number)] = OutboxEntry(str(number), c.Note(text="\U0001f6f0" * 16_000))
    now(outbox.put(OutboxEntry("last", c.Note(text="x"))))
    assert outbox_on_disk(tmp_path / "outbox.json").entries == outbox.entries


@pytest.mark.parametrize(
    "text", ["", "[", "[{}]", '[{"key":"a","command":{"do":"fly"},"epoch":0}]', "[" * 9999]
)
def test_a_damaged_outbox_is_said_to_be_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "outbox.json"
    path.write_text(text)
    with pytest.raises(InputError, match="is damaged"):
        outbox_on_disk(path)


def test_f17_a_command_is_among_those_to_be_sent_once_the_disk_has_it(tmp_path: Path) -> None:
    path = tmp_path / "outbox.json"
    outbox = outbox_on_disk(path)
    disk = SlowDisk(outbox.disk_queue)
    first, second = OutboxEntry("a", c.State(text="one")), OutboxEntry("b", c.State(text="two"))
    for entry in (first, second):
        outbox.disk_queue.put(outbox.put(entry))
    assert outbox.entries == ()
    disk.answer()
    assert outbox.entries == outbox_on_disk(path).entries == (first,)
    outbox.answered("a")  # while the second is being kept
    disk.answer_all()
    assert outbox.entries == outbox_on_disk(path).entries == (second,)
