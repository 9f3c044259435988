"""What planners write when they guess how the format works: each message says what to write."""

from pathlib import Path

import pytest

from tests.scenario.authoring import at, problems, sends

pytestmark = pytest.mark.newcomer

BRANCH = "    inject: debris-on-beach\n    when: {not: {shared: contact}}"
LATE = "        bad: {warn: The text is ready only when the news is an hour old}\n"
CASES: list[tuple[str, str, str, str, str, str]] = [
    (
        "an objective alone",
        LATE,
        "        bad: warn\n",
        "wrong-kind",
        "warn\n",
        "write bad: {warn: the reason, in at most 12 words}",
    ),
    (
        "objectives in a list",
        LATE,
        "        bad: [warn]\n",
        "wrong-kind",
        "[warn]",
        "write bad: {warn: the reason, in at most 12 words}",
    ),
    (
        "no capital",
        "format: 1 ",
        "capital: none\nformat: 1 ",
        "wrong-kind",
        "none",
        "leave it out; where options cost capital all the same, write score: {capital: false}",
    ),
    (
        "a word for a block",
        "format: 1 ",
        "report: short\nformat: 1 ",
        "wrong-kind",
        "short",
        "write its keys on lines of their own, indented, or between { and }",
    ),
    (
        "the team that decided",
        "{shared: contact}",
        "{decided: {decision: tell-partner, by: norland}}",
        "wrong-kind",
        "{decision",
        "write the word alone: tell-partner",
    ),
    (
        "an option in a block",
        "{shared: contact}",
        "{chose: {tell-partner: {option: wait}}}",
        "wrong-kind",
        "{option",
        "write the word alone: wait",
    ),
    (
        "no colon in braces",
        f"  - at: T+8\n{BRANCH}",
        "  - {at T+8, inject: debris-on-beach}",
        "missing-colon",
        "at T+8",
        "write at: T+8",
    ),
    (
        "an underscore",
        "hot-wash: 15 min",
        "hot_wash: 15 min",
        "unknown-key",
        "hot_wash",
        "did you mean 'hot-wash'?",
    ),
    (
        "an underscore further in",
        "    window: 8 min",
        "    write_in: false\n    window: 8 min",
        "unknown-key",
        "write_in",
        "did you mean 'write-in'?",
    ),
    (
        "a zone that does not exist",
        'utc: "+01:00"',
        "zone: Asia/Tokio",
        "unknown-zone",
        "Asia",
        "did you mean 'Asia/Tokyo'?",
    ),
    (
        "a # in braces",
        "{code: O2, title: Speak with one voice}",
        "{code: O2, title: Speak as #1 voice}",
        "text-cut",
        "#1 voice",
        'write: speak: {code: O2, title: "Speak as #1 voice"}',
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "code", "pointed", "hint"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_first_guess_is_answered_with_what_to_write(
    old: str, new: str, code: str, pointed: str, hint: str, tmp_path: Path
) -> None:
    (problem,) = problems(tmp_path, (old, new))
    assert (problem.code, problem.hint) == (code, hint)
    assert at(problem).startswith(pointed.rstrip("\n"))


def test_all_keys_of_a_part_are_listed_where_none_is_near(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, (BRANCH, f"    xyz: 1\n{BRANCH}"))
    assert problem.hint is not None
    assert "attachments" in problem.hint
    assert "more" not in problem.hint


@pytest.mark.parametrize("what", ["a folder named as a file", "a subfolder", "a link to itself"])
def test_what_is_passed_over_in_the_folder_of_injects_is_named(what: str, tmp_path: Path) -> None:
    injects = tmp_path / "injects"
    injects.mkdir()
    path = injects / "weather.yaml"
    match what:
        case "a link to itself":
            path.symlink_to("weather.yaml")
        case "a subfolder":
            path = injects / "more"
            path.mkdir()
            (path / "weather.yaml").write_text("storm: {}\n", encoding="utf-8")
        case _:
            path.mkdir()
    found = problems(tmp_path, sends("storm"))
    assert [problem.code for problem in found] == ["not-read", "unknown-inject"]
    assert found[0].file.endswith(path.name)
    assert [problem.code for problem in problems(tmp_path)] == ["not-read"]
