"""`tabletop schema`: the schema of each kind of file, on standard output."""

import json

import pytest

from tabletop.cli.main import main
from tabletop.scenario.schemas import KINDS, schema_text


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
