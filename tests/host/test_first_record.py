"""The first record of a log is read back before anything is written: no session is ever lost to it (S1-2)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tabletop.cli.main import main
from tabletop.errors import InputError
from tabletop.host.first_record import first_record
from tabletop.host.opening import begin
from tabletop.host.session import Session
from tabletop.scenario import linking
from tabletop.scenario.scenario import Scenario
from tabletop.store.codec import decode, encode
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime
from tests.builders import tiny_scenario


def broken(scenario: Scenario) -> Scenario:
    """Return the scenario with an option that consults nobody, which the model of a scenario refuses."""
    word, decision = next(iter(scenario.decisions.items()))
    name, option = next(iter(decision.options.items()))
    options = {**decision.options, name: option.model_copy(update={"consults": ()})}
    decisions = {**scenario.decisions, word: decision.model_copy(update={"options": options})}
    return scenario.model_copy(update={"decisions": decisions})


def test_what_is_written_is_what_comes_back() -> None:
    record = first_record(tiny_scenario(), name="Spring", seed=3, wall="2026-01-01T00:00:00Z")
    assert decode(encode(record)) == record


def test_s1_2_a_part_that_cannot_be_read_again_is_named() -> None:
    scenario = broken(tiny_scenario())
    word, decision = next(iter(scenario.decisions.items()))
    with pytest.raises(InputError) as caught:
        first_record(scenario, name="Spring", seed=3, wall="")
    place = f"scenario > decisions > {word} > options > {next(iter(decision.options))} > consults"
    assert f"At {place}: 'consults' needs at least 1 entry. Nothing was written." in caught.value.message


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"ground_rules": ["A team may refuse."]},
            "scenario > ground_rules: it comes back as something else",
        ),
        ({"length": 20.5}, "scenario > length: a length is written 90 s, 2 min or 1 h"),
        ({"hot_wash": 59.0}, "scenario > hot_wash"),
    ],
)
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
def test_a_part_that_comes_back_as_something_else_is_named(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as caught:
        first_record(tiny_scenario().model_copy(update=changes), name="Spring", seed=3, wall="")
    assert said in caught.value.message


def test_s1_2_a_session_in_memory_does_not_begin_either() -> None:
    log = MemoryLog()
    with pytest.raises(InputError, match="Nothing was written"):
        Session.begin(log, broken(tiny_scenario()), name="Spring", seed=3, time=VirtualTime().source())
    assert log.head[0] == 0


def test_s1_2_no_log_is_left_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "exercises" / "log.db"
    with pytest.raises(InputError, match="Nothing was written"):
        begin(broken(tiny_scenario()), path, name="Spring", seed=3)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("verb", ["play", "run", "host"])
def test_s1_2_each_verb_says_so_and_writes_nothing(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded = linking.load_scenario

    def load_broken(path: Path) -> linking.Loaded:
        found = loaded(path)
        return replace(found, scenario=broken(found.scenario))

    monkeypatch.setattr(linking, "load_scenario", load_broken)
    monkeypatch.setattr("tabletop.cli.run.need_terminal", lambda *_: None)
    moves = tmp_path / "moves.yaml"
    moves.write_text("[]", encoding="utf-8")
    log = tmp_path / "log.db"
    more = ["--moves", str(moves)] if verb == "play" else []
    assert main([verb, "sakishima-dawn", *more, "--log", str(log)]) == 2
    assert "The exercise cannot begin: its log could not be read back." in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["moves.yaml"]
