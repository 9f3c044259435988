"""What a planner pastes or types by habit is named where it stands, with the line to write."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tabletop.scenario.scenario import Scenario
from tests.scenario.authoring import Edit, at, load, problems

pytestmark = pytest.mark.newcomer

NAME = "    name: Norland"
UTC = '    utc: "+01:00"              # its local time; quotes keep it text'
TITLE = "    title: Contact over the strait"
NONE = "      bad: {speak: Silence leaves the word to the press}"


@pytest.mark.parametrize(
    ("old", "new", "code", "pointed", "hint"),
    [
        (NAME, "    name:Norland", "missing-space", ":Norland", "write: name: Norland"),
        ("  - at: T+20\n", "  - at:T+20\n", "missing-space", ":T+20", "write: - at: T+20"),
        (NONE, NONE.replace("speak: S", "speak:S"), "missing-space", "speak:S", f"write: {NONE.strip()}"),
        (
            "{speak: Two texts",
            "{speak:+2, a: Two texts",
            "missing-space",
            "speak:+2",
            "write: bad: {speak: +2,",
        ),
        ("length: 40 min", "length：40 min", "full-width-colon", "：40", "write: length: 40 min"),
        (NAME, "    name：東京", "full-width-colon", "：東京", "write: name: 東京"),
        (NAME, "    name： 東京", "full-width-colon", "： 東京", "write: name: 東京"),
        (
            "{code: O2, title: S",
            "{code: O2, title：S",
            "full-width-colon",
            "title：S",
            "{code: O2, title: Speak",
        ),
        ("{code: O2,", "{code：O2,", "full-width-colon", "code：O2", "write: speak: {code: O2, title"),
        (NAME, "    name:\u3000東京", "special-space", "\u3000東京", "write: name: 東京"),
        (NAME, "    name:\u00a0Norland", "special-space", "\u00a0Norland", "write: name: Norland"),
        (NAME, "\u00a0\u00a0\u00a0\u00a0name: Norland", "special-space", "\u00a0", "write: name: Norland"),
        (UTC, "\u3000\u3000" + UTC.strip(), "special-space", "\u3000", 'write: utc: "+01:00"'),
        (UTC, "  \u00a0 " + UTC.strip(), "special-space", "\u00a0", 'write: utc: "+01:00"'),
        ("  - at: T+8\n", "  – at: T+8\n", "list-dash", "– at", "write: - at: T+8"),
        ("  - at: T+0\n", "  — at: T+0\n", "list-dash", "— at", "write: - at: T+0"),
        ("      - Who knew", "      • Who knew", "list-dash", "• Who", "write: - Who knew what, and when?"),
        ('utc: "+01:00"', "utc: “+01:00”", "curly-quotes", "“+01", 'write: utc: "+01:00"'),
        ("at: T+8\n", "at: ‘T+8’\n", "curly-quotes", "‘T+8", 'write: - at: "T+8"'),
        (TITLE, "    title: “Contact: north”", "curly-quotes", "“Contact", 'write: title: "Contact: north"'),
        (TITLE, "    “title”: Contact", "curly-quotes", "“title”", "write: title: Contact"),
        (
            TITLE,
            '    title: "Contact',
            "unclosed-quote",
            '"Contact',
            'add the closing quote: title: "Contact"',
        ),
        (
            TITLE,
            "    title: 'Tis near",
            "unclosed-quote",
            "'Tis",
            'if it is an apostrophe, write: "\'Tis near"',
        ),
        (
            "title: The contact",
            'title: "The contact\n    question: "Do you tell?"\n    notes: x',
            "unclosed-quote",
            '"The contact',
            'add the closing quote: title: "The contact"',
        ),
        (
            "{code: O2, title: Speak with one voice}",
            "{code: O2, title: Speak, and listen}",
            "text-ended",
            "and listen",
            'text with a comma needs quotes here: title: "Speak, and listen"',
        ),
        (
            "The partner hears it while",
            "The partner hears it, while",
            "text-ended",
            "while it",
            'warn: "The partner hears it, while it still matters"',
        ),
        (
            "    text: Whose drone was it, did you",
            "    text: Whose drone\n      of #4 was it, did\n      you",
            "text-cut",
            "#4",
            "put the whole text in quotes",
        ),
        (
            "      wait:\n",
            "      wait:\n        cost: −1\n",
            "wrong-kind",
            "−1",
            "write it with the signs of the keyboard: -1",
        ),
        (
            "      wait:\n",
            "      wait:\n        cost: –1\n",
            "wrong-kind",
            "–1",
            "write it with the signs of the keyboard: -1",
        ),
        ("      wait:\n", "      wait:\n        cost: ＋１\n", "wrong-kind", "＋１", "keyboard: +1"),
        ("to: sudland", "to: Sudland", "wrong-form", "Sudland", "did you mean 'sudland'?"),
        ("[contact]", "[Radar Contact]", "wrong-form", "Radar", "did you mean 'radar-contact'?"),
    ],
)
def test_a_slip_is_named_where_it_stands(
    old: str, new: str, code: str, pointed: str, hint: str, tmp_path: Path
) -> None:
    found = problems(tmp_path, (old, new))
    assert {problem.code for problem in found} == {code}
    assert at(found[0]).startswith(pointed)
    assert hint in str(found[0].hint)


@pytest.mark.parametrize(
    ("edit", "read"),
    [
        (("code: D1 ", "code: 1 "), lambda scenario: scenario.decisions["tell-partner"].code == "1"),
        (("code: O2", "code: 2"), lambda scenario: scenario.objectives["speak"].code == "2"),
        (("shares: [contact]", "shares: contact"), lambda scenario: len(scenario.cards) == 1),
        (
            ("[warn]\n    card", "warn\n    card"),
            lambda scenario: scenario.entries["radar-contact"].inject.objectives == ("warn",),
        ),
        (
            ("[President, Ministry of Defence, Port Authority]", "President"),
            lambda scenario: scenario.teams["sudland"].offices == ("President",),
        ),
        (
            ("      wait:\n", "      wait:\n        tags: full\n"),
            lambda scenario: scenario.decisions["tell-partner"].options["wait"].tags == ("full",),
        ),
        (
            ("\n      - Who knew what,", " Who knew what,"),
            lambda scenario: scenario.phases[0].prompts == ("Who knew what, and when?",),
        ),
    ],
)
def test_what_is_clear_is_understood(edit: Edit, read: Callable[[Scenario], bool], tmp_path: Path) -> None:
    loaded = load(tmp_path, edit)
    assert loaded.warnings == ()
    assert read(loaded.scenario)


def test_a_list_with_other_dashes_is_not_taken_for_one_text_silently(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, ("      - Who knew", "      – Who knew"))
    assert (problem.code, problem.severity, problem.hint) == (
        "list-dash",
        "warning",
        "write: - Who knew what, and when?",
    )


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ((TITLE, "    title: Contact: north"), "colon-in-text"),
        ((TITLE, "    title: see\n      https://example.org\n     x: y"), "bad-indentation"),
        ((TITLE, "    titel: “north” and south"), "unknown-key"),
        ((TITLE, '    title: "two\n      lines"\n    txt: no'), "unknown-key"),
        ((TITLE, "    {title: Contact}"), "bad-indentation"),
    ],
)
def test_another_mistake_is_not_taken_for_a_slip(edit: Edit, code: str, tmp_path: Path) -> None:
    assert code in {problem.code for problem in problems(tmp_path, edit)}
