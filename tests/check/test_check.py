"""Checks beyond loading: each has an example that it warns of, and the starting scenario passes them all."""

from pathlib import Path

import pytest

from tabletop.check import check
from tabletop.check.timeline import earliest
from tabletop.scenario.problems import Problem
from tests.scenario.authoring import Edit, at, load


def warnings(folder: Path, *edits: Edit) -> list[Problem]:
    return check(load(folder, *edits))


def test_the_starting_scenario_passes(tmp_path: Path) -> None:
    assert warnings(tmp_path) == []


BOTH = ("shares: [contact]      # taking this option shares the card", "")
UNREAD = ("    when: {not: {shared: contact}}   #", "    #")
NO_TEXT = (
    "      text: Track from the open sea to the southern shore, time and place of the last echo.\n",
    "",
)

NO_ANSWER = "    none:\n      bad: {speak: Silence leaves the word to the press}\n"

SPARE: list[Edit] = [
    ("    decision: what-to-say\n", "    decision: [what-to-say, spare]\n"),
    (
        "  what-to-say:\n",
        "  spare: {title: T, question: Q, team: all, window: 5 min, none: {},"
        " options: {yea: {text: Y}, nay: {text: N}}}\n  what-to-say:\n",
    ),
]
LATEST_AT_END = ("latest: T+32 ", "latest: T+39 ")
WAITING: list[Edit] = [
    ("    inject: editorial\n", "    inject: editorial\n    decision: spare\n"),
    *SPARE[1:],
    (
        "format: 1 ",
        "rules: [{id: b, measure: bonus, when: {decided: spare}, points: {norland: {warn: 1}}}]\nformat: 1 ",
    ),
]
LONE = (
    """      wait:
        letter: b
        text: Wait until the Coast Guard has seen it
        good: {speak: Both can call it by its name from the start}
        bad: {warn: The partner learns of it from the wreck}
""",
    "",
)


BEFORE = ("        good: {speak: Both can call it by its name from the start}\n", "")


def clock(*anchors: str) -> Edit:
    return "format: 1 ", f"clock: {{anchors: [{', '.join(anchors)}]}}\nformat: 1 "


EXAMPLES: list[tuple[str, str, list[Edit]]] = [
    ("unused-card", "id: contact", [BOTH, UNREAD, NO_TEXT]),
    (
        "no-none",
        "what-to-say:",
        [(NO_ANSWER, "")],
    ),
    (
        "decides-blind",
        "what-to-say",
        [
            (
                "channel: press\n    to: all\n    text: Whose",
                "channel: press\n    to: norland\n    text: Whose",
            )
        ],
    ),
    (
        "objective-unmoved",
        "trust:",
        [("  speak: {code: O2", "  trust: {code: O9, title: Trust}\n  speak: {code: O2")],
    ),
    (
        "objective-unmoved",
        "trust:",
        [
            ("  speak: {code: O2", "  trust: {code: O9, title: Trust}\n  speak: {code: O2"),
            (
                "        good: {warn: The partner hears",
                "        effects: {trust: 0}\n        good: {warn: The partner hears",
            ),
        ],
    ),
    (
        "at-endex",
        "T+40",
        [
            ("latest: T+32", "latest: T+33"),
            ("  - inject: fishermen ", "  - at: T+40\n    inject: fishermen "),
            ("    contingency: true\n", ""),
        ],
    ),
    (
        "never-due",
        "40 min",
        [
            (
                "  - inject: fishermen ",
                "  - after: debris-on-beach\n    delay: 40 min\n    inject: fishermen ",
            ),
            ("    contingency: true\n", ""),
        ],
    ),
    ("window-past-endex", "what-to-say", [("- at: T+20", "- at: T+34"), LATEST_AT_END]),
    (
        "window-past-gate",
        "tell-partner",
        [("    window: 5 min\n    options", "    window: 21 min\n    options")],
    ),
    (
        "window-past-gate",
        "spare",
        [*WAITING, ("on: what-to-say ", "on: tell-partner "), ("latest: T+32 ", "latest: T+18 ")],
    ),
    ("window-past-endex", "spare", [*WAITING, ("latest: T+32 ", "latest: T+36 ")]),
    (
        "window-past-endex",
        "spare",
        [
            *WAITING,
            ("    latest: T+32 ", "    #"),
            ("- at: T+20", "- at: T+36"),
            ("window: 8 min", "window: 3 min"),
        ],
    ),
    ("latest-too-early", "T+20", [("latest: T+32 ", "latest: T+20 ")]),
    ("clock-backwards", '"D 05:00"', [clock('{at: T+0, shows: "D 06:00"}', '{at: T+10, shows: "D 05:00"}')]),
    ("clock-backwards", '"D 06:08"', [clock('{at: T+0, shows: "D 06:00"}', '{at: T+10, shows: "D 06:08"}')]),
    ("one-option", "options:", [LONE]),
    ("decision-unread", "spare:", SPARE),
    ("no-reason", "effects", [(NO_ANSWER, "    none: {effects: {speak: -1}}\n")]),
    (
        "no-dilemma",
        "tell-now:",
        [("        bad: {speak: It is told before both know what to call it}\n", ""), BEFORE],
    ),
    (
        "no-dilemma",
        "joint:",
        [
            ("        bad: {warn: The text is ready only when the news is an hour old}\n", ""),
            ("        good: {warn: The neighbour's people hear it at once}\n", ""),
        ],
    ),
    ("never-true", "{decided", [("{not: {shared: contact}}", "{decided: what-to-say}")]),
    ("out-of-order", "T+8", [("- at: T+0\n", "- at: T+9\n")]),
]


@pytest.mark.parametrize(("code", "pointed", "edits"), EXAMPLES)
def test_each_warning_has_its_place(code: str, pointed: str, edits: list[Edit], tmp_path: Path) -> None:
    [warning] = warnings(tmp_path, *edits)
    assert (warning.code, warning.severity) == (code, "warning")
    assert at(warning).startswith(pointed)
    assert warning.hint


@pytest.mark.parametrize(("points", "found"), [(1, []), (0, ["rule-never-fires", "decision-unread"])])
def test_a_bonus_reads_a_decision_if_it_gives_points(points: int, found: list[str], tmp_path: Path) -> None:
    bonus = f"{{id: b, measure: bonus, when: {{decided: spare}}, points: {{norland: {{warn: {points}}}}}}}"
    rule = ("format: 1 ", f"rules: [{bonus}]\nformat: 1 ")
    assert {one.code for one in warnings(tmp_path, rule, *SPARE)} == set(found)


PROBE = (
    "probes: [{{id: p, at: end, asks: Q, options: [{{text: A, when: {when}}}, {{text: B}}], {told}}}]\n"
    "format: 1 "
)
BONUS = "rules: [{{id: b, measure: bonus, when: {when}, points: {{norland: {{warn: 1}}}}}}]\nformat: 1 "
HELD = "{held: {card: contact, by: sudland}}"
TAGS = "        bad: {warn: The partner learns of it from the wreck}\n"


@pytest.mark.parametrize(
    "edit",
    [
        ("format: 1 ", PROBE.format(when="{released: editorial}", told="told-by: [contact]")),
        ("format: 1 ", PROBE.format(when=HELD, told="told-by: [editorial]")),
        ("format: 1 ", BONUS.format(when=HELD)),
        (TAGS, f"{TAGS}        keeps: {{contact: sudland}}\n"),
        (TAGS, f"{TAGS}        requires: {HELD}\n"),
    ],
)
def test_a_card_that_anything_comes_back_to_is_no_left_over(edit: Edit, tmp_path: Path) -> None:
    assert "unused-card" not in {one.code for one in warnings(tmp_path, BOTH, UNREAD, NO_TEXT, edit)}


@pytest.mark.parametrize(
    "edit",
    [
        ("format: 1 ", PROBE.format(when="{decided: spare}", told="told-by: [editorial]")),
        (TAGS, f"{TAGS}        requires: {{decided: spare}}\n"),
        (TAGS, f"{TAGS}        requires: {{observed: spare}}\n"),
    ],
)
def test_a_decision_that_any_condition_names_is_read(edit: Edit, tmp_path: Path) -> None:
    assert "decision-unread" not in {one.code for one in warnings(tmp_path, *SPARE, edit)}


def test_a_card_that_teams_can_share_by_hand_is_no_left_over(tmp_path: Path) -> None:
    assert warnings(tmp_path, BOTH, UNREAD) == []


def test_an_entry_is_as_early_as_what_it_waits_for(tmp_path: Path) -> None:
    scenario = load(tmp_path, ("    latest: T+32 ", "    #")).scenario
    times = earliest(scenario)
    assert times["entry", "editorial"] == 20 * 60
    assert times["decision", "what-to-say"] == 20 * 60
    assert times["card", "contact"] == 0
    assert times["entry", "fishermen"] == 0


def test_a_decision_of_two_branches_comes_with_the_earlier(tmp_path: Path) -> None:
    second = (
        "  - {id: again, at: T+30, inject: reporters-call, decision: what-to-say,"
        " when: {not: {shared: contact}}}\n"
    )
    edits = [
        ("    decision: what-to-say\n", "    decision: what-to-say\n    when: {shared: contact}\n" + second),
    ]
    assert earliest(load(tmp_path, *edits).scenario)["decision", "what-to-say"] == 20 * 60


@pytest.mark.parametrize("shows", ["D 06:10", "D 06:11", "D+1 05:00"])
def test_a_clock_may_run_on_or_leap_forward(shows: str, tmp_path: Path) -> None:
    edit = clock('{at: T+0, shows: "D 06:00"}', f'{{at: T+10, shows: "{shows}"}}')
    assert warnings(tmp_path, edit) == []


def test_a_window_may_end_at_the_gate(tmp_path: Path) -> None:
    edit = ("    window: 5 min\n    options", "    window: 20 min\n    options")
    assert warnings(tmp_path, edit) == []


def test_a_cut_window_names_the_times(tmp_path: Path) -> None:
    edit = ("    window: 5 min\n    options", "    window: 25 min\n    options")
    [warning] = warnings(tmp_path, edit)
    assert warning.message == (
        "the window of decision 'tell-partner' is open until T+25, "
        "but it lapses at the gate to phase 'press' at T+20"
    )
