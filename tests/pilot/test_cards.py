"""The form for sharing says what a card's caveat and the team's own decisions stand against."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.exercise.events import CardShared
from tabletop.scenario.scenario import Scenario
from tests.builders import tiny_scenario
from tests.tui.station.playing import Play, StationApp, dialog, press, shown


def guarded() -> Scenario:
    """Return the tiny scenario with a caveat on the track, which one option keeps from Seoul."""
    plain = tiny_scenario().model_dump(mode="json", by_alias=True)
    plain["timeline"][1]["inject"]["card"] |= {"caveat": ["tokyo"]}
    plain["decisions"]["push-track"]["options"]["confirm-first"] |= {"keeps": {"track": ["seoul"]}}
    return tiny_scenario(timeline=plain["timeline"], decisions=plain["decisions"])


async def test_the_caveat_stands_in_the_form_before_the_card_is_shared() -> None:
    play = Play(guarded()).start().until(6)
    app = StationApp(play, "washington")
    async with app.run_test(size=(100, 50)) as pilot:
        await press(pilot, "n", "n", "s")
        assert "Caveat: Tokyo may get it in clean form only." in shown(app)
        assert "caveat: clean form only" in shown(app)
        await press(pilot, "1")
        assert "THE CAVEAT FORBIDS THIS for Tokyo: clean form only." in shown(app)


async def test_the_clean_form_is_the_default_towards_a_partner_that_the_caveat_names() -> None:
    play = Play(guarded()).start().until(6)
    app = StationApp(play, "washington")
    async with app.run_test(size=(100, 50)) as pilot:
        await press(pilot, "n", "n", "s")
        assert dialog(app).picked("form") == ("as-is",)
        await press(pilot, "1")
        assert dialog(app).picked("form") == ("sanitised",)
        await press(pilot, "1", "2")
        assert dialog(app).picked("form") == ("as-is",), "Seoul may have it as it is"
        await press(pilot, "1", "tab", "1", "shift+tab", "2")
        assert dialog(app).picked("form") == ("as-is",), "what people chose themselves stays"
        await press(pilot, "tab", "2", "ctrl+s")
        (shared,) = play.events("card-shared")
        assert isinstance(shared, CardShared)
        assert (shared.to, shared.sanitised) == (("tokyo",), True)


async def test_a_draft_in_which_nobody_chose_the_form_keeps_the_default() -> None:
    app = StationApp(Play(guarded()).start().until(6), "washington")
    async with app.run_test(size=(100, 50)) as pilot:
        await press(pilot, "n", "n", "s", "2", "escape", "s", "1")
        assert dialog(app).picked("partners") == ("tokyo", "seoul")
        assert dialog(app).picked("form") == ("sanitised",)


async def test_a_clean_form_that_nobody_wrote_is_not_shared_as_if_it_were_one() -> None:
    plain = tiny_scenario().model_dump(mode="json", by_alias=True)
    plain["timeline"][1]["inject"]["card"] |= {"clean": None, "sanitised": None}
    play = Play(tiny_scenario(timeline=plain["timeline"])).start().until(6)
    app = StationApp(play, "washington")
    async with app.run_test(size=(100, 50)) as pilot:
        await press(pilot, "n", "n", "s")
        assert "none is written: they read only “" in shown(app)
        await press(pilot, "1", "tab", "2", "ctrl+s")
        assert "This card has no clean form: choose “As it is”, number 1." in shown(app)
        assert not play.events("card-shared")
        await press(pilot, "1", "ctrl+s")
    (event,) = play.events("card-shared")
    assert isinstance(event, CardShared)
    assert not event.sanitised


async def test_what_a_decision_keeps_stands_beside_the_partner_and_is_refused() -> None:
    play = Play(guarded()).start().until(5)
    play.do("washington", c.Decide(decision="push-track", option="confirm-first", rationale="x"))
    play.until(6)
    app = StationApp(play, "washington")
    async with app.run_test(size=(110, 50)) as pilot:
        await press(pilot, "n", "n", "s")
        assert "keeps it from them until this phase ends" in shown(app)
        await press(pilot, "2", "ctrl+s")
        assert "keeps that card from Seoul until this phase ends" in shown(app)
    assert not play.events("card-shared")


async def test_sharing_against_a_caveat_is_asked_about() -> None:
    play = Play(guarded()).start().until(6)
    app = StationApp(play, "washington")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "n", "n", "s", "1", "tab", "1", "ctrl+s")
        assert "Share it against its caveat?" in shown(app)
        await press(pilot, "enter", "n")
        assert not play.events("card-shared"), "Enter is pressed by habit"
        await press(pilot, "ctrl+s", "y")
        (event,) = play.events("card-shared")
        assert isinstance(event, CardShared)
        assert not event.sanitised
        assert "for Tokyo, as it is." in shown(app)


async def test_the_receipt_says_that_what_came_in_clean_form_goes_on_in_it() -> None:
    play = Play(guarded()).start().until(6)
    play.do("washington", c.Share(card="track", with_=("tokyo",), sanitised=True, onward=True))
    app = StationApp(play, "tokyo")
    async with app.run_test(size=(100, 50)) as pilot:
        await press(pilot, "s", "2", "ctrl+s")
        assert "for Seoul, in clean form." in shown(app)


async def test_the_receipt_of_leave_alone_names_who_may_pass_the_card_on() -> None:
    play = Play(guarded()).start().until(6)
    play.do("washington", c.Share(card="track", with_=("seoul",)))
    app = StationApp(play, "washington")
    async with app.run_test(size=(100, 50)) as pilot:
        await press(pilot, "s", "2", "tab", "tab", "2", "ctrl+s")
        assert "Recorded: Seoul may pass on “" in shown(app)
    assert play.events("leave-granted")
