"""Rows: exact, checked, readable by later versions and honest about earlier ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.store import codec
from tabletop.store.codec import decode, encode
from tabletop.store.log import GENESIS, LogCorrupt, LogNewer
from tabletop.store.row import StoredRow, check_row, row_hash
from tests.builders import created, records_of
from tests.strategies import EVENT_TYPES, HARD_TEXTS, event_of, records


def note(text: str = "All quiet", seq: int = 1) -> Record:
    """Return a record of a note."""
    return records_of([e.NoteTaken(text=text)], first=seq)[0]


@given(records(), st.just(GENESIS) | st.text("0123456789abcdef", min_size=64, max_size=64))
def test_what_is_decoded_is_what_was_encoded(record: Record, prev_hash: str) -> None:
    row = encode(record, prev_hash)
    assert decode(row) == record
    check_row(row, record.seq - 1, prev_hash)
    assert encode(decode(row), prev_hash) == row


@pytest.mark.parametrize("kind", EVENT_TYPES, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_type_comes_back(kind: type[e.BaseEvent], data: st.DataObject) -> None:
    record = records_of([data.draw(event_of(kind))])[0]
    assert decode(encode(record)) == record


@pytest.mark.parametrize("text", HARD_TEXTS, ids=ascii)
def test_typed_text_is_kept_to_the_letter(text: str) -> None:
    record = note(text).model_copy(update={"seat": text, "key": text})
    kept = decode(encode(record))
    assert isinstance(kept.event, e.NoteTaken)
    assert (kept.event.text, kept.seat, kept.key) == (text, text, text)


def test_the_body_is_plain_json_in_the_order_of_the_model() -> None:
    body = encode(note("é\ud800\n")).body
    assert body == b'{"v":1,"type":"note-taken","text":"\xc3\xa9\xed\xa0\x80\\n","author":""}'


def test_the_hash_can_be_computed_by_anybody() -> None:
    row = encode(note("é"))
    assert row.hash == row_hash(row)
    texts = [row.wall, row.seat, row.key, row.digest, row.type]
    fields = [*(text.encode() for text in texts), row.body]
    line = " ".join(["tabletop-log 1", GENESIS, "1", "0", "1", *(str(len(field)) for field in fields)])
    assert row.hash == hashlib.sha256(line.encode() + b"\n" + b"".join(fields)).hexdigest()


def test_fields_cannot_flow_into_one_another() -> None:
    one = encode(note().model_copy(update={"seat": "ab", "key": "c"}))
    other = encode(note().model_copy(update={"seat": "a", "key": "bc"}))
    assert one.hash != other.hash


def test_numbers_that_json_lacks_are_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        encode(records_of([e.RateChanged(rate=float("inf"))])[0])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"type": "coffee-served"}, "of a kind that this program does not know"),
        ({"v": 2}, "of a version that this program does not know"),
    ],
)
def test_events_of_a_newer_version_are_refused_in_plain_words(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(LogNewer, match=says) as caught:
        decode(encode(note())._replace(**changes))
    assert "written by a newer version of tabletop" in caught.value.message


def test_an_older_version_is_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def from_text_lines(body: dict[str, Any]) -> dict[str, Any]:
        return {"type": body["type"], "v": 0, "text": "\n".join(body["lines"])}

    def to_one(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "v": 1}

    monkeypatch.setattr(codec, "UPCASTERS", {("note-taken", -1): from_text_lines, ("note-taken", 0): to_one})
    body = json.dumps({"type": "note-taken", "v": -1, "lines": ["a", "b"]}).encode()
    assert decode(encode(note())._replace(v=-1, body=body)) == note("a\nb")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "event 1"),
        (b"{", "event 1"),
        (b"null", "event 1"),
        (b'{"type":"note-taken","v":1}', "text: Field required"),
        (b'{"type":"note-taken","v":1,"text":5}', "text: Input should be a valid string"),
        (b'{"type":"note-taken","v":1,"text":"","more":1}', "more: Extra inputs are not permitted"),
        (b'{"type":"play-resumed","v":1}', "is marked 'note-taken' but is 'play-resumed'"),
        (b'{"type":"note-taken","v":1,"text":"\xff"}', "event 1"),
        (b"\xed\xa0\x80" + b"[" * 100_000, "event 1"),
    ],
    ids=ascii,
)
def test_a_body_that_is_no_event_is_named(body: bytes, says: str) -> None:
    with pytest.raises(LogCorrupt, match=says) as caught:
        decode(encode(note())._replace(body=body))
    assert caught.value.seq == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda row: row._replace(seat="tokyo"), "event 2 is not as it was written"),
        (lambda row: row._replace(hash=row.hash[::-1]), "event 2 is not as it was written"),
        (lambda row: row._replace(body=row.body.decode()), "event 2 is damaged"),
        (lambda row: row._replace(wall=row.wall.encode()), "event 2 is damaged"),
        (lambda row: row._replace(at=None), "event 2 is damaged"),
        (lambda row: row._replace(seq=3), "event 2 is missing: event 3 follows event 1"),
        (lambda row: row._replace(seq=5), "events 2 to 4 are missing: event 5 follows event 1"),
        (lambda row: row._replace(seq=1), "event 2 is out of place: event 1 is in its position"),
        (lambda _: encode(note(seq=2)), "event 2 does not follow the event before it"),
    ],
)
def test_a_row_out_of_the_chain_is_named(change: Callable[[StoredRow], StoredRow], says: str) -> None:
    first = encode(note())
    second = encode(note(seq=2), first.hash)
    check_row(second, 1, first.hash)
    with pytest.raises(LogCorrupt, match=says) as caught:
        check_row(change(second), 1, first.hash)
    assert caught.value.seq == 2


@pytest.mark.slow
def test_g12_every_flipped_bit_is_detected() -> None:
    prev_hash, undetected = GENESIS, 0
    story: list[e.Event] = [
        created(),
        *(e.NoteTaken(text=f"Nr {number}: 異状なし") for number in range(2, 201)),
    ]
    for record in records_of(story):
        row = encode(record, prev_hash)
        undetected += sum(not _detected(flipped, record.seq - 1, prev_hash) for flipped in _flips(row))
        prev_hash = row.hash
    assert undetected == 0


def _flips(row: StoredRow) -> Iterator[StoredRow]:
    values: dict[str, Any] = row._asdict()
    for name, value in values.items():
        if isinstance(value, int):
            changed = [value ^ (1 << bit) for bit in range(63)]
            yield from (StoredRow(**{**values, name: new}) for new in changed)
            continue
        raw = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
        for position in range(len(raw) * 8):
            flipped = bytearray(raw)
            flipped[position // 8] ^= 1 << position % 8
            try:
                new = bytes(flipped) if isinstance(value, bytes) else flipped.decode("utf-8", "surrogatepass")
            except UnicodeDecodeError:
                continue  # detected when the row is read
            yield StoredRow(**{**values, name: new})


def _detected(row: StoredRow, last: int, prev_hash: str) -> bool:
    try:
        check_row(row, last, prev_hash)
    except LogCorrupt:
        return True
    return False
