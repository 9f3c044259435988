"""Injects: when they are due, what releases them, and to whom."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.schedule import due_time, gate_due, is_due
from tabletop.exercise.state import InjectStatus
from tests.builders import tiny_scenario
from tests.exercise.scheduled import due_entries, next_entries
from tests.game import Game

FACILITATOR = "facilitator"


def released(game: Game) -> list[str]:
    return [record.event.entry for record in game.records if isinstance(record.event, e.InjectReleased)]


def test_without_automatic_release_nothing_goes_out_by_itself() -> None:
    game = Game()
    game.grant(FACILITATOR, c.Startex())
    game.pass_to(360)
    assert released(game) == []
    assert [entry.id for entry in due_entries(game.state, 360)] == ["notice", "detection", "sighting"]


def test_with_automatic_release_injects_go_out_in_order_when_due() -> None:
    game = Game().start().pass_to(6 * 60)
    assert released(game) == ["notice", "detection", "sighting"]
    assert all(game.state.inject(entry).timing == "on-time" for entry in released(game))


@pytest.mark.parametrize(
    ("at", "timing"), [(299, "early"), (300, "on-time"), (360, "on-time"), (361, "late")]
)
def test_a_release_is_early_on_time_or_late(at: int, timing: str) -> None:
    game = Game()
    game.grant(FACILITATOR, c.Startex())
    game.grant(FACILITATOR, c.Release(inject="detection"), at=at)
    assert game.state.inject("detection").timing == timing


def test_an_inject_goes_out_once() -> None:
    game = Game().start()
    assert game.refuse(FACILITATOR, c.Release(inject="notice")) == "released"
    assert game.refuse(FACILITATOR, c.Edit(inject="notice", text="other")) == "released"
    assert game.refuse(FACILITATOR, c.Release(inject="nothing")) == "unknown-inject"


def test_a_held_inject_waits_until_it_is_released_by_hand() -> None:
    game = Game().start()
    game.grant(FACILITATOR, c.Hold(inject="detection"))
    game.pass_to(400)
    assert "detection" not in released(game)
    game.grant(FACILITATOR, c.Release(inject="detection"))
    assert game.state.inject("detection").timing == "late"


def test_an_unheld_inject_goes_out_if_its_time_has_passed() -> None:
    game = Game().start()
    game.grant(FACILITATOR, c.Hold(inject="detection"))
    game.pass_to(400)
    game.grant(FACILITATOR, c.Unhold(inject="detection"))
    assert game.state.inject("detection").status is InjectStatus.RELEASED


def test_a_skipped_inject_can_still_be_sent() -> None:
    game = Game().start()
    game.grant(FACILITATOR, c.Skip(inject="detection"))
    game.pass_to(400)
    assert game.state.inject("detection").status is InjectStatus.SKIPPED
    game.grant(FACILITATOR, c.Release(inject="detection"))
    assert "detection" in released(game)


def test_an_entry_on_a_decision_is_due_when_it_is_taken() -> None:
    game = Game().start().pass_to(6 * 60)
    entry = game.state.script.scenario.entries["alert-sounds"]
    assert due_time(game.state, entry) == 12 * 60
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"), at=7 * 60)
    assert due_time(game.state, entry) == 7 * 60
    assert "alert-sounds" in released(game)


def test_a_branch_not_taken_is_passed_over_by_itself() -> None:
    game = Game().start()
    game.grant("tokyo", c.Decide(decision="alert", option="quiet"), at=7 * 60)
    known = game.state.inject("alert-sounds")
    assert (known.status, known.branch) == (InjectStatus.SKIPPED, True)


def test_a_condition_brings_its_inject_as_soon_as_it_is_true() -> None:
    game = Game().start()
    game.grant("washington", c.Decide(decision="push-track", option="confirm-first"), at=5 * 60 + 30)
    assert "complaint" in released(game)


def test_a_contingency_goes_out_by_hand_only() -> None:
    game = Game().start().pass_to(1200)
    assert "leak" not in released(game)
    game.grant(FACILITATOR, c.Release(inject="leak"))
    assert "leak" in released(game)


def test_nothing_behind_the_gate_is_due() -> None:
    game = Game().start().pass_to(12 * 60)
    assert gate_due(game.state, 12 * 60)
    assert game.state.inject("alert-sounds").status is InjectStatus.SCHEDULED
    game.grant(FACILITATOR, c.Gate())
    game.grant(FACILITATOR, c.BeginPhase())
    game.settle()
    assert game.state.inject("alert-sounds").branch


def test_an_addition_reaches_only_its_readers_and_only_if_its_condition_holds() -> None:
    game = Game().start()
    game.grant("washington", c.Decide(decision="push-track", option="both"), at=5 * 60 + 30)
    game.pass_to(360)
    sighting = next(r.event for r in game.records if getattr(r.event, "entry", "") == "sighting")
    assert isinstance(sighting, e.InjectReleased)
    assert [(p.to, p.text) for p in sighting.additions] == [(("seoul",), "The place fits the track.")]


def test_a_wider_audience_needs_a_second_word() -> None:
    game = Game().start()
    wider = {"inject": "detection", "to": ["washington", "seoul"]}
    assert game.refuse(FACILITATOR, c.Address.model_validate(wider)) == "confirm-needed"
    game.grant(FACILITATOR, c.Address.model_validate({**wider, "confirm": True}))
    game.grant(FACILITATOR, c.Release(inject="detection"), at=200)
    assert game.state.inject("detection").to == ("washington", "seoul")


def test_a_narrower_audience_needs_none_and_withholds_the_card() -> None:
    game = Game().start()
    game.grant(FACILITATOR, c.Release.model_validate({"inject": "sighting", "to": ["tokyo"]}))
    assert ("seoul", "flash") not in game.state.hands


def test_edited_words_are_the_words_that_go_out() -> None:
    game = Game().start()
    game.grant(FACILITATOR, c.Edit(inject="detection", text="Two signatures."))
    game.pass_to(300)
    words = {
        record.event.entry: record.event.text
        for record in game.records
        if isinstance(record.event, e.InjectReleased)
    }
    assert words["detection"] == "Two signatures."


def test_an_ad_hoc_inject_goes_out_as_typed() -> None:
    game = Game().start()
    hostile = "\x1b]52;c;aGk=\x07 [/nope] \u202e"
    command = {"do": "inject", "title": hostile, "from": "Press", "to": ["tokyo"], "text": hostile}
    game.grant(FACILITATOR, c.AdHoc.model_validate(command))
    last = game.records[-1].event
    assert isinstance(last, e.InjectReleased)
    assert (last.title, last.text, last.to) == (hostile, hostile, ("tokyo",))


def test_an_ad_hoc_inject_can_wait() -> None:
    game = Game().start()
    command = {
        "do": "inject",
        "title": "Later",
        "from": "Press",
        "to": "tokyo",
        "text": "x",
        "release": False,
    }
    game.grant(FACILITATOR, c.AdHoc.model_validate(command))
    added = game.records[-1].event
    assert isinstance(added, e.InjectAdded)
    entry = added.entry
    assert game.state.inject(entry).status is InjectStatus.SCHEDULED
    game.grant(FACILITATOR, c.Release(inject=entry))
    assert entry in released(game)


def test_a_team_reads_what_it_was_sent_once() -> None:
    game = Game().start().pass_to(300)
    game.grant("washington", c.Read(inject="detection"))
    assert game.refuse("washington", c.Read(inject="detection")) == "nothing-to-do"
    assert game.refuse("tokyo", c.Read(inject="detection")) == "unknown-inject"
    assert game.refuse("tokyo", c.Read(inject="no-such-inject")) == "unknown-inject"


def test_what_comes_next_stands_in_order_of_time() -> None:
    game = Game()
    game.grant(FACILITATOR, c.Startex())
    assert [entry.id for entry in next_entries(game.state, 0)] == [
        "notice",
        "detection",
        "sighting",
        "alert-sounds",
    ]


def test_options_stand_in_an_order_that_the_seed_gives() -> None:
    orders = set()
    for seed in range(20):
        game = Game(seed=seed).start().pass_to(360)
        orders.add(game.state.decisions["alert", "tokyo"].options)
    assert len(orders) > 1
    assert {frozenset(order) for order in orders} == {frozenset({"okinawa", "nationwide", "quiet"})}


def test_the_same_scenario_has_the_same_hash() -> None:
    assert tiny_scenario().content_hash == tiny_scenario().content_hash
    assert tiny_scenario().content_hash != tiny_scenario(title="Another").content_hash


@pytest.mark.parametrize("after", [{"after": "detection"}, {"on": "push-track"}])
def test_an_inject_follows_another_or_a_decision_after_a_while(after: dict[str, str]) -> None:
    timeline = tiny_scenario().model_dump(mode="json")["timeline"]
    sighting = next(entry for entry in timeline if entry["id"] == "sighting")
    sighting |= {"at": None, "delay": "4 min", **after}
    game = Game(tiny_scenario(timeline=timeline)).start()
    entry = game.state.script.scenario.entries["sighting"]
    assert due_time(game.state, entry) is None
    game.pass_to(300)
    game.grant("washington", c.Decide(decision="push-track", option="both"), at=350)
    expected = (300 if "after" in after else 350) + 240
    assert due_time(game.state, entry) == expected
    assert not is_due(game.state, entry, expected - 1)
    assert is_due(game.state, entry, expected)
