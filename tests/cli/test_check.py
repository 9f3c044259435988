"""`tabletop check`: what an author reads, and what a program can."""

import json
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tests.scenario.authoring import write

pytestmark = pytest.mark.newcomer

Captured = pytest.CaptureFixture[str]
GOLDEN = Path(__file__).parents[1] / "golden" / "check-report.txt"

GOOD = "good: {warn: The partner hears it while it still matters}"

MISTAKES = [
    ("name: Norland", "naame: 北の国"),
    ("{shared: contact}", "{any: [{stated: {by: sudland, label: 海峡の物体}}, {shared: contcat}]}"),
    (GOOD, "effects: {warn: +2, wran: +1}"),
    ('utc: "+02:00"', "utc: '02:00'"),
    ("on: what-to-say ", "on: what-to-sya "),
    ("- at: T+20\n", "- at: T+20\n    once: {decided: tell-partner}\n"),
    ("No markings.", "THIS IS NOT  A DRILL."),
    ("latest: T+32 ", "latest: T+3200 "),
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run in an empty folder, so that the paths in a report are always the same."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_good_scenario_says_so_on_stderr(here: Path, capsys: Captured) -> None:
    write(here / "strait")
    assert main(["check", "strait"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "strait: no problems. It can be played.\n"


def test_warnings_do_not_keep_it_from_being_played(here: Path, capsys: Captured) -> None:
    write(here / "strait", ("- at: T+8", "- at: T+21"))
    assert main(["check", "strait"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("strait/scenario.yaml:52:9: warning: ")
    assert said.err == "strait: 1 warning worth a look. It can be played.\n"


@pytest.mark.parametrize(
    ("edit", "place"),
    [
        (("    to: norland\n", "    to: 5\n"), "114:9"),
        (("decision: tell-partner ", "decision: {tell-partner: norland} "), "48:15"),
        (("asks: all ", "asks: true "), "96:15"),
        (("    team: norland\n", "    team: {norland: x}\n"), "65:11"),
        (("format: 1 ", "clock: {anchors: none}\nformat: 1 "), "3:18"),
    ],
)
def test_s1_1_a_value_of_the_wrong_form_is_an_error(
    edit: tuple[str, str], place: str, here: Path, capsys: Captured
) -> None:
    write(here / "strait", edit)
    assert main(["check", "strait"]) == 1
    said = capsys.readouterr()
    assert said.out.startswith(f"strait/scenario.yaml:{place}: error: ")
    assert said.err == "strait: 1 error. Correct the errors to play it.\n"


def test_the_report_of_many_mistakes(here: Path, capsys: Captured) -> None:
    write(here / "strait", *MISTAKES)
    assert main(["check", "strait"]) == 1
    said = capsys.readouterr()
    assert said.out + said.err == GOLDEN.read_text(encoding="utf-8")


def test_problems_as_json(here: Path, capsys: Captured) -> None:
    write(
        here / "strait",
        ("name: Norland", "naame: 北の国"),
        (GOOD, "effects: {wran: +2}"),
    )
    assert main(["check", "strait", "--json"]) == 1
    said = capsys.readouterr()
    first, second = json.loads(said.out)
    assert said.out.isascii()
    assert (first["code"], first["source"]) == ("unknown-key", "    naame: 北の国")
    assert second["hint"] == "did you mean 'warn'?"
    assert said.err.startswith("strait: 2 errors.")


def test_no_problems_as_json(here: Path, capsys: Captured) -> None:
    write(here / "strait")
    assert main(["check", "--json", "strait"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    "words", [["check"], ["check", "nowhere"], ["check", "a", "b"], ["check", "\x1b[2J"]]
)
def test_wrong_use_is_two(words: list[str], capsys: Captured) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "\x1b" not in said.err
    assert said.err


def test_the_ranges_follow_the_problems(here: Path, capsys: Captured) -> None:
    write(here / "strait", ("- at: T+8", "- at: T+21"))
    assert main(["check", "strait", "--ranges"]) == 0
    said = capsys.readouterr()
    assert said.out.index("warning: ") < said.out.index("Points that strait can give")
    assert said.err == "strait: 1 warning worth a look. It can be played.\n"


def test_the_ranges_as_json_stand_beside_the_problems(here: Path, capsys: Captured) -> None:
    write(here / "strait")
    assert main(["check", "strait", "--ranges", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["problems"] == []
    assert found["ranges"][0]["teams"]["norland"]["best"] == 2


def test_several_pages_follow_one_another(here: Path, capsys: Captured) -> None:
    write(here / "strait")
    assert main(["check", "strait", "--pacing", "--coverage"]) == 0
    said = capsys.readouterr().out
    assert (
        said.index("Pacing of strait")
        < said.index("Running order")
        < said.index("What serves the objectives")
    )
    assert main(["check", "strait", "--coverage", "--pacing", "--json"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == ["problems", "coverage", "pacing"]


def test_the_timeline_is_drawn_into_a_file_or_printed(here: Path, capsys: Captured) -> None:
    write(here / "strait")
    assert main(["check", "strait", "--graph", "strait.svg"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "The timeline is in strait.svg.\nstrait: no problems. It can be played.\n"
    assert (here / "strait.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert main(["check", "strait", "--graph", "-"]) == 0
    assert capsys.readouterr().out.startswith("Timeline of strait\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["strait/scenario.yaml"], "does not end in .svg"),
        (["-", "--json"], "--json prints nothing but data"),
        (["nowhere/strait.svg"], "cannot be written to nowhere/strait.svg: no such file or directory"),
    ],
)
def test_a_timeline_that_cannot_be_drawn_says_why(
    words: list[str], said: str, here: Path, capsys: Captured
) -> None:
    before = write(here / "strait").read_bytes()
    assert main(["check", "strait", "--graph", *words]) == 2
    assert said in capsys.readouterr().err
    assert (here / "strait" / "scenario.yaml").read_bytes() == before


@pytest.mark.parametrize("words", [["--ranges"], ["--ranges", "--json"]])
def test_a_scenario_with_mistakes_has_no_ranges(words: list[str], here: Path, capsys: Captured) -> None:
    write(here / "strait", (GOOD, "effects: {wran: +2}"))
    assert main(["check", "strait", *words]) == 1
    said = capsys.readouterr().out
    assert "can give" not in said
    if "--json" in words:
        found = json.loads(said)
        assert (len(found["problems"]), found["ranges"]) == (1, None)


def test_a_scenario_of_a_later_format_gets_one_message(here: Path, capsys: Captured) -> None:
    """What this version does not know in it is no mistake of its author's."""
    write(here / "strait", ("format: 1", "format: 2\nweather: storm"))
    assert main(["check", "strait"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "this is written in format 2; this version of tabletop reads format 1" in said.err
    assert "install a newer tabletop" in said.err
    assert "weather" not in said.err


def test_a_scenario_that_is_nested_without_end_is_wrong_use(here: Path, capsys: Captured) -> None:
    (here / "deep.yaml").write_text("[" * 100_000)
    assert main(["check", "deep.yaml"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "this is nested too deep" in said.err
