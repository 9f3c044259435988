"""Items on one line: the most urgent are there, and in as many words as there is room for."""

from __future__ import annotations

from tabletop.tui.kit.fitting import Item, cells, cut, fit

STOP = Item.of((" REAL-WORLD EMERGENCY ", "alarm"), (" EMERGENCY ", "alarm"))
TIME = Item.of(("T+12:34", "strong"))
NEW = Item.of(("2 new: Typhoon warning", "new"), ("2 new", "new"))


def words(room: int, *items: Item) -> str:
    """The line as it reads."""
    parts = fit(items, room)
    assert cells(parts) <= max(room, cells(items[0].wordings[-1]))
    return "".join(text for text, _ in parts)


def test_with_room_all_is_said_in_full() -> None:
    assert words(60, STOP, TIME, NEW) == " REAL-WORLD EMERGENCY  · T+12:34 · 2 new: Typhoon warning"


def test_the_last_items_lose_their_words_first_and_go_first() -> None:
    assert words(50, STOP, TIME, NEW) == " REAL-WORLD EMERGENCY  · T+12:34 · 2 new"
    assert words(30, STOP, TIME, NEW) == " EMERGENCY  · T+12:34 · 2 new"
    assert words(22, STOP, TIME, NEW) == " EMERGENCY  · T+12:34"


def test_the_first_is_there_whatever_the_room() -> None:
    assert words(4, STOP, TIME) == " EMERGENCY "


def test_what_is_too_long_does_not_keep_out_what_is_shorter() -> None:
    assert words(16, TIME, Item.of(("a very long item", "plain")), NEW) == "T+12:34 · 2 new"


def test_cells_are_counted_and_not_letters() -> None:
    assert cut("台風警報", 8) == "台風警報"
    assert cut("台風警報", 6) == "台風…"
    assert cut("two\nlines", 20) == "two lines"
    assert words(10, Item.of(("台風警報", "new"), ("1 new", "new"))) == "台風警報"
    assert words(7, Item.of(("台風警報", "new"), ("1 new", "new"))) == "1 new"
