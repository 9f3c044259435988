"""Hypothesis strategies for what is stored: every event type, with the texts that break programs."""

from __future__ import annotations

import types
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from tabletop.exercise.events import Event, Record
from tabletop.scenario.base import Id
from tabletop.scenario.scenario import Scenario
from tests.builders import tiny_scenario

EVENT_TYPES: tuple[type[BaseModel], ...] = get_args(get_args(Event)[0])
"""Every type an event can have."""

HARD_TEXTS = (
    "",
    " ",
    "\x00",
    "\r\n\t\x0b\x0c\x85\u2028\u2029",
    "\x1b[31mred\x1b]0;title\x07\x9b2J\x7f",
    "\ud800",  # halves of surrogate pairs, alone, in and out of order
    "a\udc80b\udcff",
    "\ud83d\ude00",
    "\ude00\ud83d",
    "\\ud800 \\u0000 \\",
    "\ufeff\ufffe\uffff\ufffd",
    "\u202eevif\u202c \u2066x\u2069 \u200f\u061c",
    "👩\u200d👩\u200d👧\u200d👦 🏴\U000e0067\U000e0062\U000e007f 🇯🇵 e\u0301 ﷽",
    "漢字 かな 한국어 ไทย हिन्दी עברית العربية",
    '"quoted" {"type":"exercise-closed"} [/bold] <b>&amp;</b> =1+1',
    "\U0010ffff",
    "x" * 20_000,
)


def texts() -> st.SearchStrategy[str]:
    """Any str at all, lone surrogates and control characters among its letters."""
    return st.text(st.characters(exclude_categories=()), max_size=40) | st.sampled_from(HARD_TEXTS)


@cache
def scenarios() -> st.SearchStrategy[Scenario]:
    """A few scenarios that differ; what a scenario may be is tested where scenarios are read."""
    return st.sampled_from(
        [
            tiny_scenario(),
            tiny_scenario(title="小さな演習", summary=None),
            tiny_scenario(clock={"zone": "+09:00", "anchors": [{"at": "T+5", "shows": "D-1 09:00"}]}),
        ]
    )


def events() -> st.SearchStrategy[Event]:
    """Any event of any type."""
    return st.one_of([event_of(kind) for kind in EVENT_TYPES])


@cache
def event_of(kind: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Any event of that type, or any model it is made of."""
    fields = {name: _values(field.annotation) for name, field in kind.model_fields.items()}
    return st.builds(kind, **fields)


def records(seq: int | None = None) -> st.SearchStrategy[Record]:
    """Any record, of that number if one is given."""
    return st.builds(
        Record,
        seq=st.integers(1, 2**63 - 1) if seq is None else st.just(seq),
        at=st.integers(0, 2**63 - 1),
        wall=texts(),
        seat=texts(),
        key=texts(),
        digest=texts(),
        event=events(),
    )


@st.composite
def logs(draw: st.DrawFn, max_size: int = 12) -> list[Record]:
    """Records numbered from 1. They tell no story: nothing can be played from them."""
    return [draw(records(seq)) for seq in range(1, draw(st.integers(0, max_size)) + 1)]


def _values(annotation: object) -> st.SearchStrategy[Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, types.UnionType):
        return st.one_of([_values(argument) for argument in arguments])
    if origin is tuple:
        return st.lists(_values(arguments[0]), max_size=4).map(tuple)
    if origin is dict:
        return st.dictionaries(_values(arguments[0]), _values(arguments[1]), max_size=1)
    if annotation == Id:
        return st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True)
    if annotation is Scenario:
        return scenarios()
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return event_of(annotation)
    plain: dict[object, st.SearchStrategy[Any]] = {
        str: texts(),
        int: st.integers(-(2**70), 2**70),
        float: st.floats(allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
        type(None): st.none(),
    }
    return plain[annotation]
