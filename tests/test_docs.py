"""The documents keep their word: commands run, snippets are read, every event is described."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import TypeAdapter

from tabletop.cli.main import VERBS, main
from tabletop.exercise.events import Event
from tabletop.playthrough.moves import moves_of
from tabletop.scenario import (
    capital,
    cards,
    clock,
    decisions,
    imprint,
    injects,
    objectives,
    options,
    outcomes,
    teams,
    timeline,
)
from tabletop.scenario.base import Part
from tabletop.scenario.conditions import CONDITION_KEYS, Condition
from tabletop.scenario.files import FrameworkFile, InjectFile, ScenarioFile
from tabletop.scenario.reading import parse_document
from tabletop.scenario.reading.document import Document
from tabletop.scenario.rules import AnyRule

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = ("scoring", "writing-a-scenario", "running-an-exercise", "log-format")
_SCREENS = ("run", "demo")
"""Verbs that need a terminal."""


def text(page: str) -> str:
    return (DOCS / f"{page}.md").read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    """Return the code blocks of a page in a language, in their order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text(page), re.MULTILINE | re.DOTALL)


def commands(page: str) -> Iterator[list[str]]:
    """Yield the words of each command of a page that can run without a terminal."""
    for block in blocks(page, "sh"):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words and words[1:] and words[1] not in _SCREENS:
                assert words[0] == "tabletop", line
                yield words[1:]


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_every_command_works_as_written(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    for moves in (one for one in blocks(page, "yaml") if one.startswith("# moves.yaml")):
        if not (tmp_path / "moves.yaml").exists():
            (tmp_path / "moves.yaml").write_text(moves, encoding="utf-8")
    for words in commands(page):
        redirected = ">" in words
        assert main(words[: words.index(">")] if redirected else words) == 0, words
        if redirected:
            (tmp_path / words[-1]).write_text(capsys.readouterr().out, encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_verb_and_every_link_leads_somewhere(page: str) -> None:
    verbs = set(re.findall(r"`tabletop ([a-z]+)", text(page)))
    assert verbs <= set(VERBS)
    for target in re.findall(r"\]\(([^)#:]+)\)", text(page)):
        assert (DOCS / target).exists(), target


def document(block: str) -> Document:
    return parse_document(block, "snippet.yaml")


def test_every_snippet_of_a_scenario_is_read() -> None:
    for page in ("writing-a-scenario", "scoring"):
        for block in blocks(page, "yaml"):
            first = block.split("\n", 1)[0]
            if first.startswith("# moves"):
                file = moves_of(document(block))
                assert file.moves
                assert not file.problems
            elif first.startswith("# injects/"):
                TypeAdapter(InjectFile).validate_python(document(block).data)
            elif first.startswith("# frameworks/"):
                FrameworkFile.model_validate(document(block).data)
            elif not first.startswith(("# yaml-language-server", "# options")):
                _validate_parts(document(block))


def _validate_parts(found: Document) -> None:
    """Validate each top key of a snippet as that part of a scenario's file."""
    assert isinstance(found.data, dict)
    fields = {field.alias or name: field for name, field in ScenarioFile.model_fields.items()}
    for key, value in found.data.items():
        TypeAdapter(fields[key].rebuild_annotation()).validate_python(value)


def test_every_key_of_the_format_is_described() -> None:
    page = text("writing-a-scenario")
    for name, field in ScenarioFile.model_fields.items():
        assert f"{field.alias or name}:" in page or f"`{field.alias or name}`" in page, name
    for model in _parts():
        for name, field in model.model_fields.items():
            key = field.alias or name
            assert re.search(rf"`{key}`|\b{key}:", page), f"{model.__name__}.{key}"


def _parts() -> list[type[Part]]:
    return [
        teams.Team,
        objectives.Objective,
        capital.Capital,
        cards.Card,
        cards.Passing,
        injects.Addition,
        injects.Advice,
        injects.Inject,
        cards.Sharing,
        options.Option,
        outcomes.Nothing,
        decisions.Decision,
        timeline.Phase,
        clock.WrittenClock,
        timeline.TimelineEntry,
        imprint.Report,
    ]


def test_every_condition_in_the_table_is_one() -> None:
    page = text("writing-a-scenario")
    rows = re.findall(r"^\| (`\{.*?)\| ", page[page.index("## Conditions") :], re.MULTILINE)
    written = [one for row in rows for one in re.findall(r"`(\{.*?\})`", row)]
    placeholders = re.compile(r"\b[AB]\b")
    for one in written:
        data = document(placeholders.sub("{shared: contact}", one)).data
        TypeAdapter[object](Condition).validate_python(data)
    assert {one[1:].split(":")[0] for one in written} == set(CONDITION_KEYS)


def test_every_measure_is_explained_with_an_example() -> None:
    page = text("scoring")
    measures = {
        str(get_args(rule.model_fields["measure"].annotation)[0]) for rule in get_args(get_args(AnyRule)[0])
    }
    assert measures == set(re.findall(r"^### ([a-z-]+)$", page, re.MULTILINE))
    assert measures == set(re.findall(r"^    measure: ([a-z-]+)$", page, re.MULTILINE))


def test_every_event_is_described_with_its_fields() -> None:
    rows = {
        name: re.findall(r"`([a-z_]+)`", fields)
        for name, fields in re.findall(
            r"^\| `([a-z]+-[a-z-]+)` \| (.*?) \|", text("log-format"), re.MULTILINE
        )
    }
    events = get_args(get_args(Event)[0])
    assert rows == {
        event.model_fields["type"].default: [name for name in event.model_fields if name not in ("type", "v")]
        for event in events
    }


def test_the_chain_can_be_followed_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "moves.yaml").write_text("[]", encoding="utf-8")
    assert main(["play", "sakishima-dawn", "--moves", "moves.yaml", "--log", "cooperative.db"]) == 0
    [program] = blocks("log-format", "python")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    number, head = done.stdout.split()
    assert (int(number) > 50, len(head)) == (True, 64)


def test_every_folder_that_contributing_names_is_there() -> None:
    said = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:tabletop|tests|scenarios|injects|docs|benchmarks)/[\w/]*/?)`", said))
    assert {"tabletop/protocol/", "tabletop/system/", "tabletop/playthrough/"} <= named
    assert not [folder for folder in named if not (ROOT / folder).exists()]


def test_every_room_of_the_program_stands_in_contributing() -> None:
    said = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = {folder.parent.name for folder in (ROOT / "tabletop").glob("*/__init__.py")}
    assert not [room for room in rooms if f"`tabletop/{room}/`" not in said]
