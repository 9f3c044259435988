"""The scenario template that `tabletop new` writes."""

from __future__ import annotations

from importlib.resources import files

from tabletop.scenario.problems import ProblemsFound
from tabletop.scenario.reading import parse_document


def template(scenario_id: str) -> str:
    """Return the text of a small playable scenario. `scenario_id` must be a valid id of the format."""
    text = files("tabletop.scenario").joinpath("template.yaml").read_text(encoding="utf-8")
    title = " ".join(word.capitalize() for word in scenario_id.split("-"))
    return text.replace(": NAME ", f": {_scalar(scenario_id)} ", 1).replace(
        ": TITLE", f": {_scalar(title)}", 1
    )


def _scalar(text: str) -> str:
    """Return the text as a YAML scalar, quoted if it would be read as a number, boolean or null."""
    try:
        plain = parse_document(f"- {text}", "").data == [text]
    except ProblemsFound:
        plain = False
    return text if plain else f'"{text}"'
