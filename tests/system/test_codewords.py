"""Words for bytes: the list itself, there and back, and what people make of it at a keyboard."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import InputError
from tabletop.system.codewords import all_words, from_words, letters, parse_words, to_words

WORDS = st.lists(st.sampled_from(all_words()), min_size=1, max_size=8)


def test_the_list_never_changes() -> None:
    """Another list would show other words for every certificate that stations already trust."""
    data = files("tabletop.system").joinpath("codewords.txt").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    assert digest == "51dc440d2921f48c9151dd129d0194cd4713adb2b8ecf711ab1373a86c45665c"


def test_there_are_2048_short_plain_words_in_order() -> None:
    words = all_words()
    assert len(words) == len(set(words)) == 2048
    assert list(words) == sorted(words)
    assert all(4 <= len(word) <= 7 and word.isascii() and word.islower() and word.isalpha() for word in words)


def test_no_word_begins_another() -> None:
    # Sorted, a word would stand right before one that it begins.
    assert not [(one, other) for one, other in pairwise(all_words()) if other.startswith(one)]


def test_any_two_words_differ_in_two_letters() -> None:
    """One wrong, missing, added or swapped letter never makes another word."""
    slips: dict[str, str] = {}
    for word in all_words():
        near = {word[:at] + word[at + 1 :] for at in range(len(word))}
        near |= {word[:at] + "." + word[at + 1 :] for at in range(len(word))}
        near |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
        # A swap makes the word itself where both letters are the same.
        for slip in near - {word}:
            assert slip not in all_words()
            if "." in slip:
                assert slips.setdefault(slip, word) == word


def test_words_that_mean_something_in_an_exercise_are_left_out() -> None:
    heard = {"alert", "attack", "launch", "missile", "nuclear", "pause", "drill", "seoul", "tokyo", "three"}
    assert not heard & set(all_words())


@given(st.binary(max_size=40))
def test_bytes_come_back(data: bytes) -> None:
    words = to_words(data)
    assert len(words) == -(-len(data) * 8 // 11)
    assert from_words(words, len(data)) == data


def test_the_first_bits_come_first() -> None:
    assert to_words(b"") == ()
    assert to_words(bytes(11)) == (all_words()[0],) * 8
    assert to_words(b"\xff" * 11) == (all_words()[-1],) * 8
    assert to_words(b"\x00\x20") == (all_words()[1], all_words()[0])


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ((), 1),
        ((all_words()[0],), 0),
        ((all_words()[0],) * 2, 1),
        ((all_words()[1],), 1),  # its last bits are those of no byte
    ],
)
def test_words_that_stand_for_no_such_bytes_are_refused(words: tuple[str, ...], size: int) -> None:
    with pytest.raises(InputError, match="do not belong together"):
        from_words(words, size)


def test_a_word_that_is_none_is_named_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"'barley2' is not one .* did you mean 'barley'"):
        from_words(["barley2"], 1)
    with pytest.raises(InputError, match=r"'kichen' is not one .* did you mean 'kitchen'"):
        parse_words("barley kichen zebra")


@given(WORDS, st.sampled_from(["", " ", "-", " - ", "\n", ", "]), st.booleans(), st.booleans())
def test_it_does_not_matter_how_words_are_typed(
    words: list[str], between: str, shout: bool, full_width: bool
) -> None:
    """An input method for Japanese or Korean that was left on types letters of full width."""
    typed = between.join(words)
    typed = typed.upper() if shout else typed
    if full_width:
        typed = "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalpha() else c for c in typed)
    assert parse_words(typed) == tuple(words)
    assert letters(typed) == "".join(words)


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    with suppress(InputError):
        assert set(parse_words(typed)) <= set(all_words())


def test_control_characters_in_a_wrong_word_are_only_seen() -> None:
    with pytest.raises(InputError) as caught:
        from_words(["\x1b]0;x\x07"], 1)
    assert "\x1b" not in caught.value.message
