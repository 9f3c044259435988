"""Refuse the phrase "this is not a drill" in any scenario, however it is spelt.

In 2018 a drill message that contained it alarmed a whole state. Every text is searched, by letters only:
case, spaces, punctuation, full-width and invisible characters are ignored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.reading.document import Path

_FORBIDDEN: Final = (
    "this is not a drill",
    "これは訓練ではない",
    "これは訓練ではありません",
    "이것은 훈련이 아니다",
    "이것은 훈련이 아닙니다",
)
_SEPARATOR: Final = "\0"
_IGNORED: Final = re.compile(r"[\W_]+")
_IGNORED_IN_ASCII: Final = re.compile(rb"[^a-z0-9\0]+")


def refuse_phrases(place: Place, data: object, findings: Findings) -> None:
    """Refuse each text at or below a place that contains a forbidden phrase. `data` is the value there."""
    if not _any_forbidden(_texts(data)):
        return
    for text, loc, at_key in _placed_texts(data):
        if _forbidden(text):
            findings.error(
                "forbidden-phrase",
                "no exercise may say that it is not a drill: such a message once alarmed a whole state",
                place.below(loc),
                hint="use other words; every message is marked EXERCISE when it is shown",
                at_key=at_key,
            )


def _texts(data: object) -> list[str]:
    """Return every text, including keys, without places, which are rarely needed and slow to collect."""
    texts: list[str] = []
    stack = [data]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            texts.extend(key for key in value if isinstance(key, str))
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return texts


def _placed_texts(data: object, loc: Path = ()) -> Iterator[tuple[str, Path, bool]]:
    """Yield every text with its path, and whether it is a key."""
    if isinstance(data, str):
        yield data, loc, False
    elif isinstance(data, dict):
        for key, inner in data.items():
            yield str(key), (*loc, key), True
            yield from _placed_texts(inner, (*loc, key))
    elif isinstance(data, list):
        for index, inner in enumerate(data):
            yield from _placed_texts(inner, (*loc, index))


def _any_forbidden(texts: list[str]) -> bool:
    """Return whether any text may contain a phrase; checks all texts together, which is fast."""
    plain = _SEPARATOR.join(text for text in texts if text.isascii())
    letters = _IGNORED_IN_ASCII.sub(b"", plain.lower().encode("ascii"))
    if any(phrase.encode() in letters for phrase in _LETTERS if phrase.isascii()):
        return True
    return any(_forbidden(text) for text in texts if not text.isascii())


def _forbidden(text: str) -> bool:
    letters = _letters(text)
    return any(phrase in letters for phrase in _LETTERS)


def _letters(text: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).casefold())


_LETTERS: Final = tuple(map(_letters, _FORBIDDEN))
