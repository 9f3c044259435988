"""Drafts: what was typed outlives the program, and no file of drafts stops anybody."""

from __future__ import annotations

import asyncio
import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.host import drafts as store_module
from tabletop.host.draft_file import MAX_SIZE, DraftsOnDisk, decoded, drafts_path, encoded
from tabletop.host.drafts import Draft, DraftStore, Kept
from tests.host.slow_disk import SlowDisk

RUN = "0123456789abcdef"
NOTE = Draft(title="Note", texts={"text": "They rang first."}, focus="text", open=True)
SHARE = Draft(title="Share a card", choices={"card": ("track",), "form": ("as-is",), "sanitised": True})


def opened(path: Path, exercise: str = RUN) -> DraftStore:
    """The drafts as the program finds them when it starts."""
    return DraftStore(DraftsOnDisk(path, exercise))


def kept(path: Path) -> bytes:
    """Keep a draft in the file; what it holds then."""
    opened(path).of("tokyo").put("note", NOTE)
    return path.read_bytes()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


texts = st.dictionaries(st.text(max_size=9), st.text(max_size=60), max_size=4)
choices = st.dictionaries(
    st.text(max_size=9), st.text(max_size=9) | st.booleans() | st.lists(st.text(max_size=9)).map(tuple)
)
any_draft = st.builds(
    Draft,
    title=st.text(max_size=30),
    texts=texts,
    choices=choices,
    focus=st.text(max_size=9),
    open=st.booleans(),
    sent=st.booleans(),
)


keys = st.dictionaries(st.text(max_size=9), st.lists(st.text(max_size=9), max_size=4).map(tuple), max_size=3)


@given(st.dictionaries(st.tuples(st.text(max_size=9), st.text(max_size=9)), any_draft, max_size=5), keys)
def test_any_draft_comes_back_as_it_was(
    all_drafts: dict[tuple[str, str], Draft], opened: dict[str, tuple[str, ...]]
) -> None:
    back = decoded(encoded(Kept(all_drafts, opened), RUN), RUN)
    assert (list(back.drafts.items()), back.opened) == (list(all_drafts.items()), opened)


def test_what_was_opened_is_kept_for_each_seat(tmp_path: Path) -> None:
    opened(tmp_path / "drafts").of("tokyo").open("statement/12")
    again = opened(tmp_path / "drafts")
    again.of("seoul").open("message/3")
    assert opened(tmp_path / "drafts").of("tokyo").opened == {"statement/12"}
    assert opened(tmp_path / "drafts").of("seoul").opened == {"message/3"}
    again.end()
    assert list(tmp_path.iterdir()) == []


def test_of_more_than_the_file_holds_what_was_opened_last_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "drafts"
    many = tuple(f"statement/{number}" for number in range(MAX_SIZE // 8))
    DraftsOnDisk(path, RUN).write(Kept({("tokyo", "note"): NOTE}, {"tokyo": many, "seoul": many[:3]}))
    assert path.stat().st_size <= MAX_SIZE
    again = opened(path)
    assert again.of("tokyo").get("note") == NOTE
    assert many[-1] in again.of("tokyo").opened
    assert many[0] not in again.of("tokyo").opened
    assert again.of("seoul").opened == set(many[:3])


def test_a_file_of_drafts_alone_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "drafts"
    content = json.loads(kept(path))
    del content["opened"]
    path.write_text(json.dumps(content))
    assert opened(path).of("tokyo").get("note") == NOTE
    assert opened(path).of("tokyo").opened == frozenset()


def test_text_of_any_kind_comes_back_as_it_was(tmp_path: Path) -> None:
    text = "衛星発射 위성 \U0001f6f0\n\n\tzwei\r\n\x00\x1b[2J\x7f \u202e[/b] \udc80"
    opened(tmp_path / "drafts").of("tokyo").put("message", replace(NOTE, texts={"text": text}))
    found = opened(tmp_path / "drafts").of("tokyo").get("message")
    assert found is not None
    assert found.texts["text"] == text


def test_each_seat_has_drafts_of_its_own(tmp_path: Path) -> None:
    store = opened(tmp_path / "drafts")
    store.of("tokyo").put("message", NOTE)
    store.of("seoul").put("message", SHARE)
    again = opened(tmp_path / "drafts")
    assert again.of("tokyo").get("message") == NOTE
    assert again.of("seoul").get("message") == SHARE
    assert again.of("washington").names == ()
    assert [seat for seat in ("tokyo", "seoul") if again.of(seat).take_interrupted() == "message"] == [
        "tokyo"
    ]
    assert again.of("tokyo").take_interrupted() is None, "once"
    assert again.of("tokyo").resume("message")
    assert not again.of("tokyo").resume("message"), "once"
    assert not again.of("seoul").resume("message")
    assert opened(tmp_path / "drafts").of("tokyo").take_interrupted() is None, "unless it is opened"


def test_b18_only_the_user_can_read_the_file_and_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "seats" / "here" / "drafts.json"
    kept(path)
    assert (mode(path), mode(path.parent), mode(path.parent.parent)) == (0o600, 0o700, 0o700)
    path.chmod(0o644)  # as a copy of a backup may be
    opened(path)
    assert mode(path) == 0o600


def test_b18_a_draft_that_is_gone_leaves_no_file(tmp_path: Path) -> None:
    path = drafts_path(tmp_path / "game.db")
    kept(path)
    opened(path).of("tokyo").discard("note")
    assert list(tmp_path.iterdir()) == []


def test_a_closed_record_leaves_nothing_and_takes_nothing(tmp_path: Path) -> None:
    path = drafts_path(tmp_path / "game.db")
    kept(path)
    (tmp_path / ".game.db-drafts.json.4711.new").write_text("of a program that was killed")
    (tmp_path / "game.db-drafts.json.damaged").write_text("{")
    store = opened(path)
    store.end()
    assert list(tmp_path.iterdir()) == []
    store.of("tokyo").put("note", NOTE)
    assert store.of("tokyo").names == ()
    assert list(tmp_path.iterdir()) == []


def damaged(whole: bytes) -> list[bytes]:
    """What a disk, another program or a later version may have made of the file."""
    content = json.loads(whole)
    one = content["drafts"][0]
    bad_keys: list[object] = [5, [], {"tokyo": "k1"}, {"tokyo": [7]}]
    changed = [
        {**content, "format": 2},
        {**content, "exercise": "another"},
        {**content, "drafts": {}} | {"drafts": 5},
        *({**content, "opened": bad} for bad in bad_keys),
        *({**content, "drafts": [{**one, key: value}]} for key in one for value in (None, 7, [[1]])),
        *({**content, "drafts": [{name: one[name] for name in one if name != key}]} for key in one),
        {**content, "drafts": ["note"]},
        {**content, "drafts": [{**one, "texts": {"text": ["a"]}}]},
    ]
    return [
        b"",
        b"\x00" * 300,
        b"null",
        b"[]",
        b"[" * 100_000,
        b"\xff\xfe{",
        whole[:-2],
        whole + b"x",
        whole.replace(b"They", b"\xc3\x28"),
        b" " * MAX_SIZE + whole,
        *(json.dumps(one).encode() for one in changed),
    ]


def test_a_file_that_cannot_be_used_is_set_aside_whatever_is_wrong_with_it(tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    for number, content in enumerate(damaged(kept(path))):
        path.write_bytes(content)
        store = opened(path)
        assert store.of("tokyo").names == (), content[:200]
        assert not path.exists()
        assert (tmp_path / "drafts.json.damaged").read_bytes() == content, number
        store.of("tokyo").put("note", NOTE)
        assert opened(path).of("tokyo").get("note") == NOTE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")
def test_something_else_under_that_name_is_set_aside_too(tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    path.mkdir()
    (path / "file").write_text("somebody's")
    assert opened(path).of("tokyo").names == ()
    assert (tmp_path / "drafts.json.damaged" / "file").read_text() == "somebody's"
    os.mkfifo(path)
    assert opened(path).of("tokyo").names == ()


def test_where_nothing_can_be_written_people_go_on_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / "file" / "drafts.json"
    drafts = opened(path).of("tokyo")
    drafts.put("note", NOTE)
    assert drafts.get("note") == NOTE
    (tmp_path / "file").unlink()
    drafts.put("state", SHARE)
    assert opened(path).of("tokyo").names == ("note", "state"), "tried again at the next change"


def test_of_too_much_the_latest_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    drafts = opened(path).of("tokyo")
    large = {name: replace(NOTE, texts={"text": name * (MAX_SIZE // 3)}) for name in "abcd"}
    for name, draft in large.items():
        drafts.put(name, draft)
    assert path.stat().st_size <= MAX_SIZE
    assert opened(path).of("tokyo").names == ("c", "d")
    drafts.put("e", replace(NOTE, texts={"text": "e" * (2 * MAX_SIZE)}))
    assert opened(path).of("tokyo").names == ("c", "d"), "one that is too large takes no other's room"
    assert drafts.get("e") is not None


def test_changes_are_written_in_order_and_a_slow_disk_is_asked_for_the_latest_only(tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    store = opened(path)
    disk, drafts = SlowDisk(store.disk_queue), store.of("tokyo")
    for text in ("T", "Th", "The", "They"):
        drafts.put("note", replace(NOTE, texts={"text": text}))
    assert not path.exists(), "nobody waited"
    disk.answer()
    disk.answer()
    assert not disk.asked
    assert opened(path).of("tokyo").readable()[0].words == "They"
    drafts.put("note", NOTE)
    drafts.put("note", NOTE)
    drafts.discard("note")
    disk.answer_all()
    assert not path.exists()


async def test_what_is_sent_waits_for_a_slow_disk_but_not_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(tmp_path / "drafts.json")
    disk = SlowDisk(store.disk_queue)
    store.of("tokyo").put("note", NOTE)
    waits = asyncio.create_task(store.written())
    await asyncio.sleep(0)
    assert not waits.done()
    disk.answer_all()
    await waits
    assert opened(tmp_path / "drafts.json").of("tokyo").get("note") == NOTE
    monkeypatch.setattr(store_module, "PATIENCE", 0.0)
    store.of("tokyo").put("note", SHARE)
    await store.written()
    assert disk.asked
    disk.answer_all()


async def test_a_form_keeps_its_last_words_when_the_program_ends(tmp_path: Path) -> None:
    store = opened(tmp_path / "drafts.json")
    drafts = store.of("tokyo")
    ends = store.follow(lambda: drafts.put("note", NOTE))
    store.follow(lambda: drafts.put("state", SHARE))
    ends()
    await store.close()
    assert opened(tmp_path / "drafts.json").of("tokyo").names == ("state",)


def test_two_programs_at_one_file_leave_a_whole_one(tmp_path: Path) -> None:
    """The locks of seats and logs see to it that there are no two; the file is whole all the same."""
    path = tmp_path / "drafts.json"
    one, other = opened(path), opened(path)
    for number in range(20):
        one.of("tokyo").put("note", replace(NOTE, title=f"{number}"))
        other.of("tokyo").put("note", replace(SHARE, title=f"{number}"))
        assert opened(path).of("tokyo").names == ("note",)
    assert not (tmp_path / "drafts.json.damaged").exists()
