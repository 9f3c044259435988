"""Text without quotes that YAML reads otherwise than it looks is shown as it was read."""

from pathlib import Path

import pytest

from tests.scenario.authoring import Edit, at, load, problems, sends

TITLE = "title: Contact over the strait"


def warned(folder: Path, *edits: Edit) -> list[tuple[str, str, str]]:
    return [(one.code, at(one), str(one.hint)) for one in problems(folder, *edits)]


@pytest.mark.parametrize(
    ("old", "new", "lost", "hint"),
    [
        (TITLE, "title: Contact #3 seen", "#3 seen", 'write title: "Contact #3 seen"'),
        (TITLE, 'title: Contact "Bear" #3', "#3", "write title: 'Contact \"Bear\" #3'"),
        (TITLE, "title: Contact   #3: seen", "#3: seen", 'write title: "Contact   #3: seen"'),
        (
            "      - Who knew what, and when?",
            "      - Who wrote #help first?",
            "#help first?",
            'write "Who wrote #help first?"',
        ),
        (
            "    expected: Sudland asks Norland what it knows.",
            "    expected: Sudland asks\n      Norland #1 what it knows.",
            "#1 what it knows.",
            "put the whole text in quotes, or write it below the key after a >",
        ),
        (
            "    expected: Sudland asks",
            "    notes: #todo\n    expected: Sudland asks",
            "#todo",
            'write notes: "#todo"',
        ),
        (
            "good: {warn: The partner hears it while it still matters}   # why,",
            "good:\n          warn: The partner of #4 hears it   # why,",
            "#4 hears it   # why, in at most 12 words",
            'write warn: "The partner of #4 hears it   # why, in at most 12 words"',
        ),
    ],
)
def test_text_cut_by_a_comment_is_shown(old: str, new: str, lost: str, hint: str, tmp_path: Path) -> None:
    assert warned(tmp_path, (old, new)) == [("text-cut", lost, hint)]


@pytest.mark.parametrize(
    "new",
    [
        "title: Contact # the third",
        "title: Contact ## the third",
        "title: Contact #",
        'title: "Contact #3 seen"',
        "title: 'Contact' #3",
        "title: Contact#3",
        "title: >-\n      Contact #3\n      seen",
        "#title: Old\n    title: Contact",
    ],
)
def test_a_comment_is_left_alone(new: str, tmp_path: Path) -> None:
    assert warned(tmp_path, (TITLE, new)) == []


@pytest.mark.parametrize(
    "edit",
    [
        ("channel: radar\n    to: norland", "channel: radar\n    to: norland #east"),
        ("- at: T+8", "- at: T+8 #x"),
    ],
)
def test_a_comment_beside_a_word_or_a_time_is_left_alone(edit: Edit, tmp_path: Path) -> None:
    assert warned(tmp_path, edit) == []


def test_text_is_cut_in_files_of_the_library_and_in_frameworks_too(tmp_path: Path) -> None:
    files = {
        "injects/storm.yaml": "storm:\n  title: Storm #2\n  from: a\n  channel: b\n  to: all\n  text: c\n",
        "frameworks/base.yaml": "format: 1\nid: base\ntitle: Base #1\nlabels:\n  DRONE: Type #3\n",
    }
    edits = [("format: 1 ", "framework: base\nformat: 1 "), sends("storm")]
    warnings = load(tmp_path, *edits, files=files).warnings
    assert [(Path(one.file).name, at(one)) for one in warnings] == [
        ("base.yaml", "#1"),
        ("base.yaml", "#3"),
        ("storm.yaml", "#2"),
    ]


def test_curly_quotes_around_a_text_are_shown_with_the_corrected_line(tmp_path: Path) -> None:
    hint = 'write title: "Contact"; to show them, put straight quotes around them'
    assert warned(tmp_path, (TITLE, "title: “Contact”")) == [("curly-quotes", "“Contact”", hint)]
    assert warned(tmp_path, (TITLE, 'title: "“Contact”"')) == []
    assert warned(tmp_path, (TITLE, "title: “Contact” over the strait")) == []
