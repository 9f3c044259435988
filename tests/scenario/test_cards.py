"""Cards under ``cards``, their caveats, clean forms and standing rules, and what options do with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.check import check
from tests.scenario.authoring import Edit, at, load, problems

CARD = "title: Radar track\n    text: Where it went.\n    window: 5 min\n"


def with_card(*lines: str, deals: str = "echo", holder: str = "norland") -> tuple[Edit, Edit]:
    """Return the edits that write a card under ``cards`` and deal it at T+1."""
    body = "".join(f"    {line}\n" for line in (f"holder: {holder}", *lines))
    told = "title: An echo, from: Radar, channel: data, to: norland, text: See it."
    inject = f"  deal-it: {{{told}, card: {deals}}}\n"
    return (
        ("\ninjects:\n", f"\ncards:\n  echo:\n    {CARD}{body}injects:\n{inject}"),
        ("\ntimeline:\n", "\ntimeline:\n  - {at: T+1, inject: deal-it}\n"),
    )


def test_a_card_under_cards_is_the_card_of_the_inject_that_names_it(tmp_path: Path) -> None:
    loaded = load(tmp_path, *with_card("caveat: all", "clean: Something.", "passes: all"))
    card = loaded.scenario.cards["echo"]
    assert loaded.scenario.entries["deal-it"].inject.card == card
    assert (card.holder, card.caveat, card.clean_form) == ("norland", ("sudland",), "Something.")
    assert [(rule.to, rule.clean, rule.when) for rule in card.passes] == [(("sudland",), True, None)]


def test_the_older_word_for_the_clean_form_is_read(tmp_path: Path) -> None:
    assert (
        load(tmp_path, *with_card("sanitised: Something.")).scenario.cards["echo"].clean_form == "Something."
    )


@pytest.mark.parametrize(
    ("lines", "deals", "message", "pointed"),
    [
        ((), "ehco", "unknown card 'ehco'", "ehco"),
        (("caveat: sudlnad",), "echo", "unknown team 'sudlnad'", "sudlnad"),
        (("caveat: [norland]",), "echo", "its caveat cannot keep it from 'norland'", "norland"),
        (("passes: sudlnad",), "echo", "unknown team 'sudlnad'", "sudlnad"),
        (("passes: {to: norland}",), "echo", "it cannot pass on to 'norland'", "norland"),
        (("passes: {when: {chose: {tell-partner: [tell-nwo]}}}",), "echo", "unknown option", "tell-nwo"),
        (("passes: {wehn: {decided: tell-partner}}",), "echo", "'wehn' is not a key", "wehn"),
        (("passes: {clean: perhaps}",), "echo", "'clean' must be", "perhaps"),
        (("clean: A.", "sanitised: B."), "echo", "'clean' and 'sanitised' mean the same", ""),
        (("caveat: 3",), "echo", "'caveat' must be", "3"),
        (("id: echo",), "echo", "'id' is not a key", "id"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(
    lines: tuple[str, ...], deals: str, message: str, pointed: str, tmp_path: Path
) -> None:
    found = problems(tmp_path, *with_card(*lines, deals=deals))
    assert any(message in one.message and at(one).startswith(pointed) for one in found), found


def test_a_card_that_no_inject_deals_is_refused(tmp_path: Path) -> None:
    card, _ = with_card()
    [one] = [
        one
        for one in problems(tmp_path, (card[0], card[1].replace(", card: echo", "")))
        if one.code == "never-dealt"
    ]
    assert one.message == "no inject of the timeline deals card 'echo'"
    assert at(one).startswith("echo:")


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ("shares: [contact]\n        keeps: {contact: sudland}", "shares-and-keeps"),
        ("shares-raw: [{card: contact, with: sudland}]\n        keeps: {contact: all}", "shares-and-keeps"),
        ("keeps: {contract: sudland}", "unknown-card"),
        ("keeps: {contact: sudlnad}", "unknown-team"),
        ("keeps: {contact: norland}", "own-partner"),
        ("shares-raw: [contract]", "unknown-card"),
    ],
)
def test_what_an_option_does_with_cards_is_checked(option: str, code: str, tmp_path: Path) -> None:
    found = problems(tmp_path, ("shares: [contact]", option))
    assert code in {one.code for one in found}, found


@pytest.mark.parametrize(
    ("lines", "code", "message"),
    [
        (("clean: Where it  went.",), "same-clean-form", "says all that the card says"),
        (("clean: Radar track",), "same-clean-form", "says no more than its title"),
        (("caveat: sudland",), "no-clean-form", "partners read only its title"),
        (
            ("passes: {when: {released: reporters-call}}",),
            "passes-never",
            "waits for entry 'reporters-call', which comes only after the card",
        ),
        (
            ("passes: {when: {all: [{decided: tell-partner}, {not: {decided: tell-partner}}]}}",),
            "passes-never",
            "contradicts itself",
        ),
        (
            ("passes: {when: {shared: echo}}",),
            "passes-never",
            "waits for card 'echo', which comes only after the card",
        ),
    ],
)
def test_what_can_be_proved_of_a_card_is_said_before_play(
    lines: tuple[str, ...], code: str, message: str, tmp_path: Path
) -> None:
    found = [one for one in check(load(tmp_path, *with_card(*lines))) if one.code == code]
    assert [message in one.message for one in found] == [True], found


def test_a_rule_that_may_hold_is_not_complained_of(tmp_path: Path) -> None:
    lines = ("clean: Something.", "passes: [{when: {not: {shared: contact}}}, all]")
    assert not {one.code for one in check(load(tmp_path, *with_card(*lines)))} & {
        "passes-never",
        "same-clean-form",
    }
