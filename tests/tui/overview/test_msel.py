"""The list of injects: marks, order, what is due and what comes next."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Stage
from tabletop.host.local_link import LocalLink
from tabletop.tui.overview.msel import LOOKS, RowMark
from tabletop.tui.overview.overview_model import OverviewModel
from tests.exercise.scheduled import due_entries, next_entries
from tests.tui.console.staging import Play


def marks(play: Play) -> dict[str, RowMark]:
    """The mark of each inject now."""
    model = play.model()
    model.msel.refresh(model.state, play.session.now)
    return {row.entry: row.mark for row in model.rows()}


def test_before_startex_nothing_is_due() -> None:
    """Not even what goes out at T+0."""
    assert set(marks(Play()).values()) == {RowMark.SCHEDULED, RowMark.BY_HAND}


def test_every_mark() -> None:
    """One inject of each kind."""
    play = Play().start().until(1)
    play.release("detection").do(c.Hold(inject="sighting")).do(c.Skip(inject="complaint"))
    assert marks(play) == {
        "notice": RowMark.DUE,
        "detection": RowMark.EARLY,
        "sighting": RowMark.HELD,
        "alert-sounds": RowMark.SCHEDULED,
        "complaint": RowMark.SKIPPED,
        "leak": RowMark.BY_HAND,
    }
    play.until(3).release("notice")
    assert marks(play)["notice"] is RowMark.LATE
    play.do(c.Unhold(inject="sighting")).until(6).release("sighting")
    assert marks(play)["sighting"] is RowMark.ON_TIME
    option = "quiet"
    play.do(c.Decide(decision="alert", option=option), "tokyo").until(6.1)
    assert marks(play)["alert-sounds"] is RowMark.NOT_TAKEN


def test_marks_differ_without_colour() -> None:
    """Each has a glyph of its own, one cell wide in every font."""
    glyphs = [glyph for glyph, _ in LOOKS.values()]
    assert len(set(glyphs)) == len(RowMark)
    assert all(unicodedata.east_asian_width(glyph) in {"N", "Na"} for glyph in glyphs)


def test_a_row_says_what_it_waits_for() -> None:
    """A decision, a condition, a hand."""
    rows = {row.entry: row for row in Play().model().rows()}
    assert rows["alert-sounds"].waits == "on D2"
    assert rows["alert-sounds"].due == 720
    assert rows["complaint"].waits == "if"
    assert rows["leak"].waits == "by hand"


def test_an_added_inject_stands_where_it_belongs_in_time() -> None:
    """Between what came before it and what comes after."""
    play = Play().start().release("notice").until(5)
    play.do(c.AdHoc(title="Rumour", sender="Press", to=("tokyo",), text="They say it fell."))
    rows = play.model().rows()
    place = next(index for index, row in enumerate(rows) if row.title == "Rumour")
    assert [rows[place - 1].entry, rows[place + 1].entry] == ["detection", "sighting"]
    assert rows[place].code == "X1"


def test_words_edited_and_readdressed_show_in_the_row() -> None:
    """The list shows what would go out now."""
    play = Play().start()
    play.do(c.Edit(inject="sighting", title="A flash")).do(c.Address(inject="sighting", to=("seoul",)))
    row = play.model().msel.row("sighting")
    assert row is not None
    assert (row.title, row.to) == ("A flash", ("seoul",))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("track press", ["leak"]),
        ("K2", ["detection"]),
        ("by hand", ["leak"]),
        ("washington heat", ["detection"]),
    ],
)
def test_filter(query: str, found: list[str]) -> None:
    """All words must occur, in any order and in any case."""
    assert [row.entry for row in Play().model().msel.matching(query)] == found


def test_ahead_is_what_a_jump_leads_to() -> None:
    """Not what is due already."""
    play = Play().start().until(5.5)
    model = play.model()
    ahead = model.msel.ahead(model.state, play.session.now)
    assert ahead is not None
    assert ahead.entry == "sighting"


_WISHES: tuple[Callable[[random.Random], tuple[str, c.Command]], ...] = (
    lambda chance: ("facilitator", c.Release(inject=_entry(chance))),
    lambda chance: ("facilitator", c.Hold(inject=_entry(chance))),
    lambda chance: ("facilitator", c.Unhold(inject=_entry(chance))),
    lambda chance: ("facilitator", c.Skip(inject=_entry(chance))),
    lambda _: ("facilitator", c.AdHoc(title="X", sender="Y", to=("seoul",), text="Z", release=False)),
    lambda _: ("facilitator", c.Gate()),
    lambda _: ("facilitator", c.BeginPhase()),
    lambda _: ("facilitator", c.Pausex()),
    lambda _: ("facilitator", c.Resume()),
    lambda chance: (
        "washington",
        c.Decide(decision="push-track", option=chance.choice(["both", "confirm-first"])),
    ),
    lambda chance: ("tokyo", c.Decide(decision="alert", option=chance.choice(["okinawa", "quiet"]))),
    lambda _: ("washington", c.Share(card="track", with_=("tokyo",))),
)


def _entry(chance: random.Random) -> str:
    return chance.choice(["notice", "detection", "sighting", "alert-sounds", "complaint", "leak"])


@pytest.mark.parametrize("seed", range(40))
def test_due_and_next_agree_with_the_schedule(seed: int) -> None:
    """The console keeps its own order of what waits; it may never differ from the engine's."""
    chance, play = random.Random(seed), Play().start()  # noqa: S311 - chance, not a secret
    model = OverviewModel("facilitator")
    LocalLink(play.session, "facilitator").watch(model.see)
    for _ in range(60):
        play.time.seconds += chance.choice([0, 7, 30, 90])
        seat, wish = chance.choice(_WISHES)(chance)
        answer = play.session.submit(seat, wish)
        if not isinstance(answer, Refusal) and chance.random() < 0.5:
            play.session.tick()
        now, state = play.session.now, play.session.state
        assert {row.entry for row in model.due(now)} == {entry.id for entry in due_entries(state, now)}
        coming = model.next_entry(now)
        known = next_entries(state, now)
        assert (coming is None) == (not known)
        if coming is not None and not model.due(now):
            assert coming.entry == known[0].id
        fresh = play.model()
        assert [row.entry for row in fresh.rows()] == [row.entry for row in model.rows()]
        assert state.stage is not Stage.ENDED
