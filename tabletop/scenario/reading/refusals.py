"""Messages for YAML that is well formed but not allowed in a scenario."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from tabletop.scenario.problems import quoted, shortened

_TAG_PREFIX: Final = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class ValueRefusal:
    """A problem without its position."""

    code: str
    message: str
    hint: str | None = None


class Refusals:
    """The messages, by construct."""

    SECOND_DOCUMENT: Final = ValueRefusal(
        "second-document",
        "a second YAML document begins here; a file can hold only one",
        "remove the line, or put what follows into a file of its own",
    )
    TOO_DEEP: Final = ValueRefusal(
        "too-deep", "this is nested too deep", "look for a bracket or a dash too many"
    )
    KEY_IS_COLLECTION: Final = ValueRefusal(
        "key-not-text",
        "a list or a block cannot be a key",
        "write a word, or quotes around text with brackets",
    )
    MERGE_KEY: Final = ValueRefusal(
        "merge-key", "merge keys (<<) are not allowed", "write the keys out wherever they are needed"
    )
    DIRECTIVE: Final = ValueRefusal("directive", "%YAML and %TAG lines are not allowed", "remove the line")
    EMPTY: Final = ValueRefusal("file-empty", "the file is empty", "write at least one key and its value")
    TOO_MANY_VALUES: Final = ValueRefusal(
        "too-many-values", "the file has too many values for a scenario", "split it into several files"
    )
    TOO_MANY: Final = ValueRefusal(
        "too-many-problems", "there may be more; the rest of the file was not read"
    )

    @staticmethod
    def key_not_text(text: str) -> ValueRefusal:
        """Describe a key that reads as a number, true, false or null."""
        if not text:
            return ValueRefusal("key-not-text", "there is no key before this colon", "write the key")
        return ValueRefusal(
            "key-not-text", f"a key must be text: {quoted(text)}", f'put it in quotes: "{shortened(text)}"'
        )

    @staticmethod
    def duplicate_key(key: str, first: int) -> ValueRefusal:
        """Describe a key that appears twice in one mapping."""
        return ValueRefusal(
            "duplicate-key",
            f"the key {quoted(key)} is already used on line {first}",
            "remove or rename one of the two",
        )

    @staticmethod
    def anchor(name: str) -> ValueRefusal:
        """Describe an anchor, ``&name``."""
        return ValueRefusal(
            "anchor",
            f"anchors are not allowed: {quoted('&' + name)}",
            "write the value out wherever it is needed; text that begins with & needs quotes",
        )

    @staticmethod
    def alias(name: str) -> ValueRefusal:
        """Describe an alias, ``*name``."""
        return ValueRefusal(
            "alias",
            f"aliases are not allowed: {quoted('*' + name)}",
            "write the value out again; text that begins with * needs quotes",
        )

    @staticmethod
    def tag(name: str) -> ValueRefusal:
        """Describe a tag, ``!name``."""
        written = name.replace(_TAG_PREFIX, "!!", 1)
        return ValueRefusal(
            "tag",
            f"tags are not allowed: {quoted(written)}",
            "remove it; text that begins with ! needs quotes",
        )

    @staticmethod
    def control(character: str) -> ValueRefusal:
        """Describe a control character."""
        name = unicodedata.name(character, "control character").lower()
        return ValueRefusal(
            "control-character", f"U+{ord(character):04X} ({name}) is not allowed", "delete it"
        )
