"""Texts of decisions that cannot be read in time, with the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.check import check
from tabletop.check.reading import readable, reading_time, word_count
from tabletop.scenario.problems import Problem
from tests.scenario.authoring import Edit, at, load

QUESTION = "Do you tell Sudland what you saw?"
OPTION = "Send the track at once, marked unconfirmed"
TRADEOFF = "It may prove to be nothing, and it shows how far your radar sees."


def found(folder: Path, *edits: Edit) -> list[Problem]:
    return check(load(folder, *edits))


def words(count: int) -> str:
    return " ".join(["word"] * count)


@pytest.mark.parametrize(
    ("old", "most", "what"),
    [
        (QUESTION, 60, "question"),
        (OPTION, 40, "option 'tell-now'"),
        (TRADEOFF, 20, "trade-off of option 'tell-now'"),
    ],
)
def test_a_text_over_its_limit_is_named_with_the_figure(
    old: str, most: int, what: str, tmp_path: Path
) -> None:
    assert found(tmp_path, (old, words(most))) == []
    [warning] = found(tmp_path, (old, words(most + 1)))
    assert (warning.code, warning.severity) == ("long-text", "warning")
    assert warning.message == (
        f"the {what} of decision 'tell-partner' has {most + 1} words; people keep {most} in mind"
    )
    assert at(warning).endswith(words(most + 1))


def test_a_window_too_short_to_read_in_is_named_with_the_figures(tmp_path: Path) -> None:
    def narrow(window: str) -> Edit:
        return "    window: 5 min\n    options", f"    window: {window}\n    options"

    assert found(tmp_path, narrow("24 s")) == []
    [warning] = found(tmp_path, narrow("20 s"))
    assert warning.code == "window-too-short"
    assert warning.message == (
        "question, options and trade-offs of decision 'tell-partner' have 36 words: at 200 words a minute "
        "they take 11 s to read, more than half of the window of 20 s"
    )
    assert warning.hint == "shorten them to 33 words, or give a window of 30 s"
    assert at(warning) == "20 s"


def talked_first(prompt: str) -> Edit:
    return "    title: The contact\n", f"    title: The contact\n    talk-first: {prompt}\n"


def test_a_prompt_to_talk_about_first_over_its_limit_is_named(tmp_path: Path) -> None:
    assert found(tmp_path, talked_first(words(20))) == []
    [warning] = found(tmp_path, talked_first(words(21)))
    assert (warning.code, warning.severity) == ("long-text", "warning")
    assert warning.message == (
        "the prompt to talk about first of decision 'tell-partner' has 21 words; people keep 20 in mind"
    )


def test_a_window_too_short_to_talk_in_first_is_named(tmp_path: Path) -> None:
    def narrow(window: str) -> Edit:
        return "    window: 5 min\n    options", f"    window: {window}\n    options"

    assert found(tmp_path, talked_first("Why tell?"), narrow("4 min")) == []
    [warning] = found(tmp_path, talked_first("Why tell?"), narrow("3 min"))
    assert warning.code == "talk-too-short"
    assert warning.message == (
        "decision 'tell-partner' is talked about first for a quarter of its window, 45 s: too short to talk"
    )
    assert warning.hint == "give a window of 4 min or more, or leave out 'talk-first'"
    assert at(warning) == "3 min"


def test_japanese_and_korean_count_too() -> None:
    assert word_count("ミサイルが発射された模様です") == 6
    assert word_count("해협에서 무엇을 보았습니까?") == 3
    assert word_count("Two words", None, "three") == 3
    assert word_count("北の国 calls") == 2


def test_half_of_a_window_is_for_reading() -> None:
    assert readable(120) == 200
    assert reading_time(200) == 60


def test_words_for_the_public_have_the_limit_of_an_option(tmp_path: Path) -> None:
    plain = "        text: Send the track at once, marked unconfirmed\n"
    assert found(tmp_path, (plain, f"{plain}        public: {words(40)}\n")) == []
    [warning] = found(tmp_path, (plain, f"{plain}        public: {words(41)}\n"))
    assert warning.message.startswith("the public text of option 'tell-now' of decision 'tell-partner' has")
