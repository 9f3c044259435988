"""Letters, titles and the newer names of an option's keys; and the choices that fit together."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.check import check
from tests.scenario.authoring import at, load, problems

CODE = (
    "        letter: a              # on paper and on every screen\n"
    "        text: Send the track at once, marked unconfirmed\n"
)
NONE = "      bad: {speak: Silence leaves the word to the press}\n"


def first(keys: str) -> tuple[str, str]:
    """Return the edit that gives the first option other keys in place of its code."""
    return CODE, f"        {keys}\n        text: Send the track at once, marked unconfirmed\n"


def test_a_letter_is_what_an_option_is_called(tmp_path: Path) -> None:
    option = load(tmp_path, first("letter: z\n        title: At once")).scenario.decisions["tell-partner"]
    found = option.options["tell-now"]
    assert (found.code, found.title) == ("z", "At once")
    assert found.words == "z) At once: Send the track at once, marked unconfirmed"


def test_the_newer_names_mean_what_the_old_ones_meant(tmp_path: Path) -> None:
    new = load(tmp_path / "new", first("asks: all\n        says: {area: shore, advice: stay-away}"))
    old = load(tmp_path / "old", first("consults: all\n        advice: {area: shore, says: stay-away}"))
    assert new.scenario.decisions == old.scenario.decisions


@pytest.mark.parametrize(
    ("keys", "message", "pointed"),
    [
        ("letter: b", "option 'wait' has the letter 'b', which option 'tell-now' already uses", "b"),
        ("letter: a\n        code: a", "'code' is the old name of 'letter': write 'letter' alone", ""),
        ("asks: all\n        consults: all", "'consults' is the old name of 'asks'", ""),
        ("asks: sudlnd", "unknown team 'sudlnd'", "sudlnd"),
        ("asks: norland", "'norland' takes this decision and cannot consult with itself", "norland"),
        ("says: {area: shore, says: stay-away}", "'says'", ""),
        ("says: {by: nrland, area: shore, advice: stay-away}", "unknown team 'nrland'", "nrland"),
        ("letter: a b", "", "a b"),
        ("title: ''", "must not be empty", "''"),
        ("public: yes", "write 'true' without quotes, or the words that everybody hears", "yes"),
        ("public: 'false'", "write 'true' without quotes, or the words that everybody hears", "'false'"),
        ("public: ''", "must not be empty", "''"),
        ("public: 3", "'public' must be true or false, or the words that everybody hears", "3"),
        ("public: [We saw it.]", "'public' must be true or false, or the words that everybody hears", "[We"),
        ("public: This is not a drill.", "", "This"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(
    keys: str, message: str, pointed: str, tmp_path: Path
) -> None:
    found = [one for one in problems(tmp_path, first(keys)) if one.severity == "error"]
    assert message in found[0].message
    assert at(found[0]).startswith(pointed)


def test_what_everybody_hears_is_the_text_or_the_words_written_for_them(tmp_path: Path) -> None:
    def option(keys: str) -> tuple[str, str]:
        found = load(tmp_path / keys[:12], first(keys)).scenario.decisions["tell-partner"].options["tell-now"]
        return found.heard, found.announced

    assert option("public: false") == ("", "")
    assert option("public: true") == ("Send the track at once, marked unconfirmed", "")
    assert option("public: We saw it.") == ("We saw it.", "We saw it.")


def fits(sets: str) -> tuple[str, str]:
    return NONE, f"{NONE}    fits: {sets}\n"


def test_sets_by_team_and_for_all(tmp_path: Path) -> None:
    sets = "[{norland: joint, sudland: [own, joint]}, {all: own}, {norland: own, all: joint}]"
    decision = load(tmp_path, fits(sets)).scenario.decisions["what-to-say"]
    assert [dict(one) for one in decision.fits[:3]] == [
        {"norland": ("joint",), "sudland": ("own", "joint")},
        {"norland": ("own",), "sudland": ("own",)},
        {"norland": ("own",), "sudland": ("joint",)},
    ]
    assert decision.fit({"norland": "joint", "sudland": "own"})
    assert not decision.fit({"norland": "none", "sudland": "own"})
    assert not decision.fit({"norland": "joint", "sudland": None})


@pytest.mark.parametrize(
    ("sets", "message", "pointed"),
    [
        ("[{all: jont}]", "this decision has no option 'jont'", "jont"),
        ("[{nrland: joint}]", "unknown team 'nrland'", "nrland"),
        ("[{}]", "at least", "{}"),
        ("[[joint, own]]", "", "[joint"),
    ],
)
def test_a_set_that_cannot_be_is_refused_at_its_place(
    sets: str, message: str, pointed: str, tmp_path: Path
) -> None:
    found = [one for one in problems(tmp_path, fits(sets)) if one.severity == "error"]
    assert message in found[0].message
    assert at(found[0]).startswith(pointed)


def test_check_names_a_set_that_nobody_can_reach(tmp_path: Path) -> None:
    found = check(load(tmp_path, fits("[{all: joint}, {norland: own}]")))
    [one] = [problem for problem in found if problem.code == "fits-unreachable"]
    assert "set 2 of 'fits'" in one.message
    assert "it names no option for 'sudland'" in one.message
