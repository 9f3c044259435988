"""B03, B14: frames as text. Whatever comes back is what was meant, and nothing else gets in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.protocol import framing, messages
from tabletop.protocol.framing import Assembly
from tabletop.protocol.link import Sight
from tests.builders import created, tiny_scenario

ANY_TEXT = st.text(st.characters(categories=None, exclude_categories=[]), max_size=300)


def sights(event: e.Event) -> messages.Sights:
    return messages.Sights(sights=(Sight(number=1, at=0, event=event),))


@given(ANY_TEXT)
def test_what_people_type_arrives_as_typed(text: str) -> None:
    frame = sights(e.NoteTaken.model_construct(v=1, type="note-taken", text=text))
    encoded = framing.encode(frame)
    encoded.encode()  # always UTF-8
    back = framing.from_host(encoded)
    assert isinstance(back, messages.Sights)
    assert back.sights[0].event == frame.sights[0].event


@given(st.sampled_from(["a", '"', "\\", "衛", "\U0001f6f0", "\n"]), st.integers(1, 300_000))
def test_a_long_frame_travels_in_parts_that_each_fit(letter: str, length: int) -> None:
    text = framing.encode(sights(e.NoteTaken(text=letter * length)))
    parts = framing.in_parts(text)
    assert all(framing.size(part) <= framing.MAX_FRAME for part in parts)
    if len(parts) > 1:
        assembly = Assembly()
        wholes = []
        for part in parts:
            frame = framing.from_host(part)
            assert isinstance(frame, messages.Part)
            wholes.append(assembly.add(frame))
        assert wholes == [None] * (len(parts) - 1) + [text]


def test_a_missing_or_doubled_part_makes_no_frame() -> None:
    parts = [messages.Part(index=index, count=3, text="x") for index in range(3)]
    for order in ([0, 2], [0, 0, 2], [1, 2], [0, 1, 1, 2], [2]):
        assembly = Assembly()
        assert [assembly.add(parts[index]) for index in order] == [None] * len(order)
    assert Assembly().add(messages.Part(index=0, count=1, text="y")) == "y"


def test_the_first_event_and_every_kind_of_command_come_back() -> None:
    frame = sights(created(tiny_scenario()))
    assert framing.from_host(framing.encode(frame)) == frame
    for fields in (
        {"do": "jump", "to": "T+6:30"},
        {"do": "share", "card": "x", "with": ["a"], "onward": True},
        {"do": "inject", "title": "a", "from": "b", "to": ["c"], "text": "d"},
        {"do": "rate", "rate": 2.5},
        {"do": "state", "text": "half a pair \udc80, as a terminal may deliver it"},
    ):
        submit = messages.Submit(key="k", command=c.COMMAND.validate_python(fields))
        assert framing.from_station(framing.encode(submit)) == submit


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        '{"type":"welcome"}',
        '{"type":"ping"}',
        '{"type":"ping","seen":"1"}',
        '{"type":"ping","seen":-1}',
        '{"type":"ping","seen":1.5}',
        '{"type":"ping","seen":true}',
        '{"type":"ping","seen":NaN}',
        '{"type":"ping","seen":1,"seen":2}',
        '{"type":"ping","seen":1,"more":2}',
        '{"type":"ping","seen":' + "9" * 5_000 + "}",
        '{"type":"ping","seen":9007199254740993}',
        "[" * 100_000,
        '{"type":"submit","key":"a b","command":{"do":"startex"}}',
        '{"type":"submit","key":"k","command":{"do":"credit","team":"x","points":9,"reason":"x"}}',
        '{"type":"hello","version":1,"token":"' + "x" * 200 + '"}',
    ],
)
def test_what_is_not_of_the_protocol_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(
        framing.FrameError, match=r"frame (violates the protocol|is not valid JSON)"
    ) as caught:
        framing.from_station(text)
    assert "xxx" not in str(caught.value)


def test_b18_secrets_are_not_in_what_a_frame_says_of_itself() -> None:
    hello = messages.Hello(version=1, token="canary-token", code="canary-code")
    assert "canary" not in repr(hello)


@given(st.sampled_from(["ack", "ping"]), st.integers(-1, 2**54), st.integers(-1, 2**54))
def test_what_stations_send_most_is_read_as_strictly_as_all_else(kind: str, seen: int, shown: int) -> None:
    fields = {"type": kind, "seen": seen, "shown": shown}
    short, spaced = json.dumps(fields, separators=(",", ":")), json.dumps(fields)
    assert short != spaced
    try:
        expected = framing.from_station(spaced)
    except framing.FrameError:
        with pytest.raises(framing.FrameError):
            framing.from_station(short)
    else:
        assert framing.from_station(short) == expected
        assert framing.encode(expected) == short


@pytest.mark.parametrize(
    "text",
    [
        '{"type":"ack","seen":1,"shown":01}',
        '{"type":"ack","seen":1,"shown":٣}',
        '{"type":"ack","seen":1,"shown":1}\n{}',
        '{"type":"ack","seen":1,"seen":2,"shown":1}',
    ],
)
def test_what_only_looks_like_an_acknowledgement_is_refused(text: str) -> None:
    with pytest.raises(framing.FrameError):
        framing.from_station(text)
