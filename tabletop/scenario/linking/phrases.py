"""Refuse text that denies the exercise, such as "this is not a drill", however it is spelt.

In 2018 a drill message that contained that phrase alarmed a whole state. Every text is searched in two ways:
by letters only, so that spaces, punctuation, full-width and invisible characters hide nothing; and word by
word, where a phrase is too short to be told from others by its letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.reading.document import Path

_ENGLISH_LETTERS: Final = "thisis(?:(?:not?|nt|int)an?(?:drill|exercise(?!of|in))|nodrill)"
_IN_ENGLISH_LETTERS: Final = re.compile(_ENGLISH_LETTERS)
_IN_LETTERS: Final = re.compile(
    "|".join(
        (
            _ENGLISH_LETTERS,
            # Japanese: (this) is not a drill, an exercise; but not the question whether it is one
            "(?:訓練|演習|模擬|ドリル|エクササイズ)(?:など|なんか)?(?:では?|じゃ)"
            "(?:ない(?!か)|無い(?!か)|なく|ありません(?!か)|ございません(?!か))",
            "(?:これは|繰り返す)(?:本番|実戦|現実)(?:です|だ|である)|実際の(?:状況|事態)(?:です|である)",
            # Korean: is not a drill, an exercise; this is a real situation
            "(?:훈련|연습)(?:상황)?(?:이|은|가|는)?(?:절대)?(?:아니|아닙|아닌|아님|아녜)",
            "(?:실제상황|실전상황|실전)(?:입니다|이다|임|이에요|이오|이라)",
            # Chinese: is not an exercise, a drill; this is real combat
            "(?:不是|并非|並非|绝非|絕非|非)(?:一次|一场|一場|一个|一個|什么|什麼)?"
            "(?:演习|演習|演练|演練|训练|訓練|操练|操練)(?!有素|场|場|基地|区|區|中心)",
            "[这這此]是(?:实战|實戰)",
        )
    )
)

_LETTER_STEMS: Final = (
    *("thisis", "訓練", "演習", "模擬", "ドリル", "エクササイズ", "本番", "実戦", "現実", "実際の"),
    *("훈련", "연습", "실제상황", "실전", "演习", "演练", "演練", "训练", "操练", "操練", "实战", "實戰"),
)
"""What the letters of a text must contain for a phrase to be found in them."""

_EXERCISE: Final = r"(?:training )?(?:drill|exercise|test|simulation|rehearsal)"
_IS_NOT: Final = (
    r"(?:(?:is|s|was)? ?(?:not|no|never)|isnt|aint)(?: just| only| merely| really)?(?: an?| the| any| no)?"
)
_NOT_OF: Final = (
    r"(?! (?:of|in|to|for|at|on|area|areas|ground|grounds|plan|bit|rig|sergeant|hall|programme)\b)"
)
_IN_WORDS: Final = re.compile(
    "|".join(
        (
            # English: of "this", any such word; otherwise only those that little else is called
            rf"\bthis {_IS_NOT} {_EXERCISE}\b{_NOT_OF}",
            rf"\b(?:that|it) ?{_IS_NOT} (?:training )?(?:drill|exercise)\b{_NOT_OF}",
            rf"\bnot an? (?:training )?(?:drill|exercise)\b{_NOT_OF}",
            r"(?:^|\| )no (?:drill|exercise)(?= \||$)",
            r"\b(?:this|it) is (?:not|no) (?:a )?part of (?:the|this|an|any) (?:exercise|drill)\b",
            r"\bthis is (?:real(?= \||$)|(?:a |the )?real (?:thing|emergency|attack|situation|event|life)\b)",
            # French
            r"\bpas (?:de |dune? |une? |d)?(?:exercice|simulation|entrainement)\b(?! (?:d|de|du|des)\b)",
            r"\baucun(?:ement un)? exercice(?= \||$)",
            # German
            r"\b(?:keine|nicht (?:nur |bloss )?eine) (?:ubung|uebung|probe|simulation)\b"
            r"(?! (?:im|in|mit|darin|fur)\b)",
            r"\b(?:dies|das|es) ist (?:der |ein )?ernstfall\b",
            # Spanish
            r"\bno (?:es|fue|se trata de) (?:solo )?(?:una?|ningun|ninguna)? ?"
            r"(?:simulacro|ejercicio|simulacion|entrenamiento)\b(?! (?:de|del)\b)",
        )
    )
)
_STEMS: Final = re.compile("drill|exerc|test|simula|rehears|real|entra|entren|bung|probe|ernstfall|ejercicio")
"""What a text must contain for a phrase to be found in its words; skips nearly all texts quickly."""

_SEPARATOR: Final = "\0"
_IGNORED: Final = re.compile(r"[\W_]+")
_IGNORED_IN_ASCII: Final = re.compile(rb"[^a-z0-9\0]+")
_APOSTROPHES: Final = re.compile("['\u2018\u2019\u02bc\u00b4`]")
_CLAUSE_ENDS: Final = re.compile(r"[.!?,;:()\n\u2013\u2014]+")


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
    """Return whether any text contains a phrase; for speed, all ASCII texts together."""
    plain = _SEPARATOR.join(text for text in texts if text.isascii())
    letters = _IGNORED_IN_ASCII.sub(b"", plain.lower().encode("ascii")).decode("ascii")
    if _IN_ENGLISH_LETTERS.search(letters):
        return True
    return any(_denies_in_words(text) if text.isascii() else _forbidden(text) for text in texts)


def _forbidden(text: str) -> bool:
    letters = _letters(text)
    likely = any(stem in letters for stem in _LETTER_STEMS)
    return (likely and _IN_LETTERS.search(letters) is not None) or _denies_in_words(text)


def _denies_in_words(text: str) -> bool:
    likely = _STEMS.search(text.casefold()) is not None
    return likely and _IN_WORDS.search(_words(text)) is not None


def _letters(text: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).casefold())


def _words(text: str) -> str:
    """Return the words without case, accents and apostrophes, with a bar at the end of each clause."""
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKD", text).casefold())
    unaccented = "".join(one for one in plain if not unicodedata.combining(one))
    return _IGNORED_IN_WORDS.sub(" ", _CLAUSE_ENDS.sub(" | ", unaccented)).strip()


_IGNORED_IN_WORDS: Final = re.compile(r"[^\w|]+|_+")
