"""`tabletop schema`: the schema of each kind of file, on standard output."""

import json
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.scenario.schemas import KINDS, schema_text
from tests.scenario.authoring import write


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_printed_as_it_is_published(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--for", kind]) == 0
    assert capsys.readouterr().out == schema_text(kind)


def test_the_scenario_is_meant_when_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert "timeline" in json.loads(capsys.readouterr().out)["properties"]


def test_an_unknown_kind_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--for", "teams"]) == 2
    assert "injects" in capsys.readouterr().err


def test_the_schema_of_a_scenario_allows_only_its_ids(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "strait")
    assert main(["schema", "--of", str(path)]) == 0
    made = json.loads(capsys.readouterr().out)
    parts = {name: part["properties"] for name, part in made["$defs"].items()}
    assert parts["Decision"]["team"]["anyOf"][0]["enum"] == ["norland", "sudland", "all"]
    assert parts["Inject"]["objectives"]["anyOf"][0]["enum"] == ["warn", "speak"]
    assert parts["Option"]["good"]["properties"].keys() == {"warn", "speak"}
    assert parts["TimelineEntry"]["inject"]["enum"][:2] == ["radar-contact", "debris-on-beach"]
    assert parts["TimelineEntry"]["on"]["anyOf"][0]["enum"] == ["tell-partner", "what-to-say"]
    assert parts["SharedCard"]["card"]["enum"] == ["contact"]
    chose = parts["Chose"]["chose"]["anyOf"][0]["properties"]
    assert chose["tell-partner"]["anyOf"][0]["enum"] == ["tell-now", "wait", "joint", "own", "none"]
    assert "x-names" not in json.dumps(made)


def test_the_schema_of_a_scenario_with_mistakes_still_knows_its_ids(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(
        tmp_path / "strait", ("shares: [contact]", "shares: [contcat]"), ("to: sudland", "tow: sudland")
    )
    assert main(["schema", "--of", str(path)]) == 0
    parts = json.loads(capsys.readouterr().out)["$defs"]
    assert parts["Saying"]["properties"]["by"]["enum"] == ["norland", "sudland"]
