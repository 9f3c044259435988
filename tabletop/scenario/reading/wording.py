"""Id pydantic's errors in terms of the value the author wrote, not of the model."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias, get_args

from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import count_of, quoted, shortened
from tabletop.scenario.reading.slips import plain_number

MOST_LISTED: Final = 30
"""How many valid words a hint lists if none is near."""

Context: TypeAlias = Mapping[str, Any]
"""Context of a pydantic error, such as the limit that was exceeded."""


class Wording(NamedTuple):
    """Code, message and hint. `wanted` is set for a value of the wrong type, so that the errors of a
    union's members can be merged."""

    code: str
    message: str
    hint: str | None = None
    wanted: str | None = None


def word(error: ErrorDetails, subject: str) -> Wording:
    """Return the wording for an error of pydantic; `subject` names the value in the message.

    Missing and unknown keys are worded by the caller, which knows the model's keys.
    """
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind not in _PYDANTIC_KINDS:
        return Wording(_kebab(kind), error["msg"], _text_or_none(context.get("hint")))
    if kind in _WORDED:
        return _WORDED[kind](subject, value, context)
    wanted = next((words for start, words in _WANTED.items() if kind.startswith(start)), None)
    if wanted is not None:
        return wrong_kind(subject, wanted, value)
    return Wording("bad-value", f"{subject} cannot be {describe(value)}")


def wrong_kind(subject: str, wanted: str, value: object) -> Wording:
    """Return the wording for a value of the wrong type, such as text instead of a number."""
    message = f"{subject} must be {wanted}, not {describe(value)}"
    return Wording("wrong-kind", message, _kind_hint(subject, wanted, value), wanted)


def or_a_list(wording: Wording, subject: str, value: object) -> Wording:
    """Return the wording for a value of the wrong type where a list is valid too."""
    if wording.wanted is None:
        return wording
    return wrong_kind(subject, f"{wording.wanted} or a list", value)


def describe(value: object) -> str:
    """Return a description of the value for messages."""
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text {quoted(value, 40)}" if value else "empty text"
        case dict():
            return "a block of keys"
        case list() | tuple():
            return "a list"
    return "something else"


def choices(expected: object) -> list[str]:
    """Return the words in pydantic's list of expected values: ``'a', 'b' or 'c'``."""
    return [str(ast.literal_eval(found)) for found in _QUOTED.findall(str(expected or ""))]


def suggest(wrong: object, words: Sequence[str]) -> str | None:
    """Return a hint with the nearest valid word, or else with some of the valid words."""
    near = nearest(wrong, words) if isinstance(wrong, str) else None
    if near is not None:
        return f"did you mean {quoted(near)}?"
    if not words:
        return None
    more = f" and {len(words) - MOST_LISTED:,} more" if len(words) > MOST_LISTED else ""
    return f"one of: {', '.join(words[:MOST_LISTED])}{more}"


def _kind_hint(subject: str, wanted: str, value: object) -> str | None:
    if value is None:
        return "write a value after the colon, or remove the key"
    if wanted == "a block of keys":
        return _block_hint(subject, value)
    if wanted.endswith(" or a list"):
        return _list_hint(wanted, value)
    if isinstance(value, bool | int | float) and wanted == "text":
        return _quotes_hint(value)
    return _text_hint(wanted, value) if isinstance(value, str) else None


def _text_hint(wanted: str, value: str) -> str | None:
    """Return the hint how to write what stands there as text."""
    if wanted.endswith("number"):
        return _number_hint(value)
    if wanted == "true or false" and value.lower() in _YES_NO:
        return f"write {_YES_NO[value.lower()]}"
    if wanted == "a list":
        return "write it in brackets, [one, two], or on lines that begin with a dash"
    return None


def _block_hint(subject: str, value: object) -> str:
    """Return the hint how to write a block of keys."""
    if subject in _REASONED:
        first = value[0] if isinstance(value, list) and value else value
        goal = first if isinstance(first, str) and re.fullmatch(_ID, first) else "objective"
        return f"write {subject[1:-1]}: {{{goal}: the reason, in at most 12 words}}"
    if subject == "'capital'":
        return "leave it out; where options cost capital all the same, write score: {capital: false}"
    return "write its keys on lines of their own, indented, or between { and }"


def _number_hint(text: str) -> str | None:
    if _NUMBER.fullmatch(text):
        return f"write it without quotes: {text}"
    number = plain_number(text)
    return None if number is None else f"write it with the signs of the keyboard: {number}"


def _list_hint(wanted: str, value: object) -> str:
    """Return the hint how to write one value or several."""
    if not wanted.startswith("text"):
        return "begin each one with a dash and a space, and indent its keys below each other"
    if isinstance(value, dict) and value and all(inner is None for inner in value.values()):
        return f"write a list in square brackets: [{shortened(', '.join(map(str, value)), 60)}]"
    named = next((value[key] for key in _NAMING if key in value), None) if isinstance(value, dict) else None
    if isinstance(named, str):
        return f"write the word alone: {shortened(named, 60)}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _quotes_hint(value)
    return "write one word, or several in square brackets: [one, two]"


def _quotes_hint(value: bool | float) -> str:
    return f'put it in quotes to make it text: "{describe(value).removeprefix("the number ")}"'


def _not_a_choice(subject: str, value: object, context: Context) -> Wording:
    expected = context.get("expected")
    words = choices(expected)
    hint = suggest(value, words) if words else f"one of: {expected}"
    if isinstance(value, dict | list):
        return wrong_kind(subject, "a word", value)._replace(hint=hint)
    return Wording("unknown-value", f"{subject} cannot be {describe(value)}", hint)


def _unknown_tag(_subject: str, _value: object, context: Context) -> Wording:
    tag = str(context.get("tag"))
    return Wording(
        "unknown-kind",
        f"{quoted(tag)} is not known here",
        suggest(tag, choices(context.get("expected_tags"))),
    )


def _no_tag(subject: str, value: object, context: Context) -> Wording:
    if not isinstance(value, dict):
        return wrong_kind(subject, "a block of keys", value)._replace(hint=None)
    names = choices(context.get("discriminator"))
    if names:
        return Wording("missing-key", f"{quoted(names[0])} is missing from {subject}")
    return Wording("unknown-kind", f"{subject} has a form that is not known here")


def _own_words(_subject: str, _value: object, context: Context) -> Wording:
    return Wording("bad-value", str(context.get("error") or "this value cannot be used"))


def _no_match(subject: str, value: object, context: Context) -> Wording:
    pattern = str(context.get("pattern"))
    message = f"{subject} cannot be written as {describe(value).removeprefix('the text ')}"
    hint = _PATTERNS.get(pattern, f"what is needed has this form: {pattern}")
    return Wording("wrong-form", message, _as_id(value) if pattern == _ID else hint)


def _as_id(value: object) -> str:
    """Return the hint how to write text as an id."""
    text = str(value)
    made = "-".join(_ID_WORD.findall(text.lower()))
    if text.isascii() and re.fullmatch(_ID, made):
        return f"did you mean {quoted(made)}? An id is lower-case words joined by hyphens"
    return _PATTERNS[_ID]


def _text_too_short(subject: str, value: object, context: Context) -> Wording:
    if not value:
        return Wording("too-short", f"{subject} must not be empty")
    least = count_of(context["min_length"], "character")
    return Wording("too-short", f"{subject} needs at least {least}")


def _text_too_long(subject: str, value: object, context: Context) -> Wording:
    has = f", not {len(value):,}" if isinstance(value, str) else ""
    return Wording(
        "too-long", f"{subject} can have at most {count_of(context['max_length'], 'character')}{has}"
    )


def _too_few(subject: str, _value: object, context: Context) -> Wording:
    return Wording("too-few", f"{subject} needs at least {_entries(context['min_length'])}")


def _too_many(subject: str, _value: object, context: Context) -> Wording:
    return Wording("too-many", f"{subject} can have at most {_entries(context['max_length'])}")


def _limit(words: str, key: str) -> Callable[[str, object, Context], Wording]:
    def worded(subject: str, value: object, context: Context) -> Wording:
        return Wording(
            "out-of-range", f"{subject} must be {words.format(f'{context[key]:g}')}, not {describe(value)}"
        )

    return worded


def _not_finite(subject: str, _value: object, _context: Context) -> Wording:
    return Wording("number-not-finite", f"{subject} must be a finite number")


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


def _kebab(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "bad-value"


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


_WORDED: Final[dict[str, Callable[[str, object, Context], Wording]]] = {
    "literal_error": _not_a_choice,
    "union_tag_invalid": _unknown_tag,
    "union_tag_not_found": _no_tag,
    "value_error": _own_words,
    "string_pattern_mismatch": _no_match,
    "string_too_short": _text_too_short,
    "string_too_long": _text_too_long,
    "too_short": _too_few,
    "too_long": _too_many,
    "greater_than": _limit("more than {}", "gt"),
    "greater_than_equal": _limit("{} or more", "ge"),
    "less_than_equal": _limit("{} or less", "le"),
    "finite_number": _not_finite,
}


_WANTED: Final[dict[str, str]] = {
    "string_type": "text",
    "string_unicode": "text",
    "int_": "a whole number",
    "float_": "a number",
    "bool_": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_": "a block of keys",
    "model_": "a block of keys",
}
"""The wanted type by prefix of the error type: ``int_type``, ``int_parsing``, ``int_from_float``."""

_ID: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_ID_WORD: Final = re.compile("[a-z0-9]+")
_PATTERNS: Final[dict[str, str]] = {
    _ID: ("write lower-case letters and digits, with hyphens between words: alert-decision"),
    r"^[A-Za-z0-9][A-Za-z0-9.+-]*$": "write letters and digits without spaces, as on paper: T1, K4, A12a",
    r"^[+-](0\d|1[0-4]):[0-5]\d$": 'write hours and minutes from UTC, in quotes: "+09:00", "-04:00"',
    r"^D([+-]\d{1,2})? ([01]\d|2[0-3]):[0-5]\d$": "write the day and the time of day: D 06:27, D-1 21:00",
}
_PYDANTIC_KINDS: Final = frozenset(get_args(ErrorType))
_QUOTED: Final = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
_YES_NO: Final = {
    "yes": "true",
    "on": "true",
    "true": "true",
    "no": "false",
    "off": "false",
    "false": "false",
}
_REASONED: Final = ("'good'", "'bad'", "'neither'")
_NAMING: Final = ("decision", "inject", "entry", "card", "option", "team", "id")
"""Keys by which a block names one thing, where only its word is wanted."""
_NUMBER: Final = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
