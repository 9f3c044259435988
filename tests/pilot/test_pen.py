"""Two people in one team: one holds the pen, the other proposes; and the pen changes hands in sight."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual.pilot import Pilot

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.protocol.roster import SeatInfo
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.station.app import StationApp
from tabletop.tui.station.forms.decide import DecideForm
from tabletop.tui.station.forms.pen import PenForm
from tabletop.tui.station.forms.self_ratings import SelfRatingsForm
from tabletop.tui.station.forms.speak import StateForm
from tabletop.tui.station.screen import StationScreen
from tests.link.served import Room
from tests.system.waiting import now
from tests.tui.station.playing import form_text, press, shown, write

SIZE = (80, 24)


class Capital(Room):
    """Tokyo's room: Tanaka holds the pen, Sato does not; a decision is put to them."""

    async def begin(self) -> None:
        for seat, name, office in (
            ("tokyo", "Tanaka", "Prime Minister"),
            ("tokyo-2", "Sato", "Crisis manager"),
        ):
            self.admission.known[seat] = SeatInfo(seat, "tokyo", name, office)
        await self.start()
        self.session.submit("facilitator", c.Startex())
        self.session.submit("facilitator", c.Release(inject="sighting"))
        self.tanaka, self.sato = await self.link("tokyo"), await self.link("tokyo-2")
        await self.until(lambda: all(one.connected for one in self.tanaka.team().members))

    def of(self, kind: type[e.Event]) -> list[e.Event]:
        return [record.event for record in self.session.records if isinstance(record.event, kind)]

    async def shows(self, pilot: Pilot[None], words: str) -> None:
        """Until these words stand on the screen, wherever lines are broken."""

        def there() -> bool:
            text = " ".join(shown(pilot.app).replace("│", " ").split())
            return words in text

        try:
            await self.until(there)
        except TimeoutError:
            raise AssertionError(f"no {words!r} in:\n{shown(pilot.app)}") from None
        await pilot.pause()


@pytest.fixture
async def capital() -> AsyncIterator[Capital]:
    capital = Capital()
    await capital.begin()
    yield capital
    await capital.stop()


def number(app: StationApp, option: str) -> str:
    """The key that chooses an option, in the order in which this exercise shows them."""
    screen = app.screen_stack[1]
    assert isinstance(screen, StationScreen)
    options = screen.model.decisions.questions["alert"].options
    return str(1 + [one.id for one in options].index(option))


async def test_a_seat_without_the_pen_sees_who_holds_it_and_proposes(capital: Capital) -> None:
    app = StationApp(capital.sato)
    async with app.run_test(size=SIZE) as pilot:
        await capital.shows(pilot, "✎ Tanaka has the pen")
        assert "[D] propose" in shown(app)
        await press(pilot, "d")
        await capital.shows(pilot, "Tanaka (Prime Minister) holds the pen: you propose, that seat decides.")
        await press(pilot, number(app, "okinawa"))
        await write(pilot, "The path is known")
        await press(pilot, "enter")
        await capital.shows(pilot, "✓ Proposed: D2: ")
        (proposed,) = capital.of(e.OptionProposed)
        assert isinstance(proposed, e.OptionProposed)
        assert (proposed.name, proposed.option) == ("Sato", "okinawa")
        assert not capital.of(e.DecisionRecorded)
        await press(pilot, "d")
        await capital.shows(pilot, "You propose this")
        await press(pilot, "w")
        await capital.shows(pilot, "Withdrawn: your proposal for D2")
        assert capital.of(e.ProposalWithdrawn)


async def test_the_holder_sees_who_proposes_what_and_takes_one_over_with_one_key(capital: Capital) -> None:
    app = StationApp(capital.tanaka)
    async with app.run_test(size=SIZE) as pilot:
        await capital.shows(pilot, "✎ you hold the pen")
        await capital.sato.submit(c.Propose(decision="alert", option="okinawa", rationale="Soon"))
        await capital.shows(pilot, "Sato proposes for D2: “Okinawa alone”")
        await press(pilot, "d")
        await capital.sato.submit(c.Propose(decision="alert", option="quiet", rationale="No track yet"))
        await capital.shows(pilot, "[A] Sato (Crisis manager) proposes this: “No track yet”")
        assert "Esc Back, keeps draft" in shown(app)
        assert "A… Take over a proposal" in shown(app), "every key stands on the last line"
        await press(pilot, "a")
        dialog = app.screen
        assert isinstance(dialog, DecideForm)
        assert dialog.picked("options") == ("quiet",)
        assert form_text(app) == "No track yet"
        assert not capital.of(e.DecisionRecorded)
        await press(pilot, "enter")
        await capital.shows(pilot, "✓ Recorded: D2")
        (decided,) = capital.of(e.DecisionRecorded)
        assert isinstance(decided, e.DecisionRecorded)
        assert (decided.option, decided.rationale) == ("quiet", "No track yet")


async def test_a_member_proposes_words_and_the_holder_takes_them_over(capital: Capital) -> None:
    member, holder = StationApp(capital.sato), StationApp(capital.tanaka)
    async with member.run_test(size=SIZE) as pilot:
        await capital.shows(pilot, "✎ Tanaka has the pen")
        await press(pilot, "d", "end", "enter")
        await capital.shows(pilot, "Your decision, in your own words · Enter proposes")
        await press(pilot, "enter")
        await capital.shows(pilot, "Write your decision in your own words.")
        await write(pilot, "The islands alone, by radio")
        await press(pilot, "enter")
        await capital.shows(pilot, "✓ Proposed: D2: ")
        await press(pilot, "d")
        assert form_text(member) == "The islands alone, by radio", "D changes it"
    async with holder.run_test(size=SIZE) as pilot:
        await capital.shows(pilot, "1 proposed")
        await press(pilot, "d")
        await capital.shows(pilot, "Sato (Crisis manager) proposes this: “The islands alone, by radio”")
        await press(pilot, "a")
        assert form_text(holder) == "The islands alone, by radio"
        await press(pilot, "enter")
        await capital.shows(pilot, "✓ Recorded: D2")
    (written,) = capital.of(e.AnswerWritten)
    assert isinstance(written, e.AnswerWritten)
    assert written.text == "The islands alone, by radio"


async def test_taking_a_proposal_over_loses_nothing_that_was_typed(capital: Capital) -> None:
    app = StationApp(capital.tanaka)
    async with app.run_test(size=SIZE) as pilot:
        await capital.sato.submit(c.Propose(decision="alert", option="quiet", rationale="No track yet"))
        await capital.shows(pilot, "1 proposed")
        await press(pilot, "d", number(app, "okinawa"))
        await write(pilot, "We wait.")
        await press(pilot, "shift+tab", "a")
        dialog = app.screen
        assert isinstance(dialog, DecideForm)
        assert form_text(app) == "We wait. No track yet"


async def test_who_has_no_pen_is_told_before_writing_a_statement(capital: Capital) -> None:
    app = StationApp(capital.sato)
    async with app.run_test(size=SIZE) as pilot:
        await capital.shows(pilot, "✎ Tanaka has the pen")
        await press(pilot, "p")
        assert not isinstance(app.screen, StateForm)
        await capital.shows(pilot, "Ask Tanaka to say it, or for the pen.")


async def test_the_pen_is_handed_over_once_it_was_confirmed(capital: Capital) -> None:
    app = StationApp(capital.tanaka)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "h")
        assert isinstance(app.screen, PenForm)
        await capital.shows(pilot, "Sato (Crisis manager)")
        await press(pilot, "1")
        assert isinstance(app.screen, Confirm)
        assert capital.admission.pen("tokyo") == "tokyo"
        await press(pilot, "escape", "1", "enter")
        await capital.shows(pilot, "✎ Sato has the pen")
        assert capital.sato.team().mine
        assert "[D] propose" in shown(app)


async def test_who_has_no_pen_sees_the_team_and_hands_nothing_over(capital: Capital) -> None:
    app = StationApp(capital.sato)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "h")
        await capital.shows(pilot, "✎ Tanaka (Prime Minister) · connected")
        assert "Hand it to" not in shown(app)


async def test_a_pen_that_comes_is_seen_at_once_and_no_proposal_becomes_a_decision_unasked(
    capital: Capital,
) -> None:
    app = StationApp(capital.sato)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "d", number(app, "okinawa"))
        await write(pilot, "Only a thought")
        assert await capital.tanaka.hand_pen("tokyo-2") is None
        await capital.shows(pilot, "You hold the pen now: what you send is recorded as the decision.")
        await press(pilot, "enter")
        assert isinstance(app.screen, Confirm)
        assert not capital.of(e.DecisionRecorded)
        await press(pilot, "escape")
        assert isinstance(app.screen, DecideForm)
        await press(pilot, "enter", "enter")
        await capital.shows(pilot, "✓ Recorded: D2")


async def test_f11_who_loses_the_pen_while_writing_proposes_instead_and_keeps_the_words(
    capital: Capital,
) -> None:
    app = StationApp(capital.tanaka)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "d", number(app, "okinawa"))
        await write(pilot, "Because")
        now(capital.admission.take_pen("tokyo", "tokyo-2"))
        await capital.shows(pilot, "Sato (Crisis manager) holds the pen: you propose")
        await press(pilot, "enter")
        await capital.shows(pilot, "✓ Proposed: D2: ")
        (proposed,) = capital.of(e.OptionProposed)
        assert isinstance(proposed, e.OptionProposed)
        assert (proposed.name, proposed.rationale) == ("Tanaka", "Because")


async def test_a_statement_half_written_when_the_pen_goes_is_not_sent_and_is_kept(capital: Capital) -> None:
    app = StationApp(capital.tanaka)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "p")
        assert isinstance(app.screen, StateForm)
        app.screen.query_one("#words").focus()
        await write(pilot, "We have seen it.")
        now(capital.admission.take_pen("tokyo", "tokyo-2"))
        await capital.shows(pilot, "Not you: Sato (Crisis manager) holds the pen")
        await press(pilot, "ctrl+s")
        await capital.shows(pilot, "Only the seat with the pen speaks in public")
        assert not capital.of(e.StatementMade)
        await press(pilot, "escape")
        await capital.shows(pilot, "Your draft is kept")


async def test_only_whoever_holds_the_pen_rates_the_team(capital: Capital) -> None:
    capital.session.submit("facilitator", c.Gate())
    capital.session.submit("facilitator", c.AskSelfRatings())
    app = StationApp(capital.sato)
    async with app.run_test(size=SIZE) as pilot:
        await capital.shows(pilot, "RATE YOUR TEAM Not you: Tanaka (Prime Minister) holds the pen")
        await press(pilot, "y")
        assert not isinstance(app.screen, SelfRatingsForm)
        now(capital.admission.take_pen("tokyo", "tokyo-2"))
        await capital.shows(pilot, "Y opens a form")
        await press(pilot, "y", "s")
        assert isinstance(app.screen, SelfRatingsForm)
        now(capital.admission.take_pen("tokyo", "tokyo"))
        await capital.shows(pilot, "only that seat rates your team")
        await press(pilot, "ctrl+s")
        assert not capital.of(e.TeamRatedItself)
        now(capital.admission.take_pen("tokyo", "tokyo-2"))
        await capital.shows(pilot, "performed without challenges")
        await press(pilot, "ctrl+s")
        await capital.shows(pilot, "Recorded: your ratings can be changed until play goes on.")
        assert len(capital.of(e.TeamRatedItself)) == 1


async def test_names_of_people_are_shown_as_typed_and_never_obeyed(capital: Capital) -> None:
    hostile = "[/b][@click=app.quit]x[/]\x1b[31m"
    capital.admission.known["tokyo-2"] = SeatInfo("tokyo-2", "tokyo", hostile, hostile)
    app = StationApp(capital.tanaka)
    async with app.run_test(size=SIZE) as pilot:
        again = await capital.link("tokyo-2")
        await again.submit(c.Propose(decision="alert", option="quiet", rationale=hostile))
        await capital.shows(pilot, "[/b][@click=app.quit]x[/]")
        await press(pilot, "d")
        await capital.shows(pilot, "[A] [/b][@click=app.quit]x[/]")
        await press(pilot, "escape", "h", "1")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "enter")
        await capital.shows(pilot, "[/b][@click=app.quit]x[/]␛[31m")
        await capital.shows(pilot, "decides and speaks")  # the news of it, or its answer: whichever is later
        assert "\x1b" not in shown(app)


@pytest.mark.parametrize("size", [SIZE, (120, 40)])
async def test_n8_who_is_there_takes_the_pen_of_who_is_away_with_one_key(
    capital: Capital, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    app = StationApp(capital.sato)
    async with app.run_test(size=size) as pilot:
        await capital.shows(pilot, "✎ Tanaka has the pen")
        await press(pilot, "h")
        assert isinstance(app.screen, PenForm)
        await press(pilot, "escape")
        monkeypatch.setattr("tabletop.host.pens.OFFERED_AFTER", 0.0)  # half a minute is long in a test
        capital.links.remove(capital.tanaka)
        await capital.tanaka.close()
        await capital.shows(pilot, "YOU CAN TAKE THE PEN")
        await capital.shows(pilot, "Tanaka holds the pen and is away. Press H to take it")
        capital.session.submit("facilitator", c.Pausex())
        await capital.shows(pilot, "PAUSEX")
        await capital.shows(pilot, "Tanaka holds the pen and is away. Press H to take it")
        await press(pilot, "h")
        await capital.shows(pilot, "You hold the pen now: you decide and speak for your team.")
        await capital.shows(pilot, "✎ you hold the pen")
        assert "Press H to take it" not in shown(app)
