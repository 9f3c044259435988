"""Letters and figures made of squares, for words that are read across a room. Pure."""

from __future__ import annotations

from typing import Final

ROWS: Final = 5
"""Squares from the top of a letter to its foot."""

_FONT: Final[dict[str, str]] = {
    "0": "###,# #,# #,# #,###",
    "1": " # ,## , # , # ,###",
    "2": "###,  #,###,#  ,###",
    "3": "###,  #,###,  #,###",
    "4": "# #,# #,###,  #,  #",
    "5": "###,#  ,###,  #,###",
    "6": "###,#  ,###,# #,###",
    "7": "###,  #,  #,  #,  #",
    "8": "###,# #,###,# #,###",
    "9": "###,# #,###,  #,###",
    "A": "###,# #,###,# #,# #",
    "B": "## ,# #,## ,# #,## ",
    "C": "###,#  ,#  ,#  ,###",
    "D": "## ,# #,# #,# #,## ",
    "E": "###,#  ,## ,#  ,###",
    "F": "###,#  ,## ,#  ,#  ",
    "G": "###,#  ,# #,# #,###",
    "H": "# #,# #,###,# #,# #",
    "I": "#,#,#,#,#",
    "J": "  #,  #,  #,# #,###",
    "K": "# #,# #,## ,# #,# #",
    "L": "#  ,#  ,#  ,#  ,###",
    "M": "#   #,## ##,# # #,#   #,#   #",
    "N": "#  #,## #,# ##,#  #,#  #",
    "O": "###,# #,# #,# #,###",
    "P": "###,# #,###,#  ,#  ",
    "Q": "####,#  #,#  #,# ##,####",
    "R": "###,# #,## ,# #,# #",
    "S": "###,#  ,###,  #,###",
    "T": "###, # , # , # , # ",
    "U": "# #,# #,# #,# #,###",
    "V": "# #,# #,# #,# #, # ",
    "W": "#   #,#   #,# # #,## ##,#   #",
    "X": "# #,# #, # ,# #,# #",
    "Y": "# #,# #, # , # , # ",
    "Z": "###,  #, # ,#  ,###",
    "+": "   , # ,###, # ,   ",
    "-": "  ,  ,##,  ,  ",
    ":": " ,#, ,#, ",
    " ": " , , , , ",
}
"""The rows of each, from the top, separated by commas."""


def can_be_drawn(text: str) -> bool:
    """Whether every character of a text has a shape."""
    return bool(text.strip()) and all(character in _FONT for character in text.upper())


def squares(text: str) -> tuple[str, ...]:
    """Return rows of `#` and spaces, all of one length. Raises KeyError for a character without a shape."""
    shapes = [_FONT[character].split(",") for character in text.upper()]
    return tuple(" ".join(shape[row] for shape in shapes) for row in range(ROWS))


def in_two_lines(text: str) -> tuple[str, str]:
    """Return the text broken where the longer line is shortest; the second is empty if there is no space."""
    words = text.split()
    breaks = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    return min(breaks, key=lambda lines: max(map(size_of, lines)), default=(text, ""))


def size_of(text: str) -> int:
    """How many squares wide the text is."""
    return len(squares(text)[0])
