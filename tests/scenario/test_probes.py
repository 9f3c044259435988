"""Probes as authors write them, and what is said where they could not work."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.check import check
from tests.scenario.authoring import at, load, problems

HEAD = "decisions:\n"
GOOD = """probes:
  - id: who-knows
    at: PHASE
    asks: What did Norland tell Sudland?
    options:
      - {text: All of it, when: {shared: contact}}
      - {text: Nothing, when: {not: {shared: contact}}}
    told-by: [contact]
"""


def with_probe(*edits: tuple[str, str], phase: str = "end") -> tuple[str, str]:
    text = GOOD.replace("PHASE", phase)
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return HEAD, text + HEAD


def test_a_probe_is_linked(tmp_path: Path) -> None:
    [probe] = load(tmp_path, with_probe()).scenario.probes
    assert (probe.at, list(probe.answers), probe.told_by) == ("end", ["a", "b"], ("contact",))


@pytest.mark.parametrize(
    ("edit", "code", "message", "caret"),
    [
        (("at: end", "at: ends"), "unknown-gate", "no gate ends phase 'ends'", "ends"),
        (("[contact]", "[contakt]"), "unknown-teller", "there is no card or entry 'contakt'", "contakt"),
        (
            ("{shared: contact}}\n      - ", "{shared: kontact}}\n      - "),
            "unknown-card",
            "unknown card 'kontact'",
            "kontact",
        ),
        (
            ("{shared: contact}}\n      - ", "{held: contact}}\n      - "),
            "no-decider",
            "'held' speaks of the team that decides, and no team decides here",
            "held",
        ),
        (("      - {text: Nothing, when: {not: {shared: contact}}}\n", ""), "too-short", "2", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(
    edit: tuple[str, str], code: str, message: str, caret: str, tmp_path: Path
) -> None:
    [found] = problems(tmp_path, with_probe(edit))
    assert found.severity == "error"
    assert message in found.message
    assert at(found).startswith(caret)
    assert code in (found.code, "too-short")


def test_a_probe_without_a_truth_is_refused(tmp_path: Path) -> None:
    [found] = problems(
        tmp_path,
        with_probe((", when: {shared: contact}", ""), (", when: {not: {shared: contact}}", "")),
    )
    assert found.message == "no answer to probe 'who-knows' can be right: none has a 'when'"
    assert found.code == "no-truth"


def test_an_id_twice_is_refused(tmp_path: Path) -> None:
    twice = GOOD.replace("PHASE", "end") + GOOD.replace("PHASE", "end").removeprefix("probes:\n")
    [found] = problems(tmp_path, (HEAD, twice + HEAD))
    assert found.code == "duplicate-probe"


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            (", when: {shared: contact}", ""),
            "the answer 'All of it' to probe 'who-knows' is never right: it has no 'when'",
        ),
        (
            ("when: {shared: contact}", "when: {all: [{shared: contact}, {not: {shared: contact}}]}"),
            "the answer 'All of it' to probe 'who-knows' is never right: its condition contradicts itself "
            "about card 'contact'",
        ),
        (
            ("    told-by: [contact]\n", ""),
            "nothing says how a team can know the answer to probe 'who-knows': 'I do not know' then always "
            "counts as wrong",
        ),
    ],
)
def test_what_measures_nothing_is_warned_of(edit: tuple[str, str], message: str, tmp_path: Path) -> None:
    found = [one for one in check(load(tmp_path, with_probe(edit))) if "who-knows" in one.message]
    assert [(one.severity, one.message) for one in found] == [("warning", message)]


def test_a_scenario_without_probes_is_written_as_before(tmp_path: Path) -> None:
    assert "probes" not in load(tmp_path).scenario.model_dump()
