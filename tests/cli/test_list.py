"""`tabletop list`: what can be run, and what would not load."""

import json
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.plaintext import display_width
from tests.scenario.authoring import write

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def scenarios(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that stands for the bundled scenarios."""
    monkeypatch.setattr("tabletop.scenario.library.bundled", lambda _name: tmp_path)
    return tmp_path


def test_the_table(scenarios: Path, capsys: Captured) -> None:
    write(scenarios / "strait")
    write(scenarios / "wide", ("title: Strait", "title: 海峡の朝"), ("length: 40 min", "length: 2 h"))
    write(scenarios / "broken", ("format: 1 ", "format: 9 "))
    (scenarios / "frameworks").mkdir()
    assert main(["list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "ID      TITLE     LENGTH  TEAMS",
        "broken  does not load: run tabletop check broken",
        "strait  Strait    40 min  Norland, Sudland",
        "    Two neighbours, one drone, and an hour to agree on what happened.",
        "wide    海峡の朝  2 h     Norland, Sudland",
        "    Two neighbours, one drone, and an hour to agree on what happened.",
    ]


def test_a_long_summary_is_cut_to_its_first_line(scenarios: Path, capsys: Captured) -> None:
    old = "summary: Two neighbours, one drone, and an hour to agree on what happened."
    write(scenarios / "strait", (old, f"summary: |\n  {'海' * 200}\n  second line"))
    main(["list"])
    summary = capsys.readouterr().out.splitlines()[-1].strip()
    assert summary.endswith("…")
    assert display_width(summary) <= 100


def test_as_json(scenarios: Path, capsys: Captured) -> None:
    path = write(scenarios / "strait")
    (scenarios / "broken").mkdir()
    (scenarios / "broken" / "scenario.yaml").symlink_to(path)
    assert main(["list", "--json"]) == 0
    broken, strait = json.loads(capsys.readouterr().out)
    assert (broken["id"], broken["loads"], broken["title"]) == ("broken", False, None)
    assert strait == {
        "id": "strait",
        "path": str(path),
        "loads": True,
        "title": "Strait",
        "length": "40 min",
        "teams": ["Norland", "Sudland"],
        "summary": "Two neighbours, one drone, and an hour to agree on what happened.",
        **dict.fromkeys(["author", "version", "licence", "language", "date", "status"]),
        "imprint": "",
        "cuts": [],
    }


def test_version_status_and_author_stand_below_the_title(scenarios: Path, capsys: Captured) -> None:
    write(scenarios / "strait", ("format: 1 ", 'version: "2"\nauthor: Coast cell\nstatus: draft\nformat: 1 '))
    assert main(["list"]) == 0
    assert "    version 2, draft, by Coast cell\n" in capsys.readouterr().out


@pytest.mark.usefixtures("scenarios")
def test_nothing_to_list(capsys: Captured) -> None:
    assert main(["list"]) == 0
    assert "tabletop new" in capsys.readouterr().out


def test_the_scenarios_that_come_with_the_program_all_load(capsys: Captured) -> None:
    assert main(["list"]) == 0
    shown = capsys.readouterr().out
    listed = [line.split()[0] for line in shown.splitlines() if line.startswith("sakishima")]
    assert listed == ["sakishima-dawn", "sakishima-dawn-today"]
    assert "does not load" not in shown
