"""Game times and lengths as people write them."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.scenario.gametime import MAX_SECONDS, format_length, format_time, parse_length, parse_time


@given(st.integers(min_value=0, max_value=MAX_SECONDS))
def test_a_time_is_read_back_as_it_was_written(seconds: int) -> None:
    assert parse_time(format_time(seconds)) == seconds


@given(st.integers(min_value=1, max_value=MAX_SECONDS))
def test_a_length_is_read_back_as_it_was_written(seconds: int) -> None:
    assert parse_length(format_length(seconds)) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("T+0", 0), ("T+36", 2160), ("T+36:30", 2190), ("T+1:05:00", 3900), ("T+168:00:00", MAX_SECONDS)],
)
def test_the_forms_of_a_time(text: str, seconds: int) -> None:
    assert parse_time(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "36",
        "T36",
        "T+",
        "T+1:2",
        "T+1:60",
        "T+1:60:00",
        "T-5",
        "T+1.5",
        "T+36 ",
        "T+３",
        "T+99999",
        "t+5",
        36,
        None,
    ],
)
def test_what_is_no_time_is_refused_in_words(text: object) -> None:
    with pytest.raises(ValueError, match=r"time|59"):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90 s", 90),
        ("2 min", 120),
        ("1 h", 3600),
        ("2min", 120),
        ("1 h 30 min", 5400),
        ("1 min 30 s", 90),
        ("1h 0min 1s", 3601),
    ],
)
def test_the_forms_of_a_length(text: str, seconds: int) -> None:
    assert parse_length(text) == seconds


@pytest.mark.parametrize(
    "text", ["0 s", "2", "2 m", "two min", "-1 s", "169 h", "1.5 h", 120, None, "2 min "]
)
def test_what_is_no_length_is_refused_in_words(text: object) -> None:
    with pytest.raises(ValueError, match="length"):
        parse_length(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (8, "T+8"),
        ("8", "T+8"),
        ("12:30", "T+12:30"),
        ("T+8 min", "T+8"),
        ("t+5", "T+5"),
        ("T + 5", "T+5"),
        ("T5", "T+5"),
    ],
)
def test_the_time_that_was_meant_is_given(written: object, meant: str) -> None:
    with pytest.raises(ValueError, match=f"; write {re.escape(meant)}$"):
        parse_time(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (40, "40 min"),
        ("40", "40 min"),
        ("8 minutes", "8 min"),
        ("8m", "8 min"),
        ("2 hours", "2 h"),
        ("90 sec", "90 s"),
        ("1.5 h", "90 min"),
        ("1.5 min", "90 s"),
        ("４０ min", "40 min"),
    ],
)
def test_the_length_that_was_meant_is_given(written: object, meant: str) -> None:
    with pytest.raises(ValueError, match=f"; write {meant}$"):
        parse_length(written)


@pytest.mark.parametrize("written", [0, -1, True, None, 2.5, "20.25 s", "soon", "12:75", "T+1:2", "", []])
def test_nothing_is_given_that_would_be_refused_again(written: object) -> None:
    for parse in (parse_time, parse_length):
        with pytest.raises(ValueError, match=r"^[^;]*$|; write T\+0$"):
            parse(written)


@given(st.text())
def test_any_text_is_a_time_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert 0 <= parse_time(text) <= MAX_SECONDS
