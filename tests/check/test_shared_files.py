"""A warning about a shared file stands at the line of the author's own file that brings the shared one in."""

from __future__ import annotations

from pathlib import Path

from tabletop.check import check
from tests.scenario.authoring import at, load, sends

FRAMEWORK = """\
format: 1
id: base
title: Base
objectives: {trust: {code: O9, title: Trust}}
rules: [{id: one, measure: same-label, same: {trust: 1}}]
"""

LIBRARY = """\
storm:
  title: Storm warning
  from: Weather service
  channel: radio
  to: norland
  text: Gale force winds.
  card: {id: gale, title: Gale, window: 5 min}
"""


def test_what_a_framework_offers_need_not_be_used(tmp_path: Path) -> None:
    loaded = load(
        tmp_path, ("format: 1 ", "framework: base\nformat: 1 "), files={"frameworks/base.yaml": FRAMEWORK}
    )
    assert check(loaded) == []


def test_a_framework_s_warning_stands_at_the_framework_line(tmp_path: Path) -> None:
    rule = "{id: one, measure: caveat-kept, tags: [caveet, caveat], broken: {trust: -1}}"
    framework = FRAMEWORK.replace("{id: one, measure: same-label, same: {trust: 1}}", rule)
    loaded = load(
        tmp_path,
        ("format: 1 ", "framework: base\nformat: 1 "),
        ("      title: Radar track of the contact\n", "      title: A track\n      tags: [caveat]\n"),
        files={"frameworks/base.yaml": framework},
    )
    [warning] = check(loaded)
    assert (warning.code, Path(warning.file).name, at(warning)) == ("unknown-tag", "scenario.yaml", "base")
    assert warning.message.endswith("(in framework 'base', line 5)")


def test_what_the_scenario_says_itself_is_shown_where_it_says_so(tmp_path: Path) -> None:
    own = "  trust: {code: O8, title: Own trust}\n  speak: {code: O2"
    edits = [("format: 1 ", "framework: base\nformat: 1 "), ("  speak: {code: O2", own)]
    loaded = load(tmp_path, *edits, files={"frameworks/base.yaml": FRAMEWORK})
    [warning] = [one for one in check(loaded) if one.code == "objective-unmoved"]
    assert at(warning).startswith("trust: {code: O8")
    assert "framework" not in warning.message


def test_a_library_inject_s_warning_stands_at_the_entry_that_uses_it(tmp_path: Path) -> None:
    loaded = load(tmp_path, sends("storm"), files={"injects/weather.yaml": LIBRARY})
    [warning] = check(loaded)
    assert (warning.code, Path(warning.file).name, at(warning)) == ("unused-card", "scenario.yaml", "storm")
    assert "injects/weather.yaml', line 7)" in warning.message
