"""Entries that follow another entry or a decision, after a while."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.authoring import at, load, problems

LATER = (
    "  - on: what-to-say            # as soon as both have decided,\n"
    "    latest: T+32               # and at this time if they have not\n"
)


def editorial(text: str) -> tuple[str, str]:
    return LATER, f"  - {text}\n"


@pytest.mark.parametrize(
    ("written", "on", "after", "delay"),
    [
        ("after: reporters-call\n    delay: 4 min", None, "reporters-call", 240),
        ("after: {inject: reporters-call}", None, "reporters-call", None),
        ("after: {decision: what-to-say}\n    delay: 90 s", "what-to-say", None, 90),
        ("on: what-to-say\n    delay: 1 min\n    latest: T+35", "what-to-say", None, 60),
    ],
)
def test_what_is_written_is_what_the_entry_follows(
    written: str, on: str | None, after: str | None, delay: int | None, tmp_path: Path
) -> None:
    entry = load(tmp_path, editorial(written)).scenario.entries["editorial"]
    assert (entry.on, entry.after, entry.delay) == (on, after, delay)


@pytest.mark.parametrize(
    ("written", "message", "pointed"),
    [
        ("after: reporters-cal", "unknown entry 'reporters-cal'", "reporters-cal"),
        ("after: {decision: what-to-sya}", "unknown decision 'what-to-sya'", "what-to-sya"),
        ("after: {decision: what-to-say, options: [jiont]}", "unknown option 'jiont'", "jiont"),
        (
            "after: {inject: editorial, decision: what-to-say}",
            "either the inject, the decision or",
            "{inject",
        ),
        ("after: {inject: fishermen, options: [own]}", "'options' belong to a decision", "{inject"),
        ("at: T+30\n    delay: 4 min", "'delay' belongs to 'after' or 'on'", "delay"),
        ("at: T+30\n    after: reporters-call", "'at' and 'after' both say when", "after"),
        ("after: editorial", "a circle", ""),
        ("after: {when: {released: editorial}}", "a circle", ""),
        ("after: {when: {stated: {by: norlnd}}}", "unknown team 'norlnd'", "norlnd"),
        ("after: {when: {shared: contact}, inject: fishermen}", "either the inject", "{when"),
        ("after: reporters-call\n    delay: soon", "", "soon"),
    ],
)
def test_what_is_wrong_in_it_is_named(written: str, message: str, pointed: str, tmp_path: Path) -> None:
    [found] = [one for one in problems(tmp_path, editorial(written)) if one.severity == "error"]
    assert message in found.message
    assert at(found).startswith(pointed)


def test_an_entry_can_follow_a_condition(tmp_path: Path) -> None:
    loaded = load(tmp_path, editorial("after: {when: {stated: {by: norland}}}\n    delay: 4 min"))
    entry = loaded.scenario.entries["editorial"]
    assert (entry.at, entry.once, entry.delay) == (None, None, 240)
    assert entry.since == entry.waits_for is not None
