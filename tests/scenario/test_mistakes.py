"""What an author is told when a word leads nowhere or two things do not fit together."""

from pathlib import Path

import pytest

from tabletop.scenario.conditions import CONDITION_KEYS
from tabletop.scenario.linking import load_scenario
from tabletop.scenario.problems import Problem, ProblemsFound
from tests.scenario.authoring import Edit, at, load, problems, sends, write

pytestmark = pytest.mark.newcomer

ENTRY = "  - at: T+0\n    inject: radar-contact\n"
CONTINGENCY = "    contingency: true\n"
GOOD = "good: {warn: The partner hears it while it still matters}"

UNKNOWN_WORDS: list[tuple[str, str, str, str, str]] = [
    (
        "    window: 8 min\n",
        "    window: 8 min\n    compatible: [[own, jiont]]\n",
        "unknown option 'jiont' of decision 'what-to-say'",
        "jiont]]",
        "'joint'",
    ),
    (
        "objectives: [speak]",
        "objectives: [speak]\n    advice: {by: nord, area: strait, says: stay}",
        "unknown team 'nord'",
        "nord,",
        "'norland'",
    ),
    (
        GOOD,
        GOOD.replace("warn", "wran"),
        "unknown objective 'wran'",
        "wran: The",
        "'warn'",
    ),
    (
        "bad: {warn: The promise",
        "bad: {speek: The promise",
        "unknown objective 'speek'",
        "speek: The promise",
        "'speak'",
    ),
    ("objectives: [speak]", "objectives: [speak, spaek]", "unknown objective 'spaek'", "spaek]", "'speak'"),
    ("shares: [contact]", "shares: [contract]", "unknown card 'contract'", "contract]", "'contact'"),
    (
        "shares: [contact]",
        "shares: [{card: contact, with: sudlan}]",
        "unknown team 'sudlan'",
        "sudlan}",
        "'sudland'",
    ),
    ("{shared: contact}", "{shared: contcat}", "unknown card 'contcat'", "contcat}", "'contact'"),
    ("{shared: contact}", "{shared: {card: contact, by: nord}}", "unknown team 'nord'", "nord}", "'norland'"),
    (
        "{shared: contact}",
        "{decided: [tell]}",
        "unknown decision 'tell'",
        "tell]",
        "known: tell-partner, what-to-say",
    ),
    (
        "{shared: contact}",
        "{chose: {tell-partners: wait}}",
        "unknown decision 'tell-partners'",
        "tell-partners: wait",
        "'tell-partner'",
    ),
    (
        "{shared: contact}",
        "{chose: {tell-partner: [none, wiat]}}",
        "unknown option 'wiat' of decision 'tell-partner'",
        "wiat]",
        "'wait'",
    ),
    (
        "{shared: contact}",
        "{released: radar-contakt}",
        "unknown entry 'radar-contakt'",
        "radar",
        "'radar-contact'",
    ),
    (
        "{shared: contact}",
        "{stated: {by: norland, label: UFO}}",
        "unknown label 'UFO'",
        "UFO}",
        "no label is defined",
    ),
    (
        "{shared: contact}",
        "{consulted: {by: sudland, with: [x]}}",
        "unknown team 'x'",
        "x]",
        "known: norland, sudland",
    ),
    ("team: norland\n", "team: norlan\n", "unknown team 'norlan'", "norlan", "'norland'"),
    (
        "on: what-to-say ",
        "on: what-to-sya ",
        "unknown decision 'what-to-sya'",
        "what-to-sya",
        "'what-to-say'",
    ),
    (
        "decision: tell-partner ",
        "decision: tel-partner ",
        "unknown decision 'tel-partner'",
        "tel",
        "'tell-partner'",
    ),
    (
        "inject: radar-contact",
        "inject: radar-contract",
        "unknown inject 'radar-contract'",
        "radar",
        "'radar-contact'",
    ),
    (
        "    public: true           #",
        "    label: UFO\n        public: true  #",
        "unknown label 'UFO'",
        "UFO",
        "no label",
    ),
    (
        "format: 1 ",
        "capital: {backlash: fisher}\nformat: 1 ",
        "unknown inject 'fisher'",
        "fisher}",
        "'fishermen'",
    ),
    ("format: 1 ", "late: {objective: wran}\nformat: 1 ", "unknown objective 'wran'", "wran}", "'warn'"),
    (
        "format: 1 ",
        "capital: {gate-bonus: {objective: spek, score: 60}}\nformat: 1 ",
        "unknown objective 'spek'",
        "spek,",
        "'speak'",
    ),
    (
        "format: 1 ",
        "framework: trilatera\nformat: 1 ",
        "unknown framework 'trilatera'",
        "trilatera",
        "'trilateral'",
    ),
]


@pytest.mark.parametrize(("old", "new", "message", "pointed", "hint"), UNKNOWN_WORDS)
def test_an_unknown_word_is_named_with_its_place(
    old: str, new: str, message: str, pointed: str, hint: str, tmp_path: Path
) -> None:
    found = [problem for problem in problems(tmp_path, (old, new)) if problem.message == message]
    assert len(found) == 1
    assert at(found[0]).startswith(pointed)
    assert found[0].hint is not None
    assert hint in found[0].hint


OTHER_MISTAKES: list[tuple[str, str, str, str]] = [
    (CONTINGENCY, "", "no-trigger", "inject: fishermen"),
    (CONTINGENCY, "    contingency: true\n    at: T+30\n", "two-triggers", "contingency: true"),
    ("  - on: what-to-say ", "  - at: T+30 ", "latest-alone", "latest: T+32"),
    ("latest: T+32", "latest: T+41", "after-endex", "T+41"),
    ("- at: T+20", "- at: T+40:01", "after-endex", "T+40:01"),
    ("from: T+20", "from: T+40", "after-endex", "T+40"),
    ("from: T+20", "from: T+0", "phase-order", "T+0"),
    ("from: T+0 ", "from: T+1 ", "first-phase", "T+1"),
    ("id: press", "id: sighting", "duplicate-phase", "sighting"),
    (
        "format: 1 ",
        "clock: {anchors: [{at: T+0, shows: 'D 06:00'}, {at: T+0, shows: 'D 07:00'}]}\nformat: 1 ",
        "anchor-order",
        "T+0, shows: 'D 07",
    ),
    ("    inject: editorial\n", "    inject: reporters-call\n", "duplicate-entry", "on: what-to-say"),
    ("code: D2", "code: d1", "duplicate-decision-code", "d1"),
    ("code: D2", "code: Tell-Partner", "duplicate-decision-code", "Tell"),
    ("code: O2", "code: o1", "duplicate-objective-code", "o1"),
    ("letter: b\n        text: Wait", "letter: A\n        text: Wait", "duplicate-option-code", "A"),
    ("name: Sudland", "name: Ｎorland", "duplicate-team-name", "Ｎorland"),
    ("      wait:\n", "      none:\n", "reserved-word", "none:"),
    ("  sudland:\n", "  wall: {name: Wall}\n  sudland:\n", "reserved-word", "wall:"),
    ("  sudland:\n", "  observer: {name: Watch}\n  sudland:\n", "reserved-word", "observer:"),
    ("inject: debris-on-beach", "inject: debris-on-beach\n    to: norland", "wider-audience", "norland"),
    (
        "inject: debris-on-beach",
        "inject: debris-on-beach\n    additions: [{to: norland, text: Hello.}]",
        "addition-unseen",
        "norland",
    ),
    ("id: contact\n", "id: contact\n      holder: sudland\n", "holder-unseen", "sudland"),
    ("channel: radar\n    to: norland", "channel: radar\n    to: all", "no-holder", "id: contact"),
    ("{shared: contact}", "{shared: {card: contact, by: all}}", "one-team", "all}"),
    (
        "{shared: contact}",
        "{chose: {decision: tell-partner, options: [wait], by: sudland}}",
        "not-asked",
        "sudland}",
    ),
    ("shares: [contact]", "shares: [{card: contact, with: norland}]", "own-partner", "norland"),
    ("    decision: tell-partner     #", "    #", "never-asked", "tell-partner:"),
    (
        "    inject: editorial\n",
        "    inject: editorial\n    decision: what-to-say\n",
        "asked-twice",
        "what-to-say",
    ),
    ("decision: tell-partner ", "decision: [tell-partner, tell-partner] ", "asked-twice", "tell-partner]"),
    ("No markings.", "This is NOT-a  drill!", "forbidden-phrase", ">-"),
    ("format: 1 ", "capital: {backlash: radar-contact}\nformat: 1 ", "backlash-card", "radar-contact"),
]


@pytest.mark.parametrize(("old", "new", "code", "pointed"), OTHER_MISTAKES)
def test_each_mistake_is_found_where_it_is(
    old: str, new: str, code: str, pointed: str, tmp_path: Path
) -> None:
    found = [problem for problem in problems(tmp_path, (old, new)) if problem.code == code]
    assert found
    assert at(found[-1]).startswith(pointed)
    assert all(problem.severity == "error" for problem in found)


NARROWED: Edit = ("    inject: debris-on-beach\n", "    inject: debris-on-beach\n    to: sudland\n")
OF_SUDLAND = "channel: police\n    to: sudland\n"


@pytest.mark.parametrize(
    ("written", "code", "pointed"),
    [
        ("    card: {id: wing, title: Wing, window: 5 min, holder: sudlan}\n", "holder-unseen", "sudlan}"),
        ("    additions: [{to: sudlan, text: Hello.}]\n", "addition-unseen", "sudlan,"),
        (
            "    additions: [{text: Hello., card: {id: wing, title: Wing, window: 5 min, holder: sudlan}}]\n",
            "holder-unseen",
            "sudlan}",
        ),
    ],
)
def test_s1_1_a_team_that_is_not_addressed_is_found_in_a_narrowed_inject_too(
    written: str, code: str, pointed: str, tmp_path: Path
) -> None:
    """Where an entry narrows its inject, teams that the scenario lacks may belong to other scenarios."""
    (problem,) = [
        one
        for one in problems(tmp_path, NARROWED, (OF_SUDLAND, OF_SUDLAND + written))
        if one.severity == "error"
    ]
    assert problem.code == code
    assert at(problem).startswith(pointed)


def test_an_addition_for_a_team_of_another_scenario_is_left_out(tmp_path: Path) -> None:
    elsewhere = (
        "channel: police\n    to: [sudland, westland]\n    additions: [{to: westland, text: Hello.}]\n"
    )
    entry = load(tmp_path, NARROWED, (OF_SUDLAND, elsewhere)).scenario.entries["debris-on-beach"]
    assert (entry.inject.to, entry.inject.additions) == (("sudland",), ())


def test_the_advice_of_the_backlash_is_a_teams(tmp_path: Path) -> None:
    advice = "channel: telephone\n    advice: {by: norlan, area: port, says: stay}\n"
    edits: list[Edit] = [
        ("format: 1 ", "capital: {backlash: fishermen}\nformat: 1 "),
        ("  - inject: fishermen          # for the facilitator to send by hand, if play runs dry\n", ""),
        (CONTINGENCY, ""),
        ("channel: telephone\n", advice),
    ]
    (problem,) = problems(tmp_path, *edits)
    assert (problem.message, at(problem)[:7]) == ("unknown team 'norlan'", "norlan,")


def test_options_that_fit_together_stand_in_a_list_of_their_own(tmp_path: Path) -> None:
    edit = ("    window: 8 min\n", "    window: 8 min\n    compatible: [joint, own]\n")
    warnings = load(tmp_path, edit).warnings
    assert [(one.code, at(one)[:3]) for one in warnings] == [("lone-option", "joi"), ("lone-option", "own")]


def test_entries_out_of_order_are_only_worth_a_look(tmp_path: Path) -> None:
    [warning] = load(tmp_path, ("- at: T+8", "- at: T+21")).warnings
    assert (warning.code, warning.severity) == ("out-of-order", "warning")
    assert at(warning).startswith("T+20")


def test_an_inject_that_nothing_sends_out_is_worth_a_look(tmp_path: Path) -> None:
    [warning] = load(tmp_path, ("  - inject: fishermen ", "  - id: again\n    inject: editorial ")).warnings
    assert (warning.code, warning.severity) == ("unused-inject", "warning")
    assert at(warning).startswith("fishermen:")


def test_sharing_the_card_of_another_team_is_worth_a_look(tmp_path: Path) -> None:
    edit = ("    code: D1 ", "    when: {not: {shared: contact}}\n    code: D1 ")
    team = ("team: norland\n", "team: sudland\n")
    [warning] = load(tmp_path, edit, team).warnings
    assert (warning.code, warning.severity) == ("not-holder", "warning")


def test_a_card_is_handed_out_once(tmp_path: Path) -> None:
    again: Edit = (ENTRY, "  - {id: early, at: T+0, inject: radar-contact}\n" + ENTRY)
    assert [problem.code for problem in problems(tmp_path, again)] == ["duplicate-card"]


def test_no_teams_at_all(tmp_path: Path) -> None:
    path = write(tmp_path)
    text = path.read_text(encoding="utf-8")
    start, end = text.index("teams:\n"), text.index("# What you want")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    assert "no-teams" in [problem.code for problem in problems_of(path)]


def test_the_mistakes_of_all_files_come_together(tmp_path: Path) -> None:
    files = {
        "frameworks/base.yaml": "format: 1\nid: base\ntitle: Base\nteams: {westland: {nam: Westland}}\n",
        "injects/more.yaml": "storm:\n  title: Storm\n  from: Harbour\n  channel: radio\n  to: [noland]\n",
        "injects/unused.yaml": "calm: {title: 3}\n",
    }
    edits = [
        ("format: 1 ", "framework: base\nformat: 1 "),
        sends("storm"),
        ("length: 40 min", "length: 40 minutes"),
        (GOOD, "effects: {wran: +2}"),
    ]
    found = problems(tmp_path, *edits, files=files)
    assert sorted({(Path(problem.file).name, problem.code) for problem in found}) == [
        ("base.yaml", "unknown-key"),
        ("more.yaml", "missing-key"),
        ("scenario.yaml", "bad-value"),
        ("scenario.yaml", "unknown-objective"),
        ("unused.yaml", "missing-key"),
        ("unused.yaml", "wrong-kind"),
    ]


@pytest.mark.parametrize(
    ("section", "written"),
    [
        ("injects", "injcts"),
        ("teams", "team"),
        ("objectives", "objctives"),
        ("decisions", "decision"),
        ("timeline", "time-line"),
        ("phases", "phase"),
    ],
)
def test_a_misspelt_section_is_the_only_mistake(section: str, written: str, tmp_path: Path) -> None:
    found = problems(tmp_path, (f"\n{section}:\n", f"\n{written}:\n"))
    assert [(problem.code, at(problem)) for problem in found] == [("unknown-key", f"{written}:")]
    assert found[0].hint == f"did you mean '{section}'?"


def test_a_faulty_part_does_not_make_its_words_unknown(tmp_path: Path) -> None:
    """What could not be read may well define the word."""
    found = problems(
        tmp_path,
        ("    title: The statement\n", ""),
        ("to: norland\n    text: Small", "to: norland\n    txt: Small"),
    )
    assert {problem.code for problem in found} == {"missing-key", "unknown-key"}


@pytest.mark.parametrize(
    ("written", "keys", "hint"),
    [
        (
            "{shared: contact, decided: tell-partner}",
            "'shared' and 'decided'",
            "join them: {all: [{shared: contact}, {decided: tell-partner}]}",
        ),
        (
            "{decided: tell-partner, not: {chose: {tell-partner: [wait, none]}}}",
            "'decided' and 'not'",
            "join them: {all: [{decided: tell-partner}, {not: {chose: {tell-partner: [wait, none]}}}]}",
        ),
        (
            "{shared: contact, by: norland}",
            "'shared' and 'by'",
            "write {shared: {card: contact, by: norland}}",
        ),
        (
            "{consulted: norland, with: sudland}",
            "'consulted' and 'with'",
            "write {consulted: {by: norland, with: sudland}}",
        ),
        (
            "{decided: tell-partner, by: norland}",
            "'decided' and 'by'",
            "join conditions with {all: [...]}; what belongs to one stands inside it",
        ),
    ],
)
def test_several_keys_in_one_condition_are_joined_in_the_hint(
    written: str, keys: str, hint: str, tmp_path: Path
) -> None:
    [problem] = problems(tmp_path, ("{shared: contact}", written))
    assert problem.message == f"a condition has one key; this one has {keys}"
    assert at(problem).startswith(written[:8])
    assert problem.hint == hint


def test_every_kind_of_condition_is_listed(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, ("{shared: contact}", "{xyzzy: contact}"))
    assert problem.hint == f"one of: {', '.join(CONDITION_KEYS)}"


def test_the_section_is_named_where_there_are_too_many_words_to_list(tmp_path: Path) -> None:
    many = "".join(
        f"  {letter * 20}{number}: {{name: T{letter}{number}}}\n" for letter in "ghk" for number in range(9)
    )
    [problem] = problems(tmp_path, ("  sudland:\n", f"{many}  sudland:\n"), ("to: sudland", "to: xyzzy"))
    assert problem.hint == (
        "none of the 29 known teams, defined under 'teams', here or in the framework, is similar"
    )


def test_a_file_with_nothing_right_in_it(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text("- 1\n- 2\n", encoding="utf-8")
    assert problems_of(path)


def problems_of(path: Path) -> list[Problem]:
    with pytest.raises(ProblemsFound) as raised:
        load_scenario(path)
    return list(raised.value.problems)


def test_the_form_of_a_value_is_explained_by_an_example(tmp_path: Path) -> None:
    edits = [
        ('utc: "+01:00"', 'utc: "1:00"'),
        ("code: D1 ", "code: D 1 "),
        ("format: 1 ", "clock: {anchors: {at: T+0, shows: '6 am'}}\nformat: 1 "),
    ]
    hints = [str(problem.hint) for problem in problems(tmp_path, *edits)]
    assert len(hints) == 3  # and not that a list with one faulty entry has no entry
    assert not any("^" in hint for hint in hints)


def test_thousands_of_mistakes_are_still_answered_soon(tmp_path: Path) -> None:
    entries = "".join(
        f"  - {{at: T+0, id: e-{number}, inject: nothing-{number}, decision: no-{number}}}\n"
        for number in range(3000)
    )
    found = problems(tmp_path, ("timeline:\n", f"timeline:\n{entries}"))
    assert len(found) == 6000
    assert [one.message for one in found[:2]] == ["unknown inject 'nothing-0'", "unknown decision 'no-0'"]


def rules(text: str) -> Edit:
    return "format: 1 ", f"rules:\n  - {{id: one, {text}}}\nformat: 1 "


@pytest.mark.parametrize(
    ("text", "message", "pointed"),
    [
        ("measure: same-label, same: {speek: 1}", "unknown objective 'speek'", "speek"),
        ("measure: joint-choice, decisions: [what]", "unknown decision 'what'", "what]"),
        ("measure: bonus, when: {decided: x}, points: {}", "unknown decision 'x'", "x}"),
        ("measure: bonus, when: {shared: contact}, points: {nord: {}}", "unknown team 'nord'", "nord"),
        (
            "measure: bonus, when: {shared: contact}, points: {norland: {spek: 1}}",
            "unknown objective 'spek'",
            "spek",
        ),
        ("measure: prompt-sharing, relay: {through: x, delay: 2 min}", "unknown team 'x'", "x,"),
        ("measure: third-party}\n  - {id: one, measure: third-party", "rule 'one' is defined twice", "one,"),
    ],
)
def test_the_words_of_rules_are_checked(text: str, message: str, pointed: str, tmp_path: Path) -> None:
    [problem] = problems(tmp_path, rules(text))
    assert problem.message == message
    assert at(problem).startswith(pointed)
