"""Texts of decisions that are too long for the time in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from tabletop.check.reading import (
    OPTION_WORDS,
    QUESTION_WORDS,
    SHARE_OF_WINDOW,
    TALK_FIRST_WINDOW,
    TALK_FIRST_WORDS,
    TRADEOFF_WORDS,
    WORDS_A_MINUTE,
    readable,
    reading_time,
    word_count,
)
from tabletop.scenario.decisions import Decision
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import Place, problem_at
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.quantities import Stretch


def long_texts(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each question, option and trade-off with more words than people keep in mind."""
    for word, decision in loaded.scenario.decisions.items():
        for place, what, text, most in _texts(decision, loaded.places["decision", word]):
            words = word_count(text)
            if words > most:
                yield problem_at(
                    place,
                    "long-text",
                    f"the {what} of decision {quoted(word)} has {words} words; people keep {most} in mind",
                    hint="shorten it, or move what the team must know into the inject",
                    at_key=True,
                    severity="warning",
                )


def _texts(decision: Decision, place: Place) -> Iterator[tuple[Place, str, str, int]]:
    if decision.talk_first is not None:
        yield place / "talk-first", "prompt to talk about first", decision.talk_first, TALK_FIRST_WORDS
    yield place / "question", "question", decision.question, QUESTION_WORDS
    for name, option in decision.options.items():
        at = place / "options" / name
        yield at / "text", f"option {quoted(name)}", option.text, OPTION_WORDS
        if option.tradeoff is not None:
            yield at / "tradeoff", f"trade-off of option {quoted(name)}", option.tradeoff, TRADEOFF_WORDS
        if option.announced:
            words = f"public text of option {quoted(name)}"
            yield at / "public", words, option.announced, OPTION_WORDS


def short_windows(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each decision whose text a team cannot read and still decide in its window."""
    for word, decision in loaded.scenario.decisions.items():
        words = decision_words(decision)
        most = readable(decision.window)
        if words > most:
            time = reading_time(words)
            yield problem_at(
                loaded.places["decision", word] / "window",
                "window-too-short",
                f"question, options and trade-offs of decision {quoted(word)} have {words} words: at "
                f"{WORDS_A_MINUTE} words a minute they take {Stretch(time)} to read, more than half of the "
                f"window of {Stretch(decision.window)}",
                hint=f"shorten them to {most} words, or give a window of {_window(time)}",
                severity="warning",
            )


def short_talks(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each decision to talk about first whose window leaves no time for it."""
    for word, decision in loaded.scenario.decisions.items():
        if decision.talk_first is not None and decision.window < TALK_FIRST_WINDOW:
            yield problem_at(
                loaded.places["decision", word] / "window",
                "talk-too-short",
                f"decision {quoted(word)} is talked about first for a quarter of its window, "
                f"{Stretch(decision.window // 4)}: too short to talk",
                hint=f"give a window of {Stretch(TALK_FIRST_WINDOW)} or more, or leave out 'talk-first'",
                severity="warning",
            )


def decision_words(decision: Decision) -> int:
    """Return the number of words that a team reads before it can decide."""
    options = decision.options.values()
    texts = [text for option in options for text in (option.text, option.tradeoff, option.announced)]
    return word_count(decision.question, *texts)


def _window(time: int) -> Stretch:
    """Return a window, in half minutes, of which reading takes no more than its share."""
    return Stretch(ceil(time / SHARE_OF_WINDOW / 30) * 30)
