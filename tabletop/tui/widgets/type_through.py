"""Letters typed where something is chosen go to the text of the form: nobody looks where the focus is."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.screen import Screen
from textual.widgets import Input, Select, TextArea

from tabletop.tui.widgets.words_field import WordsField


def type_through(form: Screen[Any], event: events.Key) -> None:
    """Type a character into the text behind the focus, or the first of the form, and put the focus there.

    Not the space bar, which chooses, nor a key that does something, nor where text is being typed or a list
    is dropped down.
    """
    here = form.focused
    if not event.character or not event.is_printable or event.character == " " or here is None:
        return
    if isinstance(here, Input | TextArea) or any(
        isinstance(up, Select) and up.expanded for up in here.ancestors
    ):
        return
    bound = form.active_bindings.get(event.key)
    if bound is not None and bound.enabled:  # a number chooses
        return
    chain = form.focus_chain
    place = chain.index(here) if here in chain else 0
    text = next((field for field in (*chain[place:], *chain) if isinstance(field, WordsField)), None)
    if text is not None:
        event.stop()
        text.focus()
        text.insert(event.character)
