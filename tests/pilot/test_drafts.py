"""A program that ends in the middle of a word: every open form comes back as it was, with its words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.app import App
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Checkbox, Select

from tabletop.cli.screen import make_app
from tabletop.exercise import commands as c
from tabletop.exercise.commands import FACILITATOR
from tabletop.host.draft_file import DraftsOnDisk, drafts_path
from tabletop.host.drafts import Draft, DraftStore, SeatDrafts
from tabletop.host.local_link import LocalLink
from tabletop.protocol.submission import Answer
from tabletop.tui.app import TabletopApp
from tabletop.tui.console.screen import ConsoleScreen
from tabletop.tui.fault import ScreenFaultError
from tabletop.tui.kit import form_draft
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.picks import Picks
from tabletop.tui.kit.reader import ReadingWindow
from tabletop.tui.kit.words_field import WordsField
from tabletop.tui.one_seat import SeatApp
from tabletop.tui.overview.rating import RatingForm
from tabletop.tui.station.app import StationApp
from tabletop.tui.station.forms.decide import DecideForm
from tabletop.tui.station.forms.share import ShareForm
from tabletop.tui.station.forms.speak import ConsultForm, MessageForm, StateForm
from tabletop.tui.station.screen import StationScreen
from tabletop.tui.watch.screen import WatchScreen
from tests.host.slow_disk import SlowDisk
from tests.tui.station.playing import Play, dialog, form_text, press, shown, write
from tests.tui.test_key_queue import until
from tests.tui.watch.watching import WatchLink

SIZE = (100, 30)
TYPED = "This was being typed when the program ended."
DOUBT = "Look whether it was recorded"


class Computer:
    """A session on a log, and the file beside it; programs come and go."""

    def __init__(self, folder: Path, play: Play) -> None:
        self.play = play
        self.path = drafts_path(folder / "game.db")

    def drafts(self) -> DraftStore:
        """The drafts as a program finds them when it starts."""
        return DraftStore(DraftsOnDisk(self.path, "0123"))

    def kept(self, seat: str = FACILITATOR) -> SeatDrafts:
        """What a crash at this moment would leave."""
        return self.drafts().of(seat)

    def is_open(self, name: str, seat: str = FACILITATOR) -> bool:
        """Whether a form would be opened again after a crash at this moment."""
        draft = self.kept(seat).get(name)
        return draft is not None and draft.open

    def words(self, seat: str = FACILITATOR) -> list[str]:
        """What was typed, as a crash at this moment would leave it."""
        return [draft.words for draft in self.kept(seat).readable()]

    def links(self) -> dict[str, LocalLink]:
        """The links of a console and of all stations."""
        seats = (FACILITATOR, *self.play.session.state.script.scenario.teams)
        return {seat: LocalLink(self.play.session, seat) for seat in seats}

    @asynccontextmanager
    async def run(self, size: tuple[int, int] = SIZE) -> AsyncIterator[tuple[TabletopApp, Pilot[None]]]:
        """`tabletop run`; what is open at the end of the block is open when the program is killed."""
        app = TabletopApp(self.links(), drafts=self.drafts())
        async with self._killed(app, size) as pilot:
            yield app, pilot

    @asynccontextmanager
    async def _killed(self, app: App[None], size: tuple[int, int] = SIZE) -> AsyncIterator[Pilot[None]]:
        """Leave on the disk what is there at the end of the block, whatever the program does after it."""
        async with app.run_test(size=size, notifications=True) as pilot:
            await press(pilot)
            yield pilot
            left = self.path.read_bytes() if self.path.exists() else None
        self.path.unlink(missing_ok=True)
        if left is not None:
            self.path.write_bytes(left)

    @asynccontextmanager
    async def station(
        self, seat: str = "tokyo", link: LocalLink | None = None
    ) -> AsyncIterator[tuple[SeatApp, Pilot[None]]]:
        """`tabletop join`."""
        app = StationApp(link or LocalLink(self.play.session, seat), self.drafts())
        async with self._killed(app) as pilot:
            yield app, pilot

    @asynccontextmanager
    async def watch(self) -> AsyncIterator[tuple[SeatApp, Pilot[None]]]:
        """`tabletop watch` as an evaluator."""
        link = WatchLink(self.play.session, "evaluator")
        drafts = self.drafts().of(link.seat)
        app = SeatApp(lambda: WatchScreen(link, drafts))
        async with self._killed(app) as pilot:
            yield app, pilot


@pytest.fixture(autouse=True)
def _looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_draft, "LOOK", 0.01)


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path, Play().start().until(6))


def form(app: TabletopApp | SeatApp) -> Form:
    assert isinstance(app.screen, Form), app.screen
    return app.screen


async def typed(pilot: Pilot[None], computer: Computer, text: str, seat: str = FACILITATOR) -> None:
    """Type, and wait until it is on the disk; nothing else is pressed."""
    await write(pilot, text)
    await until(pilot, lambda: text in "\n".join(computer.words(seat)))


# The console ----------------------------------------------------------------------------------------


async def test_f1_a_form_of_the_console_comes_back_as_it_was(computer: Computer) -> None:
    text = "A long careful draft,\nwith 日本語 and 한국어"
    async with computer.run() as (_, pilot):
        await press(pilot, "m", "space", "tab", "tab", "tab")
        await typed(pilot, computer, text)
    async with computer.run() as (app, pilot):
        box = form(app).focused
        assert isinstance(box, WordsField)
        assert box.text == text
        assert box.cursor_location == (1, 16)
        assert [box.value for box in app.screen.query(Checkbox)] == [False, True, True]
        assert TYPED in shown(app)
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, ConsoleScreen)
    sent = computer.play.events("message-sent")[-1]
    assert (sent.text, sent.to) == (text, ("tokyo", "seoul"))  # type: ignore[attr-defined]
    assert not computer.path.exists(), "what is recorded leaves no draft"


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("note", ["n"]),
        ("observe", ["o"]),
        ("adjust", ["t", "tab", "tab", "tab"]),
        ("grade", ["y", "tab", "tab", "tab"]),
        ("message", ["m", "tab", "tab", "tab"]),
        ("ad-hoc", ["x"]),
        ("jump", ["j"]),
        ("edit leak", ["end", "e"]),
        ("move decide tokyo alert", ["v", *"tokyo", "enter", "2", "tab"]),
        ("move message seoul", ["v", *"seoul", "space", *"write", "enter", "tab", "tab", "tab"]),
    ],
)
async def test_each_kind_of_form_of_the_console_comes_back(
    computer: Computer, name: str, keys: list[str]
) -> None:
    """Whatever key opens it, also forms about an inject or a team."""
    async with computer.run() as (app, pilot):
        await press(pilot, *keys)
        title, values = app.screen.query_one(".window").border_title, form(app).values()
        await typed(pilot, computer, "Unfinished")
        assert computer.kept().names == (name,)
        changed = computer.kept().readable()[0].focus
    computer.play.do(FACILITATOR, c.Pausex())  # as after a crash
    async with computer.run() as (app, pilot):
        assert app.screen.query_one(".window").border_title == title
        assert "Unfinished" in shown(app)
        assert TYPED in shown(app)
        again = form(app).values()
        assert [key for key, value in again.items() if value != values[key]] == [changed]


async def test_an_address_without_a_text_comes_back(computer: Computer) -> None:
    async with computer.run() as (app, pilot):
        await press(pilot, "end", "a", "space")
        await until(pilot, lambda: computer.kept().names == ("address leak",))
        chosen = form(app).value("to")
    async with computer.run() as (app, pilot):
        assert form(app).value("to") == chosen


async def test_a_form_that_was_left_with_esc_is_not_opened_again_but_keeps_its_draft(
    computer: Computer,
) -> None:
    async with computer.run() as (app, pilot):
        await press(pilot, "n")
        await write(pilot, "Half a th")
        await press(pilot, "escape")
        assert computer.words() == ["Half a th"], "at once"
    async with computer.run() as (app, pilot):
        assert isinstance(app.screen, ConsoleScreen)
        await press(pilot, "n")
        assert "Half a th" in shown(app)
        assert TYPED not in shown(app)
        await until(pilot, lambda: computer.is_open("note"))
    async with computer.run() as (app, pilot):
        assert "Half a th" in shown(app), "it was open once more"


async def test_a_form_that_ends_the_program_as_it_opens_is_not_opened_again_by_itself(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the program could not be started any more."""

    def fails(_form: Form) -> Content:
        raise RuntimeError("nobody foresaw this")

    async with computer.run() as (_, pilot):
        await press(pilot, "n")
        await typed(pilot, computer, "Half a th")
    with monkeypatch.context() as patch:
        patch.setattr(Form, "keys", fails)
        app = TabletopApp(computer.links(), drafts=computer.drafts())
        with pytest.raises(ScreenFaultError):
            await app.run_async(headless=True, size=SIZE)
        await app.console_screen.drafts.store.close()
    async with computer.run() as (again, pilot):
        assert isinstance(again.screen, ConsoleScreen)
        await press(pilot, "n")
        assert "Half a th" in shown(again)


async def test_an_untouched_form_leaves_nothing(computer: Computer) -> None:
    async with computer.run() as (_, pilot):
        await press(pilot, "m", "tab", "escape", "m", "tab")
        await until(pilot, lambda: not computer.path.exists())
    async with computer.run() as (app, pilot):
        assert isinstance(app.screen, ConsoleScreen)
        await press(pilot, "0")
        assert isinstance(app.screen, ConsoleScreen), "there is nothing to show"


async def test_a_form_about_an_inject_that_has_gone_out_keeps_its_words_where_they_can_be_read(
    computer: Computer,
) -> None:
    async with computer.run() as (app, pilot):
        await press(pilot, "end", "e", "tab")
        await typed(pilot, computer, "[/b] Much better words")
    computer.play.do(FACILITATOR, c.Release(inject="leak"))
    async with computer.run() as (app, pilot):
        assert isinstance(app.screen, ConsoleScreen)
        await until(pilot, lambda: "Edit K6: this was being" in shown(app))
        await press(pilot, "0")
        assert isinstance(app.screen, ReadingWindow)
        assert "Edit K6" in shown(app)
        assert "[/b] Much better words" in shown(app)
        await press(pilot, "escape")
    async with computer.run() as (app, pilot):
        assert "this was being" not in shown(app), "said once"
        assert "Much better words" in computer.words()[0]


async def test_a_closed_record_leaves_no_draft(computer: Computer) -> None:
    async with computer.run() as (_, pilot):
        await press(pilot, "n")
        await typed(pilot, computer, "Unfinished")
        for command in (c.Endex(), c.HotWash(), c.Close()):
            computer.play.do(FACILITATOR, command)
        await until(pilot, lambda: not computer.path.exists())
        await write(pilot, " business")
        await press(pilot, "escape")
        assert not computer.path.exists()
    assert "Unfinished" not in str(computer.play.session.records)


async def test_a_slow_disk_holds_up_no_key(computer: Computer) -> None:
    async with computer.run() as (app, pilot):
        disk = SlowDisk(app.console_screen.drafts.store.disk_queue)
        await press(pilot, "n")
        await write(pilot, "First")
        await until(pilot, lambda: disk.asked)
        await write(pilot, ", second")
        await press(pilot, "escape", "n")
        assert "First, second" in shown(app)
        assert not computer.path.exists()
        disk.answer_all()
        assert computer.words() == ["First, second"]


async def test_without_a_file_nothing_is_kept(computer: Computer, tmp_path: Path, hermetic: Path) -> None:
    """As in a demonstration."""
    app = make_app(computer.play.session)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "n")
        await write(pilot, "Gone with the program")
        await press(pilot, "escape", "n")
        assert "Gone with the program" in shown(app)
    assert not [*tmp_path.iterdir(), *hermetic.iterdir()]


# Stations -------------------------------------------------------------------------------------------


async def test_what_was_read_stays_read_after_a_restart(computer: Computer) -> None:
    """Statements, messages and cards too, of which the log holds no receipt."""
    computer.play.do("seoul", c.State(text="We watch with care."))
    computer.play.do("seoul", c.Message(to=("tokyo",), text="Call me."))
    async with computer.station() as (app, pilot):
        assert "new [N] read" in shown(app)
        await press(pilot, *"nnnnnn")
        assert "[N] read" not in shown(app)
        await until(pilot, computer.path.exists)
    computer.play.do("seoul", c.Message(to=("tokyo",), text="It is urgent."))
    async with computer.station() as (app, pilot):
        assert "1 new [N] read" in shown(app)
        await press(pilot, "n")
        assert "It is urgent." in shown(app)


@pytest.mark.parametrize(
    ("key", "before", "kind"),
    [
        ("c", ["1", "2", "tab", "tab"], ConsultForm),
        ("p", ["2", "tab", "tab"], StateForm),
        ("m", ["2", "tab"], MessageForm),
        ("d", ["2"], DecideForm),
    ],
)
async def test_each_form_of_a_station_comes_back_as_it_was(
    computer: Computer, key: str, before: list[str], kind: type
) -> None:
    text = "Half a thought\nof 東京 "
    async with computer.station() as (app, pilot):
        await press(pilot, key, *before)
        await typed(pilot, computer, text, "tokyo")
        picked = {picks.id: picks.chosen for picks in app.screen.query(Picks)}
        assert any(picked.values())
    async with computer.station() as (app, pilot):
        assert type(app.screen) is kind
        box = dialog(app).focused
        assert isinstance(box, WordsField)
        assert (box.text, box.cursor_location) == (text, (1, 6))
        assert {picks.id: picks.chosen for picks in app.screen.query(Picks)} == picked
        assert TYPED in shown(app)
        await press(pilot, "escape")
        assert "Your draft is kept" in shown(app)
    async with computer.station() as (app, pilot):
        assert isinstance(app.screen, StationScreen)


async def test_a_card_that_was_being_shared_is_still_chosen(computer: Computer) -> None:
    async with computer.station("seoul") as (app, pilot):
        await press(pilot, "s", "2")
        await until(pilot, lambda: computer.kept("seoul").names == ("share",))
    async with computer.station("seoul") as (app, pilot):
        assert isinstance(app.screen, ShareForm)
        assert dialog(app).picked("partners") == ("tokyo",)
        await press(pilot, "ctrl+s")
    assert len(computer.play.events("card-shared")) == 1
    assert not computer.path.exists()


async def test_the_answer_that_was_being_typed_is_the_one_that_opens(computer: Computer) -> None:
    for team in ("washington", "seoul"):
        computer.play.do(team, c.Consult.model_validate({"with": ["tokyo"], "text": f"{team} asks"}))
    second = computer.play.events("consult-requested")[1].consult  # type: ignore[attr-defined]
    computer.kept("tokyo").put(f"answer/{second}", Draft("Answer", {"words": "Yes, we"}, open=True))
    async with computer.station() as (app, pilot):
        assert form_text(app) == "Yes, we"
        await press(pilot, "ctrl+s")
    assert computer.play.events("consult-answered")[0].consult == second  # type: ignore[attr-defined]


async def test_at_a_shared_keyboard_a_station_left_open_comes_back_when_its_team_does(
    computer: Computer,
) -> None:
    async with computer.run() as (app, pilot):
        await press(pilot, "f3", "enter", "m", "2", "tab")
        await write(pilot, "For Seoul")
        await press(pilot, "f1")
        assert computer.words("tokyo") == ["For Seoul"], "at once"
        await press(pilot, "enter", "n")
        await typed(pilot, computer, "For myself")
    async with computer.run() as (app, pilot):
        assert "For myself" in shown(app)
        await press(pilot, "escape", "f4", "enter")
        assert isinstance(app.screen, StationScreen), "nothing was open at Seoul's"
        await press(pilot, "f3", "enter")
        assert isinstance(app.screen, MessageForm)
        assert "For Seoul" in shown(app)
        assert TYPED in shown(app)


async def test_a_decision_that_is_closed_meanwhile_keeps_its_reason_where_it_can_be_read(
    computer: Computer,
) -> None:
    async with computer.station() as (app, pilot):
        await press(pilot, "d", "1")
        await typed(pilot, computer, "Because of the islands", "tokyo")
    computer.play.do(FACILITATOR, c.Lapse(decision="alert", team="tokyo"))
    async with computer.station() as (app, pilot):
        assert isinstance(app.screen, StationScreen)
        assert "Decide: D2 Alert the public: this was being typed" in shown(app)
        assert "0 Unsent" in shown(app)
        await press(pilot, "0")
        assert "Because of the islands" in shown(app)
        await press(pilot, "0")
        assert isinstance(app.screen, StationScreen)


async def test_a_form_that_was_emptied_leaves_no_draft(computer: Computer) -> None:
    async with computer.station() as (_, pilot):
        await press(pilot, "p", "tab", "tab")
        await typed(pilot, computer, "We", "tokyo")
        await press(pilot, "escape", "p", "tab", "tab", "end", "backspace", "backspace")
        await until(pilot, lambda: computer.words("tokyo") == [])


# Sent, and not answered -----------------------------------------------------------------------------


class Unanswered(LocalLink):
    """A link on which the answer to what was recorded never comes."""

    async def submit(self, command: c.Command, key: str | None = None) -> Answer:
        answer = await super().submit(command, key)
        if not isinstance(command, c.Read):
            await asyncio.Event().wait()
        return answer


async def test_what_was_sent_is_not_sent_again_by_itself(computer: Computer) -> None:
    """Killed between the record and its answer: the form says to look first."""
    async with computer.station(link=Unanswered(computer.play.session, "tokyo")) as (app, pilot):
        await press(pilot, "m", "2", "tab")
        await write(pilot, "Once")
        await press(pilot, "ctrl+s")
        assert len(computer.play.events("message-sent")) == 1
    async with computer.station() as (app, pilot):
        assert isinstance(app.screen, MessageForm)
        assert DOUBT in shown(app)
        assert form_text(app) == "Once"
        await press(pilot, "escape", "m")
        assert DOUBT in shown(app), "as long as nobody has sent it again or changed it"
    assert len(computer.play.events("message-sent")) == 1


async def test_what_was_sent_from_the_console_says_so_too(computer: Computer) -> None:
    computer.kept().put("note", Draft("Note", {"text": "Once"}, open=True, sent=True))
    async with computer.run() as (app, pilot):
        assert DOUBT in shown(app)
        await press(pilot, "ctrl+s")
    assert len(computer.play.events("note-taken")) == 1
    assert not computer.path.exists()


async def test_what_is_refused_is_a_draft_like_any_other(computer: Computer) -> None:
    computer.play.do(FACILITATOR, c.Pausex())
    async with computer.station() as (app, pilot):
        await press(pilot, "d", "1")
        await write(pilot, "Later")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: "Not recorded: play is paused" in shown(app))
    async with computer.station() as (app, pilot):
        assert TYPED in shown(app)
        assert DOUBT not in shown(app)


# Evaluators -----------------------------------------------------------------------------------------


async def test_an_evaluators_form_comes_back_as_it_was(computer: Computer) -> None:
    async with computer.watch() as (app, pilot):
        await press(pilot, "y", "tab", "tab")
        app.screen.query(Select).last().value = "S"
        await press(pilot, "tab")
        await typed(pilot, computer, "They waited for each other", "evaluator")
    async with computer.watch() as (app, pilot):
        assert isinstance(app.screen, RatingForm)
        assert app.screen.value("rating") == "S"
        assert TYPED in shown(app)
        assert isinstance(app.screen.focused, WordsField)
        await press(pilot, "enter")
    assert computer.play.session.records[-1].event.type == "rating-given"
    kept = DraftsOnDisk(computer.path, "0123").read()
    assert not kept.drafts
    assert kept.opened, "which ratings are its own stays known"
