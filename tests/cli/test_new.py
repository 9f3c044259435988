"""`tabletop new`: a scenario that passes every check, and never in the place of another."""

import json
from pathlib import Path

import pytest

from tabletop.check import check
from tabletop.cli.main import main
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tests.attachments import PNG

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["my-exercise", "x", "2026", "1e5", "no", "null", "true", "a" * 64])
def test_what_it_writes_can_be_played(name: str, capsys: Captured) -> None:
    assert main(["new", name]) == 0
    loaded = load_scenario(find_scenario(name))
    assert check(loaded) == []
    assert loaded.scenario.id == name
    assert f"tabletop check {name}" in capsys.readouterr().out


def test_what_it_writes_has_a_bit_of_everything() -> None:
    main(["new", "strait"])
    scenario = load_scenario(find_scenario("strait")).scenario
    assert (len(scenario.teams), len(scenario.phases), len(scenario.timeline)) == (2, 2, 5)
    assert (len(scenario.decisions), len(scenario.cards)) == (2, 1)
    assert sum(entry.contingency for entry in scenario.timeline) == 1
    text = Path("strait/scenario.yaml").read_text(encoding="utf-8")
    assert text.count("#") > 25
    assert max(map(len, text.splitlines())) <= 110


@pytest.mark.parametrize("teams", range(2, 13))
def test_it_has_as_many_teams_as_are_wanted(teams: int) -> None:
    assert main(["new", "strait", "--teams", str(teams)]) == 0
    loaded = load_scenario(find_scenario("strait"))
    assert len(loaded.scenario.teams) == teams
    assert check(loaded) == []


@pytest.mark.parametrize("teams", ["2", "5"])
def test_it_has_no_word_of_capitals_or_coordination(teams: str) -> None:
    main(["new", "strait", "--teams", teams])
    text = Path("strait/scenario.yaml").read_text(encoding="utf-8").lower()
    assert "capital" not in text
    assert "coordinat" not in text


def test_it_uses_a_framework() -> None:
    assert main(["new", "strait", "--framework", "trilateral"]) == 0
    scenario = load_scenario(find_scenario("strait")).scenario
    assert list(scenario.teams) == ["washington", "tokyo", "seoul"]
    assert len(scenario.objectives) == 10
    assert "orland" not in Path("strait/scenario.yaml").read_text(encoding="utf-8")


def test_it_begins_with_a_copy(here: Path) -> None:
    assert main(["new", "dawn", "--from", "sakishima-dawn"]) == 0
    copy, original = (load_scenario(find_scenario(name)).scenario for name in ("dawn", "sakishima-dawn"))
    assert copy == original.model_copy(update={"id": "dawn"})
    assert main(["new", "base", "--teams", "3"]) == 0
    (here / "base" / "injects").mkdir()
    (here / "base" / "injects" / "more.yaml").write_text("# none yet\n{}\n", encoding="utf-8")
    assert main(["new", "next", "--from", "base", "--into", "games"]) == 0
    assert (here / "games" / "next" / "injects" / "more.yaml").exists()


def test_a_copy_has_what_the_original_attaches(here: Path) -> None:
    main(["new", "base"])
    (here / "base" / "map.png").write_bytes(PNG)
    with (here / "base" / "scenario.yaml").open("a", encoding="utf-8") as scenario:
        scenario.write("attachments: [{file: map.png, alt: The strait}]\n")
    assert main(["new", "next", "--from", "base"]) == 0
    assert (here / "next" / "map.png").read_bytes() == PNG
    assert list(load_scenario(find_scenario("next")).scenario.files) == ["map.png"]


@pytest.mark.parametrize(
    "options", [[], ["--teams", "4"], ["--framework", "trilateral"], ["--from", "sakishima-dawn"]]
)
def test_an_editor_finds_the_schema_beside_it(options: list[str]) -> None:
    assert main(["new", "strait", *options]) == 0
    first = Path("strait/scenario.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=scenario.schema.json"
    made = json.loads(Path("strait/scenario.schema.json").read_text(encoding="utf-8"))
    teams = load_scenario(find_scenario("strait")).scenario.teams
    assert made["$defs"]["Saying"]["properties"]["by"]["enum"] == list(teams)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--framework", "trilatral"], "There is no framework 'trilatral'. Use none, or one of: trilateral."),
        (["--framework", "trilateral", "--teams", "3"], "Use one of --teams, --framework and --from"),
        (["--from", "sakishima-dwn"], "Did you mean 'sakishima-dawn'?"),
    ],
)
def test_what_cannot_be_begun_with_leaves_nothing(
    options: list[str], said: str, here: Path, capsys: Captured
) -> None:
    assert main(["new", "strait", *options]) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert list(here.iterdir()) == []


def test_it_goes_where_it_is_told(here: Path, capsys: Captured) -> None:
    assert main(["new", "strait", "--into", "my games/2026"]) == 0
    assert (here / "my games" / "2026" / "strait" / "scenario.yaml").is_file()
    assert "tabletop check 'my games/2026/strait'" in capsys.readouterr().out


def test_it_never_overwrites(here: Path, capsys: Captured) -> None:
    (here / "strait").mkdir()
    (here / "strait" / "scenario.yaml").write_text("mine", encoding="utf-8")
    assert main(["new", "strait"]) == 2
    assert (here / "strait" / "scenario.yaml").read_text(encoding="utf-8") == "mine"
    assert "strait/scenario.yaml already exists" in capsys.readouterr().err


def test_a_file_in_the_way_is_named(here: Path, capsys: Captured) -> None:
    (here / "strait").touch()
    assert main(["new", "strait"]) == 2
    assert capsys.readouterr().err.startswith("strait already exists")


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("My Exercise", "my-exercise"),
        ("../up", "up"),
        ("a/b", "a-b"),
        ("海峡", "my-exercise"),
        ("", "my-exercise"),
    ],
)
def test_an_unfit_name_gets_one_that_fits(name: str, suggested: str, here: Path, capsys: Captured) -> None:
    assert main(["new", name]) == 2
    assert capsys.readouterr().err.rstrip().endswith(f"Try: tabletop new {suggested}")
    assert list(here.iterdir()) == []


def test_a_folder_that_cannot_be_made(here: Path, capsys: Captured) -> None:
    (here / "file").touch()
    assert main(["new", "strait", "--into", "file/below"]) == 2
    said = capsys.readouterr().err
    assert "--into" in said
    assert "Traceback" not in said
