"""Shorter forms of a scenario: what they make of it, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.check import check_with_cuts
from tabletop.exercise.compiling import compile_scenario
from tabletop.host.first_record import first_record
from tabletop.scenario.linking import Loaded, load_scenario
from tabletop.scenario.problems import Problem, ProblemsFound
from tabletop.store.codec import decode, encode
from tests.scenario.authoring import at, write

STARTER = """
    title: Starter
    length: 20 min
    capital: 4
    drops: [debris-on-beach, sighting, D1]
    deals: {all: [K1]}
    presets: {tell-partner: wait}
    times: {reporters-call: T+0, editorial: T+15}
    windows: {D2: 5 min}
    phases: {press: T+0}
"""


def written(folder: Path, cut: str) -> Path:
    path = write(folder)
    path.write_text(path.read_text(encoding="utf-8") + f"cuts:\n  20:{cut}", encoding="utf-8")
    return path


def loaded(folder: Path, cut: str = STARTER) -> Loaded:
    return load_scenario(written(folder, cut))


def found(folder: Path, cut: str) -> list[Problem]:
    try:
        return [problem for problem in loaded(folder, cut).warnings if problem.code.startswith("cut")]
    except ProblemsFound as refused:
        return [problem for problem in refused.problems if problem.severity == "error"]


def test_a_cut_is_a_scenario_of_its_own(tmp_path: Path) -> None:
    whole = loaded(tmp_path)
    cut = whole.cut("20").scenario
    assert (cut.id, cut.title, cut.cut, cut.length) == ("strait-20", "Strait: Starter", "20", 1200)
    assert [(entry.id, entry.at) for entry in cut.timeline] == [
        ("radar-contact", 0),
        ("reporters-call", 0),
        ("editorial", 900),
        ("fishermen", None),
    ]
    assert [phase.id for phase in cut.phases] == ["press"]
    assert (cut.decisions["what-to-say"].window, cut.capital.start) == (300, 4)
    assert cut.presets == {"tell-partner": {"norland": "wait"}}
    assert [deal.team for deal in cut.deals] == ["norland", "sudland"]
    assert cut.content_hash != whole.scenario.content_hash


def test_a_cut_leaves_the_whole_as_it_was(tmp_path: Path) -> None:
    without = load_scenario(write(tmp_path / "without")).scenario
    assert loaded(tmp_path / "with").scenario == without


def test_what_a_team_decided_before_play_is_in_its_briefing_alone(tmp_path: Path) -> None:
    teams = loaded(tmp_path).cut("20").scenario.teams
    assert "The contact: Wait until the Coast Guard has seen it" in (teams["norland"].briefing or "")
    assert teams["sudland"].briefing is None


def test_what_the_cut_drops_is_never_asked_about(tmp_path: Path) -> None:
    """`not: {shared: contact}` is true where the card is nowhere, so that the entry goes out for certain."""
    cut = "\n    length: 30 min\n    drops: [radar-contact]\n    presets: {tell-partner: wait}\n"
    scenario = loaded(tmp_path, cut).cut("20").scenario
    assert scenario.entries["debris-on-beach"].when is None
    assert set(scenario.cards) == set()


@pytest.mark.parametrize(
    ("cut", "message", "pointed"),
    [
        ("{length: 40 min, drops: [D9]}", "no decision, entry, phase or probe is called 'D9'", "D9"),
        ("{length: 40 min, deals: {norlnd: [K1]}}", "unknown team 'norlnd'", "norlnd"),
        ("{length: 40 min, deals: {all: [K9]}}", "unknown card 'K9'", "K9"),
        ("{length: 40 min, presets: {D9: a}}", "unknown decision 'D9'", "D9"),
        ("{length: 40 min, presets: {D1: c}}", "unknown option 'c'", "c"),
        ("{length: 40 min, presets: {D1: {sudland: a, norland: a}}}", "does not take decision", "sudland"),
        ("{length: 40 min, presets: {D2: {sudland: a}}}", "only some of its teams", "D2"),
        ("{length: 40 min, times: {sequel: T+3}}", "unknown entry 'sequel'", "sequel"),
        ("{length: 40 min, windows: {D3: 3 min}}", "unknown decision 'D3'", "D3"),
        ("{length: 40 min, phases: {pres: T+3}}", "unknown phase 'pres'", "pres"),
        (
            "{length: 25 min, times: {editorial: T+30}}",
            "goes out at T+30, after the end at T+25",
            "{editorial",
        ),
        ("{length: 20 min}", "phase 'press' begins at T+20, and what follows it at T+20", "20 min"),
        ("{length: 40 min, drops: [sighting]}", "no phase begins with the exercise", "40 min"),
        (
            "{length: 40 min, drops: [fishermen, editorial, reporters-call]}",
            "nothing goes out in phase",
            "40",
        ),
        ("{length: 40 min, drops: [D2]}", "entry 'editorial' follows decision 'what-to-say'", "D2"),
        ("{length: 40 min, drops: [D2], windows: {D2: 2 min}}", "nobody is asked it", "{D2"),
        (
            "{length: 40 min, drops: [editorial], times: {editorial: T+30}}",
            "is dropped and given",
            "editorial",
        ),
        (f"{{length: 40 min, title: {'x' * 299}}}", "its title and that of the scenario", "x"),
    ],
)
def test_what_is_wrong_with_a_cut_is_named_with_it(
    cut: str, message: str, pointed: str, tmp_path: Path
) -> None:
    problem = next(one for one in found(tmp_path, f" {cut}\n") if message in one.message)
    assert problem.message.startswith("cut '20': ")
    assert at(problem).startswith(pointed)
    assert problem.hint


@pytest.mark.parametrize("cut", ["{drops: [D1]}", "{length: soon}", "{lenght: 2 min}", "5", "[]"])
def test_a_cut_that_is_not_in_the_form_is_refused(cut: str, tmp_path: Path) -> None:
    assert found(tmp_path, f" {cut}\n")


def test_an_entry_whose_condition_cannot_hold_any_more_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, " {length: 40 min, drops: [D1]}\n")
    text = path.read_text(encoding="utf-8").replace(
        "{not: {shared: contact}}", "{chose: {tell-partner: wait}}"
    )
    path.write_text(text, encoding="utf-8")
    [problem] = [one for one in load_scenario(path).warnings if one.code == "cut-loses-entry"]
    assert "entry 'debris-on-beach' never goes out" in problem.message


def test_the_whole_and_each_cut_are_checked(tmp_path: Path) -> None:
    path = written(tmp_path, STARTER)
    text = path.read_text(encoding="utf-8")
    for mark in ("bad: {warn: The text is", "good: {warn: The neighbour's"):
        start = text.index(f"        {mark}")
        text = text[:start] + text[text.index("\n", start) + 1 :]
    path.write_text(text, encoding="utf-8")
    warnings = check_with_cuts(load_scenario(path)).problems
    assert [problem.message for problem in warnings if problem.message.startswith("cut")] == [
        "cut '20': no option and no rule moves objective 'warn' (Warn the partner in time)"
    ]


def test_a_cut_without_half_of_its_decisions_is_read_back_whole(tmp_path: Path) -> None:
    """What an `if` part, an addition and a requirement ask about the dropped decision is settled."""
    path = written(tmp_path, " {length: 40 min, drops: [D1]}\n")
    text = path.read_text(encoding="utf-8")
    joint = "        good: {speak: Both say the same words}\n"
    parts = """        if:
          - {when: {chose: {tell-partner: tell-now}}, good: {warn: It was told}}
          - {when: {not: {decided: tell-partner}}, good: {speak: Nobody had told}}
        requires: {not: {chose: {tell-partner: wait}}}
        locked: You waited.
"""
    path.write_text(text.replace(joint, joint + parts), encoding="utf-8")
    scenario = load_scenario(path).cut("20").scenario
    assert "tell-partner" not in scenario.decisions
    joined = scenario.decisions["what-to-say"].options["joint"]
    assert [list(part.good) for part in joined.if_] == [["speak"]]
    first = first_record(scenario, name="x", seed=1, wall="2026-06-03T05:30:00Z")
    assert decode(encode(first)) == first
    assert "tell-partner" not in scenario.model_dump_json()


def test_a_probe_asks_on_without_what_the_cut_drops(tmp_path: Path) -> None:
    path = written(
        tmp_path, " {length: 20 min, drops: [D1, press, editorial], times: {reporters-call: T+9}}\n"
    )
    probes = """
probes:
  - id: told
    at: sighting
    asks: Was Sudland told?
    told-by: [contact, editorial]
    options:
      - {text: "Yes", when: {chose: {tell-partner: tell-now}}}
      - {text: "No", when: {not: {decided: tell-partner}}}
  - {id: said, at: end, asks: Who?, options: [{text: Norland, when: {stated: {by: norland}}}, {text: Nobody}]}
"""
    path.write_text(path.read_text(encoding="utf-8") + probes, encoding="utf-8")
    scenario = load_scenario(path).cut("20").scenario
    told, _ = scenario.probes
    assert (told.at, told.told_by, len(told.options)) == ("end", ("contact",), 2)
    assert "tell-partner" not in told.model_dump_json()
    compile_scenario(scenario)


PROBE = """
probes:
  - id: told
    at: sighting
    asks: Was Sudland told?
    told-by: [contact]
    options:
      - {text: "Yes", when: {chose: {tell-partner: tell-now}}}
      - {text: "No", when: {not: {chose: {tell-partner: tell-now}}}}
"""


def test_a_code_drops_what_it_names_and_nothing_of_the_same_id(tmp_path: Path) -> None:
    """The decision D2 and the entry of the reporter's call have one id; their codes are their own."""
    path = written(tmp_path, " {length: 40 min, drops: [D2, editorial], times: {R1: T+25}}\n")
    text = path.read_text(encoding="utf-8").replace(
        "inject: reporters-call\n    decision: what-to-say",
        "inject: reporters-call\n    id: what-to-say\n    code: R1\n    decision: what-to-say",
    )
    path.write_text(text, encoding="utf-8")
    scenario = load_scenario(path).cut("20").scenario
    assert "what-to-say" not in scenario.decisions
    assert (scenario.entries["what-to-say"].at, scenario.entries["what-to-say"].decisions) == (25 * 60, ())


def test_a_cut_drops_the_probes_that_it_names(tmp_path: Path) -> None:
    path = written(tmp_path, " {length: 40 min, drops: [told]}\n")
    path.write_text(path.read_text(encoding="utf-8") + PROBE, encoding="utf-8")
    loaded = load_scenario(path)
    assert [probe.id for probe in loaded.scenario.probes] == ["told"]
    assert loaded.cut("20").scenario.probes == ()


def test_an_answer_that_a_preset_settles_stays_as_a_wrong_one(tmp_path: Path) -> None:
    path = written(tmp_path, " {length: 40 min, presets: {D1: wait}}\n")
    path.write_text(path.read_text(encoding="utf-8") + PROBE, encoding="utf-8")
    assert not [one for one in check_with_cuts(load_scenario(path)).problems if one.code == "never-right"]


def test_a_preset_that_a_condition_needs_is_there_from_the_start(tmp_path: Path) -> None:
    """What an entry waits for may be a decision that nobody is asked any more."""
    path = written(tmp_path, " {length: 40 min, presets: {D1: wait}}\n")
    text = path.read_text(encoding="utf-8").replace(
        "{not: {shared: contact}}", "{chose: {tell-partner: wait}}"
    )
    path.write_text(text, encoding="utf-8")
    assert not [one for one in check_with_cuts(load_scenario(path)).problems if one.code == "contradiction"]
