"""Where bundled and user data are looked for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop import paths

CHECKOUT = Path(__file__).resolve().parents[1]


def install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let `paths` believe that the package lies in `folder`; return the package's folder."""
    package = folder / "tabletop"
    monkeypatch.setattr(paths, "_PACKAGE", package)
    return package


@pytest.mark.parametrize("name", ["scenarios", "injects"])
def test_a_checkout_uses_its_own_folders(name: str) -> None:
    assert paths.bundled(name) == CHECKOUT / name


@pytest.mark.parametrize("name", ["scenarios", "injects"])
def test_an_installed_package_uses_the_copy_inside_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = install(tmp_path, monkeypatch)
    (tmp_path / name).mkdir()
    assert paths.bundled(name) == package / "_bundled" / name


def test_the_scenarios_of_another_project_are_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = install(tmp_path, monkeypatch)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "war-room"\n', encoding="utf-8")
    assert paths.bundled("scenarios") == package / "_bundled" / "scenarios"


def test_an_unreadable_project_file_is_not_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = install(tmp_path, monkeypatch)
    (tmp_path / "pyproject.toml").write_bytes(b"\xff\xfe")
    assert paths.bundled("injects") == package / "_bundled" / "injects"


def test_only_known_folders_are_bundled() -> None:
    with pytest.raises(ValueError, match="known: scenarios, injects"):
        paths.bundled("../secrets")


def test_the_users_choice_of_folder_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLETOP_HOME", str(tmp_path / "chosen"))
    assert paths.data_folder() == tmp_path / "chosen"
    assert paths.logs_folder() == tmp_path / "chosen" / "logs"


def test_a_chosen_folder_may_be_relative_or_under_home(
    tmp_path: Path, hermetic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TABLETOP_HOME", "here")
    assert paths.data_folder() == tmp_path / "here"
    monkeypatch.setenv("TABLETOP_HOME", "~/there")
    assert paths.data_folder() == hermetic / "there"


@pytest.mark.skipif(sys.platform != "linux", reason="XDG is the convention of Linux")
def test_without_a_choice_the_platform_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLETOP_HOME", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert paths.data_folder() == tmp_path / "data" / "tabletop"


def test_asking_creates_nothing(hermetic: Path) -> None:
    paths.data_folder()
    paths.logs_folder()
    assert list(hermetic.iterdir()) == []


def test_the_packages_own_place_is_used_wherever_one_stands(tmp_path: Path) -> None:
    """A copied package finds its own `_bundled`, whatever the working folder holds."""
    shutil.copytree(CHECKOUT / "tabletop", tmp_path / "site" / "tabletop")
    (tmp_path / "work" / "scenarios").mkdir(parents=True)
    found = subprocess.run(
        [sys.executable, "-c", "from tabletop.paths import bundled; print(bundled('scenarios'))"],
        cwd=tmp_path / "work",
        env={"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert Path(found) == tmp_path / "site" / "tabletop" / "_bundled" / "scenarios"
