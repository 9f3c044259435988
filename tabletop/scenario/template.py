"""The scenario that `tabletop new` writes: the template, for other teams or a framework, or a copy."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Final

from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import ProblemsFound
from tabletop.scenario.reading import parse_document

SCHEMA_FILE: Final = "scenario.schema.json"
EDITOR_LINE: Final = f"# yaml-language-server: $schema={SCHEMA_FILE}"
"""The first line of a scenario, by which an editor finds its schema."""

_OTHERS: Final = (
    "Westland",
    "Ostland",
    "Inland",
    "Highland",
    "Lowland",
    "Lakeland",
    "Moorland",
    "Woodland",
    "Heathland",
    "Marshland",
)
MOST_TEAMS: Final = 2 + len(_OTHERS)
_NUMBERS: Final = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
_LAST_TEAM: Final = "    offices: [President, Ministry of Defence, Port Authority]\n"
_JOINT: Final = "{speak: Both say the same words}"
_JOINT_OF_MANY: Final = "{speak: All say the same words}"


def template(scenario_id: str, teams: int = 2) -> str:
    """Return the text of a small playable scenario. `scenario_id` must be a valid id of the format."""
    text = files("tabletop.scenario").joinpath("template.yaml").read_text(encoding="utf-8")
    title = " ".join(word.capitalize() for word in scenario_id.split("-"))
    text = text.replace(": NAME ", f": {_scalar(scenario_id)} ", 1).replace(
        ": TITLE", f": {_scalar(title)}", 1
    )
    return text if teams == 2 else _with_more(text, _OTHERS[: teams - 2])


def on_framework(text: str, framework: str, teams: Mapping[str, str], objectives: Sequence[str]) -> str:
    """Return the template with the teams and objectives of a framework in place of its own.

    `teams` are the names by id. What the framework lacks stays the template's.
    """
    text = text.replace("\n# Read by every", f"framework: {framework}\n\n# Read by every", 1)
    if len(teams) > 1:
        text = re.sub(r"(?ms)^# A team is.*?(?=^# What you want)", "", text, count=1)
        for old, (word, name) in zip(("norland", "sudland"), teams.items(), strict=False):
            text = re.sub(rf"\b{old}\b", word, text).replace(old.capitalize(), name)
        text = text.replace("Two teams", f"{_NUMBERS[min(len(teams), MOST_TEAMS) - 2]} teams", 1)
    if len(objectives) > 1:
        text = re.sub(r"(?ms)^# What you want.*?(?=^# Phases)", "", text, count=1)
        warn = nearest("warn", objectives) or objectives[0]
        speak = next(word for word in objectives if word != warn)
        for old, new in (("warn", warn), ("speak", speak)):
            text = text.replace(f"{{{old}:", f"{{{new}:").replace(f"[{old}]", f"[{new}]")
    return text


def copied(text: str, scenario_id: str) -> str:
    """Return the text of another scenario under a new id."""
    return re.sub(r"(?m)^id:.*$", f"id: {_scalar(scenario_id)}", text, count=1)


def with_editor_line(text: str) -> str:
    """Return the text with the line by which an editor finds the schema beside it."""
    if re.search(r"(?m)^# yaml-language-server:.*$", text):
        return re.sub(r"(?m)^# yaml-language-server:.*$", EDITOR_LINE, text, count=1)
    return f"{EDITOR_LINE}\n{text}"


def _with_more(text: str, names: Sequence[str]) -> str:
    more = "".join(
        f'  {name.lower()}:\n    name: {name}\n    utc: "+01:00"\n'
        "    offices: [Prime Minister, Foreign Ministry]\n"
        for name in names
    )
    return (
        text.replace(_LAST_TEAM, _LAST_TEAM + more, 1)
        .replace("Two teams", f"{_NUMBERS[len(names)]} teams", 1)
        .replace(_JOINT, _JOINT_OF_MANY, 1)
    )


def _scalar(text: str) -> str:
    """Return the text as a YAML scalar, quoted if it would be read as a number, boolean or null."""
    try:
        plain = parse_document(f"- {text}", "").data == [text]
    except ProblemsFound:
        plain = False
    return text if plain else f'"{text}"'
