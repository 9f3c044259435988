"""The keys of the station, each declared once: footer, help and command palette are made from here."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding, BindingType

from tabletop.tui.kit.unsent import KEY

HELP: Final = """\
The top line says what to do next. Up and Down move, Enter opens, Tab goes to the next list. Nothing is \
sent unasked, and Esc keeps a draft."""


def _letter(key: str, action: str, description: str, tooltip: str) -> Binding:
    """A letter, shown as it stands on the keyboard. Its id is what the key is called in a user's keymap."""
    name = description.lower()
    return Binding(key, action, description, tooltip=tooltip, key_display=key.upper(), id=f"station.{name}")


KEYS: Final[list[BindingType]] = [
    _letter("n", "next_new", "New", "read the next thing that is new"),
    _letter("d", "fill_in('decide')", "Decide", "take a decision, or amend one while its window is open"),
    _letter("d", "fill_in('propose')", "Propose", "without the pen: propose an option to whoever holds it"),
    _letter("a", "fill_in('answer')", "Answer", "answer a partner that consulted you"),
    _letter("s", "fill_in('share')", "Share", "give a card to partners"),
    _letter("c", "fill_in('consult')", "Consult", "ask partners before you act"),
    _letter("p", "fill_in('state')", "Public", "say something that every team will read"),
    _letter("m", "fill_in('write')", "Message", "write to partners or to exercise control"),
    _letter("h", "fill_in('pen')", "Pen", "who sits with your team and holds its pen; hand it over"),
    _letter("k", "board('cards')", "Cards", "the cards you hold"),
    _letter("t", "board('talk')", "Talk", "all that was asked, said and written"),
    _letter("l", "board('log')", "Log", "what happened to you, in order"),
    Binding(
        KEY,
        "unsent",
        "Unsent",
        tooltip="what was typed here and not sent",
        id="station.unsent",
    ),
    Binding("question_mark", "help", "Help", key_display="?", tooltip="this page", id="station.help"),
    Binding("f1", "leave", "Leave", key_display="F1", tooltip="hand the keyboard back", id="station.leave"),
    Binding(
        "escape",
        "back",
        "Back",
        show=False,
        key_display="Esc",
        tooltip="back to the inbox; once there, leave",
        id="station.back",
    ),
]

FORMS: Final = tuple(
    (binding.key, binding.action.split("'")[1])
    for binding in KEYS
    if isinstance(binding, Binding) and binding.action.startswith("fill_in")
)
"""The letters that open forms, and what each fills in."""
