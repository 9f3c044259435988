"""The rows of the lists and the pages they open."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.tui.station.lists import card_rows, inbox_rows, talk_rows, todo_rows
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.page import StationPage, reading
from tabletop.tui.station.state.arrivals import BRIEFING_KEY, inject_key
from tabletop.tui.station.station_model import StationModel
from tests.tui.station.sights import Watching, asked, card, consult, inject, recorded, shared


def page(model: StationModel, key: str) -> StationPage:
    """The page of a key that must open one."""
    found = reading(model, key)
    assert found is not None
    return found


def text_of(found: StationPage) -> str:
    """Everything a page says."""
    parts = [part for paragraph in found.paragraphs for part in paragraph]
    return "".join(text for text, _ in [*parts, *found.hints])


def busy() -> Watching:
    """A station at which everything has happened once."""
    watching = Watching()
    watching.see(e.ExerciseStarted(phase="launch"))
    watching.see(inject(), at=60)
    watching.see(card(), at=60)
    watching.see(asked(due=240), at=60)
    watching.see(consult("seoul", ("tokyo",), "c1", "Will you warn?"), at=70)
    watching.see(consult("tokyo", ("seoul", "washington"), "c2", "What do you see?"), at=80)
    watching.see(e.ConsultAnswered(consult="c2", by="seoul", to="tokyo", text="Nothing yet"), at=90)
    watching.see(e.StatementMade(by="seoul", text="We regret it", label="missile"), at=100)
    watching.see(e.MessageSent(by="control", to=("tokyo",), text="Two minutes left"), at=110)
    watching.see(e.MessageSent(by="tokyo", to=("seoul",), text="Call us"), at=115)
    watching.see(shared("washington", ("tokyo",), name="track"), at=120)
    watching.see(e.LeaveGranted(by="washington", to=("tokyo",), card="track", title="Flash"), at=130)
    return watching


def test_the_inbox_is_one_list_newest_first() -> None:
    """Whatever came, and the briefing at its end."""
    model = busy().model
    rows = inbox_rows(model, StationMemory(), tall=False)
    assert [row.text for row in rows] == [
        "● May pass on: Flash",
        "● Washington shares: Flash",
        "● Control: Two minutes left",
        "● Seoul in public: We regret it",
        "● Seoul answers: Nothing yet",
        "● Seoul asks: Will you warn?",
        "● A flash",
        "  Situation and ground rules",
    ]
    assert rows[-1].key == BRIEFING_KEY


def test_with_room_each_has_a_second_line() -> None:
    """Time and sender, or time and first words."""
    rows = inbox_rows(busy().model, StationMemory(), tall=True)
    assert rows[1].text == "● Washington shares a card\n  T+2 · Flash"
    assert rows[6].text == "● A flash\n  T+1 · Coast guard"


def test_every_row_opens_a_page() -> None:
    """No list leads nowhere."""
    model = busy().model
    rows = [
        *inbox_rows(model, StationMemory(), tall=True),
        *todo_rows(model, 0),
        *card_rows(model),
        *talk_rows(model),
    ]
    assert len(rows) > 12
    for row in rows:
        assert page(model, row.key).title


def test_unread_shows_in_a_glyph_and_a_tone() -> None:
    """Not in colour alone."""
    watching, desk = busy(), StationMemory()
    assert ("● ", "new") in inbox_rows(watching.model, desk, tall=False)[6].parts
    watching.see(e.InjectRead(entry="sighting", team="tokyo"))
    assert inbox_rows(watching.model, desk, tall=False)[6].parts[0] == ("  ", "plain")


def test_the_desk_remembers_what_was_opened() -> None:
    """For what the log does not."""
    model, desk = busy().model, StationMemory()
    assert len(desk.fresh(model)) == 7
    newest = model.arrivals.items[-1]
    desk.opened(newest.key)
    assert newest not in desk.fresh(model)
    assert len(desk.fresh(model)) == 6


def test_what_is_to_do_stands_in_the_order_of_urgency() -> None:
    """Open, asked, to amend, closed."""
    watching = busy()
    watching.see(asked("first", "D1", due=100), at=60)
    watching.see(
        e.DecisionLapsed(decision="first", code="D1", team="tokyo", reason="the phase ended"), at=130
    )
    watching.see(asked("third", "D3", due=400), at=60)
    watching.see(recorded(), at=130)
    assert [row.text for row in todo_rows(watching.model, 140)] == [
        "▶ 4:20  D3 Alert the public",
        "? Seoul asks: Will you warn?",
        "✓ 1:40  D2 Alert the public can change",
        "× D1 Alert the public – lapsed",
    ]
    assert "✓ D2 Alert the public" in [row.text for row in todo_rows(watching.model, 241)]
    assert todo_rows(watching.model, 401)[0].text == "▶ late 0:01 D3 Alert the public"


def test_after_endex_nothing_can_be_amended() -> None:
    """Though the window would still be open."""
    watching = busy()
    watching.see(recorded(), at=130)
    watching.see(e.ExerciseEnded())
    assert "can change" not in "".join(row.text for row in todo_rows(watching.model, 140))


def test_cards_say_where_they_come_from_and_who_has_them() -> None:
    """The newest first."""
    watching = busy()
    assert [row.text for row in card_rows(watching.model)] == [
        "Flash\nT+2 · from Washington · not shared",
        "Flash\nT+1 · own · not shared",
    ]
    watching.see(shared("tokyo", ("seoul", "washington")))
    assert card_rows(watching.model)[1].text == "Flash\nT+1 · own · shared with Seoul and Washington"


def test_talk_is_one_list_newest_first() -> None:
    """Who said what to whom."""
    assert [row.text for row in talk_rows(busy().model)] == [
        "T+1   We wrote to Seoul: Call us",
        "T+1   Exercise control wrote: Two minutes left",
        "T+1   Seoul said in public (missile): We regret it",
        "T+1   We asked Seoul and Washington: What do you see?\n      1 of 2 answered",
        "T+1   Seoul asked us: Will you warn?\n      waits for our answer",
    ]


class TestPages:
    """What a page says."""

    def test_an_inject_names_its_decision_and_its_card(self) -> None:
        """With the keys for both."""
        found = page(busy().model, inject_key("sighting"))
        assert (found.title, found.decision, found.card) == ("A flash", "alert", "flash")
        assert found.origin == "From Coast guard · radio · T+1 · D 06:01 local"
        assert text_of(found) == (
            "A vessel saw a flash."
            "\nYou are asked to decide D2 Alert the public, by T+4. [D] decide"
            "\nYou hold the card “Flash”. [S] share"
        )

    def test_it_says_what_was_done_about_it(self) -> None:
        """No key is offered for what is done."""
        watching = busy()
        watching.see(recorded())
        watching.see(shared("tokyo", ("seoul",)))
        said = text_of(page(watching.model, inject_key("sighting")))
        assert "You decided D2 Alert the public: “Okinawa alone”" in said
        assert "Card “Flash”: shared with Seoul." in said
        assert "[D]" not in said

    def test_a_decision_shows_all_options_and_the_reason(self) -> None:
        """Also when it is closed."""
        watching = busy()
        watching.see(recorded(late=True), at=300)
        found = page(watching.model, "decision/alert")
        assert text_of(found) == (
            "Where do the sirens sound?● Okinawa alone\n  Others hear it late  Nowhere"
            "Reason: The path is known\nDecided T+5 · D 06:05 local, late."
        )

    def test_a_partners_card_says_whether_it_may_be_passed_on(self) -> None:
        """A caveat is kept only if it is seen."""
        watching = Watching()
        watching.see(shared("seoul", ("tokyo",)))
        assert "Seoul has not said that you may pass it on." in text_of(page(watching.model, "card/flash/"))
        watching.see(e.LeaveGranted(by="seoul", to=("tokyo",), card="flash", title="Flash"))
        assert "Seoul lets you pass it on." in text_of(page(watching.model, "card/flash/"))

    def test_an_own_card_says_who_has_it_and_who_may_pass_it_on(self) -> None:
        """Each sharing on a line of its own."""
        watching = Watching()
        watching.see(card(), at=60)
        watching.see(shared("tokyo", ("seoul",), sanitised=True), at=90)
        watching.see(e.LeaveGranted(by="tokyo", to=("seoul",), card="flash", title="Flash"), at=95)
        said = text_of(page(watching.model, "card/flash/"))
        assert "Clean form: Something was seen." in said
        assert "Shared with Seoul, in clean form, T+1:30 · D 06:01 local." in said
        assert "Seoul may pass it on." in said

    def test_a_consultation_shows_its_answers_and_who_is_missing(self) -> None:
        """Ours."""
        found = page(busy().model, "consult/c2/")
        assert found.title == "We asked Seoul and Washington"
        assert "Seoul answered" in text_of(found)
        assert "No answer yet from Washington." in text_of(found)

    def test_a_question_to_us_offers_the_key(self) -> None:
        """Until it is answered."""
        watching = busy()
        assert "[A] answer" in text_of(page(watching.model, "consult/c1/"))
        watching.see(e.ConsultAnswered(consult="c1", by="tokyo", to="seoul", text="Yes"))
        assert "[A]" not in text_of(page(watching.model, "consult/c1/"))

    def test_a_statement_spells_out_its_label(self) -> None:
        """As the scenario does."""
        found = page(busy().model, "statement/8")
        assert (found.title, found.origin) == (
            "Seoul said in public",
            "T+1:40 · D 06:01 local · label missile – A ballistic missile",
        )

    def test_a_statement_tells_what_it_advises_the_public(self) -> None:
        watching = Watching()
        watching.see(e.StatementMade(by="seoul", text="Stay away", area="ships", says="KEEP CLEAR"))
        (row,) = talk_rows(watching.model)
        assert "advice to the public in ships: KEEP CLEAR" in row.text
        newest = inbox_rows(watching.model, StationMemory(), tall=False)[0]
        assert "Stay away (ships: KEEP CLEAR)" in newest.text
        assert "Advice to the public in ships: KEEP CLEAR" in text_of(page(watching.model, row.key))

    def test_a_message_can_be_written_back_to(self) -> None:
        """One's own cannot."""
        assert page(busy().model, "message/9").writer == "control"
        assert page(busy().model, "message/10").writer is None

    def test_the_briefing(self) -> None:
        """Situation, offices, ground rules."""
        said = text_of(page(Watching().model, BRIEFING_KEY))
        assert said == (
            "A launch is expected.Nobody knows when."
            "Your offices\n• Prime Minister\n• Crisis manager"
            "Ground rules\n• Act for your capital."
        )

    def test_what_does_not_exist_opens_nothing(self) -> None:
        """No key can break the station."""
        model = Watching().model
        for key in ("inject/x", "decision/x", "card/x/", "consult/x/", "statement/9", "message/9"):
            assert reading(model, key) is None
