"""Linking: what a scenario becomes, and what an author is told when a word leads nowhere."""

from pathlib import Path

import pytest

from tabletop.scenario.problems import ProblemsFound
from tabletop.scenario.scenario import Scenario
from tests.scenario.authoring import Edit, at, load, problems, write

ENTRY = "  - at: T+0\n    inject: radar-contact\n"
CONTINGENCY = "    contingency: true\n"


@pytest.fixture(scope="module")
def strait(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load(tmp_path_factory.mktemp("strait")).scenario


def test_a_linked_scenario_survives_json(strait: Scenario) -> None:
    copy = Scenario.model_validate_json(strait.model_dump_json())
    assert copy == strait
    assert copy.content_hash == strait.content_hash


def test_entries_have_ids_and_their_injects(strait: Scenario) -> None:
    assert [(entry.id, entry.at) for entry in strait.timeline[:3]] == [
        ("radar-contact", 0),
        ("debris-on-beach", 480),
        ("reporters-call", 1200),
    ]
    assert strait.entries["radar-contact"].decisions == ("tell-partner",)
    assert strait.entries["editorial"].inject.title == "Tomorrow's front page"


def test_all_is_written_out(strait: Scenario) -> None:
    assert strait.entries["editorial"].inject.to == ("norland", "sudland")
    assert strait.decisions["what-to-say"].team == ("norland", "sudland")


def test_a_sole_addressee_holds_the_card(strait: Scenario) -> None:
    assert strait.cards["contact"].holder == "norland"


def test_partners_leave_out_the_team_that_acts(strait: Scenario) -> None:
    [sharing] = strait.decisions["tell-partner"].options["tell-now"].shares
    assert sharing.with_ == ("sudland",)


def test_where_several_teams_decide_partners_are_all_of_them(strait: Scenario) -> None:
    assert strait.decisions["what-to-say"].options["joint"].consults == ("norland", "sudland")


def test_all_in_a_condition_leaves_out_who_shares(tmp_path: Path) -> None:
    edit = ("{not: {shared: contact}}", "{not: {any: [{shared: {card: contact, with: all}}]}}")
    written = load(tmp_path, edit).scenario.entries["debris-on-beach"].when
    assert written is not None
    assert written.model_dump(mode="json") == {
        "not": {"any": [{"shared": {"card": "contact", "by": None, "with": ["sudland"]}}]}
    }


def test_an_entry_narrows_and_rewords_its_inject(tmp_path: Path) -> None:
    edits = ("    inject: editorial\n", "    inject: editorial\n    to: sudland\n    title: Page one\n")
    inject = load(tmp_path, edits).scenario.entries["editorial"].inject
    assert (inject.to, inject.title) == (("sudland",), "Page one")
    assert inject.text.startswith("The editor compares")


def test_additions_of_inject_and_entry_are_joined(tmp_path: Path) -> None:
    own = (
        "from: Strait Daily\n    channel: press\n    to: all\n    text: The editor",
        "from: Strait Daily\n    channel: press\n    to: all\n"
        "    additions: [{to: norland, text: North only.}]\n    text: The editor",
    )
    entry = ("    inject: editorial\n", "    inject: editorial\n    additions: [{text: For both.}]\n")
    additions = load(tmp_path, own, entry).scenario.entries["editorial"].inject.additions
    assert [(one.to, one.text) for one in additions] == [
        (("norland",), "North only."),
        (("norland", "sudland"), "For both."),
    ]


def test_an_addition_for_teams_that_an_entry_leaves_out_is_dropped(tmp_path: Path) -> None:
    own = (
        "to: all\n    text: The editor",
        "to: all\n    additions: [{to: norland, text: North only.}]\n    text: The editor",
    )
    entry = ("    inject: editorial\n", "    inject: editorial\n    to: sudland\n")
    assert load(tmp_path, own, entry).scenario.entries["editorial"].inject.additions == ()


def test_a_scenario_stands_on_its_framework(tmp_path: Path) -> None:
    framework = (
        "format: 1\nid: base\ntitle: Base\n"
        "teams: {norland: {name: Hidden}, westland: {name: Westland}}\n"
        "objectives: {trust: {code: O9, title: Trust}}\n"
        "late: {objective: trust}\ncapital: {start: 3}\nlabels: {UFO: Not known}\n"
    )
    written = load(
        tmp_path, ("format: 1 ", "framework: base\nformat: 1 "), files={"frameworks/base.yaml": framework}
    ).scenario
    assert list(written.teams) == ["norland", "westland", "sudland"]
    assert written.teams["norland"].name == "Norland"
    assert list(written.objectives) == ["trust", "warn", "speak"]
    assert written.late is not None
    assert (written.late.objective, written.capital.start, written.labels) == ("trust", 3, {"UFO": "Not known"})


def test_the_backlash_goes_to_every_team(tmp_path: Path) -> None:
    linked = load(tmp_path, ("format: 1 ", "capital: {backlash: fishermen}\nformat: 1 ")).scenario.backlash
    assert linked is not None
    assert (linked.title, linked.to) == ("Fishermen stay in port", ("norland", "sudland"))


UNKNOWN_WORDS: list[tuple[str, str, str, str, str | None]] = [
    ("effects: {warn: +2}", "effects: {wran: +2}", "unknown objective 'wran'", "wran: +2", "'warn'"),
    ("effects: {warn: -2}", "effects: {speek: -2}", "unknown objective 'speek'", "speek: -2", "'speak'"),
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
    ("{shared: contact}", "{decided: [tell]}", "unknown decision 'tell'", "tell]", "known: tell-partner, what-to-say"),
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
    ("{shared: contact}", "{released: radar-contakt}", "unknown entry 'radar-contakt'", "radar", "'radar-contact'"),
    ("{shared: contact}", "{stated: {by: norland, label: UFO}}", "unknown label 'UFO'", "UFO}", "no label is defined"),
    ("{shared: contact}", "{consulted: {by: sudland, with: [x]}}", "unknown team 'x'", "x]", "known: norland, sudland"),
    ("team: norland ", "team: norlan ", "unknown team 'norlan'", "norlan", "'norland'"),
    ("on: what-to-say ", "on: what-to-sya ", "unknown decision 'what-to-sya'", "what-to-sya", "'what-to-say'"),
    ("decision: tell-partner ", "decision: tel-partner ", "unknown decision 'tel-partner'", "tel", "'tell-partner'"),
    ("inject: radar-contact", "inject: radar-contract", "unknown inject 'radar-contract'", "radar", "'radar-contact'"),
    ("    public: true           #", "    label: UFO\n        public: true  #", "unknown label 'UFO'", "UFO", "no label"),
    ("format: 1 ", "capital: {backlash: fisher}\nformat: 1 ", "unknown inject 'fisher'", "fisher}", "'fishermen'"),
    ("format: 1 ", "late: {objective: wran}\nformat: 1 ", "unknown objective 'wran'", "wran}", "'warn'"),
    (
        "format: 1 ",
        "capital: {gate-bonus: {objective: spek, score: 60}}\nformat: 1 ",
        "unknown objective 'spek'",
        "spek,",
        "'speak'",
    ),
    ("format: 1 ", "framework: trilatera\nformat: 1 ", "unknown framework 'trilatera'", "trilatera", "'trilateral'"),
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
    ("code: b\n        text: Wait", "code: A\n        text: Wait", "duplicate-option-code", "A"),
    ("name: Sudland", "name: Ｎorland", "duplicate-team-name", "Ｎorland"),
    ("      wait:\n", "      none:\n", "reserved-word", "none:"),
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
    ("shares: [contact]", "shares: [{card: contact, with: norland}]", "own-partner", "norland"),
    ("    decision: tell-partner     #", "    #", "never-asked", "tell-partner:"),
    ("    inject: editorial\n", "    inject: editorial\n    decision: what-to-say\n", "asked-twice", "what-to-say"),
    ("decision: tell-partner ", "decision: [tell-partner, tell-partner] ", "asked-twice", "tell-partner]"),
    ("No markings.", "This is NOT-a  drill!", "forbidden-phrase", ">-"),
    ("format: 1 ", "capital: {backlash: radar-contact}\nformat: 1 ", "backlash-card", "radar-contact"),
]


@pytest.mark.parametrize(("old", "new", "code", "pointed"), OTHER_MISTAKES)
def test_each_mistake_is_found_where_it_is(old: str, new: str, code: str, pointed: str, tmp_path: Path) -> None:
    found = [problem for problem in problems(tmp_path, (old, new)) if problem.code == code]
    assert found
    assert at(found[-1]).startswith(pointed)
    assert all(problem.severity == "error" for problem in found)


def test_entries_out_of_order_are_only_worth_a_look(tmp_path: Path) -> None:
    [warning] = load(tmp_path, ("- at: T+8", "- at: T+21")).warnings
    assert (warning.code, warning.severity) == ("out-of-order", "warning")
    assert at(warning).startswith("T+20")


def test_sharing_the_card_of_another_team_is_worth_a_look(tmp_path: Path) -> None:
    edit = ("    code: D1 ", "    when: {not: {shared: contact}}\n    code: D1 ")
    team = ("team: norland ", "team: sudland ")
    [warning] = load(tmp_path, edit, team).warnings
    assert (warning.code, warning.severity) == ("not-holder", "warning")


def test_branches_may_put_the_same_decision(tmp_path: Path) -> None:
    branches = (
        "  - at: T+20\n    inject: reporters-call\n    decision: what-to-say\n",
        "  - {at: T+20, inject: reporters-call, decision: what-to-say, when: {shared: contact}}\n"
        "  - {id: second-call, at: T+22, inject: reporters-call, decision: what-to-say,"
        " when: {not: {shared: contact}}}\n",
    )
    assert load(tmp_path, branches).warnings == ()


def test_branches_may_hand_out_the_same_card(tmp_path: Path) -> None:
    again: Edit = (
        ENTRY,
        "  - {id: early, at: T+0, inject: radar-contact, when: {not: {decided: what-to-say}}}\n"
        "  - at: T+0\n    when: {released: early}\n    inject: radar-contact\n",
    )
    assert problems(tmp_path, again) == ()


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
        ("inject: fishermen", "inject: storm"),
        ("length: 40 min", "length: 40 minutes"),
        ("effects: {warn: +2}", "effects: {wran: +2}"),
    ]
    found = problems(tmp_path, *edits, files=files)
    assert [(Path(problem.file).name, problem.code) for problem in found] == [
        ("base.yaml", "unknown-key"),
        ("more.yaml", "missing-key"),
        ("scenario.yaml", "bad-value"),
        ("scenario.yaml", "unknown-objective"),
    ]


def test_a_faulty_part_does_not_make_its_words_unknown(tmp_path: Path) -> None:
    """What could not be read may well define the word."""
    found = problems(tmp_path, ("title: The statement\n", ""), ("to: norland\n    text: Small", "to: norland\n    txt: Small"))
    assert {problem.code for problem in found} == {"missing-key", "unknown-key"}


def test_a_file_with_nothing_right_in_it(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text("- 1\n- 2\n", encoding="utf-8")
    assert problems_of(path)


def problems_of(path: Path) -> list[object]:
    from tabletop.scenario.linking import load_scenario

    with pytest.raises(ProblemsFound) as raised:
        load_scenario(path)
    return list(raised.value.problems)
