"""N2: frames and bytes are counted on the wire, however they are cut, before anybody parses them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tabletop.host.frame_meter import (
    BYTE_BURST,
    FRAME_BURST,
    FRAME_RATE,
    HELLO_BYTES,
    HELLO_FRAMES,
    FrameCounter,
    FrameMeter,
)
from tests.link.rawsocket import CLOSE, CONT, PING, PONG, TEXT, frame

MANY = 1_000_000

one_frame = st.builds(
    frame,
    st.sampled_from([CONT, TEXT, PING, PONG]),
    st.one_of(st.binary(max_size=130), st.sampled_from([b"x" * 70_000, b"x" * 65_535])),
    fin=st.booleans(),
    masked=st.booleans(),
    width=st.sampled_from([None, None, 8]),
)


@given(st.lists(one_frame, max_size=12), st.lists(st.integers(1, 9), min_size=1, max_size=20))
def test_n2_every_frame_is_counted_once_however_its_bytes_arrive(
    frames: list[bytes], cuts: list[int]
) -> None:
    data, counter, found, at, turn = b"".join(frames), FrameCounter(), 0, 0, 0
    while at < len(data):
        size = cuts[turn % len(cuts)] if turn < 200 else len(data)
        found += counter.count(data[at : at + size], MANY)
        at, turn = at + size, turn + 1
    assert found == len(frames)


def test_n2_a_close_frame_is_free_and_counting_stops_where_it_is_too_much() -> None:
    counter = FrameCounter()
    assert counter.count(frame(PING) * 3 + frame(CLOSE), MANY) == 3
    assert FrameCounter().count(frame(PING) * 50_000, 10) == 11


def test_n2_before_the_hello_ten_frames_and_eight_kilobytes_in_all() -> None:
    meter = FrameMeter(0.0)
    for second in range(HELLO_FRAMES):
        assert meter.passes(frame(PING), float(second * 60)), "however slowly they come"
    assert not meter.passes(frame(PING), 3_600.0)
    meter = FrameMeter(0.0)
    assert meter.passes(frame(TEXT, b"x" * (HELLO_BYTES - 8)), 0.0)
    assert not meter.passes(b"\0", 3_600.0)


def test_n2_after_the_hello_by_the_second() -> None:
    meter = FrameMeter(0.0)
    meter.hello_said(0.0)
    assert meter.passes(frame(CONT, fin=False) * int(FRAME_BURST), 0.0)
    assert meter.passes(frame(PING) * int(FRAME_RATE), 1.0)
    assert not meter.passes(frame(PING) * 2, 1.01)
    meter = FrameMeter(0.0)
    meter.hello_said(0.0)
    assert meter.passes(frame(TEXT, b"x" * int(BYTE_BURST - 14)), 0.0)
    assert not meter.passes(frame(TEXT, b"x" * 1_000), 0.001)


def test_n2_sixteen_of_the_longest_commands_at_once_and_again_every_four_seconds_are_no_flood() -> None:
    meter = FrameMeter(0.0)
    meter.hello_said(0.0)
    for turn in range(50):
        assert meter.passes(frame(TEXT, b"x" * 65_000) * 16, turn * 4.0)
        assert meter.passes(frame(TEXT, b'{"type":"ping"}') * 2, turn * 4.0 + 2)
