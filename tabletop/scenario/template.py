"""The scenario that `tabletop new` writes for an author to change."""

from __future__ import annotations

from importlib.resources import files

from tabletop.scenario.problems import ProblemsFound
from tabletop.scenario.reading import parse_document


def template(scenario_id: str) -> str:
    """Return the text of a small scenario that plays as it is. The id must be a word of the format."""
    text = files("tabletop.scenario").joinpath("template.yaml").read_text(encoding="utf-8")
    title = " ".join(word.capitalize() for word in scenario_id.split("-"))
    return text.replace(": NAME ", f": {_scalar(scenario_id)} ", 1).replace(
        ": TITLE", f": {_scalar(title)}", 1
    )


def _scalar(text: str) -> str:
    """Return the text as YAML, in quotes if it would be read as a number or as true, false or nothing."""
    try:
        plain = parse_document(f"- {text}", "").data == [text]
    except ProblemsFound:
        plain = False
    return text if plain else f'"{text}"'
