"""One mistake does not hide the others: what is left of a file is still linked."""

from pathlib import Path

import pytest

from tabletop.scenario.files import ScenarioFile
from tabletop.scenario.linking.findings import Findings
from tabletop.scenario.linking.partial_file import PartialFile, validate
from tabletop.scenario.reading import parse_document
from tests.scenario.authoring import problems, write


def salvaged(folder: Path, old: str, new: str) -> PartialFile[ScenarioFile] | None:
    document = parse_document(write(folder, (old, new)).read_text(encoding="utf-8"), "scenario.yaml")
    findings = Findings()
    result = validate(document, ScenarioFile, findings)
    assert findings.errors
    return result


@pytest.mark.parametrize("key", ["id: strait", "title: Strait", "length: 40 min", "format: 1"])
def test_a_faulty_head_gets_a_stand_in(key: str, tmp_path: Path) -> None:
    result = salvaged(
        tmp_path, f"{key} " if key != "title: Strait" else key, f"{key.split(':', maxsplit=1)[0]}: [] "
    )
    assert result is not None
    assert len(result.file.timeline) == 5
    assert not result.whole(key.split(":", maxsplit=1)[0])
    assert result.whole("timeline", "decisions")


def test_rows_know_where_they_stood(tmp_path: Path) -> None:
    result = salvaged(tmp_path, "- at: T+8\n", "- at: 8\n")
    assert result is not None
    assert [entry.inject for entry in result.file.timeline][:2] == ["radar-contact", "reporters-call"]
    assert [result.row("timeline", index) for index in range(4)] == [0, 2, 3, 4]


def test_a_faulty_decision_is_set_aside_but_its_key_is_known(tmp_path: Path) -> None:
    result = salvaged(tmp_path, "    window: 5 min\n    options:", "    windw: 5 min\n    options:")
    assert result is not None
    assert list(result.file.decisions) == ["what-to-say"]
    assert result.keys("decisions") == ["tell-partner", "what-to-say"]


@pytest.mark.parametrize("text", ["[]", "3", "a: 1", "timeline: []", "timeline: 3"])
def test_some_files_cannot_be_saved(text: str) -> None:
    findings = Findings()
    assert validate(parse_document(text, "x.yaml"), ScenarioFile, findings) is None
    assert findings.errors


def test_positions_after_a_faulty_entry_are_right(tmp_path: Path) -> None:
    found = problems(tmp_path, ("- at: T+8\n", "- at: 8\n"), ("on: what-to-say ", "on: what-to-sya "))
    assert [(problem.code, "what-to-sya" in str(problem.source)) for problem in found] == [
        ("bad-value", False),
        ("unknown-decision", True),
    ]
