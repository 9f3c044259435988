"""`tabletop list`: list the bundled scenarios."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from tabletop.scenario.scenario import Scenario

_GAP: Final = "  "
_SUMMARY_CELLS: Final = 100


@dataclass(frozen=True, slots=True)
class _ListedCut:
    """A shorter form of a scenario in the list."""

    cut: str
    id: str
    title: str
    length: str
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class _Listed:
    """A scenario in the list; one that does not load has only id and path."""

    id: str
    path: str
    loads: bool = True
    title: str | None = None
    length: str | None = None
    teams: tuple[str, ...] = ()
    summary: str | None = None
    author: str | None = None
    version: str | None = None
    licence: str | None = None
    language: str | None = None
    date: str | None = None
    status: str | None = None
    imprint: str = ""
    cuts: tuple[_ListedCut, ...] = ()


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as a JSON array.")
def command(*, as_json: bool) -> None:
    """List the scenarios that can be run."""
    from tabletop.scenario.library import bundled_scenarios

    listed = [_look_at(path) for path in bundled_scenarios()]
    if as_json:
        click.echo(json.dumps([asdict(one) for one in listed], indent=2))
    elif listed:
        click.echo("\n".join(_table(listed)))
    else:
        click.echo("No scenarios came with this installation. `tabletop new` starts one of your own.")


def _look_at(path: Path) -> _Listed:
    from tabletop.errors import InputError
    from tabletop.scenario.gametime import format_length
    from tabletop.scenario.imprint import Imprint
    from tabletop.scenario.library import find_scenario
    from tabletop.scenario.linking import load_scenario

    name = path.parent.name
    try:
        loaded = load_scenario(find_scenario(str(path.parent)))
    except InputError:
        return _Listed(name, str(path), loads=False)
    scenario = loaded.scenario
    return _Listed(
        name,
        str(path),
        title=scenario.title,
        length=format_length(scenario.length),
        teams=tuple(team.name for team in scenario.teams.values()),
        summary=scenario.summary,
        imprint=scenario.imprint,
        cuts=tuple(
            _ListedCut(word, cut.id, cut.title, format_length(cut.length), _own_summary(cut, scenario))
            for word, cut in loaded.cuts.items()
        ),
        **{name: getattr(scenario, name) for name in Imprint.model_fields},
    )


def _own_summary(cut: Scenario, whole: Scenario) -> str | None:
    return cut.summary if cut.summary != whole.summary else None


def _table(listed: list[_Listed]) -> list[str]:
    """Return the lines of the table, each scenario with the first line of its summary below it."""
    rows = [("ID", "TITLE", "LENGTH", "TEAMS")]
    rows += [(one.id, one.title or "", one.length or "", ", ".join(one.teams)) for one in listed if one.loads]
    from tabletop.plaintext import display_width

    widths = [max(display_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [_aligned(rows[0], widths)]
    for one in listed:
        if one.loads:
            lines.append(_aligned((one.id, one.title or "", one.length or "", ", ".join(one.teams)), widths))
        else:
            lines.append(f"{one.id}{_GAP}does not load: run tabletop check {one.id}")
        if one.imprint:
            lines.append(_GAP * 2 + _clipped(one.imprint))
        if one.summary:
            lines.append(_GAP * 2 + _clipped(one.summary.strip().split("\n")[0]))
        for cut in one.cuts:
            lines.append(_GAP * 2 + _clipped(f"--cut {cut.cut}  {cut.title}, {cut.length}"))
    return lines


def _aligned(cells: tuple[str, ...], widths: list[int]) -> str:
    from tabletop.plaintext import display_width

    padded = (cell + " " * (width - display_width(cell)) for cell, width in zip(cells, widths, strict=True))
    return _GAP.join(padded).rstrip()


def _clipped(text: str) -> str:
    from tabletop.plaintext import display_width

    if display_width(text) <= _SUMMARY_CELLS:
        return text
    while display_width(text) > _SUMMARY_CELLS - 1:
        text = text[:-1]
    return text.rstrip() + "…"
