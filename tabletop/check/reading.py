"""How much text people can take in while the clock runs. Every limit is here, with its reason."""

from __future__ import annotations

import re
from typing import Final

WORDS_A_MINUTE: Final = 200
"""The speed at which people read on a screen what is new to them; many in a room read a second language."""

SHARE_OF_WINDOW: Final = 0.5
"""The part of a window that reading may take; the team talks and decides in the rest."""

QUESTION_WORDS: Final = 60
"""A longer question is asked in two breaths when it is read aloud, and its first half is forgotten."""

OPTION_WORDS: Final = 40
"""Options are compared side by side: of a longer one nobody remembers how it began."""

TRADEOFF_WORDS: Final = 20
"""A trade-off is the dilemma in one line of a wide screen."""

TALK_FIRST_WORDS: Final = 20
"""What a table talks about first is said once and must be remembered while everybody talks."""

TALK_FIRST_WINDOW: Final = 240
"""In a shorter window a quarter is less than a minute: no table of three has spoken by then."""

_WITHOUT_BLANKS: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_LETTERS_A_WORD: Final = 2.5
"""Letters of Japanese and Chinese that are read in the time of a word: 500 a minute."""


def word_count(*texts: str | None) -> int:
    """Return the number of words; text that is written without blanks counts by its letters."""
    return sum(_words(text) for text in texts if text)


def _words(text: str) -> int:
    letters = len(_WITHOUT_BLANKS.findall(text))
    return len(_WITHOUT_BLANKS.sub(" ", text).split()) + round(letters / _LETTERS_A_WORD)


def reading_time(words: int) -> int:
    """Return the seconds that it takes to read so many words."""
    return round(words * 60 / WORDS_A_MINUTE)


def readable(window: int) -> int:
    """Return the number of words that a team can read in a window and still decide."""
    return int(window * SHARE_OF_WINDOW * WORDS_A_MINUTE / 60)
