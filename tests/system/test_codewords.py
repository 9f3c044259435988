"""Words for bytes: the list itself, there and back, and what people make of it at a keyboard."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tabletop.system.codewords import all_words, letters, to_words

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
def test_each_word_stands_for_eleven_bits(data: bytes) -> None:
    words = to_words(data)
    assert len(words) == -(-len(data) * 8 // 11)
    bits = "".join(f"{all_words().index(word):011b}" for word in words)
    assert bits.rstrip("0") == "".join(f"{byte:08b}" for byte in data).rstrip("0")


def test_the_first_bits_come_first() -> None:
    assert to_words(b"") == ()
    assert to_words(bytes(11)) == (all_words()[0],) * 8
    assert to_words(b"\xff" * 11) == (all_words()[-1],) * 8
    assert to_words(b"\x00\x20") == (all_words()[1], all_words()[0])


@given(WORDS, st.sampled_from(["", " ", "-", " - ", "\n", ", "]), st.booleans(), st.booleans())
def test_it_does_not_matter_how_words_are_typed(
    words: list[str], between: str, shout: bool, full_width: bool
) -> None:
    """An input method for Japanese or Korean that was left on types letters of full width."""
    typed = between.join(words)
    typed = typed.upper() if shout else typed
    if full_width:
        typed = "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalpha() else c for c in typed)
    assert letters(typed) == "".join(words)
