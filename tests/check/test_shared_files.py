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


def test_a_framework_s_warning_stands_at_the_framework_line(tmp_path: Path) -> None:
    loaded = load(
        tmp_path, ("format: 1 ", "framework: base\nformat: 1 "), files={"frameworks/base.yaml": FRAMEWORK}
    )
    found = {one.code: one for one in check(loaded)}
    assert set(found) == {"objective-unmoved", "rule-never-fires"}
    for warning in found.values():
        assert (Path(warning.file).name, at(warning), warning.severity) == (
            "scenario.yaml",
            "base",
            "warning",
        )
        assert warning.hint
    assert found["objective-unmoved"].message == (
        "no option and no rule moves objective 'trust' (Trust) (in framework 'base', line 4)"
    )
    assert found["rule-never-fires"].message.endswith("(in framework 'base', line 5)")


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
