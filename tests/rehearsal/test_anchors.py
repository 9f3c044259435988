"""Anchors: made from a rehearsal, kept beside a scenario, carried in the log, shown with results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.errors import InputError
from tabletop.exercise.anchors import Anchors
from tabletop.host.first_record import first_record
from tabletop.rehearsal.anchors import anchors_file, anchors_of, hasty_anchors, read_anchors, write_anchors
from tabletop.rehearsal.game import Start
from tabletop.rehearsal.pool import rehearse
from tabletop.rehearsal.tasks import Plan, play
from tabletop.rules.anchors import result_of
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tabletop.store.codec import decode, encode
from tabletop.system.clock import TimeSource, VirtualTime
from tests.builders import tiny_scenario
from tests.rehearsal.test_rehearsal import first
from tests.scenario.authoring import write

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def anchors() -> Anchors:
    made = anchors_of(rehearse(first(), Plan(20, 1, climbs=2, steps=8), processes=1), first())
    assert made is not None
    return made


def test_silence_random_and_best_are_plays_of_the_scenario(anchors: Anchors) -> None:
    start = Start(first())
    assert anchors.silence == result_of(play(start, "silent", 1, 0).scorer.scores())
    assert anchors.random == result_of(play(start, "random", 1, anchors.median_play).scorer.scores())
    assert anchors.best.overall is not None
    assert anchors.best.overall >= (anchors.random.overall or 0)


def test_they_are_kept_and_read_back(anchors: Anchors, tmp_path: Path) -> None:
    write_anchors(tmp_path / "anchors.json", anchors)
    assert read_anchors(tmp_path / "anchors.json", tiny_scenario()) == anchors
    assert read_anchors(tmp_path / "none.json", tiny_scenario()) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scenario": "other"}, "of another scenario, other"),
        ({"scenario_hash": "0" * 64}, "of an earlier version of"),
        ({"plays": "many"}, "holds no anchors at ('plays',)"),
    ],
)
def test_those_that_do_not_fit_are_refused(
    anchors: Anchors, tmp_path: Path, change: dict[str, object], words: str
) -> None:
    file = tmp_path / "anchors.json"
    file.write_text(json.dumps({**anchors.model_dump(), **change}), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_anchors(file, tiny_scenario())
    assert words in refused.value.message


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[]", b"null"])
def test_a_file_that_holds_none_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "anchors.json").write_bytes(data)
    with pytest.raises(InputError, match="holds no anchors"):
        read_anchors(tmp_path / "anchors.json", tiny_scenario())


def test_hasty_anchors_take_a_bounded_time() -> None:
    seconds = iter(range(10_000))
    slow = TimeSource(monotonic=lambda: float(next(seconds)), wall=lambda: "")
    made = hasty_anchors(first(), slow)
    assert made is None or made.plays < 200
    quick = hasty_anchors(first(), VirtualTime().source())
    assert quick is not None
    assert quick.plays == 200


def test_the_log_carries_them_and_one_without_is_written_as_before(anchors: Anchors) -> None:
    record = first_record(tiny_scenario(), name="x", seed=0, wall="", anchors=anchors)
    assert decode(encode(record)) == record
    assert b"anchors" not in encode(first())
    assert b"players" not in encode(first())


def test_they_stand_beside_score_explanation_and_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "strait")
    (tmp_path / "moves.yaml").write_text("", encoding="utf-8")
    assert main(["rehearse", "strait", "--plays", "20", "--processes", "1", "--anchors"]) == 0
    assert (tmp_path / "strait" / "anchors.json").exists()
    assert main(["play", "strait", "--moves", "moves.yaml", "--log", "silent.db"]) == 0
    capsys.readouterr()
    for verb in ("score", "explain"):
        assert main([verb, "silent.db"]) == 0
        assert "best found" in capsys.readouterr().out
        assert main([verb, "silent.db", "--json"]) == 0
        table = json.loads(capsys.readouterr().out)["anchors"]
        assert [row["here"] for row in table["rows"]] == [row["silence"] for row in table["rows"]]
    assert main(["report", "silent.db"]) == 0
    for name in filter(None, capsys.readouterr().out.split("\n")):
        assert "silence" in Path(name).read_text(encoding="utf-8")


def test_stored_anchors_of_an_earlier_version_are_left_out_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "strait")
    (tmp_path / "moves.yaml").write_text("", encoding="utf-8")
    assert main(["rehearse", "strait", "--plays", "20", "--processes", "1", "--anchors"]) == 0
    write(tmp_path / "strait", ("name: Norland", "name: Northland"))
    assert main(["play", "strait", "--moves", "moves.yaml", "--log", "silent.db"]) == 0
    assert "an earlier version of strait" in capsys.readouterr().err
    assert main(["score", "silent.db", "--json"]) == 0
    assert "anchors" not in json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", ["sakishima-dawn"])
def test_the_anchors_of_a_bundled_scenario_are_not_stale(name: str) -> None:
    file = find_scenario(name)
    scenario = load_scenario(file).scenario
    stale = f"the anchors of {name} are stale: tabletop rehearse {name} --plays 1000 --anchors"
    try:
        kept = read_anchors(anchors_file(file), scenario)
    except InputError:
        pytest.fail(stale)
    if kept is None:
        pytest.skip(f"{name} has no anchors yet: tabletop rehearse {name} --plays 1000 --anchors")
    start = Start(first_record(scenario, name=name, seed=0, wall=""))
    assert kept.silence == result_of(play(start, "silent", kept.seed, 0).scorer.scores()), stale
    again = play(start, "random", kept.seed, kept.median_play)
    assert kept.random == result_of(again.scorer.scores()), stale
