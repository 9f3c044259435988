"""`tabletop check --watch`: a check at each save."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tabletop.cli import check_watch
from tabletop.cli.check_watch import changes, folders_of
from tabletop.cli.main import main
from tests.scenario.authoring import write

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_save_is_checked_and_ctrl_c_ends(
    here: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(here / "strait")
    good = file.read_text(encoding="utf-8")

    def saves(path: Path) -> Iterator[set[str]]:
        assert path == Path("strait/scenario.yaml")
        file.write_text(good.replace("- at: T+8", "- at: T+21"), encoding="utf-8")
        yield {str(file)}
        file.unlink()
        yield {str(file)}
        file.write_text(good, encoding="utf-8")
        yield {str(file)}
        raise KeyboardInterrupt

    monkeypatch.setattr(check_watch, "changes", saves)
    assert main(["check", "strait", "--watch"]) == 0
    said = capsys.readouterr()
    assert said.out.count("warning: ") == 1
    waiting = "Waiting for the next save; Ctrl+C ends."
    checks = said.err.split(waiting)
    assert [one.strip().splitlines()[-1] for one in checks[:2]] == [
        "strait: no problems. It can be played.",
        "strait: 1 warning worth a look. It can be played.",
    ]
    assert "has no scenario.yaml" in checks[2]
    assert checks[3].strip() == "strait: no problems. It can be played."


def test_a_scenario_that_is_not_there_is_wrong_use(capsys: Captured) -> None:
    assert main(["check", "nowhere", "--watch"]) == 2
    assert "There is no scenario 'nowhere'" in capsys.readouterr().err


def test_every_folder_that_the_scenario_is_made_of_is_watched(here: Path) -> None:
    files = {"injects/weather.yaml": "{}", "frameworks/base.yaml": ""}
    file = write(here / "strait", files=files)
    folders = folders_of(file)
    assert {here / "strait", here / "strait" / "injects", here / "strait" / "frameworks"} <= set(folders)
    assert here not in folders


@pytest.mark.newcomer
def test_a_save_is_seen(here: Path) -> None:
    file = write(here / "strait")
    found = changes(file)
    stop = threading.Event()

    def save() -> None:
        # The watcher says nothing when it is ready: save until it has seen it.
        while not stop.wait(0.1):
            (here / "strait" / "notes.txt").write_text("not a part of it")
            file.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")

    saving = threading.Thread(target=save)
    saving.start()
    try:
        assert {Path(one).name for one in next(found)} == {"scenario.yaml"}
    finally:
        stop.set()
        saving.join()
