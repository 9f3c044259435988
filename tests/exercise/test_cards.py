"""Cards with a caveat, cards that an option keeps or passes in one form, and cards that pass on by rule."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.commands import COMMAND
from tabletop.exercise.narration import narrate
from tabletop.exercise.view import view
from tests.builders import tiny_scenario
from tests.game import Game

RAW = "The sensor at the northern ridge saw it."
CLEAN = "Something was seen."


def command(**fields: Any) -> c.Command:
    return COMMAND.validate_python(fields)


def scenario(options: dict[str, Any] | None = None, **card: Any) -> Any:  # noqa: ANN401
    """Return the tiny scenario; `card` changes the track, which Washington is dealt at T+5."""
    plain = tiny_scenario().model_dump(mode="json", by_alias=True)
    track = plain["timeline"][1]["inject"]["card"]
    del track["sanitised"]
    track |= {"text": RAW, "clean": CLEAN, **card}
    for name, changes in (options or {}).items():
        plain["decisions"]["push-track"]["options"][name] |= changes
    return tiny_scenario(timeline=plain["timeline"], decisions=plain["decisions"])


def game(at: int = 300, options: dict[str, Any] | None = None, **card: Any) -> Game:
    return Game(scenario(options, **card)).start().pass_to(at)


def share(*partners: str, clean: bool = False) -> c.Command:
    return command(do="share", card="track", **{"with": list(partners)}, clean=clean)


def shared(played: Game) -> list[tuple[tuple[str, ...], str]]:
    """To whom the track went, and what they read."""
    return [
        (event.to, event.text) for event in played.events(e.CardShared) if isinstance(event, e.CardShared)
    ]


class TestCaveat:
    def test_it_forbids_nothing_and_travels_with_the_card(self) -> None:
        played = game(caveat=["tokyo"])
        played.grant("washington", share("tokyo", "seoul"))
        [event] = played.events(e.CardShared)
        assert isinstance(event, e.CardShared)
        assert (event.caveat, event.text) == (("tokyo",), RAW)

    def test_a_receiver_reads_from_which_others_to_keep_it(self) -> None:
        played = game(caveat=["tokyo", "seoul"])
        played.grant("washington", share("seoul"))
        [event] = played.events(e.CardShared)
        seen = view(event, "seoul")
        assert isinstance(seen, e.CardShared)
        assert seen.caveat == ("tokyo",)

    def test_who_got_the_clean_form_is_bound_by_nothing_and_learns_nothing(self) -> None:
        played = game(caveat=["tokyo", "seoul"])
        played.grant("washington", share("seoul", clean=True))
        [event] = played.events(e.CardShared)
        seen = view(event, "seoul")
        assert isinstance(seen, e.CardShared)
        assert (seen.caveat, seen.text) == ((), CLEAN)
        assert isinstance(event, e.CardShared)
        assert event.caveat == ("tokyo", "seoul")

    def test_who_passes_the_card_on_as_it_is_passes_the_caveat_on(self) -> None:
        played = game(caveat=["tokyo"])
        played.grant("washington", share("seoul"))
        played.grant("seoul", share("tokyo"))
        last = played.events(e.CardShared)[-1]
        assert isinstance(last, e.CardShared)
        assert last.caveat == ("tokyo",)

    def test_the_log_says_it(self) -> None:
        played = game(caveat=["tokyo"])
        played.grant("washington", share("tokyo"))
        names = {"team": {"tokyo": "Tokyo", "washington": "Washington"}}
        said = [narrate(record.event, names) for record in played.records]
        assert any("whose raw form is to be kept from Tokyo" in sentence for sentence in said)


class TestOptions:
    @pytest.mark.parametrize(
        ("option", "card", "text"),
        [
            ({"shares-raw": [], "shares": ["track"]}, {}, CLEAN),
            ({"shares-raw": ["track"]}, {}, RAW),
            ({"shares-raw": [], "shares": ["track"]}, {"clean": None}, RAW),
            ({"shares-raw": [], "shares": ["track"]}, {"clean": None, "caveat": ["tokyo"]}, "First track"),
            ({"shares-raw": [], "shares": [{"card": "track", "sanitised": False}]}, {}, RAW),
        ],
    )
    def test_shares_passes_the_clean_form_if_there_is_one_and_shares_raw_all_of_it(
        self, option: dict[str, Any], card: dict[str, Any], text: str
    ) -> None:
        both = [{"card": "track", "with": ["tokyo", "seoul"]}]
        written = {
            key: [{**both[0], **(one if isinstance(one, dict) else {})} for one in value]
            for key, value in option.items()
        }
        played = game(options={"both": written}, **card)
        played.grant("washington", command(do="decide", decision="push-track", option="both"))
        assert shared(played) == [(("tokyo", "seoul"), text)]

    def test_what_an_option_keeps_cannot_be_shared_by_hand_until_the_phase_ends(self) -> None:
        played = game(options={"confirm-first": {"keeps": {"track": ["tokyo"]}}})
        [decided] = played.grant(
            "washington", command(do="decide", decision="push-track", option="confirm-first")
        )
        assert isinstance(decided, e.DecisionRecorded)
        assert decided.keeps == (
            e.KeptCard(card="track", title="First track", to=("tokyo",), decision="push-track"),
        )
        assert played.refuse("washington", share("seoul", "tokyo")) == "kept"
        assert played.refuse("washington", share("tokyo", clean=True)) == "kept"
        played.grant("washington", share("seoul"))
        played.pass_to(600)
        played.grant("facilitator", c.Gate())
        played.grant("facilitator", c.BeginPhase())
        played.grant("washington", share("tokyo"))

    def test_what_has_gone_out_can_no_longer_be_kept(self) -> None:
        played = game(options={"confirm-first": {"keeps": {"track": ["tokyo"]}}})
        played.grant("washington", share("seoul"))
        played.settle()
        assert not played.state.decisions["push-track", "washington"].locked
        played.grant("washington", share("tokyo", clean=True))
        played.settle()
        keeping = command(do="decide", decision="push-track", option="confirm-first")
        refusal = played.do("washington", keeping)
        assert getattr(refusal, "message", "") == "D1: that option is locked: C1 has gone to Tokyo already"
        unlock = c.Unlock(decision="push-track", option="confirm-first", team="washington")
        played.grant("facilitator", unlock)
        played.grant("washington", keeping)

    def test_an_amended_decision_keeps_no_more(self) -> None:
        played = game(options={"confirm-first": {"keeps": {"track": ["tokyo"]}}})
        played.grant("washington", command(do="decide", decision="push-track", option="confirm-first"))
        played.grant("washington", command(do="decide", decision="push-track", option="both"))
        assert shared(played) == [(("tokyo", "seoul"), RAW)]

    def test_the_refusal_names_the_decision_and_the_team(self) -> None:
        played = game(options={"confirm-first": {"keeps": {"track": ["tokyo"]}}})
        played.grant("washington", command(do="decide", decision="push-track", option="confirm-first"))
        refusal = played.do("washington", share("tokyo"))
        assert (
            getattr(refusal, "message", "")
            == "your decision D1 keeps that card from Tokyo until this phase ends"
        )


class TestPasses:
    def test_a_card_passes_on_when_it_is_dealt(self) -> None:
        played = game(passes=[{"to": ["tokyo", "seoul"], "name": "The data rule"}])
        [event] = played.events(e.CardShared)
        assert isinstance(event, e.CardShared)
        assert (event.by, event.to, event.text, event.sanitised) == (
            "washington",
            ("tokyo", "seoul"),
            CLEAN,
            True,
        )
        assert event.standing == e.StandingRule(name="The data rule")
        assert played.state.given["washington", "tokyo", "track"] == 300

    @pytest.mark.parametrize("released", [True, False])
    def test_only_if_its_condition_holds_then(self, released: bool) -> None:
        entry = "notice" if released else "leak"
        played = game(passes=[{"to": ["tokyo"], "when": {"released": [entry]}, "clean": False}])
        assert shared(played) == ([(("tokyo",), RAW)] if released else [])

    def test_a_team_gets_it_by_the_first_rule_that_holds(self) -> None:
        rules = [{"to": ["tokyo"], "clean": False}, {"to": ["tokyo", "seoul"]}]
        assert shared(game(passes=rules)) == [(("tokyo",), RAW), (("seoul",), CLEAN)]

    def test_only_control_reads_the_condition(self) -> None:
        played = game(passes=[{"to": ["tokyo"], "when": {"released": ["notice"]}, "name": "The rule"}])
        [event] = played.events(e.CardShared)
        assert isinstance(event, e.CardShared)
        assert event.standing == e.StandingRule(name="The rule", when="K1 out")
        for seat in ("washington", "tokyo"):
            seen = view(event, seat)
            assert isinstance(seen, e.CardShared)
            assert seen.standing == e.StandingRule(name="The rule")
        assert view(event, "seoul") is None

    def test_what_a_decision_keeps_does_not_pass(self) -> None:
        options = {"quiet": {"keeps": {"flash": ["tokyo"]}}}
        plain = scenario().model_dump(mode="json", by_alias=True)
        plain["decisions"]["push-track"]["team"] = ["seoul"]
        plain["decisions"]["push-track"]["options"] = {"quiet": {"text": "Quiet", **options["quiet"]}}
        flash = plain["timeline"][2]["inject"]["card"]
        flash |= {"passes": [{"to": ["tokyo", "washington"]}]}
        played = Game(tiny_scenario(timeline=plain["timeline"], decisions=plain["decisions"])).start()
        played.pass_to(300).grant("seoul", command(do="decide", decision="push-track", option="quiet"))
        played.pass_to(360)
        [received] = [
            event for event in played.events(e.CardReceived) if getattr(event, "card", "") == "flash"
        ]
        assert isinstance(received, e.CardReceived)
        assert [kept.to for kept in received.keeps] == [("tokyo",)]
        assert [to for to, _ in shared(played)] == [("washington",)]

    def test_the_log_says_by_which_rule(self) -> None:
        played = game(passes=[{"to": ["tokyo"], "when": {"released": ["notice"]}}])
        said = [narrate(record.event, {}) for record in played.records]
        assert any("in clean form, by standing rule (when K1 out)" in one for one in said)
